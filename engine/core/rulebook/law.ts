/** A rule's law, precomputed: which thresholds hold on a date and in an area is one look-up without allocation. */
import type { Law, Limits } from '../rule.ts'
import type { LawArticle } from '../rulebook.ts'
import type { Millis } from '../time.ts'
import { areaKeys, limitsAt, type Threshold } from './thresholds.ts'

/** When a rule is in force: from the first moment of `from`, up to `until` (excluded; Infinity while open). */
export interface InForce { readonly from: Millis, readonly until: Millis }

/** Limits that hold from a moment on. */
interface Segment { readonly from: Millis, readonly limits: Limits }

/** Area texts come from records, so what is remembered of them is bounded. */
const REMEMBERED_AREAS = 4096

/** Builds the law. Throws RULE_INVALID when a threshold has no value for a part of the time in force. */
export function buildLaw (file: string, inForce: InForce, thresholds: readonly Threshold[]): Law {
  const byKey = new Map<string, readonly Segment[]>()
  const segments = (area: string): readonly Segment[] =>
    segmentDates(inForce, thresholds).reverse().map(from => ({ from, limits: limitsAt(file, thresholds, area, from) }))
  const standard = segments('')
  for (const threshold of thresholds) for (const key of threshold.areas.keys()) byKey.set(key, segments(key))
  const byArea = new Map<string, readonly Segment[]>()
  const find = (area: string): readonly Segment[] => {
    const key = areaKeys(area).find(each => byKey.has(each))
    const found = key === undefined ? standard : byKey.get(key)!
    if (byArea.size < REMEMBERED_AREAS) byArea.set(area, found)
    return found
  }
  return {
    on: (at, area) => {
      if (at < inForce.from || at >= inForce.until) return null
      const found = byKey.size === 0 ? standard : byArea.get(area) ?? find(area)
      for (let i = 0; i < found.length; i++) if (found[i]!.from <= at) return found[i]!.limits
      return null
    }
  }
}

/** Of the articles a rule rests on those in force at a moment: what a later law says is no basis for what was done before. */
export function lawsOn (articles: readonly LawArticle[], at: Millis): LawArticle[] {
  return articles.filter(article => article.from <= at)
}

/** The moments at which any limit may change, ascending: the start of the rule and every later in-force date. */
export function segmentDates (inForce: InForce, thresholds: readonly Threshold[]): Millis[] {
  const dates = new Set([inForce.from])
  for (const threshold of thresholds) {
    for (const values of [threshold.values, ...threshold.areas.values()]) {
      for (const { from } of values) if (from > inForce.from && from < inForce.until) dates.add(from)
    }
  }
  return [...dates].sort((a, b) => a - b)
}
