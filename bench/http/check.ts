/**
 * How soon is one settlement of a known person checked over HTTP at 1, 16 and 128 connections, with the engine idle and while
 * a replay streams into it? Closed loop; client, engine and replay share the machine, and the first two also a thread.
 */
import { hashOf, median } from '../bench.ts'
import type { Bench, Figure } from '../bench.ts'
import { withEngine } from '../canonical/engine-run.ts'
import type { Engine } from '../../engine/main.ts'
import { ask, rightAnswers } from './asking.ts'
import type { Asked } from './asking.ts'
import { Beside, feed } from './beside.ts'
import { checkWorkload } from './check-workload.ts'
import type { CheckWorkload } from './check-workload.ts'

/** connections → requests: thousands, so that p99.9 is not the maximum. */
const FULL = new Map([[1, 2000], [16, 6000], [128, 12_000]])
const SMOKE = new Map([[1, 3], [16, 16], [128, 128]])
/** Enough to stream until the last answer, with some to spare: a replay that ends sooner fails the benchmark. */
const FULL_CITY = { claims: 110_000, persons: 2000 }
const SMOKE_CITY = { claims: 10_000, persons: 50 }
const MODES = ['alone', 'beside a replay'] as const

interface Phase extends Asked { readonly streamed: number }
/** By connections, then by mode; one a round. */
type Phases = Map<number, Record<(typeof MODES)[number], Phase[]>>

export const checkBench: Bench = async ({ smoke, seed, rounds }) => {
  const load = smoke ? SMOKE : FULL
  const workload = checkWorkload({ seed, ...(smoke ? SMOKE_CITY : FULL_CITY) })
  const { questions, known } = workload
  console.error(`check: ${questions.length} persons with ${known} known visits; ${workload.stream.length} pieces to stream`)
  const phases: Phases = new Map([...load.keys()].map(connections => [connections, { alone: [], 'beside a replay': [] }]))
  const hashes = new Set<string>()
  let flagged = 0
  for (let round = 0; round < rounds; round++) {
    await withEngine({}, true, async engine => {
      await feed(engine, workload.history, () => {})
      await engine.settle()
      const answers = await rightAnswers(engine.url, questions)
      flagged = answers.filter(answer => !answer.includes('"flags":[]')).length
      hashes.add(hashOf(answers))
      await oneRound(engine, workload, answers, load, phases, `round ${round + 1} of ${rounds}`)
    })
  }
  if (hashes.size !== 1) throw new Error('the same checks gave different answers')
  console.error(`check: every answer was right; ${flagged} of the ${questions.length} settlements would raise flags`)
  return { bench: 'check', figures: figuresOf(phases), hash: [...hashes][0]! }
}

async function oneRound (
  engine: Engine, { questions, stream }: CheckWorkload, answers: readonly string[],
  load: ReadonlyMap<number, number>, phases: Phases, round: string
): Promise<void> {
  const beside = new Beside(engine, stream)
  let first = 0
  for (const [connections, amount] of load) {
    for (const mode of MODES) { // side by side: the machine's mood hits both
      if (mode !== 'alone') await beside.start()
      const before = beside.records
      const asked = await ask(engine.url, questions, answers, { connections, amount, first })
      const streamed = beside.records - before
      if (mode !== 'alone') await beside.hold()
      first += amount
      phases.get(connections)![mode].push({ ...asked, streamed })
      console.error(`check: ${round}, ${connections} connections ${mode}: ${asked.seconds.toFixed(1)} s, ${streamed} records streamed`)
    }
  }
}

function figuresOf (phases: Phases): Figure[] {
  const figures: Figure[] = []
  for (const [connections, byMode] of phases) {
    for (const mode of MODES) {
      const name = `check at ${connections} connections ${mode}`
      const rounds = byMode[mode]
      for (const [shown, key] of [['p50', 'p50'], ['p99', 'p99'], ['p99.9', 'p999'], ['max', 'max']] as const) {
        figures.push({ name: `${name}, ${shown}`, unit: 'ms', samples: rounds.map(({ latency }) => latency[key]) })
      }
      const rates = rounds.map(({ answered, seconds }) => answered / seconds)
      figures.push({ name: `${name}, answers`, unit: 'requests/s', samples: rates, note: lost(rounds) })
    }
    const { alone, 'beside a replay': beside } = byMode
    const speeds = beside.map(({ streamed, seconds }) => streamed / seconds)
    figures.push({ name: `replay beside ${connections} connections`, unit: 'records/s', samples: speeds })
    for (const key of ['p50', 'p99'] as const) {
      const ratios = beside.map(({ latency }, round) => latency[key] / alone[round]!.latency[key])
      figures.push({ name: `${key} beside a replay ÷ alone at ${connections}`, unit: 'times', samples: ratios })
    }
  }
  return figures
}

/** Every request of every round that did not get its answer, by what became of it. */
function lost (rounds: readonly Phase[]): string {
  const refused = new Map<number, number>()
  for (const phase of rounds) for (const [status, count] of phase.refused) refused.set(status, (refused.get(status) ?? 0) + count)
  const total = rounds.reduce((sum, { answered, unanswered }) => sum + answered + unanswered, 0)
  const unanswered = rounds.reduce((sum, phase) => sum + phase.unanswered, 0)
  const spoken = [...refused].map(([status, count]) => `${count} × ${status}`)
  return `of ${total} requests ${spoken.length > 0 ? spoken.join(', ') : 'none'} not 2xx, ${unanswered} unanswered; ` +
    `${Math.round(median(rounds.map(({ seconds }) => seconds)))} s`
}
