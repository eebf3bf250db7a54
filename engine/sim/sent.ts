/** A record of a history as the simulator sends it: its bytes, and what the store and recovery have to know of it. */
import { isStock } from '../core/claim.ts'
import { decodeRecord } from '../decode/decode-record.ts'
import { identityKey } from '../evaluate/sightings.ts'
import { eventTime, personOf } from './oracle/claims.ts'
import { text } from './oracle/read.ts'
import type { Raw } from './oracle/read.ts'
import { RECORD_BYTES_MAX } from './virtual-lane.ts'
import type { Sent } from './virtual-lane.ts'

/** @param number the same for repeats of one record */
export function sentOf (raw: Raw, task: number, number: number): Sent {
  const bytes = Buffer.from(JSON.stringify(raw))
  const claim = claimIn(bytes)
  const setl_id = text((raw['setlinfo'] ?? {}) as Raw, 'setl_id')
  return {
    bytes, task, psn_no: personOf(raw), number, event: eventTime(raw) ?? -Infinity,
    identity: setl_id === '' ? `${number}` : `${text(raw, 'infno')} ${text(raw, 'fixmedins_code')} ${setl_id}`,
    held: claim?.kind === 'settlement' ? { key: identityKey(claim.fixmedins_code, claim.setlinfo.setl_id), version: claim.version } : null,
    claim
  }
}

/** Persons of whom there is a claim; stock records are nobody's. */
export function personsOf (claims: readonly Sent[]): Set<string> {
  return new Set(claims.flatMap(({ psn_no }) => psn_no === '' ? [] : [psn_no]))
}

/** Whether the engine's decoder refuses a record. */
export function refuses (raw: Raw): boolean {
  const bytes = Buffer.from(JSON.stringify(raw))
  return !decodeRecord(bytes, 0, bytes.length, 'json', RECORD_BYTES_MAX).ok
}

/** Reversals first, as recovery reads them. */
export function rankOf ({ claim }: Sent): number {
  return claim?.kind === 'reversal' ? 0 : 1
}

/** What of a record may concern shared subjects. */
export function claimIn (bytes: Uint8Array): Sent['claim'] {
  const decoded = decodeRecord(bytes, 0, bytes.length, 'json', RECORD_BYTES_MAX)
  if (!decoded.ok) return null
  const { claim } = decoded
  return claim.kind === 'settlement' || claim.kind === 'reversal' || isStock(claim) ? claim : null
}
