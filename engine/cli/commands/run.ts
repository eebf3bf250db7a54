/** `fundwatch run`: the engine with its HTTP address and inbox, until it is told to stop. `--demo` feeds it a city day. */
import { SETTINGS } from '../../config.ts'
import { makeDirectory } from '../../io/files/directory.ts'
import { startEngine } from '../../main.ts'
import { EXIT } from '../command.ts'
import type { Command } from '../command.ts'
import { showDemo } from '../demo.ts'
import { say } from '../output.ts'
import { progress } from '../progress.ts'
import { readyConfig } from '../ready.ts'

export const runCommand: Command = {
  name: 'run',
  summary: 'run the engine (HTTP, inbox) until stopped',
  usage: '[--demo] [--quiet]',
  options: {
    demo: { type: 'boolean', says: 'stream a labelled demonstration day of a city through the engine' },
    quiet: { type: 'boolean', short: 'q', says: 'no progress' }
  },
  examples: ['fundwatch run', 'FUNDWATCH_PORT=9000 fundwatch run --demo'],
  async run ({ values }) {
    const config = readyConfig()
    makeDirectory(config.inboxDir, SETTINGS.inboxDir.env)
    const quiet = values.quiet === true
    const bar = progress('recovering', 'claims', quiet)
    const engine = await startEngine(config, { listen: true, inbox: true, onRecovery: (done, total) => { bar.update(done, total) } })
    bar.end()
    const { url } = engine
    say(`fundwatch 已启动 is running: ${url}`)
    say(`  首页 page ${url}/ · 接口 API ${url}/api · 指标 metrics ${url}/metrics · 收件箱 inbox ${config.inboxDir}`)
    const stopped = untilSignal()
    const stop = new AbortController()
    void stopped.then(() => { stop.abort() })
    if (values.demo === true) await showDemo(engine, config.dataDir, quiet, stop.signal)
    const code = await stopped
    say('fundwatch 正在停止 is stopping: everything accepted is made durable first…')
    await engine.stop()
    return code
  }
}

/** Resolves with the exit code of the signal that ended the process; a second one ends it at once. */
async function untilSignal (): Promise<number> {
  return await new Promise(resolve => {
    const stop = (): void => {
      resolve(EXIT.ok)
      process.once('SIGINT', () => process.exit(130))
      process.once('SIGTERM', () => process.exit(143))
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
}
