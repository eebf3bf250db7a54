/** What rules about many settlements in a short time ask: which lie within a span, and of how many persons those are that agree. Pure. */
import { personsOf } from './crowds.ts'
import { groupBy } from './group-by.ts'
import type { Millis } from './time.ts'

/**
 * Those from index `start` on that happened at most `span` after it, one at exactly `span` included.
 * @param settlements by time
 */
export function spanFrom<T extends { readonly at: Millis }> (settlements: readonly T[], start: number, span: Millis): readonly T[] {
  let end = start
  while (end < settlements.length && settlements[end]!.at - settlements[start]!.at <= span) end++
  return settlements.slice(start, end)
}

/** Of how many persons those are that agree most. What `keyOf` gives '' for agrees with nothing. */
export function personsAlike<T extends { readonly psn_no: string }> (settlements: readonly T[], keyOf: (each: T) => string): number {
  const groups = groupBy(settlements.filter(each => keyOf(each) !== ''), keyOf)
  return Math.max(0, ...[...groups.values()].map(personsOf))
}
