/** Shrinking keeps failing and leaves nothing out that could go. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { shrink } from './shrink.ts'

test('what is left is what the failure needs', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 60 }), fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }), (items, picks) => {
    const needed = new Set(picks.map(pick => items[pick % items.length]!))
    const small = shrink(items, some => [...needed].every(one => some.includes(one)), 10_000)
    expect(new Set(small)).toEqual(needed)
  }))
})

test('it stops when its tries are used up', () => {
  let calls = 0
  shrink(Array.from({ length: 1000 }, (_, i) => i), () => { calls++; return false }, 25)
  expect(calls).toBe(25)
})
