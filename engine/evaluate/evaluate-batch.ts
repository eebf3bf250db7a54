/**
 * THE loop. For every record of a batch: decode it, see that this lane owns it, remember and judge it, and write the row
 * that keeps it. What a reply needs is gathered in one Batch; nothing else survives the call but the lane's memory.
 *
 *   bytes ─▶ decodeRecord ─▶ owner? ─▶ LaneMemory.judge (raise, revise, retract) ─▶ row
 *               └▶ dead letter   └▶ misrouted
 */
import type { Claim } from '../core/claim.ts'
import { isStock, subjectKeyOf } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import { taskOf } from '../core/fingerprint.ts'
import type { FlagRow } from '../core/flag.ts'
import type { ReferenceChange } from '../core/masterdata.ts'
import type { DeadLetter } from '../core/ports.ts'
import type { Rejection } from '../core/rejection.ts'
import { DAY, formatTime } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import { decodeRecord } from '../decode/decode-record.ts'
import { KEPT, keepRow, keepShown } from './keep-row.ts'
import type { BatchStatus, Placed, Rows } from './keep-row.ts'
import type { LaneState } from './lane-state.ts'
import { disturbedBy, itemsIn, reversedIn, seenIn, wakesIn } from './sightings.ts'
import type { Seen } from './sightings.ts'

/** The task of a record that every lane must learn. */
export const EVERY_TASK = -1
/** How far a sender's clock may be ahead of ours. */
const AHEAD_MAX = 2 * DAY

/** What a batch gave. Rows are gathered per table in writers that live as long as the lane. */
export interface Batch {
  readonly statuses: BatchStatus[]
  readonly identities: string[]
  readonly flags: Array<{ record: number, flag: FlagRow }>
  readonly rejections: Array<{ record: number, rejection: Rejection }>
  readonly deadLetters: DeadLetter[]
  readonly misrouted: Array<{ record: number, task: number }>
  /** Late or deferred: not remembered and not kept yet, to be judged from the store (evaluate-stored.ts). */
  readonly late: Array<{ record: number, psn_no: string }>
  /** What reference data say differently from now on. */
  readonly changes: ReferenceChange[]
  /** For the owners of other keys than the person. */
  readonly seen: Seen[]
  /** Settlements, as identityKey() names them, that are not any more what others may have been told of them. */
  readonly disturbed: string[]
  /** Items of which stock records came, as itemsIn() names them. */
  readonly items: string[]
  eventTimeMax: number
  unknownFields: number
}

export interface BatchSettings {
  readonly tasks: number
  readonly recordBytesMax: number
  /** 'fold': the records come from the store; they are remembered, never late, and not stored again. */
  readonly mode: 'live' | 'fold'
  readonly detail: boolean
  /** Whether a fold writes again what settlements show of shared subjects: when their rules are not those that wrote it. */
  readonly showAgain?: boolean
  /** Wall clock at which live records were received; absent = records of any date are taken. */
  readonly received?: Millis
  /** Whether rows carry fee lines as columns. */
  readonly storeLines: boolean
  /** Called after each record with the milliseconds it took. */
  readonly timed: (milliseconds: number) => void
}

/** Judges a batch. Throws only on a broken invariant; the lane's memory is then not to be trusted any more. */
export function evaluateBatch (state: LaneState, bytes: Uint8Array, records: Iterable<Placed>, rows: Rows, settings: BatchSettings): Batch {
  const batch: Batch = {
    statuses: [], identities: [], flags: [], rejections: [], deadLetters: [], misrouted: [],
    late: [], changes: [], seen: [], disturbed: [], items: [],
    eventTimeMax: -Infinity, unknownFields: 0
  }
  let i = 0
  for (const placed of records) {
    const started = performance.now()
    batch.statuses.push(evaluateRecord(state, bytes, placed, i++, rows, settings, batch))
    settings.timed(performance.now() - started)
  }
  return batch
}

function evaluateRecord (
  state: LaneState, bytes: Uint8Array, placed: Placed, i: number, rows: Rows, settings: BatchSettings, batch: Batch
): BatchStatus {
  const decoded = decodeRecord(bytes, placed.start, placed.length, placed.format, settings.recordBytesMax)
  if (!decoded.ok) {
    if (settings.detail) batch.identities.push('')
    return refused(bytes, placed, i, decoded, batch)
  }
  batch.unknownFields += decoded.unknownFields
  const { claim } = decoded
  if (settings.detail) batch.identities.push(identityOf(claim))
  const owner = ownerOf(claim, settings.tasks)
  if (owner !== EVERY_TASK && owner !== placed.task) {
    if (settings.mode === 'live') batch.misrouted.push({ record: i, task: owner })
    return 'misrouted'
  }
  if (isAhead(claim, settings)) {
    const { inf_time } = claim
    const rejection: Rejection = { reason: 'impossible_dates', field: 'inf_time', seen: formatTime(inf_time) }
    return refused(bytes, placed, i, { rejection, fixmedins_code: claim.kind === 'master' ? '' : claim.fixmedins_code, inf_time }, batch)
  }
  const status = remember(state, claim, placed.task, i, settings.mode, batch)
  if (settings.showAgain === true && claim.kind === 'settlement' && KEPT.has(status)) keepShown(rows, claim, state.shownBy(claim), 0)
  if (settings.mode === 'live' && KEPT.has(status)) tell(state, claim, status, placed, rows, settings, batch)
  keepRow(rows, status, claim, placed, bytes, settings.storeLines)
  return status
}

/** What goes across persons: told to the owners of its keys, and kept. */
function tell (
  state: LaneState, claim: Claim, status: BatchStatus, placed: Placed, rows: Rows, { received = 0 }: BatchSettings, batch: Batch
): void {
  if (isStock(claim)) {
    const minding = state.minding(claim)
    if (minding.length > 0) batch.items.push(...itemsIn(claim))
    batch.seen.push(...wakesIn(claim, minding))
  }
  batch.disturbed.push(...disturbedBy(claim, status))
  if (claim.kind === 'reversal') batch.seen.push(reversedIn(claim))
  if (claim.kind !== 'settlement') return
  const shown = state.shownBy(claim)
  batch.seen.push(...seenIn(claim, shown))
  if (placed.persist) keepShown(rows, claim, shown, received)
}

type Refused = Pick<DeadLetter, 'fixmedins_code' | 'inf_time'> & { readonly rejection: Rejection }

/** Says so, and keeps the record as a dead letter unless it came from the store. */
function refused (
  bytes: Uint8Array, placed: Placed, i: number, { rejection, fixmedins_code, inf_time }: Refused, batch: Batch
): 'rejected' {
  const origin = { source: placed.source, partition: 0, offset: placed.offset }
  batch.rejections.push({ record: i, rejection })
  const raw = bytes.slice(placed.start, placed.start + placed.length)
  if (placed.persist) batch.deadLetters.push({ ...rejection, origin, format: placed.format, bytes: raw, fixmedins_code, inf_time })
  return 'rejected'
}

/**
 * Whether a record says it was sent when nobody can have sent it yet. Event time may not be later than a day after sending,
 * so one such record would carry its task's watermark into the future and make everybody else's claims late.
 * Master data without inf_time go by valid_from, which may well lie ahead.
 */
export function isAhead (claim: Claim, { mode, received }: Pick<BatchSettings, 'mode' | 'received'>): boolean {
  if (mode === 'fold' || received === undefined || claim.inf_time <= received + AHEAD_MAX) return false
  return claim.kind !== 'master' || claim.inf_time !== claim.valid_from
}

function remember (state: LaneState, claim: Claim, task: number, i: number, mode: 'live' | 'fold', batch: Batch): BatchStatus {
  if (isStock(claim)) return 'learned' // kept for the rules about institutions
  if (claim.kind === 'master' && claim.type !== 'death') {
    const change = state.learn(claim)
    if (change !== null) batch.changes.push(change)
    return 'learned'
  }
  const report = (flag: FlagRow): void => { batch.flags.push({ record: i, flag }) }
  const status = mode === 'live' ? state.judge(task, claim, report) : state.fold(task, claim, report)
  if (claim.kind !== 'master') batch.eventTimeMax = Math.max(batch.eventTimeMax, eventTimeOf(claim))
  if (status === 'late' || status === 'deferred') batch.late.push({ record: i, psn_no: subjectKeyOf(claim) })
  return status
}

export function ownerOf (claim: Claim, tasks: number): number {
  return claim.kind === 'master' && claim.type !== 'death' ? EVERY_TASK : taskOf(subjectKeyOf(claim), tasks)
}

/** How an answer names a record: institution and the id that is unique there. */
export function identityOf (claim: Claim): string {
  switch (claim.kind) {
    case 'settlement': return `${claim.fixmedins_code}/${claim.setlinfo.setl_id}`
    case 'reversal': return `${claim.fixmedins_code}/${claim.setl_id}`
    case 'lines': case 'admission': case 'discharge': case 'list': return `${claim.fixmedins_code}/${claim.mdtrt_id}/${claim.infno}`
    case 'inventory': case 'sale': case 'mapping': return `${claim.fixmedins_code}/${claim.fixmedins_bchno || claim.fixmedins_hilist_id}/${claim.infno}`
    case 'master': return `${claim.type}/${claim.key}`
  }
}
