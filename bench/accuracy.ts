/**
 * `npm run accuracy -- --seed 7 --claims 200000 [--lanes 2] [--in-process]`: generates a labelled workload, has it judged, and compares
 * the flags with the labels and, flag by flag, with the independent oracle. Exits 1 on any difference.
 */
import { pathToFileURL } from 'node:url'
import { numberOf } from '../engine/cli/command.ts'
import { loadRulebook } from '../engine/core/rulebook/load.ts'
import { compareFlags, describe, hashOf } from '../engine/sim/compare.ts'
import { wholeEngine } from './accuracy/engine.ts'
import { inProcess } from './accuracy/in-process.ts'
import { scoreLabels } from './accuracy/labels.ts'
import { People } from './accuracy/people.ts'
import type { EngineRunner } from './accuracy/runner.ts'
import { tableOf } from './accuracy/table.ts'
import { runFace } from './command-line.ts'
import type { Face } from './command-line.ts'
import { generate } from './workload/generate.ts'

const SHOWN_MAX = 12

export interface AccuracyOptions {
  readonly seed: number
  readonly claims: number
  readonly lanes: number
  readonly runner: EngineRunner
  /** What runs: shown with the result. */
  readonly runs: string
  /** Words for the person who waits. */
  readonly say: (text: string) => void
}

export interface Accuracy {
  readonly ok: boolean
  readonly text: string
  /** The whole result as one number; equal for equal flags. */
  readonly hash: string
}

export async function accuracy ({ seed, claims, lanes, runner, runs, say }: AccuracyOptions): Promise<Accuracy> {
  const rulebook = await loadRulebook()
  const workload = generate({ seed, claims })
  const people = new People()
  const started = performance.now()
  const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1)
  function * bytes (): Iterable<Uint8Array> {
    for (const raw of workload.records) yield people.add(raw)
  }
  const { active, rejected } = await runner(bytes(), { lanes, progress: records => { say(`${records} records judged, ${seconds()} s`) } })
  say(`${people.records} records judged, ${seconds()} s; asking the oracle`)
  const differences = compareFlags(people.standing(), active)
  const { rules, mistakes } = scoreLabels(rulebook.rules.map(rule => rule.id), workload.labels, workload.confusers, active)
  const titles = new Map(rulebook.rules.map(rule => [rule.id, rule.title.zh]))
  const hash = hashOf(active)
  const text = [
    `seed ${seed}: ${people.records} records (${(people.bytes / 1e6).toFixed(0)} MB, ${rejected} refused), ` +
      `${active.size} flags, ${lanes} lanes ${runs}, ${seconds()} s`,
    tableOf(rules, titles),
    ...section(`labels: ${workload.labels.length} planted, ${workload.confusers.length} confusers`, mistakes),
    ...section('oracle', differences.map(describe)),
    `result ${hash}`
  ].join('\n')
  return { ok: mistakes.length === 0 && differences.length === 0, text, hash }
}

function section (title: string, problems: readonly string[]): string[] {
  if (problems.length === 0) return [`${title}: no difference`]
  const rest = problems.length - SHOWN_MAX
  return [
    `${title}: ${problems.length} differences`,
    ...problems.slice(0, SHOWN_MAX).map(one => `  ${one}`),
    ...(rest > 0 ? [`  … and ${rest} more`] : [])
  ]
}

/** The command line's face. */
export const ACCURACY_FACE: Face = {
  name: 'accuracy',
  says: 'Generates a labelled workload, has it judged, and compares the flags with the labels and with an independent oracle;\n' +
    'exits 1 on any difference.',
  options: {
    seed: { type: 'string', value: 'N', says: 'of the workload; 7 without it' },
    claims: { type: 'string', value: 'N', says: 'settlements; 200000 without it' },
    lanes: { type: 'string', value: 'N', says: 'threads that judge; 2 without it' },
    'in-process': { type: 'boolean', says: 'in this thread and without a store, which is faster' }
  },
  async run (values) {
    const seed = numberOf(values, 'seed', 7, 0, Number.MAX_SAFE_INTEGER)
    const claims = numberOf(values, 'claims', 200_000, 1, Number.MAX_SAFE_INTEGER)
    const lanes = numberOf(values, 'lanes', 2, 1, 256)
    const alone = values['in-process'] === true
    const runner = alone ? inProcess(await loadRulebook()) : wholeEngine
    const runs = alone ? 'in this thread, without a store' : 'of the whole engine'
    const say = (text: string): void => { if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`) }
    const result = await accuracy({ seed, claims, lanes, runner, runs, say })
    say('')
    process.stdout.write(`${result.text}\n`)
    return result.ok ? 0 : 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exit(await runFace(ACCURACY_FACE, process.argv.slice(2)))
