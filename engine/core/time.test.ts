/** Times of the interface: UTC+8 without saying so, with and without a time of day. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarDays, DAY, dayOf, formatDate, formatTime, monthOf, parseMoment, SECOND, startOfDay, yearOf } from './time.ts'

describe('parseMoment', () => {
  it.each<[string, string | null, boolean]>([
    ['2026-03-02 10:15:00', '2026-03-02T02:15:00Z', false], ['2026-03-02T10:15:00', '2026-03-02T02:15:00Z', false], ['2026-03-02 10:15', '2026-03-02T02:15:00Z', false],
    ['2026-03-02 10:15:00.123', '2026-03-02T02:15:00Z', false], ['2026-03-02', '2026-03-01T16:00:00Z', true], ['2024-02-29', '2024-02-28T16:00:00Z', true], ['2000-02-29', '2000-02-28T16:00:00Z', true],
    ['1900-01-01', '1899-12-31T16:00:00Z', true], ['2199-12-31 23:59:59', '2199-12-31T15:59:59Z', false],
    ['2026-02-29', null, false], ['2100-02-29', null, false], ['2026-13-01', null, false], ['2026-00-10', null, false], ['2026-04-31', null, false], ['2026-03-00', null, false], ['2026-01-01 24:00:00', null, false],
    ['2026-01-01 00:60:00', null, false], ['2026-01-01 00:00:60', null, false], ['1899-12-31', null, false], ['2200-01-01', null, false], ['2026-1-1', null, false], ['20260101', null, false],
    ['2026-01-01Z', null, false], ['2026-01-01 10:00:00+08:00', null, false], ['', null, false], [' 2026-01-01', null, false], ['２０26-01-01', null, false]
  ])('%s', (text, utc, dateOnly) => {
    expect(parseMoment(text)).toEqual(utc === null ? null : { at: Date.parse(utc), dateOnly })
  })

  it('reads back what formatTime and formatDate write', () => {
    fc.assert(fc.property(fc.integer({ min: Date.parse('1900-01-02') / SECOND, max: Date.parse('2199-12-30') / SECOND }), seconds => {
      const at = seconds * SECOND
      expect(parseMoment(formatTime(at))).toEqual({ at, dateOnly: false })
      expect(parseMoment(formatDate(at))).toEqual({ at: startOfDay(dayOf(at)), dateOnly: true })
    }))
  })
})

it('turns the day at midnight in China', () => {
  const midnight = Date.parse('2026-03-01T16:00:00Z')
  expect(formatDate(midnight)).toBe('2026-03-02')
  expect(formatDate(midnight - 1)).toBe('2026-03-01')
  expect(calendarDays(midnight - 1, midnight)).toBe(1)
  expect(calendarDays(midnight, midnight + DAY - 1)).toBe(0)
  expect(calendarDays(midnight, midnight - DAY)).toBe(-1)
  expect(startOfDay(dayOf(midnight + 5))).toBe(midnight)
  expect([monthOf(midnight), yearOf(Date.parse('2025-12-31T16:00:00Z'))]).toEqual(['2026-03', '2026'])
})
