/** The reader of MessagePack gives what a library of others gives, and refuses whatever is not of the plain types. */
import fc from 'fast-check'
import { Packr, Unpackr } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import { allExamples } from './examples.ts'
import { DEPTH_MAX } from './field.ts'
import { hostile, random } from './hostile.ts'
import { isMap, MALFORMED, memberCount, membersOf, skipValue } from './messagepack.ts'
import { utf8 } from './plain-text.ts'
import { membersRead, readMessagePack } from './read-messagepack.ts'
import { Refusal } from './refusal.ts'
import { RECORD, type Shape } from './shapes.ts'

const packr = new Packr({ useRecords: false })
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'string', structuredClone: false })

/** Texts and names as they are written; the reader leaves them as Latin-1. */
function decoded (value: unknown): unknown {
  if (typeof value === 'string') return utf8(value)
  if (Array.isArray(value)) return value.map(decoded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [utf8(name), decoded(member)]))
}

/** What the reader should give of a value that was read whole: of maps the members of their shapes. */
function shaped (value: unknown, shape: Shape | undefined): unknown {
  if (Array.isArray(value)) return value.map(one => shaped(one, Array.isArray(one) ? undefined : shape))
  if (typeof value !== 'object' || value === null) return value
  if (shape === undefined) return {}
  const members = value as Record<string, unknown>
  return Object.fromEntries(shape.names.map(name => [name,
    Object.hasOwn(members, name) ? shaped(members[name], shape.inner[name]) : undefined]))
}

/** Members of all maps within. */
function membersOfAll (value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value)
  return inner.reduce((sum: number, one) => sum + membersOfAll(one), Array.isArray(value) ? 0 : inner.length)
}

function read (bytes: Uint8Array): { value: unknown } | { reason: string } {
  try {
    return { value: decoded(readMessagePack(bytes, 0, bytes.length, DEPTH_MAX)) }
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return { reason: refusal.reason }
  }
}

/** Whether the value at `at` is of plain types and not nested too deeply; written by another way than the reader is. */
function isPlain (bytes: Uint8Array, at: number, end: number, depth: number): boolean {
  const first = bytes[at]!
  if ((first >= 0xc4 && first <= 0xc9) || (first >= 0xd4 && first <= 0xd8)) return false
  let member = membersOf(bytes, at, end)
  if (member === MALFORMED) return true
  if (depth === 0) return false
  const map = isMap(first)
  for (let i = 0, count = memberCount(); i < count; i++) {
    if (map && i % 2 === 0 && membersOf(bytes, member, end) !== MALFORMED) return false // a container for a name
    if (!isPlain(bytes, member, end, depth - 1)) return false
    member = skipValue(bytes, member, end)
  }
  return true
}

function expectSame (bytes: Uint8Array): string {
  const mine = read(bytes)
  const whole = bytes.length > 0 && skipValue(bytes, 0, bytes.length) === bytes.length
  if (!whole || !isPlain(bytes, 0, bytes.length, DEPTH_MAX)) {
    expect(mine).toHaveProperty('reason')
    return 'refused'
  }
  const theirs: unknown = unpackr.unpack(bytes)
  expect(mine).toStrictEqual({ value: shaped(theirs, RECORD) })
  return 'read'
}

const key = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(...RECORD.names, 'toString', 'x'.repeat(40), 'y'.repeat(300)))
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 400 }), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }), fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
  fc.constantFrom(-1, -32, -33, 127, 128, 255, 256, 65535, 65536, 2 ** 32)
)
const { value } = fc.letrec(tie => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 20 }),
    fc.dictionary(key, tie('value'), { maxKeys: 24, noNullPrototype: true }))
}))

describe('the same as msgpackr', () => {
  it('for any plain value', () => {
    fc.assert(fc.property(value, one => { expectSame(packr.pack(one)) }), { numRuns: 1000 })
  })

  it('for records of every kind, whatever was read before', () => {
    for (const [i, example] of [...allExamples(), ...allExamples().reverse()].entries()) {
      const shuffled = Object.fromEntries(Object.entries(example).sort(() => i % 3 - 1))
      expect([expectSame(packr.pack(example)), expectSame(packr.pack(shuffled))]).toEqual(['read', 'read'])
    }
  })

  it('for ten thousand hostile records: equal, or refused for a type, its nesting or its framing', () => {
    const next = random(0xfeed)
    const examples = allExamples()
    const tally = { read: 0, refused: 0 }
    for (let run = 0; run < 10_000; run++) {
      const bytes = hostile(examples[run % examples.length]!, 'msgpack', next)
      const text = expectSame(bytes) as keyof typeof tally
      tally[text]++
    }
    expect(tally.read).toBeGreaterThan(2000)
    expect(tally.refused).toBeGreaterThan(2000)
  })

  it('for any bytes at all', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), bytes => { expectSame(bytes) }), { numRuns: 5000 })
  })
})

it('has members for everything that any reader asks for, and counts the others', () => {
  fc.assert(fc.property(fc.constantFrom(...allExamples()), fc.dictionary(key, value, { maxKeys: 5 }), (example, strangers) => {
    const record = { ...strangers, ...example, feedetail: [{ ...strangers, ...(example['feedetail'] as object[] | undefined)?.[0] }] }
    const bytes = packr.pack(record)
    if (expectSame(bytes) === 'refused') return // nested too deeply
    expect(membersRead()).toBe(membersOfAll(JSON.parse(JSON.stringify(record,
      (_, one: unknown) => typeof one === 'bigint' ? String(one) : one))))
  }), { numRuns: 300 })
})

it('leaves alone what a name could do to an object, and counts it', () => {
  const bytes = Buffer.concat([Buffer.from([0x83, 0xa9]), Buffer.from('__proto__'),
    Buffer.from([0x81, 0xa1, 0x78, 1, 5, 6, 0xa1, 0x61, 7])])
  expect(readMessagePack(bytes, 0, bytes.length, DEPTH_MAX)).toEqual(shaped({}, RECORD))
  expect(membersRead()).toBe(4)
  expect('x' in {}).toBe(false)
})

it('nests as deeply as allowed and no deeper, and reads only its own part of the bytes', () => {
  const nested = (depth: number): Uint8Array => Uint8Array.from([...Array.from({ length: depth }, () => 0x91), 1])
  expect(read(nested(DEPTH_MAX))).toHaveProperty('value')
  expect(read(nested(DEPTH_MAX + 1))).toEqual({ reason: 'hostile_value' })
  const bytes = Uint8Array.from([0xc1, 0x81, 0xa1, 0x61, 7, 0xc1])
  expect(readMessagePack(bytes, 1, 5, DEPTH_MAX)).toEqual(shaped({}, RECORD))
  expect(() => readMessagePack(bytes, 1, 4, DEPTH_MAX)).toThrow(Refusal)
})

it('remembers a bounded number of names', () => {
  for (let i = 0; i < 20; i++) {
    const map = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`name${i}_${n}`, n]))
    expect(read(packr.pack({ ...map, psn_no: i }))).toMatchObject({ value: { psn_no: i } })
  }
})
