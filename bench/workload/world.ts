/** Everything a workload is made in: the city, its catalogue and peers, the span of time, and the counters that make identities unique. */
import { DAY, parseMoment } from '../../engine/core/time.ts'
import type { Millis } from '../../engine/core/time.ts'
import { buildCatalogue } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import { buildCity } from './city.ts'
import type { City, District, Place } from './city.ts'
import { buildPerson } from './people.ts'
import type { Person, PersonWish } from './people.ts'
import { compactText, dateText } from './stamp.ts'
import type { WorkloadOptions } from './types.ts'

/** Plants need room for chains of stays and for whole months, whatever the span of the background. */
export const PLANT_DAYS = 70
/** Days before the end on which institutions change their state. */
export const STATE_DAYS = 12
/** 2021-05-01, when the rules' law came into force (国务院令第735号): plants of before would earn no flags. */
const IN_FORCE: Millis = Date.UTC(2021, 3, 30, 16)

export interface World {
  readonly seed: number
  readonly claims: number
  /** First moment of the background span and first moment after it. */
  readonly start: Millis
  readonly end: Millis
  /** First day plants may use. */
  readonly plantStart: Millis
  /** Until then `formerlyWomenOnly` is limited to women. */
  readonly formerUntil: Millis
  /** Then `closing` is suspended, `withdrawn` loses its designation, and `reopened` is no longer suspended. */
  readonly stateTurn: Millis
  readonly city: City
  readonly catalogue: Catalogue
}

/** Unique numbers for identities, taken in the order in which things are planned. */
export interface Ids { next: number }

/** @throws RangeError when a number is not positive or the start is not a date */
export function buildWorld (options: WorkloadOptions): World {
  const days = options.days ?? 45
  const start = parseMoment(options.start ?? '2026-03-01')
  if (start === null || !start.dateOnly) throw new RangeError(`start is not a date (yyyy-MM-dd): ${String(options.start)}`)
  if (!Number.isSafeInteger(days) || days < 1) throw new RangeError(`days is not a positive whole number: ${days}`)
  if (!Number.isSafeInteger(options.claims) || options.claims < 0) throw new RangeError(`claims is not a whole number: ${options.claims}`)
  if (!Number.isSafeInteger(options.seed)) throw new RangeError(`seed is not a whole number: ${options.seed}`)
  const seed = options.seed | 0
  const scale = options.city?.scale ?? Math.max(1, Math.min(40, Math.round(options.claims / days / 600)))
  const end = start.at + days * DAY
  const plantStart = end - Math.max(days, PLANT_DAYS) * DAY
  if (plantStart < IN_FORCE) throw new RangeError('start is too early: no rule is in force before 2021-05-01')
  return {
    seed, claims: options.claims, start: start.at, end,
    plantStart,
    formerUntil: start.at - 120 * DAY,
    stateTurn: end - STATE_DAYS * DAY,
    city: buildCity(seed, scale),
    catalogue: buildCatalogue(seed)
  }
}

export function personOf (world: World, index: number, wish?: PersonWish): Person {
  return buildPerson(world.seed, index, world.start, world.city.districts.map(each => each.admdvs), wish)
}

export function homeOf (world: World, person: Person): District {
  return world.city.districts[person.home]!
}

/** msgid: the sender's code, the time and a serial number of four digits. */
export function msgid (place: Place, at: Millis, serial: number): string {
  return place.fixmedins_code + compactText(at) + String(serial % 10_000).padStart(4, '0')
}

/** A fresh identifier: a letter, the day and a serial number. */
export function freshId (ids: Ids, letter: string, at: Millis): string {
  ids.next++
  return letter + dateText(at).replaceAll('-', '') + String(ids.next).padStart(9, '0')
}
