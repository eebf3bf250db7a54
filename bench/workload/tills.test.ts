/** No day of a pharmacy looks as if made up to one amount, whatever people buy. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildCity } from './city.ts'
import { Tills } from './tills.ts'

const [place, other] = buildCity(1, 1).districts[0]!.pharmacies as [never, never]

function mostAlike (amounts: readonly number[]): number {
  return Math.max(0, ...amounts.map(floor => amounts.filter(each => each >= floor && each <= floor + 500).length))
}

test('of ten sales and more less than six tenths lie within five yuan', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1900, max: 5000 }), { maxLength: 60 }), amounts => {
    const tills = new Tills()
    tills.passed(1)
    const taken = amounts.filter(amount => tills.takes(place, amount)).filter(amount => amount >= 2000)
    expect(mostAlike(taken)).toBeLessThanOrEqual(Math.max(5, taken.length / 2))
  }))
})

test('five alike are taken and no sixth; others, small ones, another pharmacy and the next day are', () => {
  const tills = new Tills()
  tills.passed(1)
  const takes = (amounts: readonly number[], at = place): boolean[] => amounts.map(amount => tills.takes(at, amount))
  expect(takes([5000, 5500, 5200, 5001, 5300, 5250, 5000])).toEqual([true, true, true, true, true, false, false])
  expect(takes([6001, 1999, 1999, 1999, 1999, 1999, 1999])).toEqual([true, true, true, true, true, true, true])
  expect(takes([5250], other)).toEqual([true])
  tills.passed(1)
  expect(takes([5250])).toEqual([false])
  tills.passed(2)
  expect(takes([5250])).toEqual([true])
})

test('of many sales half may be alike', () => {
  const tills = new Tills()
  tills.passed(1)
  const far = Array.from({ length: 8 }, (_, i) => 10_000 + i * 1000)
  expect([...far, ...Array.from({ length: 9 }, () => 5000)].map(amount => tills.takes(place, amount))).toEqual([...far.map(() => true), ...Array.from({ length: 8 }, () => true), false])
})
