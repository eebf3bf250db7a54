/**
 * What rules know besides law and reference data: lists of codes that a public source states, one file a list under
 * rules/knowledge. A rule names the lists it reads in its definition; they are read when the rulebook is, and never change.
 */
import type { Bilingual } from './rulebook.ts'
import type { Millis } from './time.ts'

/** Two items of which one contains the other, so that both are not charged on one day. */
export interface ExclusivePair extends Bilingual {
  /** med_list_codg */
  readonly a: string
  readonly b: string
  /** First moment of service for which it counts. */
  readonly from: Millis
}

/** The list exclusive-items. */
export interface ExclusivePairs {
  /** In the file's order. */
  readonly entries: readonly ExclusivePair[]
  /** The entries that an item stands in, as `a` or as `b`; empty for most. */
  of: (med_list_codg: string) => readonly ExclusivePair[]
}

/** The lists there are, by the names under which a rule finds them. */
export interface Knowledge { readonly exclusive_items: ExclusivePairs }

const NO_PAIRS: readonly ExclusivePair[] = Object.freeze([])

/** Makes a list of pairs that can be asked by item. */
export function exclusivePairs (entries: readonly ExclusivePair[]): ExclusivePairs {
  const byItem = new Map<string, readonly ExclusivePair[]>()
  for (const entry of entries) {
    for (const item of [entry.a, entry.b]) byItem.set(item, Object.freeze([...byItem.get(item) ?? [], Object.freeze(entry)]))
  }
  return Object.freeze({ entries: Object.freeze([...entries]), of: (item: string) => byItem.get(item) ?? NO_PAIRS })
}

/** Every list empty: what a rule knows that names none. */
export const NO_KNOWLEDGE: Knowledge = Object.freeze({ exclusive_items: exclusivePairs([]) })
