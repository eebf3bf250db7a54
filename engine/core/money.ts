/** Money and quantities as exact integers. The interface's N(16,2) becomes 分; see `scaled`. */

/** An amount of money in 分 (1/100 yuan), always a safe integer. */
export type Fen = number

/** Decimal places kept for each numeric field type of the national interface (2021 edition). */
export const MONEY_DECIMALS = 2 // N(16,2)
export const PRICE_DECIMALS = 6 // N(16,6): pric, pric_uplmt_amt
export const COUNT_DECIMALS = 4 // N(16,4): cnt, sel_retn_cnt

const DECIMAL = /^([+-]?)(\d{1,14})(?:\.(\d*))?$/

/**
 * A decimal as the interface sends it (JSON number or string) as an integer scaled by 10^decimals.
 * Exact: the digits are read, never multiplied as a float. Trailing zeros beyond `decimals` are allowed,
 * further significant digits are not.
 * @returns the scaled integer, or null when the value is not such a decimal or exceeds 2^53 - 1.
 */
export function scaled (value: unknown, decimals: number): number | null {
  // Written with an exponent, or as NaN, it is no decimal: less than 10^-6 has more digits than any field keeps.
  if (typeof value === 'number') value = String(value)
  if (typeof value !== 'string') return null
  const match = DECIMAL.exec(value.trim())
  if (match === null) return null
  const [, sign, whole = '0', fraction = ''] = match
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0')
  if (/[1-9]/.test(fraction.slice(decimals))) return null
  const result = Number(whole + kept)
  if (!Number.isSafeInteger(result)) return null
  return sign === '-' && result !== 0 ? -result : result
}

/** 分 as yuan with two decimals, "-1234.05". */
export function yuan (fen: Fen): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
