/** The generator's chance: fixed for a seed, within its bounds, spread evenly enough. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mix, Random } from './prng.ts'

test('a seed gives the same words on every machine', () => {
  const random = new Random(1)
  const again = new Random(1)
  const words = Array.from({ length: 5 }, () => random.word())
  expect(words).toEqual(Array.from({ length: 5 }, () => again.word()))
  expect(words).toEqual(FIRST_WORDS)
  expect(new Random(2).word()).not.toBe(words[0])
})

test('mix depends on every part and on their order', () => {
  expect(mix(1, 2)).not.toBe(mix(2, 1))
  expect(mix(1, 2, 0)).not.toBe(mix(1, 2))
})

test('numbers stay within their bounds', () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 31 }), (seed, n) => {
    const drawn = new Random(seed).below(n)
    return Number.isInteger(drawn) && drawn >= 0 && drawn < n
  }))
})

test('percentages are kept', () => {
  const random = new Random(99)
  let hits = 0
  for (let i = 0; i < 100_000; i++) if (random.chance(3.56)) hits++
  expect(hits / 1000).toBeGreaterThan(3.3)
  expect(hits / 1000).toBeLessThan(3.8)
})

const FIRST_WORDS = [3412516386, 184888502, 2371545280, 1598798988, 3384357204]
