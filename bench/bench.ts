/**
 * What every benchmark shares: seeded input, several rounds, median and spread, a hash of the result, and a calibration
 * loop beside them, because this kind of machine changes its speed by a factor of two from minute to minute.
 *
 * Goals: figures that can be compared within one run. Non-goals: absolute truth, statistics beyond median and spread.
 */
import { createHash } from 'node:crypto'
import { arch, availableParallelism, cpus, totalmem } from 'node:os'

export interface Figure { readonly name: string, readonly unit: string, readonly samples: readonly number[], readonly note?: string }
export interface Report { readonly bench: string, readonly figures: readonly Figure[], readonly hash: string }

export interface BenchOptions {
  /** Tiny input: only shows that the benchmark still runs. */
  readonly smoke: boolean
  readonly seed: number
  readonly rounds: number
  /** Numbers of keys that `memory` puts into the table of seen keys, rising. */
  readonly keys: readonly number[]
  /** Numbers of persons that `memory` has a lane remember, rising. */
  readonly persons: readonly number[]
}

export type Bench = (options: BenchOptions) => Promise<Report>

export function median (samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]!
}

/** The value below which `share` of the samples lie. */
export function quantile (sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

/** What most of the samples stayed below, and the longest, in the samples' own unit. */
export interface Quantiles { readonly p50: number, readonly p99: number, readonly p999: number, readonly max: number }

/** @throws RangeError without samples: nothing was measured, and 0 would look like a result */
export function quantilesOf (samples: Iterable<number>): Quantiles {
  const sorted = Float64Array.from(samples).sort()
  if (sorted.length === 0) throw new RangeError('no samples')
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), p999: quantile(sorted, 0.999), max: sorted.at(-1)! }
}

/** Milliseconds for a fixed amount of arithmetic; compare it between runs before comparing anything else. */
export function calibrate (): number {
  const started = performance.now()
  let x = 1
  for (let i = 0; i < 20_000_000; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0
  if (x === 42) throw new Error('unreachable: keeps the loop from being removed')
  return performance.now() - started
}

export function hashOf (lines: Iterable<string>): string {
  const hash = createHash('sha256')
  for (const line of lines) hash.update(line).update('\n')
  return hash.digest('hex').slice(0, 16)
}

export function machine (): string {
  return `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'} (${arch()}), ` +
    `${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.versions.node}`
}

export function format ({ name, unit, samples, note }: Figure): string[] {
  const show = (x: number): string => (x >= 100 ? Math.round(x).toLocaleString('en') : x.toPrecision(3))
  const spread = samples.length > 1 ? `[${show(Math.min(...samples))} … ${show(Math.max(...samples))}]` : ''
  return [name, show(median(samples)), unit, spread, note ?? '']
}
