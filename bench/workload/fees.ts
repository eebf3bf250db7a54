/** Fee lines before they are written: what was charged, when and by whom. */
import type { Fen } from '../../engine/core/money.ts'
import type { Millis } from '../../engine/core/time.ts'
import type { Item } from './catalogue.ts'

export interface Fee {
  readonly item: Item
  at: Millis
  /** Quantity × 10^4, negative for a refund. */
  cnt: number
  /** Price × 10^6 yuan. */
  pric: number
  fee: Fen
  /** '' = numbered by its place in the claim. */
  sn: string
  /** Number of the line it refunds, '' for an ordinary line. */
  init: string
  dateOnly: boolean
  external: boolean
}

/** @param quantity whole or with up to four decimals */
export function feeOf (item: Item, at: Millis, quantity = 1, more: Partial<Fee> = {}): Fee {
  const cnt = Math.round(quantity * 10_000)
  return { item, at, cnt, pric: item.pric, fee: amountOf(item.pric, cnt), sn: '', init: '', dateOnly: false, external: false, ...more }
}

/** Price × quantity in 分, rounded half up. */
export function amountOf (pric: number, cnt: number): Fen {
  return Math.round((pric / 10_000) * (cnt / 10_000))
}

/** The line that takes `quantity` of another one back. */
export function refundOf (fee: Fee, at: Millis, quantity = fee.cnt / 10_000): Fee {
  const cnt = -Math.round(quantity * 10_000)
  return { ...fee, at, cnt, fee: -amountOf(fee.pric, -cnt), sn: '', init: fee.sn }
}

/** Gives a single-unit line the price that makes it cost `fee`. */
export function priceAt (fee: Fee, amount: Fen): void {
  fee.cnt = 10_000
  fee.pric = amount * 10_000
  fee.fee = amount
}

export function sumOf (fees: readonly Fee[]): Fen {
  let sum = 0
  for (const fee of fees) sum += fee.fee
  return sum
}

/** Numbers lines that have no number yet: 1, 2, 3 … from `first` on. */
export function numbered (fees: readonly Fee[], first = 1): void {
  for (const [i, fee] of fees.entries()) if (fee.sn === '') fee.sn = String(first + i)
}
