/** Exact money: what is read is what was written. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNT_DECIMALS, MONEY_DECIMALS, PRICE_DECIMALS, scaled, yuan } from './money.ts'

describe('scaled', () => {
  it.each<[unknown, number, number | null]>([
    ['123.40', MONEY_DECIMALS, 12340], [123.4, MONEY_DECIMALS, 12340], ['-0.01', MONEY_DECIMALS, -1], ['0', MONEY_DECIMALS, 0], ['-0', MONEY_DECIMALS, 0], ['+5', MONEY_DECIMALS, 500],
    [' 7 ', MONEY_DECIMALS, 700], ['1.500000', MONEY_DECIMALS, 150], ['61.7', PRICE_DECIMALS, 61_700_000], ['-2', COUNT_DECIMALS, -20_000], [8.41, MONEY_DECIMALS, 841], [1.005, PRICE_DECIMALS, 1_005_000],
    ['90071992547409.91', MONEY_DECIMALS, Number.MAX_SAFE_INTEGER], ['90071992547409.92', MONEY_DECIMALS, null],
    ['1.001', MONEY_DECIMALS, null], [0.001, MONEY_DECIMALS, null], ['', MONEY_DECIMALS, null], ['1e3', MONEY_DECIMALS, null], ['1,000', MONEY_DECIMALS, null], ['.5', MONEY_DECIMALS, null],
    ['１２', MONEY_DECIMALS, null], ['0x10', MONEY_DECIMALS, null], [NaN, MONEY_DECIMALS, null], [Infinity, MONEY_DECIMALS, null], [1e21, MONEY_DECIMALS, null], [null, MONEY_DECIMALS, null],
    [1e-7, PRICE_DECIMALS, null], [9e-7, PRICE_DECIMALS, null], [-1e-7, MONEY_DECIMALS, null], [1e-6, PRICE_DECIMALS, 1], [1e-6, MONEY_DECIMALS, null],
    [true, MONEY_DECIMALS, null], [[1], MONEY_DECIMALS, null], [12n, MONEY_DECIMALS, null]
  ])('%s at %i decimals is %s', (value, decimals, expected) => {
    expect(scaled(value, decimals)).toBe(expected)
  })

  it('reads back every amount that yuan writes, as text and as number', () => {
    fc.assert(fc.property(fc.integer({ min: -1e13, max: 1e13 }), fen => {
      expect(scaled(yuan(fen), MONEY_DECIMALS)).toBe(fen)
      expect(scaled(Number(yuan(fen)), MONEY_DECIMALS)).toBe(fen)
    }))
  })

  it('agrees with integer arithmetic on the digits at every scale', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 99_999_999n }), fc.bigInt({ min: 0n, max: 999_999n }), fc.boolean(), (whole, fraction, minus) => {
      const text = `${minus ? '-' : ''}${whole}.${String(fraction).padStart(6, '0')}`
      const millionths = (whole * 1_000_000n + fraction) * (minus ? -1n : 1n)
      expect(scaled(text, 6)).toBe(Number(millionths) + 0)
      expect(scaled(text, 4)).toBe(millionths % 100n === 0n ? Number(millionths / 100n) + 0 : null)
    }))
  })
})

it('writes 分 as yuan', () => {
  expect([yuan(0), yuan(5), yuan(-1), yuan(-5), yuan(12345), yuan(-123405)]).toEqual(['0.00', '0.05', '-0.01', '-0.05', '123.45', '-1234.05'])
})
