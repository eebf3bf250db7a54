/** Arrays cut off or broken anywhere: whole records are found, what is broken is refused and keeps its bytes. */
import fc from 'fast-check'
import { Packr } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import type { Format } from '../core/ports.ts'
import { decodeRecord } from './decode-record.ts'
import { type Example, exampleAdmission, exampleReversal } from './examples.ts'
import { splitRecords } from './split.ts'

const packr = new Packr({ useRecords: false })
const encoded = (value: unknown, format: Format): Uint8Array =>
  Uint8Array.from(format === 'json' ? Buffer.from(JSON.stringify(value)) : packr.pack(value))

interface Judged { readonly accepted: number, readonly refused: ReadonlyArray<{ reason: string, seen: string, bytes: Uint8Array }> }

function judged (bytes: Uint8Array, format: Format): Judged {
  const { count, starts, lengths } = splitRecords(bytes, format)
  const refused = []
  for (let i = 0; i < count; i++) {
    const decoded = decodeRecord(bytes, starts[i]!, lengths[i]!, format)
    if (decoded.ok) continue
    const { reason, seen } = decoded.rejection
    refused.push({ reason, seen, bytes: Uint8Array.from(bytes.subarray(starts[i], starts[i]! + lengths[i]!)) })
  }
  return { accepted: count - refused.length, refused }
}

const records = [exampleAdmission(), exampleReversal(), exampleAdmission({ msgid: 'A2' })]
/** Where each record ends in the array. */
function endsIn (format: Format): number[] {
  let at = 1 // the bracket, or the header of a short array
  return records.map(record => {
    at += encoded(record, format).length
    return format === 'json' ? at++ : at
  })
}

describe.each(['json', 'msgpack'] as const)('%s', format => {
  const array = encoded(records, format)

  it('cut off anywhere: the whole records are judged, and one dead letter says the rest is missing', () => {
    expect(judged(array, format)).toEqual({ accepted: 3, refused: [] })
    const ends = endsIn(format)
    for (let cut = 1; cut < array.length; cut++) {
      const { accepted, refused } = judged(array.subarray(0, cut), format)
      expect(accepted).toBe(ends.filter(end => end <= cut).length)
      expect(refused).toHaveLength(1)
      expect(refused[0]).toMatchObject({ reason: format === 'json' ? 'not_json' : 'not_msgpack' })
      expect(refused[0]!.seen).toMatch(format === 'json' ? /数组没有结束|中断|UTF-8/ : /未收全|残缺/)
    }
  })

  it('with elements that are no records: only they are refused', () => {
    const value = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.array(fc.integer(), { maxLength: 4 }), fc.boolean())
    fc.assert(fc.property(fc.array(fc.oneof(value, fc.constantFrom(...records)), { maxLength: 9 }), all => {
      const { accepted, refused } = judged(encoded(all, format), format)
      const good = all.filter(one => records.includes(one as Example)).length
      expect(accepted).toBe(good)
      expect(refused.map(one => one.reason)).toEqual(Array.from({ length: all.length - good }, () => 'not_an_object'))
    }), { numRuns: 300 })
  })
})

describe('JSON around records', () => {
  it.each([
    ['[%,%', '数组没有结束，或其前已有内容 · a list that is not closed, or not the first thing sent'],
    ['[%],[%]', '多余的逗号 · a comma out of place'],
    ['[%][%]', '没有可结束的数组，或其后还有内容 · no list to close here, or more follows it'],
    ['[%,,%]', '多余的逗号 · a comma out of place'],
    ['[%,%] x', '第 1 字节处应为一个值 · a value expected at byte 1']
  ])('%s: both records are judged, and one dead letter says what is wrong', (form, seen) => {
    const text = form.replaceAll('%', () => JSON.stringify(exampleReversal()))
    expect(judged(Buffer.from(text), 'json')).toMatchObject({ accepted: 2, refused: [{ reason: 'not_json', seen }] })
  })

  it('takes linear time where arrays within arrays never end', () => {
    const started = performance.now()
    for (const unit of ['[', '[[{},', '[{"a":1},[', '["', '],[']) splitRecords(Buffer.from(unit.repeat(200_000)), 'json')
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

describe('a MessagePack array', () => {
  const one = encoded(records[0], 'msgpack')
  const two = encoded(records[1], 'msgpack')

  it.each([
    ['a byte that the format never uses', [0xc1]],
    ['a map that promises too much', [0xdf, 255, 255, 255, 255, 1]],
    ['a text that promises too much', [0xdb, 255, 255, 255, 255]]
  ])('with %s: the records before it are judged, the rest is one dead letter with all its bytes', (_, broken) => {
    const bytes = Buffer.concat([Uint8Array.of(0x94), one, two, Uint8Array.from(broken), one])
    const { accepted, refused } = judged(bytes, 'msgpack')
    expect(accepted).toBe(2)
    expect(refused).toHaveLength(1)
    expect(refused[0]!.bytes).toEqual(Uint8Array.from(bytes.subarray(1 + one.length + two.length)))
  })

  it.each([
    ['an extension', [0xd6, 0xff, 0, 0, 0, 0], 'hostile_value'],
    ['bytes', [0xc4, 2, 1, 2], 'hostile_value'],
    ['a map with a map for a key', [0x81, 0x80, 1], 'not_msgpack']
  ])('with %s for an element: only that is refused', (_, element, reason) => {
    const bytes = Buffer.concat([Uint8Array.of(0x93), one, Uint8Array.from(element), two])
    expect(judged(bytes, 'msgpack')).toMatchObject({ accepted: 2, refused: [{ reason, bytes: Uint8Array.from(element) }] })
  })

  it('that promises more than can be there loses none that is', () => {
    const bytes = Buffer.concat([Uint8Array.of(0xdd, 255, 255, 255, 255), one, two])
    const seen = '数组应有 4294967295 项，未收全 · an array of 4294967295 that is cut off'
    expect(judged(bytes, 'msgpack')).toMatchObject({ accepted: 2, refused: [{ seen }] })
  })

  it('may be followed by others and by maps', () => {
    const bytes = Buffer.concat([Uint8Array.of(0x91), one, Uint8Array.of(0x92), one, two, two])
    expect(judged(bytes, 'msgpack')).toEqual({ accepted: 4, refused: [] })
  })
})
