/** Fingerprints: the published algorithm, the same however the bytes lie, and evenly spread. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint, fingerprintBytes, fingerprintHex, taskOf } from './fingerprint.ts'

const hex = (words: Int32Array): string => [...words].map(word => (word >>> 0).toString(16).padStart(8, '0')).join('')
const out = new Int32Array(4)

describe('MurmurHash3_x86_128', () => {
  /** SMHasher's verification value: 256 keys of rising length and falling seed, their hashes hashed again. */
  it('gives SMHasher’s verification value 0xB3ECE62A', () => {
    const key = new Uint8Array(256)
    const hashes = new Uint8Array(256 * 16)
    const view = new DataView(hashes.buffer)
    for (let i = 0; i < 256; i++) {
      key[i] = i
      fingerprintBytes(key, 0, i, out, 256 - i)
      for (let word = 0; word < 4; word++) view.setInt32(i * 16 + word * 4, out[word]!, true)
    }
    fingerprintBytes(hashes, 0, hashes.length, out, 0)
    expect(out[0]! >>> 0).toBe(0xb3ece62a)
  })

  it('depends on the bytes only, not on where they lie or how long the text is', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(20), (bytes, offset) => {
      fingerprintBytes(bytes, 0, bytes.length, out)
      const alone = hex(out)
      const within = new Uint8Array(bytes.length + offset + 3).fill(7)
      within.set(bytes, offset)
      fingerprintBytes(within, offset, bytes.length, out)
      expect(hex(out)).toBe(alone)
    }))
    for (const text of ['', '张三', 'x'.repeat(1365), 'x'.repeat(1366), '张'.repeat(5000)]) {
      fingerprint(text, out)
      const whole = hex(out)
      const bytes = new TextEncoder().encode(text)
      fingerprintBytes(bytes, 0, bytes.length, out)
      expect(hex(out)).toBe(whole)
    }
  })
})

it('keeps parts apart', () => {
  expect(fingerprintHex('a', 'bc')).not.toBe(fingerprintHex('ab', 'c'))
  expect(fingerprintHex('a', 'b')).toBe(fingerprintHex('a', 'b'))
  expect(fingerprintHex('a')).toMatch(/^[0-9a-f]{32}$/)
})

it('spreads keys evenly over tasks', () => {
  const counts = new Array<number>(64).fill(0)
  for (let i = 0; i < 64_000; i++) counts[taskOf(`3417020000${i}`, 64)]!++
  expect(Math.min(...counts)).toBeGreaterThan(850)
  expect(Math.max(...counts)).toBeLessThan(1150)
})
