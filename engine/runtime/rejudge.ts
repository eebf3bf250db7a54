/** Judging persons from the store: everything the store has of them goes to their lane, with what came too late of them. */
import type { EngineError } from '../core/errors.ts'
import type { StoredRecords } from '../core/ports.ts'
import type { Lane } from './lane.ts'
import { patiently } from './patience.ts'
import type { RejudgeReply } from './protocol.ts'
import { layOut } from './slab.ts'
import type { SlabRecord } from './slab.ts'

/** Persons asked for at once: some can have megabytes in the store. */
export const REJUDGED_AT_ONCE = 50

/** Call with the lane held exclusively and everything that it has reported already durable. */
export async function rejudge (lane: Lane, stored: StoredRecords, psn_nos: readonly string[], late: readonly SlabRecord[],
  onRetry: (error: EngineError, delayMs: number) => void): Promise<RejudgeReply> {
  const { records, flags } = await patiently(async () => await stored.ofPersons(psn_nos), onRetry)
  const persons = psn_nos.map(psn_no => ({
    psn_no,
    records: records.filter(({ key }) => key === psn_no).map(({ bytes, format }) => ({ bytes, format })),
    flags: flags.filter(({ subject }) => subject === psn_no)
  }))
  return await lane.ask({ op: 'rejudge', persons, late: layOut(late), received: Date.now() })
}
