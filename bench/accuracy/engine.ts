/** Runs the whole engine (lanes, embedded store in a fresh directory) and reads back what stands in the store. */
import { Ahead } from '../../engine/core/ahead.ts'
import type { FlagRow } from '../../engine/core/flag.ts'
import type { Outcome, StoreReader } from '../../engine/core/ports.ts'
import { withEngine } from '../canonical/engine-run.ts'
import type { EngineRunner } from './runner.ts'

const PIECE_BYTES = 1024 * 1024
const AHEAD = 8
const PAGE = 10_000

export const wholeEngine: EngineRunner = async (records, { lanes, progress }) =>
  await withEngine({ FUNDWATCH_LANES: String(lanes) }, false, async engine => {
    let handed = 0
    let rejected = 0
    const ahead = new Ahead(AHEAD)
    const send = async (piece: Uint8Array[]): Promise<void> => {
      const one = engine.submitPatiently(Buffer.concat(piece), 'json', 'accuracy').then((outcomes: Outcome[]) => {
        rejected += outcomes.filter(outcome => outcome.status === 'rejected').length
        handed += outcomes.length
        progress(handed)
      })
      await ahead.add(one)
    }
    let piece: Uint8Array[] = []
    let bytes = 0
    const newline = new Uint8Array([0x0a])
    for (const record of records) {
      piece.push(record, newline)
      bytes += record.length + 1
      if (bytes < PIECE_BYTES) continue
      await send(piece)
      piece = []
      bytes = 0
    }
    if (piece.length > 0) await send(piece)
    await ahead.finished()
    await engine.settle()
    return { active: await activeFlags(engine.reader), rejected }
  })

async function activeFlags (reader: StoreReader): Promise<Map<string, FlagRow>> {
  const active = new Map<string, FlagRow>()
  for (let after = ''; ;) {
    const page = await reader.query<FlagRow>('flags.whole', { after_id: after, limit: PAGE })
    for (const flag of page) active.set(flag.flag_id, flag)
    if (page.length < PAGE) return active
    after = page.at(-1)!.flag_id
  }
}
