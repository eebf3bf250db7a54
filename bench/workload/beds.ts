/**
 * Who lies in which bed of everyday: one stay a bed at a time, and never more than four of five beds taken, so that planted
 * stays find room beside them.
 */
import { HOUR } from '../../engine/core/time.ts'
import type { Millis } from '../../engine/core/time.ts'
import type { Place } from './city.ts'
import { mix } from './prng.ts'

export interface Bed { readonly ward: string, readonly bed: string }

const TAKEN_PERCENT = 80
/** Between one patient and the next. */
const CLEANING = HOUR

/** The ward of a department. */
export function wardOf (dept: string): string {
  return `W${dept.slice(1)}`
}

/** A bed put up for one stay, which nobody else ever has; for stays outside everyday. */
export function bedOfItsOwn (dept: string, mdtrt_id: string): Bed {
  const ward = wardOf(dept)
  return { ward, bed: `${ward}-+${Number(mdtrt_id.slice(-9))}` }
}

export class Beds {
  /** Of each ward in use, by institution and ward: when each bed is free again. */
  private readonly wards = new Map<string, Float64Array>()

  /**
   * Takes a bed of the department's ward, or of another ward when that one is full.
   * @returns null when no bed of the institution is free
   */
  take (place: Place, dept: string, from: Millis, to: Millis, seed: number): Bed | null {
    const own = place.departments.indexOf(dept)
    for (let i = 0; i < place.departments.length; i++) {
      const ward = wardOf(place.departments[(own + i) % place.departments.length]!)
      const bed = this.takeIn(place, ward, from, to, seed)
      if (bed !== null) return { ward, bed: `${ward}-${bed}` }
    }
    return null
  }

  private takeIn (place: Place, ward: string, from: Millis, to: Millis, seed: number): number | null {
    const name = `${place.fixmedins_code} ${ward}`
    const count = Math.floor(place.beds * TAKEN_PERCENT / 100 / place.departments.length)
    const free = this.wards.get(name) ?? new Float64Array(count).fill(-Infinity)
    this.wards.set(name, free)
    const first = mix(seed, 3) % count
    for (let i = 0; i < count; i++) {
      const at = (first + i) % count
      if (free[at]! > from) continue
      free[at] = to + CLEANING
      return at + 1
    }
    return null
  }
}
