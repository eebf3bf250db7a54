/**
 * What a resident identity number says of its holder (GB 11643-1999; its 15-digit predecessor of 1989):
 * six digits of area, the birth date, three of sequence whose last is odd for men and even for women,
 * and, of 18 characters, one that checks the others.
 */
import { dayOfDate, isDate } from './calendar.ts'
import type { DayNumber } from './time.ts'

const WRITTEN = /^(?:\d{17}[\dXx]|\d{15})$/

/** The birth day in such a number; null for any other text and when its birth digits are no date. */
export function certificateBirthDay (certno: string): DayNumber | null {
  if (!WRITTEN.test(certno)) return null
  const long = certno.length === 18
  const year = long ? Number(certno.slice(6, 10)) : 1900 + Number(certno.slice(6, 8))
  const month = Number(certno.slice(long ? 10 : 8, long ? 12 : 10))
  const day = Number(certno.slice(long ? 12 : 10, long ? 14 : 12))
  return isDate(year, month, day) ? dayOfDate(year, month, day) : null
}

/** The sex in a number that `certificateBirthDay` accepts, as a code of gend: 1 male, 2 female; else ''. */
export function certificateGend (certno: string): '1' | '2' | '' {
  if (certificateBirthDay(certno) === null) return ''
  const digit = certno.charCodeAt(certno.length === 18 ? 16 : 14) // the character codes of odd digits are odd
  return digit % 2 === 1 ? '1' : '2'
}
