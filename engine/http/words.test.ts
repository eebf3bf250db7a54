import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaled } from '../core/money.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { count, decimal, money } from './words.ts'

describe('numbers for readers', () => {
  it.each([[0, '¥0.00'], [5, '¥0.05'], [123_456_789, '¥1,234,567.89'], [-100_000, '¥-1,000.00']])('%d 分 is %s', (fen, shown) => {
    expect(money(fen)).toBe(shown)
  })

  it.each([[0, '0'], [999, '999'], [1000, '1,000'], [1_234_567, '1,234,567']])('counts %d as %s', (value, shown) => {
    expect(count(value)).toBe(shown)
  })

  it('writes a scaled integer so that it reads back as the same', () => {
    fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(2, 4, 6), (value, places) => {
      expect(scaled(decimal(value, places), places)).toBe(value)
    }))
    expect(decimal(617_000, 4)).toBe('61.7')
  })
})

describe('cursors', () => {
  it('come back as they were given', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), fc.string(), (value, id) => {
      expect(decodeCursor(encodeCursor({ value, id }))).toEqual({ value, id })
    }))
  })

  it('that are none are refused, never thrown as anything else', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json().map(text => Buffer.from(text).toString('base64url'))), text => {
      try {
        expect(decodeCursor(text)).toMatchObject({ value: expect.any(Number), id: expect.any(String) })
      } catch (error) {
        expect(error).toMatchObject({ code: 'BAD_PARAMETER' })
      }
    }))
  })
})
