/** Which scenarios are planted, how often and when. Scenarios are built when their first day comes. */
import { DAY, dayOf, formatDate, yearOf } from '../../engine/core/time.ts'
import type { DayNumber } from '../../engine/core/time.ts'
import { hospitalApart, pharmacyApart } from './city.ts'
import type { Place } from './city.ts'
import { SCENARIOS } from './plants/index.ts'
import { Plant } from './plants/plant.ts'
import type { Scenario } from './plants/scenario.ts'
import { mix, Random } from './prng.ts'
import type { Timeline } from './timeline.ts'
import type { Confuser, Label } from './types.ts'
import type { Ids, World } from './world.ts'

/** Share of people with a label, in percent: that of the labelled public data set of 2017 (精准社保, 3.56 % of persons). */
const LABELLED_PERCENT = 3.56
/** Settlements a background person has in a span, about; only to reckon how many people there will be. */
const CLAIMS_A_PERSON = 1.5
/** Scenarios of dozens of settlements come every fourth time. */
const HEAVY_EVERY = 4
/** Below this many settlements only some of the scenarios fit. */
const ALL_FROM = 5000
const PLANTED_SHARE = 0.4

interface Instance { readonly scenario: Scenario, readonly number: number, readonly base: DayNumber }

export class Planting {
  readonly labels: Label[] = []
  readonly confusers: Confuser[] = []
  readonly instances: readonly Instance[]
  /** Distinct settlements of all instances. */
  readonly claims: number
  private readonly world: World
  private readonly ids: Ids
  private next = 0

  constructor (world: World, ids: Ids, wanted: boolean) {
    this.world = world
    this.ids = ids
    const calendar = calendarOf(world)
    const chosen = wanted ? choose(world, calendar) : { list: [], claims: 0 }
    this.claims = chosen.claims
    this.instances = chosen.list
      .map((scenario, number) => ({ scenario, number, base: baseOf(calendar, scenario, new Random(mix(world.seed, 0xba5e, number))) }))
      .sort((a, b) => a.base - b.base || a.number - b.number)
  }

  /** Hospitals and pharmacies that scenarios have for themselves. */
  get apart (): Place[] {
    return this.instances.flatMap(({ scenario: { ownBeds, ownPharmacy }, number }) => [
      ...ownBeds > 0 ? [hospitalApart(number, ownBeds)] : [], ...ownPharmacy ? [pharmacyApart(number)] : []
    ])
  }

  /** The first day on which anything is planted; Infinity when nothing is. */
  get firstDay (): DayNumber {
    return this.instances[0]?.base ?? Infinity
  }

  /** Builds what begins on a day. Days must come in order. */
  plant (day: DayNumber, timeline: Timeline): void {
    for (; this.next < this.instances.length && this.instances[this.next]!.base <= day; this.next++) {
      const { scenario, number, base } = this.instances[this.next]!
      const plant = new Plant(this.world, this.ids, scenario, number, base)
      scenario.build(plant)
      for (const { at, record } of plant.records) timeline.add(at, () => record)
      this.labels.push(...plant.labels)
      this.confusers.push(...plant.confusers)
    }
  }
}

/** What one planting of each scenario comes to; building it does not depend on when or for whom. */
function measure (world: World, calendar: Calendar): ReadonlyMap<Scenario, { readonly claims: number, readonly labelled: number }> {
  return new Map(SCENARIOS.map(scenario => {
    const plant = new Plant(world, { next: 0 }, scenario, 0, baseOf(calendar, scenario, new Random(1)))
    scenario.build(plant)
    return [scenario, { claims: plant.claims, labelled: new Set(plant.labels.map(each => each.psn_no)).size }]
  }))
}

function choose (world: World, calendar: Calendar): { list: Scenario[], claims: number } {
  const sizes = measure(world, calendar)
  const list: Scenario[] = []
  let claims = 0
  let labelled = 0
  const add = (scenario: Scenario): void => {
    list.push(scenario)
    claims += sizes.get(scenario)!.claims
    labelled += sizes.get(scenario)!.labelled
  }
  if (world.claims < ALL_FROM) {
    const random = new Random(mix(world.seed, 0x5e1))
    const rest = [...SCENARIOS]
    while (rest.length > 0) {
      const [scenario] = rest.splice(random.below(rest.length), 1)
      if (claims + sizes.get(scenario!)!.claims <= world.claims * PLANTED_SHARE) add(scenario!)
    }
    return { list, claims }
  }
  for (let round = 0; ; round++) {
    const people = (world.claims - claims) / CLAIMS_A_PERSON
    if (round > 0 && labelled >= people * LABELLED_PERCENT / 100) return { list, claims }
    for (const scenario of SCENARIOS) if (!scenario.heavy || round % HEAVY_EVERY === 0) add(scenario)
  }
}

/** Where scenarios that ask for a place in the calendar begin. */
type Calendar = Readonly<Record<'from' | 'end' | 'newyear' | 'december' | 'month' | 'year' | 'turn', DayNumber>>

function calendarOf (world: World): Calendar {
  const [from, end] = [dayOf(world.plantStart), dayOf(world.end)]
  const year = Number(yearOf(world.start))
  return {
    from, end, newyear: dayOf(Date.parse(`${year}-01-01T00:00:00+08:00`)) - 5,
    december: dayOf(Date.parse(`${year - 1}-06-01T00:00:00+08:00`)),
    month: longest(from, end, 7), year: longest(from, end, 4), turn: turnOfMonth(from, end) - 10
  }
}

/** The scenario's day 0. */
function baseOf (calendar: Calendar, scenario: Scenario, random: Random): DayNumber {
  switch (scenario.where) {
    case 'any': return calendar.from + random.below(calendar.end - calendar.from - scenario.needs)
    case 'end': return calendar.end - scenario.needs
    default: return calendar[scenario.where]
  }
}

/** First day of the longest run of days that share the first `length` letters of their date. */
function longest (from: DayNumber, end: DayNumber, length: number): DayNumber {
  let best = from
  let days = 0
  let begin = from
  for (let day = from + 1; day <= end; day++) {
    if (day < end && prefix(day, length) === prefix(begin, length)) continue
    if (day - begin > days) [best, days] = [begin, day - begin]
    begin = day
  }
  return best
}

/** The first of the month that is farthest from both ends. */
function turnOfMonth (from: DayNumber, end: DayNumber): DayNumber {
  let best = from
  for (let day = from; day < end; day++) {
    if (prefix(day, 10).endsWith('-01') && Math.min(day - from, end - day) > Math.min(best - from, end - best)) best = day
  }
  return best
}

function prefix (day: DayNumber, length: number): string {
  return formatDate(day * DAY).slice(0, length)
}
