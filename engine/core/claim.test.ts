/** Versions are totally ordered and claims know their owner. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Claim, compareVersions, sameContent, subjectKeyOf, type Version } from './claim.ts'

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const version: fc.Arbitrary<Version> = fc.record({ inf_time: fc.integer({ min: 0, max: 3 }), order: fc.integer({ min: 0, max: 2 }), contentHi: fc.oneof(word, fc.constant(-1)), contentLo: fc.oneof(word, fc.constant(1)) })

describe('compareVersions', () => {
  it('is a total order: antisymmetric, transitive, 0 only for equals', () => {
    fc.assert(fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0)
      expect(compareVersions(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b))
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
    }), { numRuns: 1000 })
  })

  it('goes by inf_time, then msgid, then content as unsigned words', () => {
    const base: Version = { inf_time: 5, order: 5, contentHi: 5, contentLo: 5 }
    expect(compareVersions({ ...base, inf_time: 6, order: 0 }, base)).toBeGreaterThan(0)
    expect(compareVersions({ ...base, order: 6, contentHi: 0 }, base)).toBeGreaterThan(0)
    expect(compareVersions({ ...base, contentHi: -1 }, base)).toBeGreaterThan(0)
    expect(compareVersions({ ...base, contentLo: -1 }, base)).toBeGreaterThan(0)
  })
})

it('sees the same content whenever it was sent', () => {
  const base: Version = { inf_time: 5, order: 5, contentHi: 1, contentLo: 2 }
  expect(sameContent(base, { ...base, inf_time: 9, order: 0 })).toBe(true)
  expect(sameContent(base, { ...base, contentHi: 2 })).toBe(false)
  expect(sameContent(base, { ...base, contentLo: 1 })).toBe(false)
})

it('names the owner of every kind', () => {
  const owner = (claim: object): string => subjectKeyOf(claim as Claim)
  expect(owner({ kind: 'settlement', setlinfo: { psn_no: 'P1' } })).toBe('P1')
  for (const kind of ['lines', 'admission', 'discharge', 'list', 'reversal']) expect(owner({ kind, psn_no: 'P2', fixmedins_code: 'H' })).toBe('P2')
  for (const kind of ['inventory', 'sale', 'mapping']) expect(owner({ kind, psn_no: 'P2', fixmedins_code: 'H' })).toBe('H')
  expect(owner({ kind: 'master', key: 'K' })).toBe('K')
})
