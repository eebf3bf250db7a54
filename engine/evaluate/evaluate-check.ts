/** Judging the records of one check: decoded as a batch is, judged over copies, answered one by one. Nothing is remembered or kept. */
import { isStock } from '../core/claim.ts'
import type { Claim } from '../core/claim.ts'
import type { FlagRow } from '../core/flag.ts'
import { maskText } from '../core/mask.ts'
import type { Outcome, PassOver } from '../core/ports.ts'
import type { Rejection } from '../core/rejection.ts'
import { formatTime } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import { decodeRecord } from '../decode/decode-record.ts'
import type { PersonFact } from '../memory/memory.ts'
import type { Check } from './check.ts'
import { EVERY_TASK, identityOf, isAhead, ownerOf } from './evaluate-batch.ts'
import type { Placed } from './keep-row.ts'
import type { LaneState } from './lane-state.ts'

/** What would become of a record; or which task it belongs to, when it is not this one's. */
export type Checked = Outcome | { readonly status: 'misrouted', readonly task: number }

export interface CheckSettings {
  readonly tasks: number
  readonly recordBytesMax: number
  /** Wall clock at which the records came. */
  readonly received: Millis
}

/** A record of a check, and when it is passed over. */
export interface CheckPlaced extends Placed { readonly passOver: PassOver }

const SEEN_MAX = 80

/** Answers every record, in order. Never throws: over a record that a rule throws on the check begins anew with the next one. */
export function evaluateCheck (state: LaneState, bytes: Uint8Array, records: readonly CheckPlaced[], settings: CheckSettings): Checked[] {
  const answers: Checked[] = []
  while (answers.length < records.length) {
    try {
      state.check(check => {
        while (answers.length < records.length) answers.push(checkRecord(check, bytes, records[answers.length]!, settings))
      })
    } catch (error) {
      const seen = maskText(error instanceof Error ? error.message : String(error)).slice(0, SEEN_MAX)
      answers.push(rejected({ reason: 'judging_failed', field: '', seen }))
    }
  }
  return answers
}

function checkRecord (check: Check, bytes: Uint8Array, placed: CheckPlaced, settings: CheckSettings): Checked {
  const { start, length, format, task, passOver } = placed
  const decoded = decodeRecord(bytes, start, length, format, settings.recordBytesMax)
  if (!decoded.ok) return rejected(decoded.rejection)
  const { claim } = decoded
  const owner = ownerOf(claim, settings.tasks)
  if (owner !== EVERY_TASK && owner !== task) return { status: 'misrouted', task: owner }
  if (isAhead(claim, { mode: 'live', received: settings.received })) {
    return rejected({ reason: 'impossible_dates', field: 'inf_time', seen: formatTime(claim.inf_time) })
  }
  const identity = identityOf(claim)
  if (!isPersonFact(claim)) return { status: 'learned', identity, flags: [] }
  if (claim.kind === 'settlement' && check.knows(task, claim, passOver)) return { status: 'duplicate', identity, flags: [] }
  const flags: FlagRow[] = []
  const status = check.judge(task, claim, flag => { flags.push(flag) })
  return { status: status === 'resent' ? 'duplicate' : status, identity, flags }
}

/** Stock and reference data are nobody's claims: there is nothing to judge in them. */
function isPersonFact (claim: Claim): claim is PersonFact & Claim {
  return !isStock(claim) && (claim.kind !== 'master' || claim.type === 'death')
}

function rejected (rejection: Rejection): Outcome {
  return { status: 'rejected', rejection }
}
