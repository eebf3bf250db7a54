/** A late claim's effect, judged from the store: the person's stored claims are folded without and with it. */
import type { EngineError } from '../core/errors.ts'
import type { FlagRow } from '../core/flag.ts'
import type { Format, StoredRecords } from '../core/ports.ts'
import type { Lane } from './lane.ts'
import { patiently } from './patience.ts'

/** Call with the lane held exclusively and the claim itself already durable. */
export async function rejudge (lane: Lane, stored: StoredRecords, psn_no: string, claim: { bytes: Uint8Array, format: Format },
  onRetry: (error: EngineError, delayMs: number) => void): Promise<readonly FlagRow[]> {
  const claims = await patiently(async () => await stored.ofPerson(psn_no), onRetry)
  const own = { bytes: new Uint8Array(claim.bytes), format: claim.format }
  return (await lane.ask({ op: 'rejudge', psn_no, stored: claims.map(({ bytes, format }) => ({ bytes, format })), claim: own })).flags
}
