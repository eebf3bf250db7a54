/** The fast readers of decimals, times and text say what the plain ones of core say. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaled } from '../core/money.ts'
import { formatDate, formatTime, parseMoment } from '../core/time.ts'
import { medTypeName } from './code-tables.ts'
import { addCode, addText, contentHi, contentLo, resetContent } from './content.ts'
import { decimal } from './decimal.ts'
import { parseMillis, wasDateOnly } from './moment.ts'
import { plainText, trimmed } from './plain-text.ts'

describe('decimal', () => {
  const text = fc.oneof(fc.stringMatching(/^[+-]?\d{0,17}(\.\d{0,8})?$/),
    fc.array(fc.constantFrom('0', '1', '9', '.', '-', '+', ' ', 'e', '٣'), { maxLength: 20 }).map(parts => parts.join('')))
  it('equals scaled on texts', () => {
    fc.assert(fc.property(text, fc.constantFrom(0, 2, 4, 6), (value, decimals) => {
      expect(decimal(value, decimals)).toBe(scaled(value, decimals))
    }), { numRuns: 5000 })
  })
  it('equals scaled on numbers, but refuses what is too small instead of rounding it', () => {
    const number = fc.oneof(fc.double(), fc.integer(), fc.integer({ min: -1e12, max: 1e12 }).map(n => n / 100),
      fc.integer({ min: -1e12, max: 1e12 }).map(n => n / 1e6))
    fc.assert(fc.property(number, fc.constantFrom(0, 2, 4, 6), (value, decimals) => {
      const tiny = value !== 0 && Math.abs(value) < 1e-6
      expect(decimal(value, decimals)).toBe(tiny ? null : scaled(value, decimals))
    }), { numRuns: 5000 })
  })
})

it('parseMillis equals parseMoment', () => {
  const near = fc.tuple(fc.integer({ min: -2.3e9, max: 7.3e9 }), fc.nat(30), fc.constantFrom('0', '9', '3', 'T', '-', ':', ' ', 'x', '٣'),
    fc.boolean(), fc.boolean()).map(([seconds, at, put, date, change]) => {
    const text = date ? formatDate(seconds * 1000) : formatTime(seconds * 1000)
    return change ? text.slice(0, at) + put + text.slice(at + 1) : text
  })
  const days = fc.tuple(fc.integer({ min: 1898, max: 2201 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
    .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`)
  fc.assert(fc.property(fc.oneof(near, days, fc.string()), text => {
    const expected = parseMoment(text)
    const at = parseMillis(text)
    expect(Number.isNaN(at) ? null : { at, dateOnly: wasDateOnly() }).toEqual(expected)
  }), { numRuns: 10_000 })
})

describe('text', () => {
  it('trims ASCII blanks and controls only', () => {
    expect(trimmed('\t a b\u0000\n')).toBe('a b')
    expect(trimmed('\u00a0å\u00a0')).toBe('\u00a0å\u00a0')
    expect(trimmed('  ')).toBe('')
  })
  it('comes out well-formed, on one line and no longer than allowed, from UTF-8 read as Latin-1 as from UTF-16', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 50 }), fc.integer({ min: 1, max: 60 }), (value, max) => {
      const result = plainText(value, false, max)
      expect(result.length).toBeLessThanOrEqual(max)
      expect(result).not.toMatch(/[\u0000-\u001f\u2028\u2029]/)
      expect(Buffer.from(result).toString()).toBe(result)
      expect(plainText(Buffer.from(value).toString('latin1'), true, max)).toBe(plainText(Buffer.from(value).toString(), false, max))
    }))
    expect(plainText('\ud800a', false, 9)).toBe('\ufffda')
  })
  it('is told to be printable ASCII or not while its content is added', () => {
    resetContent()
    expect(addText('!~aZ09')).toBe(true)
    for (const other of ['a b', 'é', '张', '\u007f', '\n']) expect(addText(other)).toBe(false)
    const added = (text: string): string => {
      resetContent()
      return `${addCode(text)} ${contentHi()} ${contentLo()}`
    }
    resetContent()
    const untouched = `false ${contentHi()} ${contentLo()}`
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), text => {
      resetContent()
      const code = addText(text) && !/["&'<>\\`]/.test(text)
      const expected = code ? `true ${contentHi()} ${contentLo()}` : untouched
      expect(added(text)).toBe(expected)
    }))
    const contentOf = (...texts: string[]): string => {
      resetContent()
      for (const one of texts) addText(one)
      return `${contentHi()} ${contentLo()}`
    }
    expect(contentOf('a', 'bc')).not.toBe(contentOf('ab', 'c'))
    expect(contentOf('', 'a')).not.toBe(contentOf('a', ''))
  })
})

it('names a med_type by its longest known prefix, the province first', () => {
  expect([medTypeName('11', '341702'), medTypeName('2101', '430100'), medTypeName('2102', '430100'), medTypeName('2102', '341702')])
    .toEqual(['普通门诊', '普通住院', '单病种住院', '普通住院'])
  expect([medTypeName('210303', '360100'), medTypeName('990101', '360100'), medTypeName('990101', '341702'),
    medTypeName('9955', '360100')]).toEqual(['精神病住院', '单病种门诊', '门诊两病', '地方扩展'])
  expect([medTypeName('9955', '341702'), medTypeName('1', '341702'), medTypeName('', ''), medTypeName('77', '430100')])
    .toEqual([null, null, null, null])
})
