import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateNumber, dayOfDate, fullYears, isDate, nextMonth, nextYear } from './calendar.ts'
import { dayOf, formatDate, formatTime, parseMoment } from './time.ts'

const at = (text: string): number => parseMoment(text)!.at
const moments = fc.integer({ min: at('1900-01-01'), max: at('2199-12-31 23:59:59') })

describe('the calendar in whole numbers', () => {
  it('names the same date as the platform’s calendar, there and back', () => {
    fc.assert(fc.property(moments, moment => {
      const date = dateNumber(dayOf(moment))
      expect(String(date)).toBe(formatDate(moment).replaceAll('-', ''))
      const again = dayOfDate(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100)
      expect(again).toBe(dayOf(moment))
    }))
  })

  it('names every date from 1900 to 2199 as the platform’s calendar', () => {
    let wrong: number | null = null
    for (let day = dayOf(at('1900-01-01')); wrong === null && day <= dayOf(at('2199-12-31')); day++) {
      const date = new Date(day * 86_400_000)
      const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
      if (dateNumber(day) !== year * 10_000 + month * 100 + dayOfMonth || dayOfDate(year, month, dayOfMonth) !== day) wrong = day
    }
    expect(wrong).toBeNull()
  })

  it('finds the first moment of the next month and year', () => {
    fc.assert(fc.property(moments, moment => {
      expect(nextMonth(moment)).toBeGreaterThan(moment)
      expect(formatTime(nextMonth(moment))).toMatch(/-01 00:00:00$/)
      expect(formatDate(nextMonth(moment) - 1).slice(0, 7)).toBe(formatDate(moment).slice(0, 7))
      expect(formatTime(nextYear(moment))).toMatch(/-01-01 00:00:00$/)
      expect(formatDate(nextYear(moment) - 1).slice(0, 4)).toBe(formatDate(moment).slice(0, 4))
    }))
    expect(formatTime(nextMonth(at('2025-12-31 23:59:59')))).toBe('2026-01-01 00:00:00')
  })

  it('knows which dates exist', () => {
    expect(isDate(2024, 2, 29)).toBe(true)
    expect(isDate(2023, 2, 29)).toBe(false)
    expect(isDate(1900, 2, 29)).toBe(false)
    expect(isDate(2026, 4, 31)).toBe(false)
    expect(isDate(2026, 13, 1)).toBe(false)
    expect(isDate(2026, 0, 1)).toBe(false)
    expect(isDate(1899, 12, 31)).toBe(false)
    expect(isDate(1900, 1, 1)).toBe(true)
    expect(isDate(2199, 12, 31)).toBe(true)
    expect(isDate(2200, 1, 1)).toBe(false)
    expect(isDate(2026, 1, 0)).toBe(false)
  })
})

describe('age', () => {
  it('is full on the birthday, not the day before', () => {
    expect(fullYears(at('1951-04-02'), at('2026-04-01 23:59:59'))).toBe(74)
    expect(fullYears(at('1951-04-02'), at('2026-04-02'))).toBe(75)
  })

  it('is full on 1 March for those born on 29 February, in other years', () => {
    expect(fullYears(at('2008-02-29'), at('2026-02-28'))).toBe(17)
    expect(fullYears(at('2008-02-29'), at('2026-03-01'))).toBe(18)
    expect(fullYears(at('2008-02-29'), at('2028-02-29'))).toBe(20)
  })
})
