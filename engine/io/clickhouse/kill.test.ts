import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from './open.ts'

const ROOT = new URL('../../../', import.meta.url).pathname
const dir = mkdtempSync(join(tmpdir(), 'fundwatch-kill-'))
let built = ''

/** Compiles the child: this Node runs no TypeScript, and the built tree may be older than the sources under test. */
beforeAll(() => {
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  built = mkdtempSync(join(ROOT, 'dist', 'kill-test-'))
  const project = join(built, 'tsconfig.json')
  writeFileSync(project, JSON.stringify({
    extends: join(ROOT, 'tsconfig.json'), include: [], files: [join(ROOT, 'engine/io/clickhouse/kill.fixture.ts')],
    compilerOptions: { rootDir: ROOT, outDir: built, noCheck: true, incremental: false, sourceMap: false, tsBuildInfoFile: null }
  }))
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project], { stdio: 'inherit' })
}, 120_000)
afterAll(() => {
  for (const folder of [dir, built]) rmSync(folder, { recursive: true, force: true })
})

/** Resolves with the last batch the child said was durable, once it said `batches` of them. */
async function acknowledged (child: ChildProcess, batches: number): Promise<number> {
  for await (const line of createInterface({ input: child.stdout! })) {
    if (Number(line) + 1 >= batches) return Number(line)
  }
  throw new Error('the child ended by itself')
}

it('loses nothing that was acknowledged when the process is killed, and says who holds the directory until then', async () => {
  const first = await openStore({ dir })
  await first.migrate()
  await first.close()
  for (const round of [1, 2]) {
    const child = spawn(process.execPath, [join(built, 'engine/io/clickhouse/kill.fixture.js'), dir], { stdio: ['ignore', 'pipe', 'inherit'] })
    const exited = new Promise(resolve => child.on('exit', resolve))
    const last = await acknowledged(child, round * 7)
    await expect(openStore({ dir })).rejects.toMatchObject({ code: 'STORE_LOCKED' })
    child.kill('SIGKILL')
    await exited
    const store = await openStore({ dir })
    const rows = await store.reader.query<{ psn_no: string, raw: Uint8Array }>('recovery.claims', { persons: 100000 })
    const known = new Set(rows.map(row => row.psn_no))
    for (let batch = 0; batch <= last; batch++) {
      for (let i = 0; i < 50; i++) expect(known.has(`${batch}-${i}`), `${batch}-${i}`).toBe(true)
      expect(await store.reader.query('flag.get', { flag_id: `flag-${batch}` })).toHaveLength(1)
    }
    expect(rows.every(row => row.raw.join() === '10,10')).toBe(true)
    expect(readdirSync(join(dir, 'spool'))).toEqual([])
    expect(known.size % 50).toBe(0)
    await store.close()
  }
}, 120_000)
