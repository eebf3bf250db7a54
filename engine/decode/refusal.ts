/**
 * Why decoding stopped. It is thrown, not returned: a claim is read by some three hundred calls, each of
 * which may refuse, and a result to unwrap after each would hide the list of fields that the readers are. It
 * is no Error, so no stack is captured and a flood of bad records costs little. decodeRecord alone catches
 * it; it never leaves this folder.
 */
import { maskText, shortened } from '../core/mask.ts'
import type { Rejection, RejectionReason } from '../core/rejection.ts'

const SEEN_MAX = 80
/** Of a longer value no more is looked at: what is shown of it is masked in linear time, but not for free. */
const LOOKED_AT = 1000
/** A number of a person, or a pair of surrogates, that the cut at LOOKED_AT may have gone through. */
const CUT_THROUGH = /[0-9A-Za-z\ud800-\udbff]{1,18}$/

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

/** Stops decoding with a sentence of ours, which quotes nothing of the record. */
export function refuseSaying (reason: RejectionReason, sentence: string): never {
  throw new Refusal(reason, '', sentence)
}

/** A value as a rejection shows it: scalars masked, on one line, at most 80 characters; of others only the type. */
function shown (seen: unknown): string {
  if (seen === null || seen === undefined) return ''
  if (Array.isArray(seen)) return '[array]'
  if (typeof seen === 'object') return '[object]'
  const text = String(seen)
  const some = text.length <= LOOKED_AT ? text : text.slice(0, LOOKED_AT).replace(CUT_THROUGH, '')
  return shortened(maskText(some), SEEN_MAX)
}
