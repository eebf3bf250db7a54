/**
 * The devices on which places settle. Most have a maker's number, which is nobody else's; a fifth of the places number their windows
 * themselves, all alike. A device takes two settlements in five minutes at most: where more come, another one is opened.
 */
import { dayOf, MINUTE } from '../../engine/core/time.ts'
import type { DayNumber, Millis } from '../../engine/core/time.ts'
import type { Place } from './city.ts'

const EVERY_FIFTH = 5
const SLOT = 5 * MINUTE
const MOST_IN_A_SLOT = 2

/** The number of a place's device. @param i from 0 on */
export function deviceNumber (fixmedins_code: string, i: number): string {
  const window = String(i + 1).padStart(2, '0')
  if (Number(fixmedins_code.slice(7)) % EVERY_FIFTH === 0) return `D-${window}`
  return `SN${fixmedins_code.startsWith('H') ? 1 : 2}${fixmedins_code.slice(1)}${window}`
}

/** Which device the next settlement of a place goes to. */
export class Counters {
  readonly #taken = new Map<DayNumber, Map<string, number>>()

  next ({ fixmedins_code, devices }: Place, at: Millis): string {
    const slot = Math.floor(at / SLOT)
    const day = dayOf(at)
    const taken = this.#taken.get(day) ?? new Map<string, number>()
    this.#taken.set(day, taken)
    const key = `${fixmedins_code} ${slot}`
    const before = taken.get(key) ?? 0
    taken.set(key, before + 1)
    const place = Math.floor(before / MOST_IN_A_SLOT)
    return place < devices.length ? devices[(slot + place) % devices.length]! : deviceNumber(fixmedins_code, place)
  }

  /** Forgets the days before. */
  passed (day: DayNumber): void {
    for (const known of this.#taken.keys()) if (known < day) this.#taken.delete(known)
  }
}
