/** One whole engine in this process (lanes, embedded store in a fresh directory), fed from files. Used by several benchmarks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../engine/config.ts'
import { replayFile } from '../../engine/io/files/replay.ts'
import type { Tally } from '../../engine/io/files/replay.ts'
import { startEngine } from '../../engine/main.ts'
import type { Quantiles } from '../../engine/runtime/latency.ts'
import type { Engine } from '../../engine/main.ts'
import type { StandingFlag } from '../../engine/core/ports.ts'

export interface Run {
  readonly tally: Tally
  readonly seconds: number
  readonly flags: readonly StandingFlag[]
  readonly latency: Quantiles
}

/** Starts an engine on a fresh directory, lets `work` use it, and removes everything. */
export async function withEngine<T> (
  settings: Record<string, string>, listen: boolean, work: (engine: Engine, dir: string) => Promise<T>
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-'))
  const config = loadConfig({ FUNDWATCH_DATA_DIR: dir, FUNDWATCH_PORT: '0', ...settings })
  const engine = await startEngine(config, { listen, inbox: false })
  try {
    return await work(engine, dir)
  } finally {
    await engine.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Replays a file and reads the flags back from the store. */
export async function replayThrough (engine: Engine, file: string, onProgress: (tally: Tally) => void = () => {}): Promise<Run> {
  const started = performance.now()
  const tally = await replayFile(file, engine.submitPatiently, onProgress)
  await engine.settle()
  const seconds = (performance.now() - started) / 1000
  return { tally, seconds, flags: await engine.standingFlags(), latency: engine.latency() }
}
