/** What a check answers: of each record what would become of it and which flags it would raise, and on what knowledge. */
import { maskPersonNo } from '../core/mask.ts'
import type { Outcome } from '../core/ports.ts'
import { REJECTION_REASONS } from '../core/rejection.ts'
import type { Bilingual, Rulebook } from '../core/rulebook.ts'
import { checkedFlag } from './checked-flag.ts'
import { CAUTION } from './words.ts'

/** How much was looked at. */
export const HISTORY = {
  whole: { zh: '已按系统内存中该参保人的全部记录研判', en: 'judged by all that memory has of the person' },
  partial: {
    zh: '该单据早于系统内存所及的时限，或所撤销的结算不在内存中：仅按内存中的记录研判，未查阅更早的历史，正式上传后将按全部历史研判',
    en: 'the claim is older than memory reaches, or takes back what memory does not know: judged by memory only, ' +
      'older history was not looked at; once handed in it is judged by all of it'
  }
} as const satisfies Readonly<Record<string, Bilingual>>

export type CheckAnswer = ReturnType<typeof checkAnswer>

/** A death is known by its person, and a sender may have put a certificate number into any id: parts are masked as psn_no is. */
export function shownIdentity (identity: string): string {
  return identity.split('/').map(maskPersonNo).join('/')
}

/** @returns counts and one result a record, in the order sent. */
export function checkAnswer (outcomes: readonly Outcome[], rulebook: Rulebook) {
  const counts = { judged: 0, corrected: 0, late: 0, learned: 0, duplicate: 0, superseded: 0, rejected: 0 }
  let flags = 0
  const results = outcomes.map((outcome, index) => {
    counts[outcome.status]++
    if (outcome.status === 'rejected') {
      const { reason, field, seen } = outcome.rejection
      return { index, status: outcome.status, reason, reason_zh: REJECTION_REASONS[reason][0], field, seen }
    }
    const { status, identity } = outcome
    flags += outcome.flags.filter(flag => flag.status === 'active').length
    return {
      index,
      status,
      identity: shownIdentity(identity),
      judged_by: 'memory' as const,
      history: status === 'late' ? 'partial' as const : 'whole' as const,
      history_says: status === 'late' ? HISTORY.partial : HISTORY.whole,
      flags: outcome.flags.map(flag => checkedFlag(flag, rulebook))
    }
  })
  return { recorded: false, checked: outcomes.length - counts.rejected, flags, ...counts, results, caution: CAUTION }
}
