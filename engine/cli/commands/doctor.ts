/** `fundwatch doctor`: checks what an engine needs here, one line each, and says what to do about what is missing. */
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { loadConfig } from '../../config.ts'
import type { Config } from '../../config.ts'
import { EngineError } from '../../core/errors.ts'
import { loadRulebook } from '../../core/rulebook/load.ts'
import { openConfiguredStore } from '../../main.ts'
import { runningAddress } from '../client.ts'
import { EXIT } from '../command.ts'
import type { Command } from '../command.ts'
import { out, table } from '../output.ts'
import { makeDirectories } from '../ready.ts'

interface Check { readonly what: string, readonly ok: boolean, readonly detail: string }

const FREE_BYTES_MIN = 1024 ** 3

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'check what an engine needs on this machine',
  usage: '[--json]',
  options: { json: { type: 'boolean', says: 'machine-readable' } },
  more: ['Exit code 1 when something is missing; each line says what to do about it.'],
  examples: ['fundwatch doctor', 'FUNDWATCH_DATA_DIR=/srv/fundwatch fundwatch doctor --json'],
  async run ({ values }) {
    const config = loadConfig(process.env)
    const running = runningAddress(config)
    const checks = [
      await check('Node', async () => process.version),
      await check('settings', async () => `${config.lanes} lanes, ${config.tasks} tasks`),
      await check('data directory', async () => await dataDirectory(config)),
      await check('rules', async () => `${(await loadRulebook()).rules.length} rules load`),
      await check('store', async () => running === null ? await store(config) : `held by the engine at ${running}`),
      await check('port', async () => running === null ? await port(config) : `in use by the engine at ${running}`)
    ]
    if (values.json === true) out(JSON.stringify(checks, null, 2))
    else out(table(checks.map(c => [c.ok ? 'ok  ' : 'FAIL', c.what, c.detail])))
    return checks.every(c => c.ok) ? EXIT.ok : EXIT.findings
  }
}

async function check (what: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { what, ok: true, detail: await look() }
  } catch (error) {
    const advice = error instanceof EngineError ? ` – ${error.advice}` : ''
    return { what, ok: false, detail: `${error instanceof Error ? error.message : String(error)}${advice}` }
  }
}

async function dataDirectory (config: Config): Promise<string> {
  makeDirectories(config)
  const { dataDir } = config
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  if (free < FREE_BYTES_MIN) throw new Error(`${dataDir} has ${Math.floor(free / 1024 / 1024)} MiB free; at least 1 GiB is needed`)
  return `${dataDir}, ${Math.floor(free / 1024 ** 3)} GiB free`
}

async function store (config: Config): Promise<string> {
  makeDirectories(config)
  const opened = await openConfiguredStore(config)
  try {
    const { applied } = await opened.migrate()
    return `${config.storeUrl === '' ? 'embedded' : config.storeUrl}, schema up to date${applied.length > 0 ? ' (just brought so)' : ''}`
  } finally {
    await opened.close()
  }
}

async function port ({ host, port: number }: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer().once('error', reject).listen(number, host, () => { server.close(() => { resolve() }) })
  })
  return `${host}:${number} is free`
}
