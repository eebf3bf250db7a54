/**
 * The city's ordinary stays. A person's turns in hospital are at least 90 days apart; each stay has fees on each of its
 * days, treatment among them, costs about what its peers cost, and is followed by no visit but one at the same
 * institution a week or two after discharge.
 */
import { DAY, dayOf, HOUR, MINUTE, SECOND, startOfDay, yearOf } from '../../engine/core/time.ts'
import type { DayNumber, Millis } from '../../engine/core/time.ts'
import type { Visits } from './background.ts'
import { Beds, wardOf } from './beds.ts'
import type { Place } from './city.ts'
import { DIAGNOSES, medianDayCost } from './peers.ts'
import type { Person } from './people.ts'
import { mix, Random } from './prng.ts'
import { settledStay, stayEvent, stayLines, stayList, wardDay } from './stay.ts'
import type { StayPlan, StaySettlement } from './stay.ts'
import type { Timeline } from './timeline.ts'
import { freshId, homeOf, personOf } from './world.ts'
import type { Ids, World } from './world.ts'

const INPATIENTS = 600_000_000
export const LONGEST_STAY = 16
const MIN_TURN_DAYS = 90
const ALIKE_A_DAY = 2
/** Departments without sex, age or diagnosis of their own to look out for. */
const ANYBODY = ['A03', 'A03', 'A03', 'A04', 'A20', 'A50']

export class Stays {
  private readonly world: World
  private readonly ids: Ids
  private readonly timeline: Timeline
  private readonly visits: Visits
  private readonly people: number
  private readonly beds = new Beds()
  /** Admitted today, by place, district and disease. */
  private readonly alike = new Map<string, number>()
  private today: DayNumber = 0
  private admitted = 0
  /** Settlements planned so far: those that come before the end of the span. */
  planned = 0

  /** @param perDay most admissions of a day */
  constructor (world: World, ids: Ids, timeline: Timeline, visits: Visits, perDay: number) {
    this.world = world
    this.ids = ids
    this.timeline = timeline
    this.visits = visits
    this.people = Math.max(1, perDay * MIN_TURN_DAYS)
  }

  /**
   * Plans one admission on a day. Stays over before the span begins, or longer than it, are left out; those open at its
   * end have no settlement. Who finds no bed in the district is not admitted.
   */
  admit (day: DayNumber): void {
    const seed = mix(this.world.seed, 0x57a7, this.admitted)
    const random = new Random(seed)
    const person = personOf(this.world, INPATIENTS + this.admitted++ % this.people)
    const from = startOfDay(day) + 8 * HOUR + random.below(8 * 3600) * SECOND
    const length = Math.min(LONGEST_STAY, 2 + random.below(5) + random.below(6) + (random.chance(10) ? random.below(5) : 0))
    const to = startOfDay(day + length) + 9 * HOUR + random.below(7 * 3600) * SECOND
    const before = from < this.world.start
    const open = to + 2 * HOUR >= this.world.end
    // What began before the span is known by its settlement only: its daily lines would outweigh a short span.
    if (to < this.world.start || (before && open)) return
    const plan = this.planOf(seed, random, person, from, to, open, length)
    if (plan === null) return
    const chain = open || (!before && random.chance(50))
    if (chain) this.planChain(plan, random)
    if (open) return
    this.planSettlement(plan, random, chain)
    const back = startOfDay(dayOf(to) + random.between(7, 14)) + random.between(9 * 60, 16 * 60) * MINUTE
    if (random.chance(40) && back < this.world.end) this.visits.followUp(person, plan.place, back, plan.diagnoses, seed)
  }

  private planOf (seed: number, random: Random, person: Person, from: Millis, to: Millis, open: boolean, length: number): StayPlan | null {
    const { hospitals } = homeOf(this.world, person)
    const taken = this.takenIn([random.pick(hospitals), ...hospitals.filter(each => each.beds >= 100)], seed, random, person, from, to)
    if (taken === null) return null
    const { place, dept, ward, bed, diagnosis, med_type } = taken
    const mdtrt_id = freshId(this.ids, 'M', from)
    const lastDay = open ? Math.max(0, dayOf(this.world.end) - 1 - dayOf(from)) : length
    return {
      seed, person, place, mdtrt_id, from, fromDateOnly: false, to: open ? null : to, toDateOnly: false, lastDay,
      dept, ward, bed, doctor: random.pick(place.doctors),
      diagnoses: [diagnosis, ...random.chance(60) ? [['I10.x00', '高血压'] as const] : []], med_type, cert: random.chance(60) ? '03' : '01',
      dayCost: medianDayCost(place.hosp_lv, diagnosis[0]),
      info: random.chance(15) || this.isCrowd(place, person, diagnosis[0], dayOf(from)) ? { adm_way: '1' } : {}
    }
  }

  /** Of those who come on one day from one district with one disease all but two are emergencies: four within any day and night are no group. */
  private isCrowd (place: Place, person: Person, diag_code: string, day: DayNumber): boolean {
    if (day !== this.today) this.alike.clear()
    this.today = day
    const key = `${place.fixmedins_code} ${person.area} ${diag_code.slice(0, 3)}`
    const before = this.alike.get(key) ?? 0
    this.alike.set(key, before + 1)
    return before >= ALIKE_A_DAY
  }

  /** A bed in the first of the places that has one. */
  private takenIn (places: readonly Place[], seed: number, random: Random, person: Person, from: Millis, to: Millis) {
    for (const place of places) {
      const [dept, diagnosis, med_type] = wardFor(person, place, random)
      const bed = this.beds.take(place, dept, from, to, seed)
      if (bed !== null) return { place, dept, diagnosis, med_type, ...bed }
    }
    return null
  }

  private planChain (plan: StayPlan, random: Random): void {
    const { timeline, world } = this
    timeline.add(plan.from + 3 * MINUTE, () => stayEvent(plan, '2401', plan.from + 2 * MINUTE, plan.seed % 10_000))
    if (random.chance(4)) { // a bed change
      const at = plan.from + 20 * HOUR
      if (plan.to === null || at < plan.to) {
        const moved = { ...plan, info: { adm_bed: `${wardOf(plan.dept)}-${random.between(1, 48)}` } }
        timeline.add(at + 2 * SECOND, () => stayEvent(moved, '2401', at, 2))
      }
    }
    for (let k = 0; k <= plan.lastDay; k++) {
      const evening = startOfDay(dayOf(plan.from) + k) + 19 * HOUR + random.below(4 * 3600) * SECOND
      const sent = (plan.to !== null && k === plan.lastDay ? plan.to + 2 * MINUTE : evening) +
        (random.chance(1) ? random.between(6, 40) * HOUR : 0)
      timeline.add(sent + SECOND, () => stayLines(plan, wardDay(plan, k, world.catalogue), sent, k + 3))
    }
    if (plan.to === null) return
    const { to } = plan
    timeline.add(to + 4 * MINUTE, () => stayEvent(plan, '2402', to + 3 * MINUTE, plan.seed % 9999))
  }

  private planSettlement (plan: StayPlan, random: Random, chain: boolean): void {
    const to = plan.to!
    const newYear = lastDayOfYear(plan)
    const middle = newYear >= 0 ? newYear : plan.lastDay >= 8 && random.chance(6) ? Math.floor(plan.lastDay / 2) : -1
    const crossYear = newYear >= 0
    if (middle >= 0) {
      const at = startOfDay(dayOf(plan.from) + middle) + 18 * HOUR
      this.settle(plan, 0, middle, { at, finish: at, mid: true, crossYear, bare: false, sent: at + 6 * SECOND })
    }
    const at = to + random.between(10, 80) * MINUTE
    const late = random.chance(1.5) ? random.between(1, 9) * DAY : 0
    const list = random.chance(chain ? 20 : 5)
    const bare = list && middle < 0 && random.chance(15)
    const sent = at + random.between(2, 9) * SECOND + late
    const setl_id = this.settle(plan, middle + 1, plan.lastDay, { at, finish: to, mid: false, crossYear, bare, sent })
    if (!list) return
    const listed = at + random.between(20, 100) * HOUR
    this.timeline.add(listed + SECOND, () => stayList(plan, setl_id, listed, plan.seed % 8888))
  }

  private settle (
    plan: StayPlan, first: number, last: number,
    when: Omit<StaySettlement, 'setl_id' | 'setl_time' | 'fees' | 'serial'> & { readonly at: Millis }
  ): string {
    const setl_id = freshId(this.ids, 'S', when.at)
    const { world } = this
    this.planned++
    this.timeline.add(when.sent + SECOND, () => {
      const fees = Array.from({ length: last - first + 1 }, (_, i) => wardDay(plan, first + i, world.catalogue)).flat()
      const { at, ...rest } = when
      return settledStay(plan, { setl_id, setl_time: at, fees, serial: plan.seed % 7777, ...rest })
    })
    return setl_id
  }
}

/** Where somebody of this sex and age is taken in, and for what. */
function wardFor (
  person: Person, place: Place, random: Random
): readonly [dept: string, diagnosis: readonly [string, string], med_type: string] {
  const large = place.departments.length > 4
  if (large && person.age < 12) return ['A07', random.pick(DIAGNOSES.A07!), '21']
  if (large && person.gend === '2' && person.age >= 20 && person.age < 42 && random.chance(40)) return ['A05', DIAGNOSES.A05![0]!, '52']
  const dept = random.pick(large ? [...ANYBODY, 'A21'] : ANYBODY)
  return [dept, random.pick(DIAGNOSES[dept]!), random.pick(['21', '21', '2101'])]
}

/** The stay's day that is 31 December, when it goes on into another year; −1 otherwise. Settled then, as insurance years are. */
function lastDayOfYear (plan: StayPlan): number {
  for (let k = 0; k < plan.lastDay; k++) {
    const day = dayOf(plan.from) + k
    if (yearOf(startOfDay(day)) !== yearOf(startOfDay(day + 1))) return k
  }
  return -1
}
