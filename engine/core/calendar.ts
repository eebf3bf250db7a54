/**
 * Months, years and ages on the calendar of UTC+8, in whole-number arithmetic: rules walk a window of
 * thousands of visits month by month, and a Date or a text for each would cost more than the rule itself.
 * Algorithms: the proleptic Gregorian civil calendar by eras of 400 years, counted from 1 March.
 */
import { type DayNumber, dayOf, type Millis, startOfDay } from './time.ts'

const ERA_DAYS = 146_097 // days of 400 Gregorian years
const EPOCH_SHIFT = 719_468 // days from 0000-03-01 to 1970-01-01

/** Days of an era before one of its years, which begin in March. */
function daysBefore (yearOfEra: number): number {
  return yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
}

/** The calendar day of a date. Months 1–12; a day beyond the month's end runs on into the next. */
export function dayOfDate (year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * ERA_DAYS + daysBefore(yearOfEra) + dayOfYear - EPOCH_SHIFT
}

/** A calendar day as one number that sorts and subtracts by date: yyyymmdd. */
export function dateNumber (day: DayNumber): number {
  const shifted = day + EPOCH_SHIFT
  const era = Math.floor(shifted / ERA_DAYS)
  const dayOfEra = shifted - era * ERA_DAYS
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365)
  const dayOfYear = dayOfEra - daysBefore(yearOfEra)
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return year * 10_000 + month * 100 + dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
}

/** Whether year, month and day name a day of the calendar, between 1900 and 2199. */
export function isDate (year: number, month: number, day: number): boolean {
  return year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 &&
    dateNumber(dayOfDate(year, month, day)) === year * 10_000 + month * 100 + day
}

/** The first moment of the month after the one `at` falls in. */
export function nextMonth (at: Millis): Millis {
  const date = dateNumber(dayOf(at))
  const year = Math.floor(date / 10_000)
  const month = Math.floor(date / 100) % 100
  return startOfDay(month === 12 ? dayOfDate(year + 1, 1, 1) : dayOfDate(year, month + 1, 1))
}

/** The first moment of the year after the one `at` falls in. */
export function nextYear (at: Millis): Millis {
  return startOfDay(dayOfDate(Math.floor(dateNumber(dayOf(at)) / 10_000) + 1, 1, 1))
}

/** Full years of age on the day of `at`: full on the birthday; born on 29 February, else on 1 March. */
export function fullYears (birth: Millis, at: Millis): number {
  return Math.floor((dateNumber(dayOf(at)) - dateNumber(dayOf(birth))) / 10_000)
}
