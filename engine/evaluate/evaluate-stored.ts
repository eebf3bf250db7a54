/**
 * Judging persons from the store: those whose claims came too late to be judged by memory, and those whose claims are
 * touched by reference data that changed. Here the late claims are remembered and kept.
 */
import type { MasterData, PersonClaim } from '../core/claim.ts'
import { subjectKeyOf } from '../core/claim.ts'
import type { FlagRow } from '../core/flag.ts'
import type { Format } from '../core/ports.ts'
import type { Millis } from '../core/time.ts'
import { decodeRecord } from '../decode/decode-record.ts'
import type { PersonFact } from '../memory/memory.ts'
import { KEPT, keepRow, keepShown } from './keep-row.ts'
import type { Placed, Rows } from './keep-row.ts'
import type { LaneState } from './lane-state.ts'
import type { LateStatus } from './rejudge.ts'
import { disturbedBy, reversedIn, seenIn } from './sightings.ts'
import type { Seen } from './sightings.ts'

/** A person as the store has it: bytes of claims and deaths as received, and every flag as it stands. */
export interface StoredBytes {
  readonly psn_no: string
  readonly records: ReadonlyArray<{ readonly bytes: Uint8Array, readonly format: Format }>
  readonly flags: readonly FlagRow[]
}

export interface FromStore {
  /** One a late record. */
  readonly statuses: LateStatus[]
  /** `record`: the person's last late record; −1 when it had none. */
  readonly flags: Array<{ record: number, flag: FlagRow }>
  /** Of late records: see Batch. */
  readonly seen: Seen[]
  readonly disturbed: string[]
}

/** What was stored was small enough then, whatever the limit is now. */
const STORED_BYTES_MAX = Infinity

export interface StoredSettings {
  /** Whether rows carry fee lines as columns. */
  readonly storeLines: boolean
  /** Wall clock of the request. */
  readonly received: Millis
}

/** @param late records of these persons and of nobody else. Throws only on a broken invariant. */
export function evaluateStored (
  state: LaneState, persons: readonly StoredBytes[], bytes: Uint8Array, late: readonly Placed[], rows: Rows,
  { storeLines, received }: StoredSettings
): FromStore {
  const result: FromStore = { statuses: new Array<LateStatus>(late.length), flags: [], seen: [], disturbed: [] }
  const arrived = late.map((placed, record) => ({ record, placed, fact: decoded(bytes, placed.start, placed.length, placed.format) }))
  for (const { psn_no, records, flags } of persons) {
    const own = arrived.filter(({ fact }) => subjectKeyOf(fact) === psn_no)
    const cause = own.at(-1)?.record ?? -1
    const facts = records.map(record => decoded(record.bytes, 0, record.bytes.length, record.format))
    const statuses = state.rejudge({ psn_no, facts, flags }, own.map(({ fact }) => fact),
      flag => { result.flags.push({ record: cause, flag }) })
    own.forEach(({ record, placed, fact }, i) => {
      const status = statuses[i]!
      result.statuses[record] = status
      if (KEPT.has(status)) result.disturbed.push(...disturbedBy(fact, status))
      if (fact.kind === 'reversal' && KEPT.has(status)) result.seen.push(reversedIn(fact))
      if (fact.kind === 'settlement' && KEPT.has(status)) {
        const shown = state.shownBy(fact)
        result.seen.push(...seenIn(fact, shown))
        keepShown(rows, fact, shown, received)
      }
      keepRow(rows, status, fact, placed, bytes, storeLines)
    })
  }
  return result
}

/** Decodes what was found valid before. */
function decoded (bytes: Uint8Array, start: number, length: number, format: Format): PersonFact {
  const record = decodeRecord(bytes, start, length, format, STORED_BYTES_MAX)
  if (!record.ok) throw new Error(`a claim that was valid no longer decodes: ${record.rejection.reason} at ${record.rejection.field}`)
  return record.claim as PersonClaim | MasterData
}
