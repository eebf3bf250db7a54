/** How many records a second does the whole engine take from a file to durable flags, and what do stored lines cost? */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashOf, median } from '../bench.ts'
import type { Bench, Figure } from '../bench.ts'
import type { Quantiles } from '../../engine/runtime/latency.ts'
import { writeWorkload } from '../workload/write.ts'
import { replayThrough, withEngine } from './engine-run.ts'

export const replayBench: Bench = async ({ smoke, seed, rounds }) => {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-bench-'))
  try {
    const claims = smoke ? 1000 : 40_000
    const files = [['JSON', join(dir, 'w.ndjson')], ['MessagePack', join(dir, 'w.msgpack')]] as const
    for (const [, file] of files) await writeWorkload({ out: file, seed, claims })
    const variants = files.flatMap(([name, file]) => [
      { name: `replay ${name}`, file, env: {} },
      { name: `replay ${name}, lines not stored`, file, env: { FUNDWATCH_STORE_LINES: 'no' } }
    ])
    const samples = new Map<string, number[]>(variants.map(v => [v.name, []]))
    const hashes = new Set<string>()
    const latencies = new Map<string, Quantiles>()
    for (let round = 0; round < rounds; round++) {
      for (const { name, file, env } of variants) { // interleaved: the machine's mood hits all alike
        const run = await withEngine(env, false, async engine => await replayThrough(engine, file))
        samples.get(name)!.push(run.tally.records / run.seconds)
        latencies.set(name, run.latency)
        hashes.add(hashOf(run.flags.map(f => `${f.flag_id} ${f.severity} ${f.fund_pay_sumamt}`).sort()))
      }
    }
    if (hashes.size !== 1) throw new Error('the same workload gave different flags')
    const figures: Figure[] = [...samples].map(([name, values]) =>
      ({ name, unit: 'records/s', samples: values, note: spoken(latencies.get(name)!) }))
    const base = median(samples.get('replay JSON')!)
    const without = median(samples.get('replay JSON, lines not stored')!)
    figures.push({ name: 'stored lines cost', unit: 'µs/record', samples: [1e6 / base - 1e6 / without] })
    return { bench: 'replay', figures, hash: [...hashes][0]! }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The last round's time from bytes to judged, a record. */
function spoken ({ p50, p99, p999, max }: Quantiles): string {
  return `a record p50 ${Math.round(p50)}, p99 ${Math.round(p99)}, p99.9 ${Math.round(p999)}, max ${Math.round(max)} µs`
}
