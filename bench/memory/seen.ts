/**
 * The table of seen keys (engine/memory/seen-table.ts), filled with fingerprints of trace codes through several sizes: bytes
 * a key, the time of a call, and the longest call of all. Reading the clock takes a good part of what a call takes, so calls
 * are timed in blocks of 64, every sixteenth block call by call; a pause shows in either.
 */
import { quantilesOf } from '../bench.ts'
import type { Quantiles } from '../bench.ts'
import { fingerprintBytes } from '../../engine/core/fingerprint.ts'
import { SeenTable } from '../../engine/memory/seen-table.ts'
import type { Seen } from '../../engine/memory/seen-table.ts'
import { peakBytes, residentBytes, workedSince } from './own-process.ts'

const BLOCK = 64
const SINGLE_EVERY = 16
const AGAIN = 1_000_000
const SWEEPS = 2000
/** These first keys are seen with something else at the end of each size, and only there. */
const CONTESTED = 50
const WARM_UP = 20_000
/** 16,384 entries of 16 bytes. */
const SEGMENT_BYTES = 256 * 1024
/** When every segment was just split: 35 % full, 16 bytes an entry. */
export const BYTES_PER_KEY_MAX = 46
const DAY = 20_000
const HORIZON_OF_ALL = 0

export interface Calls {
  /** Nanoseconds of a call, the clock's own time included: of those timed one by one. */
  readonly single: Quantiles
  /** Nanoseconds of a call without the clock: of those timed in blocks. */
  readonly mean: number
  /** Microseconds: of all calls, those in blocks counted as if the whole block were one. */
  readonly longest: number
  /** The same by the time that processors worked for this process meanwhile: less than the longest when others had them. */
  readonly busiest: number
  /** Blocks, timed either way, that took longer than this many milliseconds. */
  readonly over1: number
  readonly over10: number
}

export interface SeenAt {
  readonly keys: number
  /** Keys that were taken for another one's: fingerprints of 64 bits that fall together. */
  readonly repeated: number
  readonly segments: number
  readonly bytes: number
  readonly resident: number
  readonly peak: number
  /** While growing to this size from the one before. */
  readonly fresh: Calls
  /** Keys that are there, spread over the whole table. */
  readonly again: Calls
  /** Microseconds of a sweep that drops nothing: it copies a segment. */
  readonly sweep: Quantiles
}

/** @param sizes rising. @throws Error when the table forgets, invents or mixes up a key */
export function seenAt (sizes: readonly number[], seed: number, onSize: (at: SeenAt) => void): SeenAt[] {
  warmUp(seed)
  const table = new SeenTable()
  const resident = residentBytes()
  let size = 0
  let repeated = 0
  return sizes.map(keys => {
    const from = size
    const { calls: fresh, others } = timed(table, seed, keys - from, k => from + k, 'new')
    repeated += others
    size = keys
    // Two of a hundred million fingerprints of 64 bits fall together once in 3,700 times.
    if (repeated > 2 || table.size + repeated !== keys) throw new Error(`${table.size} keys are remembered instead of ${keys}`)
    const held = { bytes: table.bytes, resident: residentBytes() - resident, peak: peakBytes() - resident }
    const { calls: again, others: lost } = timed(table, seed, Math.min(keys, AGAIN), spread(keys), 'same')
    if (lost > repeated) throw new Error(`${lost} keys were not found again`)
    const sweep = swept(table)
    contest(table, seed)
    if (table.size + repeated !== keys) throw new Error('looking changed the number of keys')
    const at = { keys, repeated, segments: Math.floor(held.bytes / SEGMENT_BYTES), ...held, fresh, again, sweep }
    onSize(at)
    return at
  })
}

/** Compiled code and a grown heap before anything is measured. */
function warmUp (seed: number): void {
  const table = new SeenTable()
  timed(table, seed + 1, WARM_UP, k => k, 'new')
  for (let i = 0; i < 20; i++) timed(table, seed + 1, WARM_UP - CONTESTED, spread(WARM_UP), 'same')
}

/** Different keys, far from each other in the order they came, never a contested one. */
function spread (keys: number): (k: number) => number {
  const span = keys - CONTESTED
  let stride = Math.floor(span * 0.618) | 1
  while (common(stride, span) !== 1) stride += 2
  return k => CONTESTED + (k * stride) % span
}

function common (a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

const bytes = new Uint8Array(20)
const words = new Int32Array(4)
const his = new Int32Array(BLOCK)
const los = new Int32Array(BLOCK)
const values = new Int32Array(BLOCK)

/** A drug trace code as printed on boxes: seven digits of the product, thirteen of the box. Its fingerprint goes to place `i`. */
function makeKey (seed: number, index: number, i: number): void {
  let product = 8_100_000 + (Math.imul(index + seed, 0x9e3779b1) >>> 0) % 5000
  for (let at = 6; at >= 0; at--, product = Math.floor(product / 10)) bytes[at] = 48 + product % 10
  let box = seed * 1e9 % 1e12 + index
  for (let at = 19; at >= 7; at--, box = Math.floor(box / 10)) bytes[at] = 48 + box % 10
  fingerprintBytes(bytes, 0, bytes.length, words)
  // As evaluate/sightings.ts has it: the first word chose the lane.
  his[i] = words[1]!
  los[i] = words[2]!
  values[i] = holderOf(index)
}

/** Who it was seen with: never 0. */
const holderOf = (index: number): number => Math.imul(index, 0x85ebca6b) | 1

/** Sees `count` keys, of which the k-th is number indexOf(k). @returns besides the times how many were not answered as expected */
function timed (
  table: SeenTable, seed: number, count: number, indexOf: (k: number) => number, expected: Seen
): { calls: Calls, others: number } {
  const singles = new Float32Array((Math.floor(count / BLOCK / SINGLE_EVERY) + 1) * BLOCK)
  const slow = { longest: 0, busiest: 0, over1: 0, over10: 0 }
  let [inBlocks, calls, alone, others] = [0, 0, 0, 0]
  for (let block = 0, k = 0; k < count; block++) {
    const n = Math.min(BLOCK, count - k)
    for (let i = 0; i < n; i++) makeKey(seed, indexOf(k++), i)
    const worked = process.cpuUsage()
    const started = performance.now()
    if (block % SINGLE_EVERY === 0) {
      let before = started
      for (let i = 0; i < n; i++) {
        if (table.see(his[i]!, los[i]!, values[i]!, DAY) !== expected) others++
        const now = performance.now()
        singles[alone++] = (now - before) * 1e6
        slow.longest = Math.max(slow.longest, now - before)
        before = now
      }
    } else {
      for (let i = 0; i < n; i++) if (table.see(his[i]!, los[i]!, values[i]!, DAY) !== expected) others++
    }
    const took = performance.now() - started
    if (block % SINGLE_EVERY !== 0) {
      inBlocks += took
      calls += n
      slow.longest = Math.max(slow.longest, took)
    }
    if (took > 0.1) slow.busiest = Math.max(slow.busiest, Math.min(took * 1000, workedSince(worked)))
    if (took > 1) slow.over1++
    if (took > 10) slow.over10++
  }
  const mean = inBlocks / Math.max(1, calls) * 1e6
  return { calls: { ...slow, longest: slow.longest * 1000, mean, single: quantilesOf(singles.subarray(0, alone)) }, others }
}

function swept (table: SeenTable): Quantiles {
  const times = new Float64Array(SWEEPS)
  for (let i = 0; i < SWEEPS; i++) {
    const started = performance.now()
    table.sweep(HORIZON_OF_ALL)
    times[i] = (performance.now() - started) * 1000
  }
  return quantilesOf(times)
}

/** Another value than before is 'other', now and for ever. */
function contest (table: SeenTable, seed: number): void {
  for (let index = 0; index < CONTESTED; index++) {
    makeKey(seed, index, 0)
    const answer = table.see(his[0]!, los[0]!, values[0]! ^ 2, DAY)
    if (answer !== 'other') throw new Error(`a key seen with something else is said to be ${answer}`)
  }
}
