/**
 * What several rules about charges ask of a settlement's lines: what is left of each after its refunds, which part of an
 * amount a share of the quantity makes, and how a price is written. All functions are pure and exact.
 */
import type { Line, Settlement } from './claim.ts'
import { type Fen, PRICE_DECIMALS } from './money.ts'
import { type Refund, refundsOf } from './settlements.ts'

/** A line net of its refunds within the claim. */
export interface Charge {
  /** Quantity × 10^4, above zero. */
  readonly cnt: number
  readonly amount: Fen
}

/**
 * What is left of a line of the claim; null for a refund and for a line that was taken back whole (exclusion
 * `refunded_line`). Refunds are added up at the first question, since most claims are never asked.
 */
export function chargesOf (lines: readonly Line[]): (line: Line) => Charge | null {
  let refunds: ReadonlyMap<string, Refund> | null = null
  return line => {
    if (line.init_feedetl_sn !== '') return null
    refunds ??= refundsOf(lines)
    const refund = refunds.get(line.feedetl_sn)
    const cnt = line.cnt + (refund?.cnt ?? 0)
    return cnt <= 0 ? null : { cnt, amount: line.det_item_fee_sumamt + (refund?.amount ?? 0) }
  }
}

/** amount × part / whole, all integers, rounded down; exact at any size. @param whole above zero */
export function partOf (amount: number, part: number, whole: number): number {
  const [exact, divisor] = [BigInt(amount) * BigInt(part), BigInt(whole)]
  return Number((exact - ((exact % divisor) + divisor) % divisor) / divisor)
}

/** A price of 10^-6 yuan as text in yuan, with two decimals or as many as it has: "61.70", "0.333333". */
export function priceText (price: number): string {
  const digits = String(price).padStart(PRICE_DECIMALS + 1, '0')
  const fraction = digits.slice(-PRICE_DECIMALS)
  return `${digits.slice(0, -PRICE_DECIMALS)}.${fraction.slice(0, 2)}${fraction.slice(2).replace(/0+$/, '')}`
}

/** Exclusion `day_surgery` of rules that count what is charged by the day: ipt_med_type 2. */
export function isDaySurgery (claim: Settlement): boolean {
  return claim.mdtrtinfo?.ipt_med_type === '2'
}
