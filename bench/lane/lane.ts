/** How long does a lane take to remember and judge one decoded claim with the whole rulebook, and what does a person cost? */
import type { Claim } from '../../engine/core/claim.ts'
import { isStock, subjectKeyOf } from '../../engine/core/claim.ts'
import { taskOf } from '../../engine/core/fingerprint.ts'
import { loadRulebook } from '../../engine/core/rulebook/load.ts'
import { decodeRecord } from '../../engine/decode/decode-record.ts'
import { exampleSettlement } from '../../engine/decode/examples.ts'
import { LaneState } from '../../engine/evaluate/lane-state.ts'
import { hashOf, quantile } from '../bench.ts'
import type { Bench } from '../bench.ts'
import { generate } from '../workload/generate.ts'

const TASKS = 64

export const laneBench: Bench = async ({ smoke, seed, rounds }) => {
  const rulebook = await loadRulebook()
  const claims = decodeAll(seed, smoke ? 500 : 40_000)
  const columns: Record<'mean' | 'p50' | 'p99' | 'p99.9' | 'max', number[]> = { mean: [], p50: [], p99: [], 'p99.9': [], max: [] }
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
  }
  if (hashes.size !== 1) throw new Error('the same claims gave different flags')
  const time = (['mean', 'p50', 'p99', 'p99.9', 'max'] as const)
    .map(name => ({ name: `judge ${name}`, unit: 'µs/claim', samples: columns[name] }))
  return {
    bench: 'lane',
    figures: [
      ...time,
      {
        name: 'memory a person', unit: 'bytes', samples: [await memoryAtFive(smoke ? 100 : 50_000)],
        note: 'with five outpatient visits, of 50,000 persons'
      }
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

/** Bytes held by a lane's memory, a person, when each has had five outpatient visits. */
async function memoryAtFive (persons: number): Promise<number> {
  const state = new LaneState({ rulebook: { rules: [], digest: '' }, tasks: TASKS })
  for (let visit = 0; visit < 5; visit++) {
    for (let person = 0; person < persons; person++) {
      const psn_no = `3417020900${String(person).padStart(8, '0')}`
      const setl_id = `S202603${String(visit).padStart(2, '0')}${String(person).padStart(9, '0')}`
      const at = `2026-03-0${visit + 1} 10:15:00`
      const raw = exampleSettlement({
        msgid: `H341702000012026030${visit + 1}1015000001`, inf_time: at,
        setlinfo: { psn_no, setl_id, mdtrt_id: `M${setl_id}`, setl_time: at }
      })
      const bytes = new TextEncoder().encode(JSON.stringify(raw))
      const decoded = decodeRecord(bytes, 0, bytes.length, 'json')
      if (!decoded.ok || decoded.claim.kind !== 'settlement') throw new Error('the example does not decode')
      state.judge(taskOf(psn_no, TASKS), decoded.claim, () => {})
    }
  }
  const stats = state.stats()
  if (stats.persons !== persons || stats.records !== persons * 5) throw new Error('not every visit was remembered')
  return stats.bytes / persons
}
