/** Lines net of refunds, exact parts of amounts, prices as text. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chargesOf, partOf, priceText } from './charges.ts'
import type { Line } from './claim.ts'

const line = (feedetl_sn: string, cnt: number, det_item_fee_sumamt: number, init_feedetl_sn = ''): Line =>
  ({ feedetl_sn, init_feedetl_sn, cnt, det_item_fee_sumamt }) as Line

describe('chargesOf', () => {
  const lines = [
    line('1', 30_000, 900), line('2', -10_000, -300, '1'), line('3', 10_000, 500), line('4', -10_000, -500, '3'),
    line('5', 20_000, 80), line('6', -10_000, -30), line('7', 20_000, 600, '8'), line('8', 10_000, 300), line('9', 1, 5)
  ]
  const charged = lines.map(chargesOf(lines))

  test.each([
    ['refunded in part', 0, { cnt: 20_000, amount: 600 }], ['a refund', 1, null], ['refunded whole', 2, null],
    ['never refunded', 4, { cnt: 20_000, amount: 80 }],
    ['less than nothing by itself', 5, null],
    ['more that names the line it belongs to', 6, null], ['which counts it', 7, { cnt: 30_000, amount: 900 }],
    ['the least quantity there is', 8, { cnt: 1, amount: 5 }]
  ])('%s', (_, i, left) => {
    expect(charged[i]).toEqual(left)
  })
})

describe('partOf', () => {
  test.each([
    [1000, 1, 3, 333], [-1000, 1, 3, -334], [1000, 3, 3, 1000], [9, 0, 4, 0], [8_999_999_999_991, 899_999_999, 100_000_000, 80_999_999_909_919]
  ])('%i × %i / %i is %i', (amount, part, whole, expected) => {
    expect(partOf(amount, part, whole)).toBe(expected)
  })

  test('is the floor of the exact quotient', () => {
    const amounts = fc.integer({ min: -(2 ** 40), max: 2 ** 40 })
    // A part no greater than the whole, as rules take it: the result is never beyond the amount.
    const shares = fc.integer({ min: 1, max: 2 ** 31 }).chain(whole => fc.tuple(fc.nat(whole), fc.constant(whole)))
    fc.assert(fc.property(amounts, shares, (amount, [part, whole]) => {
      const rest = BigInt(amount) * BigInt(part) - BigInt(partOf(amount, part, whole)) * BigInt(whole)
      expect(rest >= 0n && rest < BigInt(whole)).toBe(true)
    }), { numRuns: 300 })
  })
})

test.each([
  [61_700_000, '61.70'], [333_333, '0.333333'], [5_000_000, '5.00'], [1_234_500, '1.2345'], [0, '0.00']
])('%i is %s', (price, text) => {
  expect(priceText(price)).toBe(text)
})
