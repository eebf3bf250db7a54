/** What the cases of a rule must cover, and whether a case really stands at the boundary it claims to stand at. */
import type { LoadedRule } from '../../core/rulebook.ts'
import { segmentDates } from '../../core/rulebook/law.ts'
import type { RuleFolder } from '../../core/rulebook/folders.ts'
import { areaKeys, type Threshold, valueAt } from '../../core/rulebook/thresholds.ts'
import type { Law, Limits } from '../../core/rule.ts'
import { formatDate } from '../../core/time.ts'

/** Every token that the rule's cases must carry in a `covers:` line. */
export function requiredCovers ({ definition, thresholds }: RuleFolder): string[] {
  const dates = segmentDates(definition.in_force, thresholds).map(formatDate)
  if (definition.in_force.until !== Infinity) dates.push(formatDate(definition.in_force.until))
  return [
    ...thresholds.flatMap(boundaryNames).flatMap(name => [`${name} inside`, `${name} outside`]),
    ...dates.flatMap(date => [`in_force ${date} before`, `in_force ${date} after`]),
    ...new Set([...definition.innocent_causes, ...definition.exclusions.keys()].map(id => `cause ${id}`)),
    'twice',
    'reversed'
  ]
}

/** `name`, and `name@area` for each area whose number is not the default's. */
function boundaryNames (threshold: Threshold): string[] {
  const numbers = (values: Threshold['values']): string => values.map(({ from, value }) => `${from}:${value}`).join()
  const own = [...threshold.areas].filter(([, values]) => numbers(values) !== numbers(threshold.values))
  return [threshold.name, ...own.map(([area]) => `${threshold.name}@${area}`)]
}

/** "gap_days_core inside" or "gap_days_core@310000 outside" → the threshold's name and area; null for other tokens. */
export function boundaryOf (token: string): { name: string, area: string } | null {
  const match = /^([a-z][a-z0-9_]*)(?:@(\d{6}))? (?:inside|outside)$/.exec(token)
  return match === null ? null : { name: match[1]!, area: match[2] ?? '' }
}

/**
 * The rule with one threshold moved by `by`.
 * @param area moves only that area's own number when not ''
 */
export function moveThreshold (rule: LoadedRule, threshold: Threshold, area: string, by: number): LoadedRule {
  // A switch flips; a number may leave its range here, or one that stands at its end could never be tested.
  const move = (value: number): number => threshold.unit === 'flag' ? 1 - value : value + by
  const law: Law = {
    on: (at, where): Limits | null => {
      const limits = rule.law.on(at, where)
      if (limits === null || (area !== '' && !areaKeys(where).includes(area))) return limits
      return { ...limits, [threshold.name]: move(valueAt(threshold, where, at)!.value) }
    }
  }
  return { ...rule, law }
}

/** A case outside a boundary cannot be made to cross it when the number stands at the end of its range. */
export function mayBeUnreachable (token: string, { range, step, values }: Threshold): boolean {
  return token.endsWith(' outside') && values.some(({ value }) => value - step < range[0] || value + step > range[1])
}
