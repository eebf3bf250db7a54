/**
 * The calendar days on which fees occurred, as a list that can only grow: a union does not depend on the order
 * in which lines arrive, nor on how often.
 */
import type { Line } from '../core/claim.ts'
import { dayOf, startOfDay } from '../core/time.ts'
import type { DayNumber, Millis } from '../core/time.ts'

export const DAY_FLAG = { substantive: 1, external: 2, dateOnly: 4 } as const
/** Days kept of one stay, the latest: three years. */
export const DAYS_A_STAY_MAX = 1_100
const SECONDS_A_DAY = 86_400
/** Bed, consultation and nursing fees do not show that anything was done. */
const IDLE_FEES = new Set(['01', '02', '07'])

/** Parallel arrays, ascending by day. Times are seconds of the day. Reused: clear() before use. */
export class DayFacts {
  readonly days: DayNumber[] = []
  readonly first: number[] = []
  readonly last: number[] = []
  readonly flags: number[] = []

  get length (): number { return this.days.length }

  clear (): void {
    this.days.length = 0
    this.first.length = 0
    this.last.length = 0
    this.flags.length = 0
  }

  /** Adds what one source says of a day. @returns whether anything new was said. */
  add (day: DayNumber, first: number, last: number, flags: number): boolean {
    let at = this.days.length
    while (at > 0 && this.days[at - 1]! >= day) at--
    if (this.days[at] !== day) {
      this.days.splice(at, 0, day)
      this.first.splice(at, 0, first)
      this.last.splice(at, 0, last)
      this.flags.splice(at, 0, flags)
      if (this.days.length > DAYS_A_STAY_MAX) return this.#dropOldest() !== day
      return true
    }
    const known = this.flags[at]!
    const news = first < this.first[at]! || last > this.last[at]! || (known | flags) !== known
    if (first < this.first[at]!) this.first[at] = first
    if (last > this.last[at]!) this.last[at] = last
    this.flags[at] = known | flags
    return news
  }

  /** Adds the days of a claim's lines. Lines refunded within the claim, and refunds themselves, say nothing. */
  addLines (lines: readonly Line[]): void {
    const net = netQuantities(lines)
    for (const line of lines) {
      if (net !== null && (line.init_feedetl_sn !== '' || net.get(line.feedetl_sn)! <= 0)) continue
      const day = dayOf(line.fee_ocur_time)
      const second = Math.floor((line.fee_ocur_time - startOfDay(day)) / 1000)
      const flags = (IDLE_FEES.has(line.med_chrgitm_type) ? 0 : DAY_FLAG.substantive) |
        (line.etip_flag ? DAY_FLAG.external : 0) | (line.fee_ocur_date_only ? DAY_FLAG.dateOnly : 0)
      this.add(day, second, second, flags)
    }
  }

  /** A number that grows with everything that add() could tell: two different unions, one within the other, differ in it. */
  rank (): number {
    let rank = 0
    for (let i = 0; i < this.days.length; i++) {
      const flags = this.flags[i]!
      rank += 1 + SECONDS_A_DAY - this.first[i]! + this.last[i]! + (flags & 1) + (flags >> 1 & 1) + (flags >> 2 & 1)
    }
    return rank
  }

  #dropOldest (): DayNumber {
    this.first.shift()
    this.last.shift()
    this.flags.shift()
    return this.days.shift()!
  }
}

/** Moment of a second of a day. */
export function momentOf (day: DayNumber, second: number): Millis {
  return startOfDay(day) + second * 1000
}

/**
 * Net quantity (× 10^4) of each line with its refunds within the claim, by feedetl_sn;
 * null when there is no refund and no empty quantity, which is nearly always.
 */
function netQuantities (lines: readonly Line[]): Map<string, number> | null {
  let plain = true
  for (const line of lines) plain &&= line.init_feedetl_sn === '' && line.cnt > 0
  if (plain) return null
  const net = new Map<string, number>()
  for (const line of lines) {
    const key = line.init_feedetl_sn || line.feedetl_sn
    net.set(key, (net.get(key) ?? 0) + line.cnt)
  }
  for (const line of lines) if (!net.has(line.feedetl_sn)) net.set(line.feedetl_sn, 0)
  return net
}
