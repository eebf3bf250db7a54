/** Splitting and routing: nothing is lost, broken records keep to themselves, and the key found is the key decoded. */
import fc from 'fast-check'
import { Packr } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import { subjectKeyOf } from '../core/claim.ts'
import type { Format } from '../core/ports.ts'
import { decodeRecord } from './decode-record.ts'
import { allExamples, type Example, exampleMaster, exampleSettlement } from './examples.ts'
import { routeKey } from './route-key.ts'
import { splitRecords } from './split.ts'

const packr = new Packr({ useRecords: false })
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const pack = (value: unknown): Uint8Array => new Uint8Array(packr.pack(value))

function texts (input: string): string[] {
  const bytes = encode(input)
  const { count, starts, lengths } = splitRecords(bytes, 'json')
  return Array.from({ length: count }, (_, i) => new TextDecoder().decode(bytes.subarray(starts[i]!, starts[i]! + lengths[i]!)))
}

describe('JSON', () => {
  const object = fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{', '}\n{', '"', '\\"', ']', ','),
    fc.jsonValue()), { maxKeys: 4 })
  const separators = fc.constantFrom('', ' ', '\n', '\r\n', '\n\n')

  it('finds every object of arrays, NDJSON and concatenations, pretty-printed or not', () => {
    const items = fc.array(fc.tuple(object, fc.constantFrom(0, 2), separators), { maxLength: 6 })
    fc.assert(fc.property(items, fc.boolean(), (items, inArray) => {
      const written = items.map(([value, indent]) => JSON.stringify(value, null, indent))
      const joined = inArray ? `[${written.join(', ')}]\n` : written.map((text, i) => text + items[i]![2]).join('')
      expect(texts(joined)).toEqual(written)
    }), { numRuns: 500 })
  })

  it.each<[string, string, string[]]>([
    ['nothing', ' \n[]\r\n', []],
    ['a byte order mark', '\ufeff{"a":1}', ['{"a":1}']],
    ['an array cut off after a record', '[{"a":1},{"b":2}', ['{"a":1}', '{"b":2}', '[']],
    ['an array cut off after a comma', '[{"a":1},\n', ['{"a":1}', '[']],
    ['an array cut off within a record', '[{"a":1},{"b":', ['{"a":1}', '{"b":']],
    ['an array cut off at once', ' [ ', ['[']],
    ['the end of an array', '{"a":1},\n{"b":2}]', ['{"a":1}', ',', '{"b":2}']],
    ['garbage after an array', '[{"a":1}] x]\n', ['{"a":1}', 'x]']],
    ['a bracket too many', '[{"a":1}]]\n', ['{"a":1}', ']']],
    ['a record after an array', '[{"a":1}]{"b":2}', ['{"a":1}', ']', '{"b":2}']],
    ['two arrays in a row', '[{"a":1}]\n[{"b":2}, {"c":3}]', ['{"a":1}', ']', '{"b":2}', '{"c":3}']],
    ['an array after a record', '{"a":1}\n[{"b":2}]', ['{"a":1}', '[', '{"b":2}']],
    ['a comma at the end', '[{"a":1},]', ['{"a":1}', ',']],
    ['a comma at the beginning', '[,{"a":1}]', [',', '{"a":1}']],
    ['two commas', '[{"a":1},,{"b":2}]', ['{"a":1}', ',', '{"b":2}']],
    ['commas without an array, told once', '{"a":1},{"b":2},{"c":3}', ['{"a":1}', ',', '{"b":2}', '{"c":3}']],
    ['elements that are no records', '[{"a":1}, 7, ["{", {"b":2}], "x]", {"c":3}]', ['{"a":1}', '7', '["{", {"b":2}]', '"x]"', '{"c":3}']],
    ['an array as an element', '[["{", {"b":2}], {"c":3}]', ['["{", {"b":2}]', '{"c":3}']],
    ['an array within that never ends', '[{"a":1},[{"b":2}', ['{"a":1}', '[', '{"b":2}', '[']],
    ['a record that closes its array', '[{"a":1},{"b":2]', ['{"a":1}', '{"b":2']],
    ['a line cut off within a text', '{"a":"x\n{"b":2}\n', ['{"a":"x', '{"b":2}']],
    ['a line cut off after a value', '{"a":{"c":1}\n{"b":2}\n{"d":3}', ['{"a":{"c":1}', '{"b":2}', '{"d":3}']],
    ['a line cut off after a colon', '{"a":\n{"b":2}\n{"d":3}', ['{"a":', '{"b":2}', '{"d":3}']],
    ['a line cut off after a backslash', '{"a":"\\\n{"b":2}', ['{"a":"\\', '{"b":2}']],
    ['a brace too many', '{"a":1}}\n{"b":2}', ['{"a":1}', '}', '{"b":2}']],
    ['lines of something else', 'hello, world\n{"b":2}\n7\n"x"', ['hello, world', '{"b":2}', '7', '"x"']],
    ['an end that never comes', '{"a":[1,2', ['{"a":[1,2']]
  ])('keeps neighbours apart: %s', (_, input, expected) => {
    expect(texts(input)).toEqual(expected)
  })

  it('loses no byte of any input, but blanks, brackets of lists and commas', () => {
    const soup = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '\n', ' ', '{"a":1}', '\n{', 'x', '\u4e00', '\0'),
      { maxLength: 40 }).map(parts => parts.join(''))
    fc.assert(fc.property(soup, input => {
      const bytes = encode(input)
      const { count, starts, lengths } = splitRecords(bytes, 'json')
      const covered = new Uint8Array(bytes.length)
      for (let i = 0; i < count; i++) for (let b = starts[i]!; b < starts[i]! + lengths[i]!; b++) covered[b]!++
      for (let b = 0; b < bytes.length; b++) {
        expect(covered[b]).toBeLessThanOrEqual(1)
        if (covered[b] === 0) expect(' \n,[]').toContain(String.fromCharCode(bytes[b]!))
      }
    }), { numRuns: 2000 })
  })

  it('takes linear time on input made to be slow', () => {
    const started = performance.now()
    for (const unit of ['{"a":\n', '{"a":[\n{', '{', '"', '\\', 'x\n', '{"']) {
      const input = unit.repeat(Math.ceil(400_000 / unit.length))
      expect(splitRecords(encode(input), 'json').count).toBeGreaterThan(0)
    }
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

describe('MessagePack', () => {
  const map = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 20 })
  it('finds every map of arrays and concatenations', () => {
    fc.assert(fc.property(fc.array(map, { maxLength: 20 }), fc.boolean(), (maps, inArray) => {
      const bytes = inArray ? pack(maps) : Buffer.concat(maps.map(pack))
      const { count, starts, lengths } = splitRecords(bytes, 'msgpack')
      expect(Array.from({ length: count }, (_, i) => Buffer.from(bytes.subarray(starts[i]!, starts[i]! + lengths[i]!)).toString('hex')))
        .toEqual(maps.map(value => Buffer.from(pack(value)).toString('hex')))
    }), { numRuns: 300 })
  })

  it('makes one piece of what follows the last whole map', () => {
    const one = pack({ a: 1 })
    for (const tail of [[0xc1], [0x01, 0x01], [0x81, 0xa1], [0xdf, 255, 255, 255, 255, 1], [0xdd, 255, 255],
      [0xc9, 255, 255, 255, 255, 0x62, 0, 0, 0]]) {
      const { count, starts, lengths } = splitRecords(Buffer.concat([one, Buffer.from(tail)]), 'msgpack')
      expect([count, starts[0], lengths[0], starts[1], lengths[1]]).toEqual([2, 0, one.length, one.length, tail.length])
    }
  })

  it('survives any bytes, in linear time', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      const { count, lengths } = splitRecords(bytes, 'msgpack')
      let total = 0
      for (let i = 0; i < count; i++) total += lengths[i]!
      expect(total).toBeLessThanOrEqual(bytes.length)
    }), { numRuns: 2000 })
    expect(splitRecords(new Uint8Array(1_000_000).fill(0x91), 'msgpack').count).toBe(1)
    expect(splitRecords(new Uint8Array(1_000_000).fill(0x81), 'msgpack').count).toBe(1)
  })
})

describe('routeKey', () => {
  const routeOf = (bytes: Uint8Array, format: Format) => routeKey(bytes, 0, bytes.length, format)
  const shuffled = (record: Example, order: readonly number[]): Example => {
    const entries = Object.entries(record).map(([name, value], i) => [order[i % order.length]! + i / 1000, name, value] as const)
    return Object.fromEntries(entries.sort((a, b) => a[0] - b[0]).map(([, name, value]) => [name, value]))
  }

  it('is the owner of the decoded claim, whatever the order, the spacing, the escapes and the values', () => {
    const examples = allExamples()
    const key = fc.oneof(fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map(c => String.fromCharCode(c)), minLength: 1,
      maxLength: 12 }), fc.integer({ min: 1, max: 2 ** 53 - 1 }))
    fc.assert(fc.property(fc.nat(examples.length - 1), key, fc.array(fc.nat(50), { minLength: 1 }), fc.constantFrom(0, 1, 2),
      fc.boolean(), (which, owner, order, indent, escaped) => {
      const example = examples[which]!
      const fixmedins = typeof owner === 'number' ? owner % 1e11 + 1 : owner
      const put = (node: unknown): Example => shuffled({ decoy: { psn_no: 'X', fixmedins_code: 'X', infno: '1' }, ...(node as Example),
        psn_no: owner }, order)
      let record: Example = { decoy: { psn_no: 'X', setlinfo: { psn_no: 'Y"}' } }, ...example }
      if (example.type === 'death') record.psn_no = owner
      else if (example.type === undefined) record.fixmedins_code = fixmedins
      for (const node of ['setlinfo', 'mdtrtinfo']) if (node in example) record[node] = put(example[node])
      record = shuffled(record, order)
      let text = JSON.stringify(record, null, indent)
      if (escaped) text = text.replaceAll('psn_no', 'psn\\u005fno').replaceAll('infno', '\\u0069nfno').replaceAll('"P', '"\\u0050')
      for (const [bytes, format] of [[encode(text), 'json'], [pack(record), 'msgpack']] as const) {
        const decoded = decodeRecord(bytes, 0, bytes.length, format)
        if (!decoded.ok) {
          expect(owner === '0' || decoded.rejection.reason === 'bad_identifier').toBe(true)
          continue
        }
        const broadcast = decoded.claim.kind === 'master' && decoded.claim.type !== 'death'
        expect(routeOf(bytes, format)).toEqual({ key: broadcast ? '' : subjectKeyOf(decoded.claim), broadcast })
      }
    }), { numRuns: 1500 })
  })

  it('cannot tell of what has no known kind or key, nor of any junk, and never reads on', () => {
    for (const record of [{}, { infno: '9999', setlinfo: { psn_no: 'P1' } }, { type: 'toString' }, { infno: '2207' },
      { infno: '2207', setlinfo: { psn_no: null } }, [], 7]) {
      expect(routeOf(encode(JSON.stringify(record)), 'json')).toBeNull()
      expect(routeOf(pack(record), 'msgpack')).toBeNull()
    }
    const cut = encode('{"infno":"2207","setlinfo":{"psn_no":"P1"}}')
    expect(routeKey(cut, 0, cut.length - 8, 'json')).not.toEqual({ key: 'P1', broadcast: false })
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
      for (const format of ['json', 'msgpack'] as const) expect(() => routeOf(bytes, format)).not.toThrow()
    }), { numRuns: 1000 })
  })

  it('broadcasts master data, and sends a death to the person', () => {
    expect(routeOf(pack(exampleMaster('catalogue')), 'msgpack')).toEqual({ key: '', broadcast: true })
    expect(routeOf(encode(JSON.stringify(exampleMaster('death'))), 'json')).toEqual({ key: 'P9', broadcast: false })
    expect(routeOf(encode(JSON.stringify(exampleSettlement())), 'json')).toEqual({ key: 'P1', broadcast: false })
  })
})
