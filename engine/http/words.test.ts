import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaled } from '../core/money.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { citedItem, count, decimal, money, neutral, plural } from './words.ts'

describe('numbers for readers', () => {
  it.each([[0, '0.00 元'], [5, '0.05 元'], [123_456_789, '1,234,567.89 元'], [-100_000, '-1,000.00 元']])('%d 分 is %s', (fen, shown) => {
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

describe('words', () => {
  it.each([[1, 'days', '1 day'], [2, 'days', '2 days'], [0, 'fee lines', '0 fee lines'], [1, 'fee lines', '1 fee line'], [1, 'km', '1 km']])('%d %s are %s', (value, noun, written) => {
    expect(plural(value, noun)).toBe(written)
  })

  it('of a band are neutral while nothing is established', () => {
    expect(neutral('一年内疑点金额超过严重失信档金额')).toBe('一年内疑点金额超过较高档起点金额')
    expect(neutral('三级机构不足50万元，第十条未列，按一般失信档理解')).not.toContain('失信')
  })

  it('cite an item as its document does', () => {
    expect(citedItem('yangzhou-2020', '8.1.4')).toBe('扬医保规〔2020〕1号第八条第一款第四项')
    expect(citedItem('yangzhou-2020/pharmacy', '8.2.5')).toBe('扬医保规〔2020〕1号第八条第二款第五项（零售药店）')
    expect(citedItem('elsewhere', '3')).toBe('elsewhere 3')
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
