/** Records that nobody should send: mutated examples, forbidden values and damaged bytes, from a seed. For tests. */
import { Packr } from 'msgpackr'
import type { Format } from '../core/ports.ts'
import type { Example } from './examples.ts'

const packr = new Packr({ useRecords: false, moreTypes: true })

/** Marsaglia's xorshift32: the same records in every run. */
export function random (seed: number): (below: number) => number {
  let state = seed
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const nested = (depth: number, list: boolean): unknown => {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = list ? [value] : { a: value }
  return value
}

/** Values that no field should take. The JSON texts are put in as they stand. */
const HOSTILE_JSON = [
  '1e999', '-1e999', '9007199254740993', '1e-400', '"\\ud800"', '"\\u0000"', '{"__proto__":{"x":1}}', '[[[[[[[[[[[[[[1]]]]]]]]]]]]]]',
  '""', 'null', '[]', '{}', '{"toString":1,"length":-1}', '"99999999999999999999"', '"2026-99-99"', '-0', 'true', `"${'9'.repeat(5000)}"`,
  '"\\u5f20"', '"１２"', '[null,[],{},"",1]', '{"0":1,"length":1}'
]
const HOSTILE_VALUES: readonly unknown[] = [
  NaN, Infinity, -Infinity, -0, 2 ** 53 + 2, 2n ** 63n, -(2n ** 63n), new Date(0), new Date(NaN), new Set([1]), /(a+)+$/, new Error('x'),
  new Uint8Array(9), new Float64Array(2), Buffer.alloc(300), nested(13, true), nested(200, false), '\ud800', '', ' ', null, undefined, true,
  1.5, [[]], [{}], { length: 5001 }
]
/** Headers that promise too much, extensions that msgpackr would act on, a bundle that moves its cursor back. */
const HOSTILE_BYTES = [
  [0xdd, 255, 255, 255, 255], [0xdf, 255, 255, 255, 255], [0xdb, 255, 255, 255, 255], [0xc9, 255, 255, 255, 255, 0x62],
  [0xc7, 4, 0x62, 255, 255, 255, 240, 0xa0, 0xa0], [0xd4, 0x72, 0x40, 0x91, 0xa1, 0x61, 1], [0xd5, 0x72, 0x40, 0, 0x90],
  [0xc7, 0, 0x73, 0x90], [0xd6, 0x69, 0, 0, 0, 1, 0x91, 0xd6, 0x70, 0, 0, 0, 1], [0xc1], [0xd6, 0xff, 0, 0, 0, 0],
  [0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0], [0xcf, 255, 255, 255, 255, 255, 255, 255, 255], [0xa4, 0xff, 0xfe, 0x80, 0xc0], [0x81, 0x90, 1],
  [0x81, 0xa9, ...Buffer.from('__proto__'), 0x80]
]

function withMember (record: Example, next: (below: number) => number, value: unknown): Example {
  const names = Object.keys(record)
  const name = names[next(names.length)]!
  const old = record[name]
  if (next(3) > 0 && Array.isArray(old) && old.length > 0) return { ...record, [name]: [withMember(old[0] as Example, next, value)] }
  if (next(3) > 0 && typeof old === 'object' && old !== null && !Array.isArray(old)) {
    return { ...record, [name]: withMember(old as Example, next, value) }
  }
  return next(8) === 0 ? { ...record, ['__proto__']: value } : { ...record, [name]: value }
}

/** Bits flipped, bytes cut out, cut off or put in. */
export function damaged (bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  let result = Uint8Array.from(bytes)
  for (let times = 1 + next(4); times > 0; times--) {
    const at = next(result.length)
    switch (next(5)) {
      case 0: result[at]! ^= 1 << next(8); break
      case 1: result = result.slice(0, at + 1); break
      case 2: result[at] = next(256); break
      case 3: result = Uint8Array.from([...result.subarray(0, at), ...result.subarray(at + 1 + next(20))]); break
      default: {
        const put = HOSTILE_BYTES[next(HOSTILE_BYTES.length)]!
        result = Uint8Array.from([...result.subarray(0, at), ...put, ...result.subarray(at)])
      }
    }
    if (result.length === 0) return result
  }
  return result
}

/** One member somewhere in the record replaced by a value that it should not have; whole in its form. */
export function mutated (example: Example, format: Format, next: (below: number) => number): Uint8Array {
  if (format === 'msgpack') return packr.pack(withMember(example, next, HOSTILE_VALUES[next(HOSTILE_VALUES.length)]))
  const marker = '@hostile@'
  const text = JSON.stringify(withMember(example, next, marker))
  return Buffer.from(text.replace(`"${marker}"`, HOSTILE_JSON[next(HOSTILE_JSON.length)]!))
}

/** An example mutated, damaged, or both. */
export function hostile (example: Example, format: Format, next: (below: number) => number): Uint8Array {
  const bytes = format === 'json' && next(2) === 0 ? Buffer.from(JSON.stringify(example)) : mutated(example, format, next)
  return next(2) === 0 ? bytes : damaged(bytes, next)
}
