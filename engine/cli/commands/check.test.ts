/** `fundwatch check` with an engine of its own and through one that runs: what it prints, how it ends, and that nothing is recorded. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadConfig } from '../../config.ts'
import { startEngine } from '../../main.ts'
import { EXIT } from '../command.ts'
import { runCommandLine } from '../command-line.ts'
import { EXAMPLE_KINDS } from '../examples.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-cli-check-'))
afterAll(() => { rmSync(dir, { recursive: true, force: true }) })
const BUILT = new URL('../../../dist/engine/cli/fundwatch.js', import.meta.url).pathname

let stdout = ''
beforeEach(() => {
  stdout = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => { stdout += String(text); return true })
  vi.stubEnv('FUNDWATCH_DATA_DIR', join(dir, 'data'))
  vi.stubEnv('FUNDWATCH_LANES', '1')
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const make = (kind: string): object => EXAMPLE_KINDS[kind]!.make()
function file (name: string, ...records: object[]): string {
  const path = join(dir, name)
  writeFileSync(path, records.map(record => `${JSON.stringify(record)}\n`).join(''))
  return path
}

describe('check', () => {
  it('explains what would be raised, and says that nothing was recorded', async () => {
    const path = file('suspicious.ndjson', make('settlement'), make('suspicious'))
    expect(await runCommandLine(['check', path])).toBe(EXIT.findings)
    expect(stdout).toContain('第 2 条 H34170200001/S2')
    for (const heading of ['法律依据', '计算值', '涉及结算', '何种情形下不成立', '人工核查']) expect(stdout).toContain(heading)
    expect(stdout).toContain('研判 2 条，疑点 1 条，无法研判 0 条；未作任何记录。')
    expect(stdout).not.toContain('证据页')
    stdout = ''
    expect(await runCommandLine(['check', path, '--json'])).toBe(EXIT.findings)
    expect(JSON.parse(stdout)).toMatchObject({ recorded: false, checked: 2, judged: 2, flags: 1, duplicate: 0 }) // the first check left nothing
  }, 30_000)

  it('ends well without findings, and tells of each record that would be refused', async () => {
    expect(await runCommandLine(['check', file('sound.ndjson', make('settlement'))])).toBe(EXIT.ok)
    expect(stdout).toBe('研判 1 条，疑点 0 条，无法研判 0 条；未作任何记录。疑点仅为线索，须经核查认定。\n')
    stdout = ''
    expect(await runCommandLine(['check', file('wrong.ndjson', { infno: '9999' })])).toBe(EXIT.findings)
    expect(stdout).toContain('第 1 条无法研判 refused：未知的 infno 或 type（unknown_kind）infno')
  }, 30_000)

  it('reads standard input, asks the engine that runs, and ends by what it answers', async () => {
    const engine = await startEngine(loadConfig({ FUNDWATCH_DATA_DIR: join(dir, 'running'), FUNDWATCH_PORT: '0', FUNDWATCH_LANES: '1', FUNDWATCH_LOG: 'error' }), { listen: true, inbox: false })
    try {
      const env = { PATH: process.env['PATH'], FUNDWATCH_DATA_DIR: join(dir, 'running') }
      const child = spawn(process.execPath, [BUILT, 'check', '-', '--format', 'json', '--json'], { env, stdio: ['pipe', 'pipe', 'inherit'] })
      child.stdin.end(JSON.stringify([make('suspicious'), make('stay')], null, 2))
      let said = ''
      child.stdout.on('data', (chunk: Buffer) => { said += chunk.toString() })
      const code = await new Promise(resolve => { child.on('close', resolve) })
      expect(JSON.parse(said)).toMatchObject({ checked: 2, results: [{ index: 0, status: 'judged', flags: [{ rule_id: 'certificate-mismatch' }] }, { index: 1, status: 'judged' }] })
      expect(code).toBe(EXIT.findings)
      expect(await engine.standingFlags()).toEqual([])
    } finally {
      await engine.stop()
    }
  }, 30_000)

  it.each([[['check']], [['check', 'a', 'b']], [['check', 'a', '--format', 'xml']]])('%o is refused', async argv => {
    await expect(runCommandLine(argv)).rejects.toThrow(/needs a FILE|takes one FILE|must be one of ndjson/)
  })
})
