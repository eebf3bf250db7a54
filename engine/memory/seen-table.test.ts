/** Against a plain Map, through many splits and sweeps. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../bench/workload/prng.ts'
import { SeenTable } from './seen-table.ts'

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

describe('SeenTable', () => {
  it('answers as a map does, whatever is seen and forgotten', () => {
    const step = fc.oneof(
      { weight: 9, arbitrary: fc.record({ hi: fc.oneof(word, fc.constantFrom(0, -1, 1)), lo: fc.constantFrom(0, 1, -1, 16383, 16384), value: fc.integer({ min: 1, max: 3 }), day: fc.integer({ min: 1, max: 9 }) }) },
      { weight: 1, arbitrary: fc.record({ horizon: fc.integer({ min: 0, max: 9 }) }) }
    )
    fc.assert(fc.property(fc.array(step, { maxLength: 200 }), steps => {
      const table = new SeenTable()
      const plain = new Map<string, { value: number, day: number }>()
      for (const each of steps) {
        if ('horizon' in each) {
          table.sweep(each.horizon) // one segment only: all of them
          for (const [key, { day }] of plain) if (day < each.horizon) plain.delete(key)
          continue
        }
        const { hi, lo, value, day } = each
        const key = `${hi} ${lo}`
        const known = plain.get(key)
        expect(table.see(hi, lo, value, day)).toBe(known === undefined ? 'new' : known.value === value ? 'same' : 'other')
        plain.set(key, { value: known === undefined || known.value === value ? value : NaN, day: Math.max(day, known?.day ?? 0) })
        expect(table.size).toBe(plain.size)
      }
    }), { numRuns: 300 })
  })

  it('keeps every key through hundreds of splits, and forgets the old ones whole', () => {
    const random = new Random(7)
    const table = new SeenTable()
    const keys = Array.from({ length: 300_000 }, (_, i) => [random.below(2 ** 32) | 0, random.below(2 ** 32) | 0, i + 1, 1 + i % 400] as const)
    for (const [hi, lo, value, day] of keys) expect(table.see(hi, lo, value, day)).toBe('new')
    expect(table.size).toBe(keys.length)
    for (const [hi, lo, value, day] of keys) if (table.see(hi, lo, value, day) !== 'same') throw new Error(`${value} is lost`)
    expect(table.see(keys[5]![0], keys[5]![1], -1, 1)).toBe('other')
    expect(table.see(keys[5]![0], keys[5]![1], 6, 1)).toBe('other') // seen with several, it stays in doubt
    expect(table.bytes / table.size).toBeLessThan(60)
    for (let i = 0; i < 512; i++) table.sweep(201)
    expect(table.size).toBe(150_000)
    for (const [hi, lo, value, day] of keys.slice(0, 1000)) expect(table.see(hi, lo, value, day)).toBe(day < 201 ? 'new' : value === 6 ? 'other' : 'same')
    table.clear()
    expect([table.size, table.see(1, 2, 3, 4)]).toEqual([0, 'new'])
  })

  it('counts as a map does', () => {
    fc.assert(fc.property(fc.array(fc.tuple(word, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 ** 30 })), { maxLength: 200 }), seen => {
      const table = new SeenTable()
      const plain = new Map<string, number>()
      for (const [hi, lo, weight] of seen) {
        const key = `${hi % 3} ${lo}`
        plain.set(key, Math.min(2 ** 31 - 1, (plain.get(key) ?? 0) + weight))
        expect(table.count(hi % 3, lo, weight, 1)).toBe(plain.get(key))
      }
    }))
  })

  it('grows without a long pause: no insertion moves more than one segment', () => {
    // Keys that all fall into one segment, split after split: the directory doubles, the other segments stay as they are.
    const table = new SeenTable()
    let keys = 0
    for (let hi = 0; hi < 60_000; hi++) keys += table.see(hi << 8, hi * 2_654_435_761, 1, 1) === 'new' ? 1 : 0
    expect([keys, table.size]).toEqual([60_000, 60_000])
  })
})
