/**
 * Many visits of one person: the plan of a month or year, its making, and the simple sums that say which frequent-visit
 * labels it earns.
 */
import type { Fen } from '../../../engine/core/money.ts'
import { monthOf, yearOf } from '../../../engine/core/time.ts'
import type { Severity } from '../../../engine/core/flag.ts'
import type { Place } from '../city.ts'
import type { Person } from '../people.ts'
import type { Claim, Plant } from './plant.ts'
import type { VisitWish } from './visits.ts'

/** er: emergency; the others are counted as ordinary outpatient visits unless the wish makes them something else. */
export interface Planned {
  readonly day: number
  /** Hour of the day, fractions allowed. Default 9. */
  readonly hour?: number
  readonly er?: boolean
  readonly cost?: Fen
  readonly place?: Place
  readonly wish?: Partial<VisitWish>
  /** Not one of those the rules count. */
  readonly uncounted?: boolean
}

export interface Frequent { readonly person: Person, readonly visits: ReadonlyArray<Planned & { readonly claim: Claim }> }

/** Makes the visits, by default all at one clinic. */
export function frequent (plant: Plant, plan: readonly Planned[], person = plant.person()): Frequent {
  const visits = plan.map(each => {
    const minutes = Math.round((each.hour ?? 9) * 60)
    const at = plant.at(each.day, Math.floor(minutes / 60), minutes % 60)
    const claim = plant.visit(person, {
      place: each.place ?? plant.clinic(), at, cost: each.cost ?? 6000, ...each.er === true ? { med_type: '13' } : {}, ...each.wish
    })
    return { ...each, claim }
  })
  return { person, visits }
}

/** So many visits, one a day from `from` on. */
export function daily (count: number, more: Partial<Planned> = {}, from = 0): Planned[] {
  return Array.from({ length: count }, (_, i) => ({ day: from + i, ...more }))
}

/** Shanghai's sums: month op ≥ 15 or op + er ≥ 20; cost of op ≥ 5000 yuan. Year op ≥ 100; cost of op ≥ 20,000 or of both ≥ 25,000 yuan. */
export function labelCounts (plant: Plant, { person, visits }: Frequent): void {
  const counted = visits.filter(each => each.uncounted !== true)
  for (const month of new Set(counted.map(each => monthOf(each.claim.setl_time)))) {
    const { op, er, cost } = sums(counted.filter(each => monthOf(each.claim.setl_time) === month))
    grade(plant, person, 'frequent-visits-month', month, op >= 15 || op + er >= 20, cost >= 500_000)
  }
  for (const year of new Set(counted.map(each => yearOf(each.claim.setl_time)))) {
    const { op, cost, both } = sums(counted.filter(each => yearOf(each.claim.setl_time) === year))
    grade(plant, person, 'frequent-visits-year', year, op >= 100, cost >= 2_000_000 || both >= 2_500_000)
  }
}

function grade (
  plant: Plant, person: Person, rule: 'frequent-visits-month' | 'frequent-visits-year', period: string, count: boolean, cost: boolean
): void {
  const severity: Severity | null = count && cost ? 2 : count || cost ? 3 : null
  if (severity !== null) plant.flag(rule, person, [period], severity)
}

function sums (visits: readonly Planned[]): { op: number, er: number, cost: Fen, both: Fen } {
  const total = (some: readonly Planned[]): Fen => some.reduce((sum, each) => sum + (each.cost ?? 6000), 0)
  const ops = visits.filter(each => each.er !== true)
  return { op: ops.length, er: visits.length - ops.length, cost: total(ops), both: total(visits) }
}
