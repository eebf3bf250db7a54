/**
 * `npm run sim -- --seeds 200 [--from 1] [--seed 7] [--whole]`: runs seeds, counts what was injected, shrinks what
 * fails. --whole prints the shrunk records as JSON.
 */
import { runFace } from '../../bench/command-line.ts'
import type { Face } from '../../bench/command-line.ts'
import { numberOf } from '../cli/command.ts'
import { loadRulebook } from '../core/rulebook/load.ts'
import type { Rulebook } from '../core/rulebook.ts'
import { list, node, text } from './oracle/read.ts'
import type { Raw } from './oracle/read.ts'
import { add, recordsOf, runSeed } from './run-seed.ts'
import type { SeedResult } from './run-seed.ts'
import { shrink } from './shrink.ts'

/** Failing seeds that are shrunk and shown; the rest are only named. */
const SHOWN_MAX = 3
const DIFFERENCES_MAX = 4

const out = (text: string): void => { process.stdout.write(`${text}\n`) }
const progress = (text: string): void => { if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`) }

/** A record in a line: what it is, whose, when. */
function brief (raw: Raw): string {
  const fields = { ...node(raw, 'mdtrtinfo'), ...node(raw, 'setlinfo') }
  const names = ['setl_id', 'mdtrt_id', 'setl_time', 'begndate', 'enddate', 'adm_time', 'dscg_time', 'mid_setl_flag', 'die_date']
  const said = names.flatMap(name => text({ ...raw, ...fields }, name) === '' ? [] : [`${name} ${text({ ...raw, ...fields }, name)}`])
  const days = list(raw, 'feedetail').map(line =>
    `${text(line, 'feedetl_sn')}@${text(line, 'fee_ocur_time')}/${text(line, 'med_chrgitm_type')}×${text(line, 'cnt')}`)
  return `${text(raw, 'infno') || text(raw, 'type')} ${text(raw, 'fixmedins_code')} sent ${text(raw, 'inf_time')}: ` +
    `${said.join(', ')}${days.length > 0 ? `; lines ${days.join(' ')}` : ''}`
}

function showFailure (rulebook: Rulebook, failed: SeedResult, whole: boolean): void {
  const { seed } = failed
  out(`\nseed ${seed} fails: ${failed.differences.length} differences; reproduce with npm run sim -- --seed ${seed}`)
  const calm = runSeed(rulebook, seed, { faultPercent: 0 }).ok ? {} : { faultPercent: 0 } // without faults it is easier to read
  const small = shrink(recordsOf(seed), records => !runSeed(rulebook, seed, { records, ...calm }).ok)
  const result = runSeed(rulebook, seed, { records: small, ...calm })
  out(`shrunk to ${small.length} records, ${'faultPercent' in calm ? 'even without faults' : 'only with faults'}:`)
  for (const difference of result.differences.slice(0, DIFFERENCES_MAX)) out(`  ${difference}`)
  for (const raw of small) out(`  ${whole ? JSON.stringify(raw) : brief(raw)}`)
}

async function simulateSeeds (from: number, seeds: number, whole: boolean): Promise<number> {
  const rulebook = await loadRulebook()
  const injected: Record<string, number> = {}
  const failures: SeedResult[] = []
  let flags = 0
  const started = performance.now()
  for (let seed = from; seed < from + seeds; seed++) {
    progress(`seed ${seed} (${seed - from + 1}/${seeds}), ${failures.length} failed`)
    const result = runSeed(rulebook, seed)
    add(injected, result.injected)
    flags += result.flags
    if (!result.ok) failures.push(result)
  }
  progress('')
  out(`${seeds} seeds, ${rulebook.rules.length} rules, ${flags} flags stand, ${((performance.now() - started) / 1000).toFixed(1)} s`)
  out(`injected: ${Object.entries(injected).map(([name, count]) => `${name} ${count}`).join(', ')}`)
  for (const failed of failures.slice(0, SHOWN_MAX)) showFailure(rulebook, failed, whole)
  out(failures.length === 0 ? 'every seed ends where the oracle says' : `failed seeds: ${failures.map(one => one.seed).join(' ')}`)
  return failures.length === 0 ? 0 : 1
}

const FACE: Face = {
  name: 'sim',
  says: 'Runs seeded histories through the engine with faults and compares what stands with the oracle; shrinks what fails. Exits 1 on any difference.',
  options: {
    seeds: { type: 'string', value: 'N', says: 'how many; 200 without it' },
    from: { type: 'string', value: 'N', says: 'the first; 1 without it' },
    seed: { type: 'string', value: 'N', says: 'only this one' },
    whole: { type: 'boolean', says: 'print shrunk records as JSON' }
  },
  async run (values) {
    const only = values['seed'] !== undefined
    const from = numberOf(values, only ? 'seed' : 'from', 1, 0, Number.MAX_SAFE_INTEGER)
    return await simulateSeeds(from, only ? 1 : numberOf(values, 'seeds', 200, 1, 1_000_000), values['whole'] === true)
  }
}

process.exitCode = await runFace(FACE, process.argv.slice(2))
