/** A file in parts gives what the whole file gives, however it is cut. */
import fc from 'fast-check'
import { Packr } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import type { Format } from '../core/ports.ts'
import { InputParts } from './input-parts.ts'
import { splitRecords } from './split.ts'

const packr = new Packr({ useRecords: false })

function records (bytes: Uint8Array, format: Format): string[] {
  const { count, starts, lengths } = splitRecords(bytes, format)
  return Array.from({ length: count }, (_, i) => Buffer.from(bytes.subarray(starts[i]!, starts[i]! + lengths[i]!)).toString('latin1'))
}

/** What a reader of files does, with chunks of `size` bytes. @returns the records of every part. */
function inParts (bytes: Uint8Array, format: Format, size: number): { found: string[], parts: number } {
  const parts = new InputParts(format)
  const found: string[] = []
  let count = 0
  let rest = new Uint8Array(0)
  for (let from = 0; from < bytes.length; from += size) {
    rest = Uint8Array.from(Buffer.concat([rest, bytes.subarray(from, from + size)]))
    const end = parts.cut(rest)
    if (end === 0) continue
    found.push(...records(parts.whole(rest.subarray(0, end), false), format))
    rest = rest.slice(end)
    count++
  }
  if (rest.length > 0) found.push(...records(parts.whole(rest, true), format))
  return { found, parts: count + 1 }
}

const value = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 }), fc.integer())
const written = fc.tuple(fc.array(value, { maxLength: 12 }), fc.constantFrom(0, 2))
  .map(([all, indent]) => JSON.stringify(all, null, indent))
const packed = fc.tuple(fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 }), { maxLength: 20 }),
  fc.constantFrom('array', 'maps', 'both'))
  .map(([all, how]) => {
    const array = packr.pack(all)
    const maps = all.map(one => Uint8Array.from(packr.pack(one)))
    return how === 'array' ? array : Buffer.concat(how === 'maps' ? maps : [Uint8Array.from(array), ...maps, Uint8Array.from(array)])
  })

describe('of', () => {
  it('a JSON array, on one line or many, whole or cut off', () => {
    fc.assert(fc.property(written, fc.integer({ min: 1, max: 200 }), fc.nat(3), (text, size, cut) => {
      const bytes = Buffer.from(text)
      const some = cut === 0 ? bytes : bytes.subarray(0, Math.ceil(bytes.length / cut))
      expect(inParts(some, 'json', size).found).toEqual(records(some, 'json'))
    }), { numRuns: 500 })
  })

  it('a MessagePack array, maps laid end to end, or both', () => {
    fc.assert(fc.property(packed, fc.integer({ min: 1, max: 200 }), (bytes, size) => {
      expect(inParts(bytes, 'msgpack', size).found).toEqual(records(bytes, 'msgpack'))
    }), { numRuns: 500 })
  })

  it('a MessagePack array that was cut off: the same records, and one dead letter', () => {
    const whole = packr.pack(Array.from({ length: 20 }, (_, n) => ({ n })))
    for (let cut = 1; cut < whole.length; cut++) {
      for (const size of [1, 7, 40]) {
        const found = inParts(whole.subarray(0, cut), 'msgpack', size).found
        const expected = records(whole.subarray(0, cut), 'msgpack')
        expect(found.length).toBe(expected.length)
        expect(found.slice(0, -1)).toEqual(expected.slice(0, -1))
      }
    }
  })

  it('lines ends at a line', () => {
    const text = Array.from({ length: 50 }, (_, n) => `{"n":${n}}\n`).join('')
    const { found, parts } = inParts(Buffer.from(text), 'json', 64)
    expect(found).toEqual(text.trim().split('\n'))
    expect(parts).toBeGreaterThan(5)
  })
})
