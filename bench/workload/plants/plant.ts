/**
 * One planted scenario in the making: people of its own, their visits and stays, what is done to the claims afterwards
 * (reversed, corrected, sent again, sent late), and what must come of it. A stay or visit that asks for nothing special tempts no rule.
 */
import { dayOf, HOUR, MINUTE, startOfDay } from '../../../engine/core/time.ts'
import type { DayNumber, Millis } from '../../../engine/core/time.ts'
import type { Severity } from '../../../engine/core/flag.ts'
import type { SharedKind } from '../../../engine/core/shared.ts'
import { hospitalApart, pharmacyApart } from '../city.ts'
import type { Place } from '../city.ts'
import type { Person, PersonWish } from '../people.ts'
import { mix, Random } from '../prng.ts'
import { deathRecord, reversalRecord } from '../records.ts'
import { compactText, timeText } from '../stamp.ts'
import type { Confuser, Label, Raw, RuleId } from '../types.ts'
import { freshId, homeOf, personOf } from '../world.ts'
import type { Ids, World } from '../world.ts'
import { buildStay } from './stays.ts'
import type { StayWish, Stayed } from './stays.ts'
import { buildVisit } from './visits.ts'
import type { VisitWish } from './visits.ts'
import type { Scenario } from './scenario.ts'

/** A settlement that was planted. */
export interface Claim {
  readonly record: Raw
  readonly place: Place
  readonly fixmedins_code: string
  readonly setl_id: string
  readonly mdtrt_id: string
  readonly setl_time: Millis
  readonly sent: Millis
}

const PLANTED = 900_000_000
/** People of one scenario, at most. */
const PEOPLE_MAX = 16

export class Plant {
  readonly world: World
  readonly ids: Ids
  readonly random: Random
  readonly seed: number
  readonly base: DayNumber
  readonly scenario: Scenario
  private readonly instance: number
  readonly records: Array<{ readonly at: Millis, readonly record: Raw }> = []
  readonly labels: Label[] = []
  readonly confusers: Confuser[] = []
  /** Distinct settlements. */
  claims = 0
  private people: number
  private readonly home: number

  /** @param instance number of this planting among all; decides its people */
  constructor (world: World, ids: Ids, scenario: Scenario, instance: number, base: DayNumber) {
    this.world = world
    this.ids = ids
    this.scenario = scenario
    this.instance = instance
    this.seed = mix(world.seed, 0x91a, instance)
    this.random = new Random(this.seed)
    this.base = base
    this.people = PLANTED + instance * PEOPLE_MAX
    this.home = this.random.below(world.city.districts.length)
  }

  get name (): string {
    return `${this.scenario.rule}/${this.scenario.name}`
  }

  /** A moment of the scenario's n-th day. */
  at (day: number, hour = 0, minute = 0, second = 0): Millis {
    return startOfDay(this.base + day) + hour * HOUR + minute * MINUTE + second * 1000
  }

  /** A person nobody else is, 45 years old unless wished otherwise; all of a scenario live in one district. */
  person (wish: PersonWish = {}): Person {
    return personOf(this.world, this.people++, { age: 45, home: this.home, ...wish })
  }

  /** Born on the scenario's first day, insured as a newborn. */
  newborn (): Person {
    return this.person({ brdy: timeText(this.at(0)).slice(0, 10), psn_type: '1401', insutype: '390' })
  }

  /** The k-th place with beds of the scenario's district; 0 is a county hospital with every department. */
  hospital (k = 0): Place {
    const { hospitals } = homeOf(this.world, { home: this.home } as Person)
    const large = hospitals.filter(each => each.beds >= 100)
    return [...large.slice(-2), ...hospitals.filter(each => each.beds < 100)][k]!
  }

  /** The hospital that only this planting has. */
  get own (): Place {
    const { ownBeds } = this.scenario
    if (ownBeds === 0) throw new RangeError(`${this.name} has no hospital of its own`)
    return hospitalApart(this.instance, ownBeds)
  }

  /** The pharmacy that only this planting has. */
  get ownPharmacy (): Place {
    if (!this.scenario.ownPharmacy) throw new RangeError(`${this.name} has no pharmacy of its own`)
    return pharmacyApart(this.instance)
  }

  clinic (k = 0): Place {
    return this.world.city.districts[this.home]!.clinics[k]!
  }

  pharmacy (k = 0): Place {
    return this.world.city.districts[this.home]!.pharmacies[k]!
  }

  /** A device of the place that nothing else is settled on. */
  device (place: Place): string {
    return `${place.devices[0]!}-${this.instance}-${this.claims}`
  }

  visit (person: Person, wish: VisitWish): Claim {
    return buildVisit(this, person, wish)
  }

  stay (person: Person, wish: StayWish): Stayed {
    return buildStay(this, person, wish)
  }

  /** A stay from 9:10 of one day to 15:30 of another, or from date to date. */
  spell (person: Person, place: Place, fromDay: number, toDay: number, more: Partial<StayWish> = {}): Stayed {
    const from = more.fromDateOnly === true ? this.at(fromDay) : this.at(fromDay, 9, 10)
    const to = more.toDateOnly === true ? this.at(toDay) : this.at(toDay, 15, 30)
    return buildStay(this, person, { place, from, to, ...more })
  }

  /** Hands a record over at `at`. */
  send (at: Millis, record: Raw): void {
    if (dayOf(at) < this.base) throw new RangeError(`${this.name}: a record before the scenario's first day`)
    if (dayOf(at) >= this.base + this.scenario.needs) throw new RangeError(`${this.name}: a record after the scenario's last day`)
    this.records.push({ at, record })
  }

  id (letter: string, at: Millis): string {
    return freshId(this.ids, letter, at)
  }

  /** The same claim again under a new msgid. */
  again (claim: Claim, at: Millis = claim.sent + 40_000): void {
    this.send(at, this.resent(claim, at))
  }

  /** A later version of the claim. */
  correct (claim: Claim, at: Millis, change: (record: Raw) => void): void {
    const record = this.resent(claim, at)
    change(record)
    this.send(at, record)
  }

  /** The same service settled anew under another setl_id, as is done after a reversal. */
  resettle (claim: Claim, at: Millis): Claim {
    const record = this.resent(claim, at + 5000)
    const setl_id = this.id('S', at)
    Object.assign(nodeOf(record, 'setlinfo'), { setl_id, setl_time: timeText(at) })
    this.claims++
    this.send(at + 6000, record)
    return { ...claim, record, setl_id, setl_time: at, sent: at + 5000 }
  }

  /** Voids the settlement. `arrive` when the reversal comes later, or earlier, than it was made. */
  reverse (claim: Claim, at: Millis, arrive = at + 3000): void {
    const info = claim.record.setlinfo as Raw
    const { place, setl_id, mdtrt_id } = claim
    const origin = { place, area: claim.record.insuplc_admdvs as string, at, serial: this.random.below(10_000) }
    this.send(arrive, reversalRecord(origin, claim.record.infno as string, {
      setl_id, mdtrt_id, psn_no: info.psn_no, refd_setl_id: `${setl_id}R`, setl_time: timeText(at)
    }))
  }

  /** Registers a death on day `day` at the moment `registered`. */
  death (person: Person, day: number, registered: Millis): void {
    this.send(registered, deathRecord(person.psn_no, this.at(day), registered))
  }

  /** A flag that must stand in the end. */
  flag (rule: RuleId, person: Person, anchor: readonly string[], severity: Severity): void {
    this.labels.push({ rule, psn_no: person.psn_no, anchor, severity, scenario: this.name })
  }

  /** A flag about what several persons share that must stand in the end. @param person one of them */
  flagShared (rule: RuleId, kind: SharedKind, key: string, person: Person, anchor: readonly string[], severity: Severity): void {
    this.labels.push({ rule, psn_no: person.psn_no, shared: { kind, key }, anchor, severity, scenario: this.name })
  }

  /** Nothing may be said of this person under the scenario's own rule (or another one). */
  innocent (person: Person, rule: RuleId = this.scenario.rule): void {
    this.confusers.push({ rule, psn_no: person.psn_no, scenario: this.name })
  }

  private resent (claim: Claim, at: Millis): Raw {
    const copy = structuredClone(claim.record)
    copy.inf_time = timeText(at)
    copy.msgid = claim.fixmedins_code + compactText(at) + String(this.random.below(10_000)).padStart(4, '0')
    return copy
  }
}

/** A sub-object of a raw record. */
export function nodeOf (record: Raw, name: string): Raw {
  return record[name] as Raw
}

/** A list of sub-objects of a raw record. */
export function listOf (record: Raw, name: string): Raw[] {
  return record[name] as Raw[]
}
