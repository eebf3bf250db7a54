/** `npm run bench`: every benchmark, or some; `--smoke` only shows that they still run. Figures go to stdout. */
import { pathToFileURL } from 'node:url'
import { UsageError, numberOf, textOf } from '../engine/cli/command.ts'
import type { OptionValues } from '../engine/cli/command.ts'
import { calibrate, format, machine } from './bench.ts'
import type { Bench, BenchOptions } from './bench.ts'
import { replayBench } from './canonical/replay.ts'
import { runFace } from './command-line.ts'
import type { Face } from './command-line.ts'
import { decodeBench } from './decode/decode.ts'
import { checkBench } from './http/check.ts'
import { httpBench } from './http/post.ts'
import { laneBench } from './lane/lane.ts'
import { memoryBench } from './memory/memory.ts'

const BENCHES: Readonly<Record<string, Bench>> = {
  decode: decodeBench, lane: laneBench, replay: replayBench, http: httpBench, check: checkBench, memory: memoryBench
}
/** More than any machine that this is meant for holds: 46 bytes a key, 1.1 kB a person. */
const KEYS_MAX = 1_000_000_000
const PERSONS_MAX = 20_000_000
/** Fewer would leave nothing to take samples from. */
const SIZE_MIN = 100

/** The command line's face. */
export const BENCH_FACE: Face = {
  name: 'bench',
  says: 'Runs the benchmarks; figures are the median of several rounds (bench/README.md).',
  options: {
    only: {
      type: 'string', value: 'NAMES',
      says: `some of ${Object.keys(BENCHES).join(', ')}, with commas between them; all without it`
    },
    smoke: { type: 'boolean', says: 'tiny input, one round: only shows that they still run' },
    rounds: { type: 'string', value: 'N', says: 'rounds of each; 5 without it' },
    seed: { type: 'string', value: 'N', says: 'of the input; 7 without it' },
    keys: {
      type: 'string', value: 'NUMBERS', says: 'memory: keys in the table of seen keys; 1000000,10000000 without it (100000000 takes 5 GB)'
    },
    persons: { type: 'string', value: 'NUMBERS', says: 'memory: persons that a lane remembers; 10000,100000 without it' },
    json: { type: 'boolean', says: 'machine-readable, a line each' }
  },
  async run (values) {
    const smoke = values.smoke === true
    const rounds = numberOf(values, 'rounds', 5, 1, 1000)
    const seed = numberOf(values, 'seed', 7, 0, Number.MAX_SAFE_INTEGER)
    const keys = sizesOf(values, 'keys', smoke ? [20_000] : [1_000_000, 10_000_000], KEYS_MAX)
    const persons = sizesOf(values, 'persons', smoke ? [200] : [10_000, 100_000], PERSONS_MAX)
    const chosen = textOf(values, 'only')?.split(',') ?? Object.keys(BENCHES)
    const unknown = chosen.filter(name => !Object.hasOwn(BENCHES, name))
    if (unknown.length > 0) throw new UsageError(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`)
    console.error(machine())
    for (const name of chosen) await show(name, { smoke, seed, rounds: smoke ? 1 : rounds, keys, persons }, values.json === true)
    return 0
  }
}

/** Whole numbers with commas between them, put in order. @throws UsageError when one is none or out of range */
function sizesOf (values: OptionValues, name: string, initial: readonly number[], max: number): number[] {
  const parts = textOf(values, name)?.split(',')
  const sizes = parts?.map(part => numberOf({ [name]: part }, name, 0, SIZE_MIN, max)) ?? initial
  return [...new Set(sizes)].sort((a, b) => a - b)
}

async function show (name: string, options: BenchOptions, json: boolean): Promise<void> {
  const before = calibrate()
  const report = await BENCHES[name]!(options)
  const after = calibrate()
  if (json) {
    console.log(JSON.stringify({ ...report, calibrationMs: [before, after], machine: machine() }))
    return
  }
  console.log(`\n${name}  (calibration ${before.toFixed(0)} … ${after.toFixed(0)} ms, result ${report.hash})`)
  for (const figure of report.figures) console.log(`  ${format(figure).join('  ')}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exit(await runFace(BENCH_FACE, process.argv.slice(2)))
