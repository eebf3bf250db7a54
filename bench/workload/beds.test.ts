/** No bed has two patients, no house more than its beds. */
import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../engine/core/time.ts'
import { Beds, bedOfItsOwn } from './beds.ts'
import { buildCity } from './city.ts'

const [, , , cottage] = buildCity(1, 1).districts[0]!.hospitals
const MORNING = Date.parse('2026-03-02T09:00:00+08:00')

test('a bed is taken once at a time, and again when it is clean', () => {
  const beds = new Beds()
  const first = beds.take(cottage!, 'A03', MORNING, MORNING + DAY, 7)
  expect(first).toMatchObject({ ward: 'W03' })
  expect(beds.take(cottage!, 'A03', MORNING + DAY - HOUR, MORNING + 2 * DAY, 7)).not.toEqual(first)
  expect(beds.take(cottage!, 'A03', MORNING + DAY + HOUR, MORNING + 2 * DAY, 7)).toEqual(first)
})

test('a full ward borrows of the others, and of sixty beds forty-eight are taken', () => {
  const beds = new Beds()
  const taken = Array.from({ length: 60 }, (_, i) => beds.take(cottage!, 'A20', MORNING, MORNING + DAY, i))
  const given = taken.filter(bed => bed !== null)
  expect(cottage!.beds).toBe(60)
  expect(given).toHaveLength(48)
  expect(new Set(given.map(bed => bed.bed)).size).toBe(48)
  expect(new Set(given.map(bed => bed.ward))).toEqual(new Set(['W03', 'W04', 'W20', 'W50']))
  expect(given.every(({ ward, bed }) => bed.startsWith(`${ward}-`))).toBe(true)
  expect(taken.slice(48)).toEqual(Array.from({ length: 12 }, () => null))
})

test('a bed of its own is no numbered one', () => {
  expect(bedOfItsOwn('A03', 'M20260302000000123')).toEqual({ ward: 'W03', bed: 'W03-+123' })
})
