/** The law on a date and in an area: nearest area first, latest date in force, nothing outside the rule's own time. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf, formatDate, parseMoment, startOfDay } from '../time.ts'
import { buildLaw, lawsOn, segmentDates } from './law.ts'
import { type Threshold, valueAt } from './thresholds.ts'

const on = (text: string): number => parseMoment(text)!.at

function threshold (name: string, values: Record<string, number>, areas: Record<string, Record<string, number>> = {}): Threshold {
  const read = (from: Record<string, number>): Threshold['values'] =>
    Object.entries(from).map(([date, value]) => ({ from: on(date), value, basis: 'derived', source: '', link: '', why: 'x' }))
  return {
    name,
    says: { zh: '一', en: 'one' },
    unit: 'days',
    range: [0, 100],
    step: 1,
    verified_on: on('2026-01-01'),
    values: read(values),
    areas: new Map(Object.entries(areas).map(([area, own]) => [area, read(own)]))
  }
}

const gap = threshold('gap', { '2021-05-01': 7, '2025-01-01': 10 }, {
  340000: { '2022-01-01': 8 }, 341700: { '2023-01-01': 9 }, 341702: { '2024-06-01': 5 }
})
const other = threshold('other', { '2020-01-01': 1 })
const law = buildLaw('x', { from: on('2021-05-01'), until: on('2026-01-01') }, [gap, other])

test('articles are a basis from their first moment on', () => {
  const articles = [{ zh: '条例', en: 'Regulation', from: on('2021-05-01') }, { zh: '细则', en: 'Rules', from: on('2026-04-01') }]
  const cited = (at: number): string[] => lawsOn(articles, at).map(({ zh }) => zh)
  expect([on('2021-05-01') - 1, on('2021-05-01'), on('2026-04-01') - 1, on('2026-04-01')].map(cited))
    .toEqual([[], ['条例'], ['条例'], ['条例', '细则']])
})

describe('the law', () => {
  test.each([
    ['2021-05-01', '341702', 7], ['2021-12-31', '341702', 7], ['2022-01-01', '341702', 8], ['2023-01-01', '341702', 9], ['2024-06-01', '341702', 5],
    ['2024-06-01', '341721', 9], ['2024-06-01', '340100', 8], ['2024-06-01', '310000', 7], ['2025-01-01', '310000', 10], ['2025-01-01', '', 10]
  ])('on %s in %s the gap is %d', (date, area, value) => {
    expect(law.on(on(date), area)).toEqual({ gap: value, other: 1 })
  })

  test('is null before the rule and after it', () => {
    expect(law.on(on('2021-05-01') - 1, '341702')).toBeNull()
    expect(law.on(on('2026-01-01') - 1, '341702')).not.toBeNull()
    expect(law.on(on('2026-01-01'), '341702')).toBeNull()
  })

  test('gives the same frozen object each time', () => {
    const one = law.on(on('2024-06-01'), '341702')
    expect(law.on(on('2024-06-02'), '341702')).toBe(one)
    expect(Object.isFrozen(one)).toBe(true)
  })

  test('changes exactly on the dates of its numbers', () => {
    expect(segmentDates({ from: on('2021-05-01'), until: on('2026-01-01') }, [gap, other]).map(formatDate))
      .toEqual(['2021-05-01', '2022-01-01', '2023-01-01', '2024-06-01', '2025-01-01'])
  })

  test('agrees with looking every number up by itself', () => {
    const day = fc.integer({ min: dayOf(on('2021-05-01')), max: dayOf(on('2026-01-01')) - 1 })
    fc.assert(fc.property(day, fc.constantFrom('341702', '341721', '340100', '310000', '34', ''), (days, area) => {
      const at = startOfDay(days)
      expect(law.on(at, area)).toEqual({ gap: valueAt(gap, area, at)!.value, other: 1 })
    }))
  })

  test('does not remember areas without bound, and still answers', () => {
    for (let i = 0; i < 10_000; i++) law.on(on('2024-06-01'), String(i).padStart(6, '0'))
    expect(law.on(on('2024-06-01'), '341702')).toEqual({ gap: 5, other: 1 })
  })
})
