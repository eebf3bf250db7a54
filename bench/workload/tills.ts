/** What the pharmacies took on the day that is being planned, so that no day of ordinary sales looks as if made up to one amount. */
import type { Fen } from '../../engine/core/money.ts'
import type { DayNumber } from '../../engine/core/time.ts'
import type { Place } from './city.ts'

/** Amounts no farther apart are alike, and smaller ones are not looked at (rules/monitoring/clustered-amounts). */
const BAND: Fen = 500
const SMALL: Fen = 2000
/** Fewer than the rule asks of ten sales, and at most half of more. */
const ALIKE_MAX = 5

export class Tills {
  private day: DayNumber = 0
  private taken = new Map<Place, Fen[]>()

  /** Days come in order; those before are forgotten. */
  passed (day: DayNumber): void {
    if (day === this.day) return
    this.day = day
    this.taken = new Map()
  }

  /** Takes an amount in, unless too many of the pharmacy's day would lie within one band of it. */
  takes (place: Place, amount: Fen): boolean {
    if (amount < SMALL) return true
    const taken = this.taken.get(place) ?? []
    const near = taken.filter(each => Math.abs(each - amount) <= BAND)
    const alike = Math.max(0, ...[...near, amount].map(floor => near.filter(each => each >= floor && each <= floor + BAND).length)) + 1
    if (alike > Math.max(ALIKE_MAX, (taken.length + 1) >> 1)) return false
    taken.push(amount)
    this.taken.set(place, taken)
    return true
  }
}
