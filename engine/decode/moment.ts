/**
 * Times of the interface's two usual forms, read without a regular expression; the rest is left to
 * core/time.ts.
 */
import { DAY, HOUR, MINUTE, parseMoment, SECOND } from '../core/time.ts'

const ZONE = 8 * HOUR
const DATE_LENGTH = 10 // yyyy-MM-dd
const TIME_LENGTH = 19 // yyyy-MM-dd HH:mm:ss
const DASH = 0x2d
const COLON = 0x3a
const BLANK = 0x20
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

let dateOnly = false

/** Whether the moment parsed last came without a time of day. */
export const wasDateOnly = (): boolean => dateOnly

/**
 * The same as `parseMoment` of core/time.ts, without an object: epoch milliseconds, NaN when the text is no
 * moment.
 */
export function parseMillis (text: string): number {
  const length = text.length
  if (length !== DATE_LENGTH && length !== TIME_LENGTH) return rare(text)
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  // NaN fails every comparison, so one that is no digit falls through to `rare`.
  if (!(year >= 1900 && year <= 2199 && month >= 1 && month <= 12)) return rare(text)
  if (!(day >= 1 && day <= MONTH_DAYS[month - 1]!)) return rare(text)
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return rare(text)
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return NaN
  const midnight = daysFromCivil(year, month, day) * DAY - ZONE
  if (length === DATE_LENGTH) {
    dateOnly = true
    return midnight
  }
  const hour = two(text, 11)
  const minute = two(text, 14)
  const second = two(text, 17)
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return rare(text)
  if (text.charCodeAt(10) !== BLANK) return rare(text)
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return rare(text)
  dateOnly = false
  return midnight + hour * HOUR + minute * MINUTE + second * SECOND
}

function rare (text: string): number {
  const moment = parseMoment(text)
  if (moment === null) return NaN
  dateOnly = moment.dateOnly
  return moment.at
}

/** Two digits from `at`, NaN when they are not. */
function two (text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30
  const ones = text.charCodeAt(at + 1) - 0x30
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

/**
 * Days since 1970-01-01 in the proleptic Gregorian calendar; years begin in March so that leap days come
 * last.
 */
function daysFromCivil (year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const dayOfYear = ((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 | 0) + day - 1
  return y * 365 + (y / 4 | 0) - (y / 100 | 0) + (y / 400 | 0) + dayOfYear - 719468
}
