/** Percentiles from buckets are close to those of the values themselves, also when lanes' counts are added up. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Latencies } from './latency.ts'

it('is never below the true percentile and at most 4.5 % above it', () => {
  fc.assert(fc.property(fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 }), fc.nat(300), (values, cut) => {
    const [one, other, both] = [new Latencies(), new Latencies(), new Latencies()]
    values.forEach((value, i) => { (i < cut ? one : other).add(value) })
    for (const part of [one, other]) both.addAll(part.counts, part.max)
    const sorted = [...values].sort((a, b) => a - b)
    const { count, p50, p99, max } = both.quantiles()
    expect([count, max]).toEqual([values.length, sorted.at(-1)])
    for (const [share, estimate] of [[0.5, p50], [0.99, p99]] as const) {
      const exact = sorted[Math.ceil(share * values.length) - 1]!
      expect(estimate).toBeGreaterThanOrEqual(exact * (1 - 1e-9))
      expect(estimate).toBeLessThanOrEqual(exact * 1.045)
    }
  }))
})

it('is all zeros without values', () => {
  expect(new Latencies().quantiles()).toEqual({ count: 0, p50: 0, p99: 0, p999: 0, max: 0 })
})
