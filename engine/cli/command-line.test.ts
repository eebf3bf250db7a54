/** The command line as typed: what it does not know is refused with what was meant, help tells all, results alone go to stdout. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EngineError } from '../core/errors.ts'
import { decodeRecord } from '../decode/decode-record.ts'
import { EXIT, exitCodeOf } from './command.ts'
import { COMMANDS, runCommandLine } from './command-line.ts'
import { didYouMean } from './did-you-mean.ts'
import { EXAMPLE_KINDS } from './examples.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-cli-'))
afterAll(() => { rmSync(dir, { recursive: true, force: true }) })

let stdout = ''
let stderr = ''
beforeEach(() => {
  stdout = ''
  stderr = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => { stdout += String(text); return true })
  vi.spyOn(process.stderr, 'write').mockImplementation(text => { stderr += String(text); return true })
  vi.stubEnv('FUNDWATCH_DATA_DIR', join(dir, 'data'))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** Exit code and message of a command line that is refused. */
async function refused (...argv: string[]): Promise<[number, string]> {
  try {
    return [await runCommandLine(argv), 'accepted']
  } catch (error) {
    return [exitCodeOf(error), (error as Error).message]
  }
}

describe('a wrong command line', () => {
  it.each([
    [['rnu'], 'Did you mean run?'],
    [['--verion'], 'Did you mean --version?'],
    [['config', 'extra'], '"extra" is too much'],
    [['config', 'json'], 'Did you mean --json?'],
    [['run', '--dmeo'], 'run has no option --dmeo. Did you mean --demo?'],
    [['run', '-x'], 'run has no option -x.'],
    [['migrate', 'now'], 'takes options only'],
    [['doctor', '--verbose'], 'no option --verbose'],
    [['explain'], 'explain needs a FLAG_ID'],
    [['explain', 'a', 'b'], '"b" is too much'],
    [['explain', 'a', '--url', 'somewhere'], '--url must be an address'],
    [['replay'], 'replay needs at least one FILE'],
    [['rules', 'a', 'b'], 'rules takes one ID only'],
    [['rules', 'split-hospitalization'], 'Did you mean split-hospitalisation?'],
    [['rules', '--on', 'yesterday'], '--on must be a date'],
    [['rules', '--on', '2026-03-01 10:00:00'], '--on must be a date'],
    [['rules', '--area', '31000'], 'six digits'],
    [['rules', '--area', '990000'], 'no province has the code 99'],
    [['rules', '--json=yes'], "'--json' does not take an argument"],
    [['generate'], 'generate needs --out FILE'],
    [['generate', '--out'], 'argument missing'],
    [['generate', '--out', join(dir, 'x.csv')], 'must end in .ndjson'],
    [['generate', '--out', join(dir, 'x.msgpack.gz')], 'must end in .ndjson'],
    [['generate', '--out', join(dir, '.ndjson')], 'must end in .ndjson'],
    [['generate', '--out', 'x.ndjson', '--area', '341700'], 'generate has no option --area'],
    [['generate', '--out', 'x.ndjson', '--claims', 'many'], '--claims must be a whole number'],
    [['generate', '--out', 'x.ndjson', '--days', '0'], '--days must be a whole number'],
    [['generate', '--out', 'x.ndjson', '--seed', '1', '--seed', '2'], '--seed is given twice'],
    [['generate', '--example', 'setlement'], 'Did you mean settlement?'],
    [['generate', '--example', 'constructor'], 'there is no example "constructor"'],
    [['generate', '--example', 'stay', '--out', 'x.ndjson'], '--out does not go with it'],
    [['--version', 'now'], '"now" is too much'],
    [['help', 'run', 'now'], '"now" is too much'],
    [['help', 'rnu'], 'Did you mean run?']
  ])('%o', async (argv, message) => {
    const [code, said] = await refused(...argv)
    expect(said).toContain(message)
    expect(code).toBe(EXIT.usage)
    expect(stdout).toBe('')
  })

  it('is one without a command, which shows what there is', async () => {
    expect(await runCommandLine([])).toBe(EXIT.usage)
    expect(stderr).toContain('Usage: fundwatch <command>')
  })
})

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('%s lists every command', async asked => {
    expect(await runCommandLine([asked])).toBe(EXIT.ok)
    for (const { name, summary } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 12).replace(/[()]/g, '.')}`, 'm'))
    expect(stderr).toBe('')
  })

  it.each(COMMANDS.map(c => [c.name, c] as const))('of %s is the same either way, and its usage shows every option', async (name, command) => {
    await runCommandLine(['help', name])
    const first = stdout
    stdout = ''
    expect(await runCommandLine([name, '--help'])).toBe(EXIT.ok) // also where arguments are required
    expect(stdout).toBe(first)
    for (const option of Object.keys(command.options)) expect(command.usage).toContain(`--${option}`)
    for (const line of first.split('\n')) expect(line.length, line).toBeLessThanOrEqual(140)
    for (const example of command.examples) expect(example).toMatch(new RegExp(`^(FUNDWATCH_\\w+=\\S+ )*fundwatch ${name}( |$)`))
  })
})

it.each(['--version', '-V', 'version'])('%s tells the version', async asked => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  expect(await runCommandLine([asked])).toBe(EXIT.ok)
  expect(stdout).toBe(`fundwatch ${version}\n`)
})

describe('suggestions', () => {
  it('are made of what is near or begun, never of anything', () => {
    expect(didYouMean('prot', ['--port', '--out'])).toBe(' Did you mean --port?')
    expect(didYouMean('gen', ['run', 'generate'])).toBe(' Did you mean generate?')
    expect(didYouMean('b', ['--on', '--url'])).toBe('')
    expect(didYouMean('zzzzzz', ['--on', '--url'])).toBe('')
  })
})

describe('rules', () => {
  it('says in Chinese that a rule was not in force, and in no Chinese column anything else', async () => {
    await runCommandLine(['rules', 'split-hospitalisation', '--on', '2020-01-01'])
    expect(stdout).toContain('该日尚未施行（自 2021-05-01 起施行）')
    expect(stdout.split('阈值\n')[1]!.split('\n')[0]).toBe('  无：该日本规则不适用')
    stdout = ''
    await runCommandLine(['rules', '--on', '2020-01-01'])
    expect(stdout.match(/尚未施行/g)!.length).toBe(stdout.trimEnd().split('\n').length - 1)
    stdout = ''
    await runCommandLine(['rules', 'split-hospitalisation', '--on', '2026-03-01'])
    expect(stdout).not.toContain('施行（')
    expect(stdout).toMatch(/gap_days_core +7 天/)
  })
})

describe('the law that rules cites', () => {
  const basis = async (...on: string[]): Promise<Array<{ zh: string, from: string }>> => {
    stdout = ''
    await runCommandLine(['rules', 'split-hospitalisation', ...on, '--json'])
    return (JSON.parse(stdout) as { law_basis: Array<{ zh: string, from: string }> }).law_basis
  }

  it('is in force on the day asked about', async () => {
    expect(await basis('--on', '2021-04-30')).toEqual([])
    for (const [day, later] of [['2026-03-31', false], ['2026-04-01', true]] as const) {
      const cited = await basis('--on', day)
      expect(cited.every(({ from }) => from <= day)).toBe(true)
      expect(cited.some(({ zh }) => zh.includes('实施细则'))).toBe(later)
      expect(cited.some(({ zh }) => zh.includes('第三十八条'))).toBe(true)
    }
  })

  it('is said to be none before the rule is in force', async () => {
    await runCommandLine(['rules', 'split-hospitalisation', '--on', '2020-01-01'])
    expect(stdout.split('法律依据\n')[1]!.split('\n')[0]).toBe('  无：该日本规则不适用')
    expect(stdout).not.toContain('条例')
  })
})

describe('--json prints JSON and nothing else on stdout', () => {
  it.each([
    [['rules']], [['rules', 'split-hospitalisation']], [['config']], [['generate', '--claims', '5', '--out', join(dir, 'w.ndjson')]]
  ])('%o', async argv => {
    expect(await runCommandLine([...argv, '--json'])).toBe(EXIT.ok)
    expect(JSON.parse(stdout)).toBeTypeOf('object')
  })
})

describe('generate', () => {
  it('says what was written and of which days, history included', async () => {
    const file = join(dir, 'said.ndjson')
    await runCommandLine(['generate', '--out', file, '--claims', '600', '--days', '10'])
    const records = readFileSync(file, 'utf8').trimEnd().split('\n').map(line => JSON.parse(line) as Record<string, unknown>)
    const [, history] = /settlements of 2026-03-01 to 2026-03-10; .* from (\S+) on/.exec(stderr)!
    const times = records.filter(record => record['type'] === undefined).map(record => String(record['inf_time'])).sort()
    expect(times[0]!.slice(0, 10) >= history!).toBe(true)
    expect(history! < '2026-03-01').toBe(true)
    expect(stdout).toContain(`${records.length.toLocaleString('en')} records: `)
    expect(stdout).toContain(`${records.filter(record => record['type'] !== undefined).length.toLocaleString('en')} master data`)
  })

  it('says when a file cannot be written', async () => {
    expect(await refused('generate', '--out', join(dir, 'no', 'such', 'x.ndjson'), '--claims', '5'))
      .toEqual([EXIT.cannotCreate, expect.stringContaining('x.ndjson cannot be written: ENOENT')])
  })

  it.each(Object.keys(EXAMPLE_KINDS))('--example %s is a record that the engine takes', async kind => {
    expect(await runCommandLine(['generate', '--example', kind])).toBe(EXIT.ok)
    const bytes = Buffer.from(stdout)
    expect(decodeRecord(bytes, 0, bytes.length, 'json')).toMatchObject({ ok: true })
    expect(stderr).toBe('')
  })
})

describe('a data directory that cannot be used', () => {
  it.each(['run', 'migrate', 'replay'])('is refused by %s at once, by the name of its setting', async name => {
    writeFileSync(join(dir, 'file'), '{}\n')
    vi.stubEnv('FUNDWATCH_DATA_DIR', join(dir, 'file'))
    const [code, said] = await refused(name, ...(name === 'replay' ? [join(dir, 'file')] : []))
    expect(code).toBe(EXIT.config)
    expect(said).toContain(`FUNDWATCH_DATA_DIR: the directory ${join(dir, 'file')} cannot be used`)
  })

  it('fails the doctor', async () => {
    vi.stubEnv('FUNDWATCH_DATA_DIR', '/proc/x')
    expect(await runCommandLine(['doctor', '--json'])).toBe(EXIT.findings)
    const checks = JSON.parse(stdout) as Array<{ what: string, ok: boolean }>
    expect(checks.filter(check => !check.ok).map(check => check.what)).toEqual(expect.arrayContaining(['data directory', 'store']))
  })
})

it('has an exit code for every kind of error', () => {
  expect(exitCodeOf(new EngineError('STORE_LOCKED', ''))).toBe(EXIT.unavailable)
  expect(exitCodeOf(new EngineError('CONFIG_INVALID', ''))).toBe(EXIT.config)
  expect(exitCodeOf(new TypeError())).toBe(EXIT.software)
})
