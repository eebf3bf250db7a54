/**
 * `npm run kill -- --times 50 --seed 1 --claims 3000`: replays one workload while killing the process (SIGKILL) at random
 * moments, starting it again on the same directory each time, and compares the flags that stand at the end with those of an
 * uninterrupted replay. Exits 1 when a single flag, severity or amount differs.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runFace } from '../command-line.ts'
import type { Face } from '../command-line.ts'
import { writeWorkload } from '../workload/write.ts'
import { numberOf } from '../../engine/cli/command.ts'
import { loadConfig } from '../../engine/config.ts'
import type { StandingFlag } from '../../engine/core/ports.ts'
import { storedRecords } from '../../engine/io/clickhouse/stored-records.ts'
import { openConfiguredStore } from '../../engine/main.ts'

/** The processes that are killed run what was built, also when a test runs the drill from its source. */
const RELATIVE = import.meta.url.endsWith('.ts') ? '../../dist/engine/cli/fundwatch.js' : '../../engine/cli/fundwatch.js'
const CLI = new URL(RELATIVE, import.meta.url).pathname

/** A small generator of our own: the moments of death must be reproducible. */
function dice (seed: number): () => number {
  let x = seed >>> 0
  return () => {
    x = (x + 0x6d2b79f5) >>> 0
    let t = Math.imul(x ^ (x >>> 15), x | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Runs one replay; kills it after `killAfterMs` unless that is null. Resolves with whether it ended by itself, and its time. */
async function replay (file: string, dataDir: string, killAfterMs: number | null): Promise<{ finished: boolean, ms: number }> {
  const started = performance.now()
  const child = spawn(process.execPath, [CLI, 'replay', file, '--quiet', '--json'], {
    env: { ...process.env, FUNDWATCH_DATA_DIR: dataDir }, stdio: ['ignore', 'ignore', 'inherit']
  })
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(resolve => {
    child.on('exit', (c, s) => { resolve([c, s]) })
  })
  if (timer !== null) clearTimeout(timer)
  if (signal !== 'SIGKILL' && code !== 0 && code !== 1) throw new Error(`the replay ended with ${code ?? signal}`)
  return { finished: signal !== 'SIGKILL', ms: performance.now() - started }
}

async function standing (dataDir: string): Promise<Map<string, string>> {
  const store = await openConfiguredStore(loadConfig({ FUNDWATCH_DATA_DIR: dataDir }))
  try {
    const flags = await storedRecords(store.reader).standing()
    return new Map(flags.map(flag => [flag.flag_id, contentOf(flag)]))
  } finally {
    await store.close()
  }
}

const contentOf = (f: StandingFlag): string => [f.rule_id, f.subject, f.severity, f.medfee_sumamt, f.fund_pay_sumamt, f.acct_pay].join(' ')

export interface KillReport { readonly kills: number, readonly flags: number, readonly differences: readonly string[] }

/** The whole drill. @param say called with progress. */
export async function killDrill (
  options: { times: number, seed: number, claims: number }, say: (text: string) => void
): Promise<KillReport> {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-kill-'))
  try {
    const file = join(dir, 'workload.ndjson')
    await writeWorkload({ out: file, seed: options.seed, claims: options.claims })
    const whole = await replay(file, join(dir, 'whole'), null)
    const expected = await standing(join(dir, 'whole'))
    say(`uninterrupted: ${expected.size} flags in ${Math.round(whole.ms)} ms`)
    const random = dice(options.seed)
    let kills = 0
    for (let i = 0; i < options.times; i++) {
      // From right after the start of the process to a little beyond the time a whole replay takes.
      const { finished } = await replay(file, join(dir, 'killed'), 100 + random() * whole.ms * 1.1)
      if (!finished) kills++
      say(`${i + 1} of ${options.times}: ${finished ? 'had finished' : 'killed'}`)
    }
    await replay(file, join(dir, 'killed'), null)
    const actual = await standing(join(dir, 'killed'))
    const ids = new Set([...expected.keys(), ...actual.keys()])
    const differences = [...ids].filter(id => expected.get(id) !== actual.get(id))
      .map(id => `${id}: expected ${expected.get(id) ?? 'nothing'}, stands ${actual.get(id) ?? 'nothing'}`)
    return { kills, flags: actual.size, differences }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The command line's face. */
export const KILL_FACE: Face = {
  name: 'kill',
  says: 'Kills a replay (SIGKILL) at random moments and starts it again, then compares the flags with those of a replay left alone;\n' +
    'exits 1 on any difference.',
  options: {
    times: { type: 'string', value: 'N', says: 'starts that may be killed; 50 without it' },
    seed: { type: 'string', value: 'N', says: 'of the workload and of the moments; 1 without it' },
    claims: { type: 'string', value: 'N', says: 'settlements; 3000 without it' }
  },
  async run (values) {
    const times = numberOf(values, 'times', 50, 0, 1_000_000)
    const seed = numberOf(values, 'seed', 1, 0, Number.MAX_SAFE_INTEGER)
    const claims = numberOf(values, 'claims', 3000, 1, Number.MAX_SAFE_INTEGER)
    const report = await killDrill({ times, seed, claims }, text => { process.stderr.write(`${text}\n`) })
    process.stdout.write(`${report.kills} kills of ${times} starts, ${report.flags} flags stand, ${report.differences.length} differences\n`)
    for (const difference of report.differences.slice(0, 20)) process.stdout.write(`  ${difference}\n`)
    return report.differences.length === 0 ? 0 : 1
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) process.exit(await runFace(KILL_FACE, process.argv.slice(2)))
