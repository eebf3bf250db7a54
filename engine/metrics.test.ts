import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BulkHistogram, createMetrics, JUDGING_BUCKETS, METRICS } from './metrics.ts'

const BUILD = { version: '0.1.0', rules_digest: 'abc' }

interface Series { readonly metricName: string, readonly labels: { le?: string | number }, readonly value: number }

describe('createMetrics', () => {
  it('prints every metric of the table with its help and type', async () => {
    const text = await createMetrics(BUILD).registry.metrics()
    for (const [name, help] of Object.entries(METRICS)) {
      expect(text).toContain(`# HELP fundwatch_${name} ${help}`)
      expect(text).toMatch(new RegExp(`# TYPE fundwatch_${name} ${name.endsWith('_total') ? 'counter' : '(gauge|histogram)'}\n`))
    }
    expect(text.match(/# TYPE /g)).toHaveLength(Object.keys(METRICS).length)
  })

  it('names units, and never abbreviates them', () => {
    for (const name of Object.keys(METRICS)) {
      expect(name).toMatch(/^[a-z_]+$/)
      expect(name).not.toMatch(/_(ms|us|sec|mb|kb)(_|$)/)
    }
  })

  it('shows the lag behind the watermark once something was seen', async () => {
    const metrics = createMetrics(BUILD, { now: () => 10_000 })
    expect(await metrics.registry.metrics()).not.toContain('event_time_lag_seconds{')
    metrics.setWatermarks(4000, 9000)
    const text = await metrics.registry.metrics()
    expect(text).toContain('fundwatch_event_time_lag_seconds{bound="min"} 6')
    expect(text).toContain('fundwatch_event_time_lag_seconds{bound="max"} 1')
    expect(text).toContain('fundwatch_watermark_timestamp_seconds{bound="max"} 9')
  })

  it('adds the metrics of the process only when asked', async () => {
    expect(await createMetrics(BUILD).registry.metrics()).not.toContain('process_cpu')
    const metrics = createMetrics(BUILD, { defaults: true })
    const text = await metrics.registry.metrics()
    expect(text).toContain('process_cpu_seconds_total')
    expect(text).not.toMatch(/# TYPE \w+_total gauge/)
  })

  it('prints bulk counts beside the others, in cumulative buckets', async () => {
    const metrics = createMetrics(BUILD)
    const counts = new Uint32Array(JUDGING_BUCKETS.length + 1)
    counts[0] = 3
    counts[2] = 2
    counts[JUDGING_BUCKETS.length] = 1
    metrics.judging.observeBuckets(counts, 2.5)
    const text = await metrics.registry.metrics()
    expect(text).toContain('fundwatch_judging_seconds_bucket{le="0.00001"} 3')
    expect(text).toContain('fundwatch_judging_seconds_bucket{le="0.00005"} 5')
    expect(text).toContain('fundwatch_judging_seconds_bucket{le="1"} 5')
    expect(text).toContain('fundwatch_judging_seconds_bucket{le="+Inf"} 6')
    expect(text).toContain('fundwatch_judging_seconds_sum 2.5')
    expect(text).toContain('fundwatch_judging_seconds_count 6')
  })
})

describe('BulkHistogram', () => {
  it('refuses counts made for other bounds', () => {
    expect(() => new BulkHistogram('x_seconds', 'x', [1, 2]).observeBuckets([1, 1], 2)).toThrow(RangeError)
  })

  it('never decreases from bucket to bucket and ends at the count, whatever was observed', async () => {
    const batch = fc.array(fc.nat(1e6), { minLength: 4, maxLength: 4 })
    await fc.assert(fc.asyncProperty(fc.array(batch), async batches => {
      const histogram = new BulkHistogram('x_seconds', 'x', [1, 2, 3])
      for (const counts of batches) histogram.observeBuckets(Uint32Array.from(counts), 1)
      const { values } = await histogram.get() as { values: Series[] }
      const buckets = values.filter(each => each.metricName === 'x_seconds_bucket').map(each => each.value)
      expect(buckets).toEqual([...buckets].sort((a, b) => a - b))
      const observed = batches.flat().reduce((sum, count) => sum + count, 0)
      expect(buckets.at(-1)).toBe(observed)
      expect(values.at(-1)?.value).toBe(observed)
      expect(values.at(-2)?.value).toBe(batches.length)
    }))
  })
})
