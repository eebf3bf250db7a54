/**
 * A made-up city's records in order of arrival, with the flags they must lead to. Everything follows from the seed;
 * memory holds a day's plans and the stays under way, not the whole.
 */
import { DAY, dayOf, formatDate, startOfDay } from '../../engine/core/time.ts'
import type { DayNumber } from '../../engine/core/time.ts'
import { poolsFor, Visits } from './background.ts'
import { LONGEST_STAY, Stays } from './background-stays.ts'
import { masterRecords } from './masterdata.ts'
import { Planting } from './planting.ts'
import { stockOf } from './stock.ts'
import { Timeline } from './timeline.ts'
import type { Confuser, Label, Raw, WorkloadOptions } from './types.ts'
import { buildWorld } from './world.ts'
import type { Ids, World } from './world.ts'

/** Stays among settlements: about one in twenty. */
const STAY_PERCENT = 5

/** Dates, yyyy-MM-dd, both included: settlements of everyday spread from `from` to `to`; what led up to them begins on `history`. */
export interface Span { readonly history: string, readonly from: string, readonly to: string }

export interface Workload {
  /** To be read once, in order. */
  readonly records: Iterable<Raw>
  /** Every flag that must stand in the end. Complete once `records` has been read to its end. */
  readonly labels: readonly Label[]
  /** People who look suspicious and are not. Complete when `labels` are. */
  readonly confusers: readonly Confuser[]
  /** Distinct settlements there will be. */
  readonly claims: number
  /** Planted scenarios there will be. */
  readonly scenarios: number
  readonly span: Span
}

/**
 * Master data come first, then records as they arrive: planted history before the span where a scenario needs it, the
 * span itself, and what is late.
 * @throws RangeError for options that make no sense
 */
export function generate (options: WorkloadOptions): Workload {
  const world = buildWorld(options)
  const ids: Ids = { next: 0 }
  const planting = new Planting(world, ids, options.plants ?? true)
  const background = Math.max(0, world.claims - planting.claims)
  const first = Math.min(dayOf(world.start) - LONGEST_STAY, planting.firstDay)
  return {
    records: stream(world, ids, planting, background, first),
    labels: planting.labels,
    confusers: planting.confusers,
    claims: planting.claims + background,
    scenarios: planting.instances.length,
    span: { history: formatDate(startOfDay(first)), from: formatDate(world.start), to: formatDate(world.end - DAY) }
  }
}

function * stream (world: World, ids: Ids, planting: Planting, background: number, first: DayNumber): Generator<Raw> {
  yield * masterRecords(world, planting.apart)
  const timeline = new Timeline()
  const [start, end] = [dayOf(world.start), dayOf(world.end)]
  const weights = Array.from({ length: end - start }, (_, i) => weightOf(start + i))
  const total = weights.reduce((sum, each) => sum + each, 0)
  const busiest = Math.ceil(background * Math.max(0, ...weights) / total)
  const perDay = background * STAY_PERCENT / 100 / (end - start)
  const visits = new Visits(world, ids, timeline, poolsFor(world, background, busiest))
  const stays = new Stays(world, ids, timeline, visits, Math.ceil(perDay))
  stockOf(world, timeline, startOfDay(first), Math.min(400, Math.floor(world.claims / 50)))
  let passed = 0
  for (let day = first; day < end; day++) {
    planting.plant(day, timeline)
    if (day >= start - LONGEST_STAY) {
      const index = day - start + LONGEST_STAY
      // Near the end of a short span room is kept: the visits of the last day fill up exactly what is missing.
      const admissions = Math.floor((index + 1) * perDay) - Math.floor(index * perDay)
      for (let n = admissions; n > 0 && visits.planned + stays.planned + 3 <= background; n--) stays.admit(day)
    }
    if (day >= start) {
      passed += weights[day - start]!
      const target = day === end - 1 ? background : Math.floor(background * passed / total)
      while (visits.planned + stays.planned < target) visits.turn(startOfDay(day), background - visits.planned - stays.planned)
    }
    yield * timeline.drain(day)
  }
  for (let pending = timeline.pendingDays; pending.length > 0; pending = timeline.pendingDays) yield * timeline.drain(pending[0]!)
}

/** Mondays are the busiest, Sundays the quietest; the first days of a month are busier. */
function weightOf (day: DayNumber): number {
  const weekday = (day + 3) % 7 // 0 = Monday
  const first = Number(formatDate(day * DAY).slice(8)) <= 3
  return [130, 112, 105, 102, 104, 78, 62][weekday]! * (first ? 1.12 : 1)
}
