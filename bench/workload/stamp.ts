/** Times as text, quickly: a generator writes a hundred times as many times of day as there are days. */
import { dayOf, formatDate, startOfDay } from '../../engine/core/time.ts'
import type { DayNumber, Millis } from '../../engine/core/time.ts'

const days = new Map<DayNumber, string>()
const two = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'))

/** "yyyy-MM-dd" (UTC+8). */
export function dateText (at: Millis): string {
  const day = dayOf(at)
  let text = days.get(day)
  if (text === undefined) {
    if (days.size > 50_000) days.clear()
    text = formatDate(startOfDay(day))
    days.set(day, text)
  }
  return text
}

/** "yyyy-MM-dd HH:mm:ss" (UTC+8). */
export function timeText (at: Millis): string {
  const second = Math.floor((at - startOfDay(dayOf(at))) / 1000)
  return `${dateText(at)} ${two[Math.floor(second / 3600)]!}:${two[Math.floor(second / 60) % 60]!}:${two[second % 60]!}`
}

/** "yyyyMMddHHmmss" (UTC+8), as msgid carries it. */
export function compactText (at: Millis): string {
  const text = timeText(at)
  return text.slice(0, 4) + text.slice(5, 7) + text.slice(8, 10) + text.slice(11, 13) + text.slice(14, 16) + text.slice(17, 19)
}
