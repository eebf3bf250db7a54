/** Time of the national interface: no zone is written, China Standard Time (UTC+8, no summer time) is meant. */

/** Epoch milliseconds. */
export type Millis = number
/** Days since 1970-01-01 on the calendar of UTC+8. */
export type DayNumber = number

export const SECOND: Millis = 1000
export const MINUTE: Millis = 60 * SECOND
export const HOUR: Millis = 60 * MINUTE
export const DAY: Millis = 24 * HOUR
const ZONE: Millis = 8 * HOUR

/** A moment as sent: with its time of day, or known only by its date. */
export interface Moment { readonly at: Millis, readonly dateOnly: boolean }

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?$/

/**
 * "yyyy-MM-dd" or "yyyy-MM-dd HH:mm:ss" (also with T, without seconds). Years 1900–2199; the calendar is checked.
 * @returns null when the text is not such a moment; 2026-02-30 is null.
 */
export function parseMoment (text: string): Moment | null {
  const match = WRITTEN.exec(text)
  if (match === null) return null
  const year = Number(match[1])
  const month = Number(match[2])
  const day = Number(match[3])
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  const dateOnly = match[4] === undefined
  const hour = Number(match[4] ?? 0)
  const minute = Number(match[5] ?? 0)
  const second = Number(match[6] ?? 0)
  if (hour > 23 || minute > 59 || second > 59) return null
  return { at: Date.UTC(year, month - 1, day, hour, minute, second) - ZONE, dateOnly }
}

function daysInMonth (year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The calendar day (UTC+8) that a moment falls on. */
export function dayOf (at: Millis): DayNumber {
  return Math.floor((at + ZONE) / DAY)
}

/** The first moment of a calendar day (UTC+8). */
export function startOfDay (day: DayNumber): Millis {
  return day * DAY - ZONE
}

/** Calendar days from one moment to another: the same date is 0, yesterday to today 1. */
export function calendarDays (from: Millis, to: Millis): number {
  return dayOf(to) - dayOf(from)
}

/** "yyyy-MM" of a moment (UTC+8). */
export function monthOf (at: Millis): string {
  return formatDate(at).slice(0, 7)
}

/** "yyyy" of a moment (UTC+8). */
export function yearOf (at: Millis): string {
  return formatDate(at).slice(0, 4)
}

/** "yyyy-MM-dd" (UTC+8). */
export function formatDate (at: Millis): string {
  return new Date(at + ZONE).toISOString().slice(0, 10)
}

/** "yyyy-MM-dd HH:mm:ss" (UTC+8), the interface's own form. */
export function formatTime (at: Millis): string {
  return new Date(at + ZONE).toISOString().slice(0, 19).replace('T', ' ')
}
