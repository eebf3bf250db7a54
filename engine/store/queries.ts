/** Every question that may be asked of the store, by name. A reader answers these and nothing else. */
import { BED_QUERIES } from './queries/beds.ts'
import { CREDIT_QUERIES } from './queries/credit.ts'
import { FLAG_QUERIES } from './queries/flags.ts'
import { MEDIAN_QUERIES } from './queries/medians.ts'
import type { NamedQuery } from './queries/named.ts'
import { RECORD_QUERIES } from './queries/records.ts'

const ALL = { ...FLAG_QUERIES, ...RECORD_QUERIES, ...CREDIT_QUERIES, ...BED_QUERIES, ...MEDIAN_QUERIES }

export type QueryName = keyof typeof ALL
export const QUERIES: Readonly<Record<QueryName, NamedQuery>> = ALL

/** Looks a query up. Throws TypeError for a name that does not exist: a mistake of the caller's code. */
export function namedQuery (name: string): NamedQuery {
  const query = Object.hasOwn(QUERIES, name) ? QUERIES[name as QueryName] : undefined
  if (query === undefined) throw new TypeError(`there is no query ${name}`)
  return query
}
