/** The table of persons against a Map, through growth and removal. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PersonTable } from './person-table.ts'

describe('PersonTable', () => {
  it('finds who was added and not removed, while it grows', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 400 })), { maxLength: 1200 }), steps => {
      const table = new PersonTable()
      const model = new Map<string, number>()
      for (const [add, number] of steps) {
        const psn_no = `3417${number}`
        const known = model.get(psn_no) ?? 0
        expect(table.find(psn_no)).toBe(known)
        if (known === 0 && add) {
          model.set(psn_no, table.add(psn_no))
        } else if (known !== 0 && !add) {
          table.remove(known)
          model.delete(psn_no)
        }
      }
      expect(table.size).toBe(model.size)
      expect(table.countPairs()).toBe(model.size)
      for (const [psn_no, person] of model) {
        expect(table.find(psn_no)).toBe(person)
        expect(table.psnNoOf(person)).toBe(psn_no)
      }
    }), { numRuns: 60 })
  })

  it('holds many, and never pays for a whole move at once', () => {
    const table = new PersonTable()
    for (let i = 0; i < 50_000; i++) table.add(`P${i}`)
    for (let i = 0; i < 50_000; i += 97) expect(table.psnNoOf(table.find(`P${i}`))).toBe(`P${i}`)
    expect(table.find('P50000')).toBe(0)
    expect(table.size).toBe(50_000)
  })

  it('refuses what is no identifier', () => {
    const table = new PersonTable()
    expect(() => table.add('')).toThrow()
    expect(() => table.add('张三')).toThrow()
    expect(() => table.add('x'.repeat(31))).toThrow()
  })
})
