/** How long does a lane take to remember and judge one decoded claim with the whole rulebook, and what does a person cost? */
import type { Claim } from '../../engine/core/claim.ts'
import { isStock, subjectKeyOf } from '../../engine/core/claim.ts'
import { taskOf } from '../../engine/core/fingerprint.ts'
import { loadRulebook } from '../../engine/core/rulebook/load.ts'
import { decodeRecord } from '../../engine/decode/decode-record.ts'
import { LaneState } from '../../engine/evaluate/lane-state.ts'
import { hashOf, quantile } from '../bench.ts'
import type { Bench } from '../bench.ts'
import { generate } from '../workload/generate.ts'

const TASKS = 64

export const laneBench: Bench = async ({ smoke, seed, rounds }) => {
  const rulebook = await loadRulebook()
  const claims = decodeAll(seed, smoke ? 500 : 40_000)
  const columns: Record<'mean' | 'p50' | 'p99' | 'p99.9' | 'max' | 'bytes' | 'records', number[]> =
    { mean: [], p50: [], p99: [], 'p99.9': [], max: [], bytes: [], records: [] }
  const hashes = new Set<string>()
  for (let round = 0; round < rounds; round++) {
    const state = new LaneState({ rulebook, tasks: TASKS })
    const { times, flags } = judgeAll(state, claims)
    hashes.add(hashOf(flags))
    const sorted = times.slice().sort()
    columns.mean.push(times.reduce((a, b) => a + b, 0) / times.length)
    columns.p50.push(quantile(sorted, 0.5))
    columns.p99.push(quantile(sorted, 0.99))
    columns['p99.9'].push(quantile(sorted, 0.999))
    columns.max.push(sorted[sorted.length - 1]!)
    const { persons, records, bytes } = state.stats()
    columns.bytes.push(bytes / persons)
    columns.records.push(records / persons)
  }
  if (hashes.size !== 1) throw new Error('the same claims gave different flags')
  const time = (['mean', 'p50', 'p99', 'p99.9', 'max'] as const).map(name => ({ name: `judge ${name}`, unit: 'µs/claim', samples: columns[name] }))
  return {
    bench: 'lane',
    figures: [
      ...time,
      { name: 'memory a person', unit: 'bytes', samples: columns.bytes, note: `at ${columns.records[0]!.toFixed(1)} records a person` }
    ],
    hash: [...hashes][0]!
  }
}

function decodeAll (seed: number, settlements: number): Claim[] {
  const claims: Claim[] = []
  for (const record of generate({ seed, claims: settlements }).records) {
    const bytes = new TextEncoder().encode(JSON.stringify(record))
    const decoded = decodeRecord(bytes, 0, bytes.length, 'json')
    if (decoded.ok) claims.push(decoded.claim)
  }
  return claims
}

function judgeAll (state: LaneState, claims: readonly Claim[]): { times: Float64Array, flags: string[] } {
  const times = new Float64Array(claims.length)
  const flags: string[] = []
  let n = 0
  for (const claim of claims) {
    if (isStock(claim)) continue
    if (claim.kind === 'master' && claim.type !== 'death') {
      state.learn(claim)
      continue
    }
    const task = taskOf(subjectKeyOf(claim), TASKS)
    const started = performance.now()
    state.judge(task, claim, flag => { flags.push(`${flag.flag_id} ${flag.revision} ${flag.status}`) })
    times[n++] = (performance.now() - started) * 1000
  }
  return { times: times.subarray(0, n), flags }
}
