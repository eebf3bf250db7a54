import fc from 'fast-check'
import { expect, test } from 'vitest'
import { costsOf, nearMedian, personsOf } from './crowds.ts'

const paid = (psn_no: string, medfee_sumamt: number) => ({ psn_no, medfee_sumamt })

test('persons are counted once, and their money is added up', () => {
  const settlements = [paid('P1', 100), paid('P2', 70), paid('P1', 5)]
  expect(personsOf(settlements)).toBe(2)
  expect(costsOf(settlements)).toEqual([105, 70])
  expect(personsOf([])).toBe(0)
  expect(costsOf([])).toEqual([])
})

test.each<[string, number[], number, number]>([
  ['none', [], 20, 0],
  ['one', [500], 0, 1],
  ['an odd number: the middle one is the median', [100, 80, 79, 120, 121], 20, 3],
  ['an even number: between the middle two', [90, 110, 80, 120], 20, 4],
  ['an even number, just outside', [90, 110, 79, 121], 20, 2],
  ['in any order', [121, 100, 79, 80, 120], 20, 3],
  ['a trifle outside', [799, 1000, 1000], 20, 2],
  ['nothing may differ', [100, 100, 101], 0, 2],
  ['by number, not by text', [1000, 900, 95], 20, 2]
])('near the median: %s', (_, amounts, percent, near) => expect(nearMedian(amounts, percent)).toBe(near))

test('near the median whatever the unit', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 })), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 2, max: 9 }), (amounts, percent, by) => {
    const near = nearMedian(amounts, percent)
    expect(nearMedian(amounts.map(amount => amount * by), percent)).toBe(near)
    expect(nearMedian(amounts.toReversed(), percent)).toBe(near)
    expect(nearMedian(amounts, percent + 1)).toBeGreaterThanOrEqual(near)
  }))
})
