/** The row that keeps a record: what becomes durable of it, and whether anything must. */
import type { Claim, Settlement } from '../core/claim.ts'
import { isStock } from '../core/claim.ts'
import type { Format, RowTable } from '../core/ports.ts'
import { encodeClaimRow } from '../store/claim-row.ts'
import { RowWriter } from '../store/row-binary.ts'
import { encodeSightingRow } from '../store/sighting-row.ts'
import { encodeMasterRow, encodeStockRow } from '../store/stock-row.ts'
import type { Shown } from './shared-rules.ts'

/** 'resent': a duplicate sent later than what is kept. */
export type BatchStatus =
  'judged' | 'corrected' | 'duplicate' | 'resent' | 'superseded' | 'late' | 'deferred' | 'rejected' | 'misrouted' | 'learned'

/** Where one record of a batch lies and whose it is. */
export interface Placed {
  readonly start: number, readonly length: number, readonly task: number, readonly format: Format
  readonly source: string, readonly offset: number, readonly persist: boolean
}

export type Rows = Readonly<Record<RowTable, RowWriter>>

export function emptyRows (): Rows {
  return { claims: new RowWriter(), inventory: new RowWriter(), master_data: new RowWriter(), sightings: new RowWriter() }
}

/** What the store must know: a repeat sent later decides which of two versions wins, also after a restart. */
export const KEPT: ReadonlySet<BatchStatus> = new Set(['judged', 'corrected', 'resent', 'learned'])

/**
 * Writes the record's row unless the store has all that it says.
 * @param lines whether fee lines are kept as columns
 */
export function keepRow (rows: Rows, status: BatchStatus, claim: Claim, placed: Placed, bytes: Uint8Array, lines: boolean): void {
  if (!placed.persist || !KEPT.has(status)) return
  const raw = bytes.subarray(placed.start, placed.start + placed.length)
  const origin = { source: placed.source, partition: 0, offset: placed.offset }
  if (claim.kind === 'master') encodeMasterRow(rows.master_data, claim, origin, placed.format, raw)
  else if (isStock(claim)) encodeStockRow(rows.inventory, claim, origin, placed.format, raw)
  else encodeClaimRow(rows.claims, claim, origin, placed.format, raw, { lines })
}

/** Writes what a settlement shows of shared subjects. @param received wall clock, by which recovery knows what nobody has looked at yet */
export function keepShown (rows: Rows, claim: Settlement, shown: readonly Shown[], received: number): void {
  for (const { rule_id, sighting } of shown) encodeSightingRow(rows.sightings, rule_id, sighting, claim, received)
}
