/** A record that lanes die of: what is kept of it, and what its sender is told. */
import { maskText, shortened } from '../core/mask.ts'
import type { DeadLetter } from '../core/ports.ts'
import type { Waiting } from './submission.ts'

const SEEN_MAX = 80

/** @param error what came of judging it the last time; its words may quote the record, so they are masked. */
export function poisonLetter ({ source, offset, format, bytes }: Waiting, error: unknown): DeadLetter {
  const seen = shortened(maskText(error instanceof Error ? error.message : String(error)), SEEN_MAX)
  return { reason: 'judging_failed', field: '', seen, origin: { source, partition: 0, offset }, format, bytes, fixmedins_code: '', inf_time: 0 }
}
