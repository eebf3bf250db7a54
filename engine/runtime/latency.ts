/**
 * Latencies counted finely enough for percentiles, and so that lanes' counts can be added up: sixteen buckets an octave
 * from a microsecond up, so a percentile is at most 4.5 % above the true one.
 */

const PER_OCTAVE = 16
const OCTAVES = 24 // from 1 µs to 16 s; what is slower counts as 16 s
export const LATENCY_BUCKETS = PER_OCTAVE * OCTAVES

/** Microseconds, but for the count. */
export interface Quantiles {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

export class Latencies {
  readonly counts = new Float64Array(LATENCY_BUCKETS)
  /** Microseconds. */
  max = 0

  add (microseconds: number): void {
    const bucket = Math.floor(Math.log2(Math.max(1, microseconds)) * PER_OCTAVE)
    this.counts[Math.min(LATENCY_BUCKETS - 1, bucket)]!++
    if (microseconds > this.max) this.max = microseconds
  }

  addAll (counts: Float64Array, max: number): void {
    for (let i = 0; i < LATENCY_BUCKETS; i++) this.counts[i]! += counts[i]!
    if (max > this.max) this.max = max
  }

  /** In microseconds; zeros when nothing was counted. */
  quantiles (): Quantiles {
    const count = this.counts.reduce((sum, n) => sum + n, 0)
    const at = (share: number): number => {
      let seen = 0
      for (let i = 0; i < LATENCY_BUCKETS; i++) {
        seen += this.counts[i]!
        if (seen >= share * count && seen > 0) return Math.min(this.max, 2 ** ((i + 1) / PER_OCTAVE))
      }
      return 0
    }
    return { count, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: this.max }
  }
}
