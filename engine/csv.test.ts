/** A table into the whole engine: the same flags as the records it was made of, and every bad row a dead letter; also from standard input. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { generate } from '../bench/workload/generate.ts'
import { loadConfig } from './config.ts'
import type { Outcome } from './core/ports.ts'
import { replayFile } from './io/files/replay.ts'
import type { Tally } from './io/files/tally.ts'
import { startEngine } from './main.ts'
import type { Engine } from './main.ts'

const BUILT = new URL('../dist/engine/cli/fundwatch.js', import.meta.url).pathname
const dirs: string[] = []
afterAll(() => { for (const dir of dirs) rmSync(dir, { recursive: true, force: true }) })
function freshDir (): string {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-csv-'))
  dirs.push(dir)
  return dir
}

async function withEngine<T> (work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await startEngine(loadConfig({ FUNDWATCH_DATA_DIR: freshDir(), FUNDWATCH_LANES: '2', FUNDWATCH_PORT: '0', FUNDWATCH_LOG: 'error' }), { listen: true, inbox: false })
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

type Json = Record<string, unknown>
const nodes = (record: Json): Json => {
  const { setlinfo, mdtrtinfo, diseinfo: _, feedetail: __, ...header } = record as { setlinfo?: Json, mdtrtinfo?: Json } & Json
  return { ...header, ...mdtrtinfo, ...setlinfo }
}
/** One row a line; diagnoses stand beside the first lines, or in rows of their own. */
function rowsOf (record: Json): Json[] {
  const { feedetail = [], diseinfo = [] } = record as { feedetail?: Json[], diseinfo?: Json[] }
  return Array.from({ length: Math.max(1, feedetail.length, diseinfo.length) }, (_, i) => {
    const { drugtracinfo, ...line } = (feedetail[i] ?? {}) as { drugtracinfo?: Array<{ drug_trac_codg: string }> } & Json
    return { ...nodes(record), ...diseinfo[i], ...line, drug_trac_codg: drugtracinfo?.map(code => code.drug_trac_codg).join(';') }
  })
}
function table (records: readonly Json[]): string {
  const rows = records.flatMap(rowsOf)
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))].sort()
  const cell = (value: unknown): string => {
    const text = value === null || value === undefined ? '' : String(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [columns.join(','), ...rows.map(row => columns.map(name => cell(row[name])).join(','))].join('\r\n')
}

const all = [...generate({ seed: 21, claims: 900 }).records] as unknown as Json[]
const masters = all.filter(record => record['type'] !== undefined)
/** A table holds what is about a person. */
const claims = all.filter(record => record['type'] === undefined && !String(record['infno']).startsWith('3'))
const lines = (records: readonly Json[]): Buffer => Buffer.from(records.map(record => `${JSON.stringify(record)}\n`).join(''))
const standing = async (engine: Engine): Promise<string[]> =>
  (await engine.standingFlags()).map(flag => [flag.flag_id, flag.rule_id, flag.severity, flag.medfee_sumamt, flag.fund_pay_sumamt].join(' ')).sort()

async function replay (engine: Engine, text: string): Promise<Tally> {
  const path = join(freshDir(), 'claims.csv')
  writeFileSync(path, text)
  const tally = await replayFile(path, engine.submitPatiently, () => {})
  await engine.settle()
  return tally
}

it('gives the flags that the records give, and is known when it comes again', async () => {
  const expected = await withEngine(async engine => {
    await engine.submitPatiently(lines([...masters, ...claims]), 'json', 'test')
    await engine.settle()
    return await standing(engine)
  })
  expect(expected.length).toBeGreaterThan(30)
  await withEngine(async engine => {
    await engine.submitPatiently(lines(masters), 'json', 'test')
    const tally = await replay(engine, table(claims))
    // What is sent twice as it stands is refused in a table, where it may be a row too many: one record of it counts.
    const distinct = new Set(claims.map(record => JSON.stringify(record))).size
    expect([tally.records - tally.rejected, tally.reasons['bad_row'] ?? 0]).toEqual([distinct, tally.rejected])
    expect(await standing(engine)).toEqual(expected)
    expect(await replay(engine, table(claims))).toMatchObject({ duplicate: tally.records, judged: 0, corrected: 0 })
  })
}, 60_000)

it('leaves a dead letter with line and reason of each bad row, also through HTTP and standard input', async () => {
  await withEngine(async engine => {
    const [header, ...rows] = table(claims.slice(0, 30)).split('\r\n')
    const text = [header, ...rows.slice(0, 4), 'too,few', '"never closed', ...rows.slice(4)].join('\r\n')
    const env = { PATH: process.env['PATH'], FUNDWATCH_DATA_DIR: freshDir() }
    const child = spawn(process.execPath, [BUILT, 'replay', '-', '--format', 'csv', '--url', engine.url, '--json'], { env, stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin.end(text)
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => { said += chunk.toString() })
    expect(await new Promise(resolve => { child.on('close', resolve) })).toBe(1)
    const { rejected, reasons } = JSON.parse(said) as Tally
    const letters = await engine.reader.query<{ reason: string, field: string, seen: string }>('dead_letters.list')
    const told = letters.map(({ reason, field, seen }) => `${reason} ${field} ${seen}`)
    expect(told).toEqual(expect.arrayContaining([expect.stringMatching(/^bad_row line 6 列数与表头不符/), expect.stringMatching(/^bad_row line 7 引号/)]))
    expect([rejected, reasons['bad_row']! >= 2]).toEqual([letters.length, true])
  })
}, 60_000)

it.each([['ndjson', lines(claims.slice(0, 20))], ['json', Buffer.from(JSON.stringify(claims.slice(0, 20), null, 1))]] as const)('reads %s from standard input', async (format, bytes) => {
  await withEngine(async engine => {
    const child = spawn(process.execPath, [BUILT, 'replay', '-', '--format', format, '--url', engine.url, '--json'], { env: { PATH: process.env['PATH'] }, stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin.end(bytes)
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => { said += chunk.toString() })
    await new Promise(resolve => { child.on('close', resolve) })
    expect(JSON.parse(said) as Tally & { outcomes?: Outcome[] }).toMatchObject({ records: 20, rejected: 0 })
  })
}, 30_000)
