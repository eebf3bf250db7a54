/**
 * Why decoding stopped. It is thrown, not returned: a claim is read by some three hundred calls, each of
 * which may refuse, and a result to unwrap after each would hide the list of fields that the readers are. It
 * is no Error, so no stack is captured and a flood of bad records costs little. decodeRecord alone catches
 * it; it never leaves this folder.
 */
import { maskText } from '../core/mask.ts'
import type { Rejection, RejectionReason } from '../core/rejection.ts'

const SEEN_MAX = 80

export class Refusal implements Rejection {
  readonly reason: RejectionReason
  readonly field: string
  readonly seen: string
  constructor (reason: RejectionReason, field: string, seen: string) {
    this.reason = reason
    this.field = field
    this.seen = seen
  }
}

/** Stops decoding. `seen` is masked and shortened here, so that no caller can forget to. */
export function refuse (reason: RejectionReason, field: string, seen: unknown): never {
  throw new Refusal(reason, field, shown(seen))
}

/** A value as a rejection shows it: scalars masked, of anything else only its type. */
function shown (seen: unknown): string {
  if (seen === null || seen === undefined) return ''
  if (Array.isArray(seen)) return '[array]'
  if (typeof seen === 'object') return '[object]'
  return maskText(String(seen).slice(0, SEEN_MAX * 2)).slice(0, SEEN_MAX)
}
