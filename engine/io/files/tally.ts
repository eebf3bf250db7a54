/** What became of the records of a file, and of the flags on the way. */
import type { FlagRow } from '../../core/flag.ts'
import type { Outcome } from '../../core/ports.ts'

export interface Tally {
  records: number
  /** Claims judged for the first time. */
  judged: number
  /** Claims that replaced an older version. */
  corrected: number
  /** Claims judged from the store, being later than the lateness. */
  late: number
  /** Master data and stock records taken in: nothing is judged in them. */
  learned: number
  /** Known already, or older than what is known: they changed nothing. */
  duplicate: number
  /** Refused and kept as dead letters. */
  rejected: number
  /** Rejected records by reason. */
  reasons: Record<string, number>
  /** Flags that came to stand. */
  raised: number
  /** Changes of flags that stood already. */
  revised: number
  /** Flags taken back. */
  retracted: number
}

export const emptyTally = (): Tally => ({
  records: 0, judged: 0, corrected: 0, late: 0, learned: 0, duplicate: 0, rejected: 0, reasons: {}, raised: 0, revised: 0, retracted: 0
})

/** Flags that stand, as far as is known: what tells a flag raised from one revised. Shared by files that are replayed together. */
export type Standing = Set<string>

/** Adds what became of some records. @param standing is brought up to date */
export function count (tally: Tally, outcomes: readonly Outcome[], standing: Standing): void {
  for (const outcome of outcomes) {
    tally.records++
    switch (outcome.status) {
      case 'rejected':
        tally.rejected++
        tally.reasons[outcome.rejection.reason] = (tally.reasons[outcome.rejection.reason] ?? 0) + 1
        break
      case 'duplicate': case 'superseded': // the flags of a repeat are said again; they did not change
        tally.duplicate++
        break
      default:
        tally[outcome.status]++
        for (const flag of outcome.flags) countFlag(tally, flag, standing)
    }
  }
}

function countFlag (tally: Tally, { flag_id, status }: Pick<FlagRow, 'flag_id' | 'status'>, standing: Standing): void {
  if (status === 'retracted') {
    standing.delete(flag_id)
    tally.retracted++
  } else if (standing.has(flag_id)) {
    tally.revised++
  } else {
    standing.add(flag_id)
    tally.raised++
  }
}

/** The sum of several tallies. */
export function sumOf (tallies: readonly Tally[]): Tally {
  const total = emptyTally()
  for (const { reasons, ...numbers } of tallies) {
    for (const [name, n] of Object.entries(numbers)) total[name as keyof typeof numbers] += n
    for (const [reason, n] of Object.entries(reasons)) total.reasons[reason] = (total.reasons[reason] ?? 0) + n
  }
  return total
}

/** Why records were rejected, the most frequent reason first: "unknown_code 12, missing_field 3". */
export function reasonsText ({ reasons }: Tally): string {
  return Object.entries(reasons).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([reason, n]) => `${reason} ${n}`).join(', ')
}
