/** The simulator itself: sound seeds pass, and an engine broken on purpose does not. */
import { beforeAll, describe, expect, test } from 'vitest'
import { loadRulebook } from '../core/rulebook/load.ts'
import type { Rulebook } from '../core/rulebook.ts'
import { drawHistory } from './history.ts'
import { add, recordsOf, runSeed } from './run-seed.ts'
import { shrink } from './shrink.ts'
import type { Defect } from './simulate.ts'

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1)
let rulebook: Rulebook

beforeAll(async () => { rulebook = await loadRulebook() })

/** A seed that is sound without the defect and fails with it. Much is put right again by chance: faults are many. */
function foundOut (defect: Defect): number | undefined {
  const often = { faultPercent: 50 }
  return SEEDS.find(seed => runSeed(rulebook, seed, often).ok && !runSeed(rulebook, seed, { defect, ...often }).ok)
}

test.each(SEEDS)('seed %i ends where the oracle says', seed => {
  expect(runSeed(rulebook, seed).differences).toEqual([])
})

test('moves alone find no flag without reason', () => {
  const injected: Record<string, number> = {}
  for (const seed of SEEDS.filter(seed => seed % 3 !== 0)) add(injected, runSeed(rulebook, seed, { faultPercent: 0, movePercent: 30 }).injected)
  expect(injected['task moves']).toBeGreaterThan(0)
  expect(injected['orphans']).toBe(0)
})

test('a dozen seeds inject everything there is', () => {
  const injected: Record<string, number> = {}
  // More faults than the seeds' own: those few may lack a kind.
  for (const seed of SEEDS) add(injected, runSeed(rulebook, seed, { faultPercent: 50 }).injected)
  for (const what of [
    'corrections', 'reversals', 'retries', 'deaths', 'malformed', 'duplicates', 'moved', 'redelivered', 'crash-before-store', 'crash-between',
    'crash-after-store', 'corrected', 'duplicate', 'superseded', 'late', 'rejected', 'late master data', 'learned', 'crash-between late', 'settlements handed over',
    'move-before-store', 'move-between', 'move-after-store', 'task moves', 'delayed partitions'
  ]) expect(injected[what], what).toBeGreaterThan(0)
})

describe('an engine broken on purpose is found out', () => {
  test.each<Defect>(['crash without fold', 'corrections ignored', 'late claims not judged', 'retractions lost', 'changed reference data not judged', 'settlements not handed over', 'moved tasks not folded'])('%s', defect => {
    expect(foundOut(defect)).not.toBeUndefined()
  })

  test('stock records not looked at: without crashes, after which everything is', () => {
    const calm = { faultPercent: 0 }
    const defect = 'stock records not looked at'
    expect(SEEDS.some(seed => runSeed(rulebook, seed, calm).ok && !runSeed(rulebook, seed, { defect, ...calm }).ok)).toBe(true)
  })

  test('one watermark for all tasks, though judging from the store puts the flags right', () => {
    const calm = { faultPercent: 0 }
    const differences = SEEDS.flatMap(seed => runSeed(rulebook, seed, { defect: 'one watermark for all tasks', ...calm }).differences)
    expect(differences.length).toBeGreaterThan(0)
    expect(differences.filter(words => !words.includes('was called late'))).toEqual([])
    expect(SEEDS.every(seed => runSeed(rulebook, seed, calm).ok)).toBe(true)
  })

  test('and its failure shrinks to few records', () => {
    const defect = 'corrections ignored'
    const seed = foundOut(defect)!
    const small = shrink(recordsOf(seed), records => !runSeed(rulebook, seed, { defect, records, faultPercent: 0 }).ok)
    expect(small.length).toBeLessThan(10)
  })
})

test('a seed is always the same history', () => {
  expect(drawHistory(5)).toEqual(drawHistory(5))
  expect(drawHistory(5).records).not.toEqual(drawHistory(6).records)
})
