/**
 * Decimals of the usual forms, read without a regular expression; everything else is left to core/money.ts.
 */
import { scaled } from '../core/money.ts'
import { trimmed } from './plain-text.ts'

const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6]
const MINUS = 0x2d
const POINT = 0x2e
/**
 * What no decimal has; core/money.ts would forgive blanks beyond ASCII, which Latin-1 reading cannot tell.
 */
const UNUSUAL = /[^\x00-\x7e]/
/** Digits that fit a double exactly, whatever they are. */
const SURE_DIGITS = 15

/**
 * The same as `scaled` of core/money.ts: a decimal (JSON number or string) as an integer times 10^decimals,
 * exactly; null when it is not such a decimal. A number too small for its decimals is refused rather than
 * rounded.
 */
export function decimal (value: unknown, decimals: number): number | null {
  if (typeof value === 'string') return ofText(value, decimals)
  if (typeof value === 'number') return ofNumber(value, decimals)
  return null
}

function ofText (text: string, decimals: number): number | null {
  const length = text.length
  if (length === 0 || length > SURE_DIGITS) return rare(text, decimals)
  const negative = text.charCodeAt(0) === MINUS
  let result = 0
  let point = -1
  let i = negative ? 1 : 0
  const first = i
  for (; i < length; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit >= 0 && digit <= 9) {
      result = result * 10 + digit
    } else if (digit === POINT - 0x30 && point < 0 && i > first) {
      point = i
    } else {
      return rare(text, decimals)
    }
  }
  const fraction = point < 0 ? 0 : length - point - 1
  if (first === length || fraction > decimals) return rare(text, decimals)
  result *= POWERS[decimals - fraction]!
  if (!Number.isSafeInteger(result)) return rare(text, decimals)
  return negative && result !== 0 ? -result : result
}

function rare (text: string, decimals: number): number | null {
  return UNUSUAL.test(text) ? null : scaled(trimmed(text), decimals)
}

function ofNumber (value: number, decimals: number): number | null {
  const power = POWERS[decimals]!
  const result = Math.round(value * power)
  // Up to 15 digits a decimal survives the way to a double and back: equality proves `result` was written.
  if (result / power === value && result < 1e15 && result > -1e15) return result + 0
  return Math.abs(value) < 1e-6 ? null : scaled(value, decimals)
}
