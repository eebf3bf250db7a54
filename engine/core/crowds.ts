/** What rules about several persons at one place ask of their settlements. All functions are pure. */
import { groupBy } from './group-by.ts'
import type { Fen } from './money.ts'
import type { SharedSettlement } from './shared.ts'

type Own = Pick<SharedSettlement, 'psn_no'>

/** How many different persons. */
export function personsOf (settlements: readonly Own[]): number {
  return new Set(settlements.map(({ psn_no }) => psn_no)).size
}

/** What was settled for each person, all of the person's settlements together. */
export function costsOf (settlements: ReadonlyArray<Own & Pick<SharedSettlement, 'medfee_sumamt'>>): Fen[] {
  return [...groupBy(settlements, one => one.psn_no).values()].map(own => own.reduce((sum, { medfee_sumamt }) => sum + medfee_sumamt, 0))
}

/** How many amounts lie within so many percent of their median; of an even number the median is the mean of the middle two. */
export function nearMedian (amounts: readonly Fen[], percent: number): number {
  const sorted = amounts.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const twice = sorted.at(-1 - middle)! + sorted[middle]!
  return sorted.filter(amount => Math.abs(2 * amount - twice) * 100 <= percent * twice).length
}
