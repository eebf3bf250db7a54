/** The demonstration: a labelled day of a city, generated on the spot, streamed as fast as the engine takes it. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoDay } from '../../bench/workload/demo.ts'
import type { Raw } from '../../bench/workload/types.ts'
import { Ahead } from '../core/ahead.ts'
import type { Engine } from '../main.ts'
import { count, emptyTally } from '../io/files/tally.ts'
import type { Standing } from '../io/files/tally.ts'
import { FirstFlags } from './first-flags.ts'
import type { ShownFlag } from './first-flags.ts'
import { say, table } from './output.ts'
import { progress } from './progress.ts'

const GRADES = { 1: '■ 高', 2: '▲ 中', 3: '● 低' } as const
const PIECE_RECORDS = 200
const AHEAD = 4
const SOURCE = 'demo'
const FIRST_FLAGS = 5

/**
 * Shows the demonstration: streams it unless the data directory says that it was streamed whole, then says what came of it
 * and where to look. Ends early, and without a word, once `stop` is aborted.
 */
export async function showDemo (engine: Engine, dataDir: string, quiet: boolean, stop: AbortSignal): Promise<void> {
  const streamed = join(dataDir, 'demo-streamed')
  if (existsSync(streamed)) {
    const flags = await engine.reader.query<ShownFlag>('flags.list', { limit: FIRST_FLAGS })
    say('演示数据已在库中 the demonstration is in the store already; remove the data directory to see it streamed again.')
    sayFlags('先看这些疑点 flags to look at first (money × severity):', flags, engine.url)
  } else {
    const first = await streamDemo(engine, quiet, stop)
    if (stop.aborted) return
    writeFileSync(streamed, '')
    sayFlags('最先出现的疑点 first flags:', first, engine.url)
  }
  say(`\n打开 open ${engine.url}/  ·  Ctrl-C 停止 stops`)
}

function sayFlags (title: string, flags: readonly ShownFlag[], url: string): void {
  if (flags.length === 0) return
  say(`\n${title}`)
  say(table(flags.map(f => [`  ${GRADES[f.severity]}`, f.sentence_zh, `${url}/v1/flags/${f.flag_id}/evidence`])))
}

async function streamDemo (engine: Engine, quiet: boolean, stop: AbortSignal): Promise<ShownFlag[]> {
  say('演示：一座城市的一天（合成数据，含已标注的疑点） streaming one labelled, synthetic city day…')
  const { records, labels } = demoDay()
  const tally = emptyTally()
  const standing: Standing = new Set()
  const bar = progress('demo', 'records', quiet)
  const first = new FirstFlags()
  const total = records.length
  const send = async (piece: readonly Raw[]): Promise<void> => {
    const bytes = new TextEncoder().encode(piece.map(record => JSON.stringify(record)).join('\n'))
    const outcomes = await engine.submitPatiently(bytes, 'json', SOURCE)
    count(tally, outcomes, standing)
    for (const outcome of outcomes) if (outcome.status !== 'rejected') first.add(outcome.flags)
    bar.update(tally.records, total, `${tally.raised} flags raised`)
  }
  const ahead = new Ahead(AHEAD)
  for (let at = 0; at < total && !stop.aborted; at += PIECE_RECORDS) {
    await ahead.add(send(records.slice(at, at + PIECE_RECORDS)))
  }
  await ahead.finished()
  if (stop.aborted) {
    bar.end('已中断 interrupted; the next start streams it again')
    return []
  }
  await engine.settle()
  bar.end('全部持久化 all durable')
  say(`重复 ${tally.duplicate} · 拒收 ${tally.rejected} · 标注疑点 labelled flags ${labels.length}`)
  return first.standing(await engine.standingFlags(), FIRST_FLAGS)
}
