/** Corrections that say that a settlement was another person's: one person has it in the end, whatever came first. Whole engine, real store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import type { PersonClaim } from './core/claim.ts'
import type { RowChunk } from './core/ports.ts'
import { decodeRecord } from './decode/decode-record.ts'
import { exampleLine, exampleReversal, exampleSettlement } from './decode/examples.ts'
import type { Example } from './decode/examples.ts'
import { openConfiguredStore, startEngine } from './main.ts'
import type { Engine } from './main.ts'
import { encodeClaimRow } from './store/claim-row.ts'
import { RowWriter } from './store/row-binary.ts'

const dirs: string[] = []
afterAll(() => { for (const dir of dirs) rmSync(dir, { recursive: true, force: true }) })
function freshDir (): string {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-moved-'))
  dirs.push(dir)
  return dir
}
const config = (dir: string) => loadConfig({ FUNDWATCH_DATA_DIR: dir, FUNDWATCH_LANES: '2', FUNDWATCH_LOG: 'error' })

async function withEngine<T> (dir: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await startEngine(config(dir), { listen: false, inbox: false })
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

const WOMENS = 'XG01AFA259A001010102180'
const CATALOGUE: Example = {
  type: 'catalogue', med_list_codg: WOMENS, name: '妇科用药', list_type: '101', chrgitm_lv: '01', gend_limit: '2', age_min: null, age_max: null,
  pack_units: '1', daily_dose_units: '1', pric_uplmt_amt: null, trace_required: '0', valid_from: '2020-01-01', inf_time: '2020-01-01 00:00:00'
}

/** The settlement S1 of a man, flagged wherever it stands, as sent at a minute after noon. */
function version (psn_no: string, minute: number): Example {
  const at = `2026-03-02 12:${String(minute).padStart(2, '0')}:00`
  return exampleSettlement({
    msgid: `H34170200001202603021015${String(minute).padStart(6, '0')}`, inf_time: at, setlinfo: { psn_no, gend: '1', certno: '', setl_time: '2026-03-02 10:15:00' },
    feedetail: [exampleLine({ fee_ocur_time: '2026-03-02 10:12:00', med_list_codg: WOMENS })]
  })
}

async function send (engine: Engine, ...records: Example[]): Promise<string[]> {
  return (await engine.submitPatiently(Buffer.from(JSON.stringify(records)), 'json', 'test')).map(outcome => outcome.status)
}

/** Whose the settlement is: by flags, by the claims shown of either, and by the money counted. */
async function owner (engine: Engine): Promise<unknown> {
  const flags = (await engine.standingFlags()).map(flag => flag.subject)
  const claims: string[] = []
  for (const psn_no of ['P-a', 'P-b', 'P-c']) {
    for (const row of await engine.reader.query<{ kind: string }>('person.claims', { psn_no })) if (row.kind === 'settlement') claims.push(psn_no)
  }
  return { flags, claims }
}
const ownedBy = (psn_no: string): unknown => ({ flags: [psn_no], claims: [psn_no] })

describe('a settlement that a correction moves to another person', () => {
  it.each([
    ['in order', [['P-a', 1], ['P-b', 2]], 'P-b'],
    ['the correction first', [['P-b', 2], ['P-a', 1]], 'P-b'],
    ['there and back again', [['P-a', 1], ['P-b', 2], ['P-a', 3]], 'P-a'],
    ['there, back, and there again', [['P-a', 1], ['P-b', 2], ['P-a', 3], ['P-b', 4]], 'P-b'],
    ['from hand to hand, the last first', [['P-c', 5], ['P-a', 1], ['P-b', 2], ['P-b', 2]], 'P-c']
  ] as const)('is the last person’s: %s', async (_name, versions, last) => {
    const dir = freshDir()
    await withEngine(dir, async engine => {
      await send(engine, CATALOGUE)
      for (const [psn_no, minute] of versions) await send(engine, version(psn_no, minute))
      expect(await owner(engine)).toEqual(ownedBy(last)) // durable when it is answered
    })
    await withEngine(dir, async engine => { expect(await owner(engine)).toEqual(ownedBy(last)) })
  })

  it('can be reversed afterwards, and comes together in one batch as well', async () => {
    await withEngine(freshDir(), async engine => {
      await send(engine, CATALOGUE, version('P-a', 1), version('P-b', 2))
      expect(await owner(engine)).toEqual(ownedBy('P-b'))
      const setlinfo = { setl_id: 'S1', mdtrt_id: 'M1', psn_no: 'P-b', refd_setl_id: 'S1R', setl_time: '2026-03-03 10:00:00' }
      await send(engine, exampleReversal({ inf_time: '2026-03-03 10:00:00', msgid: 'H34170200001202603031000000009', setlinfo }))
      expect(await owner(engine)).toEqual({ flags: [], claims: ['P-b'] })
    })
  })

  it('is found by the next start when the process died before anybody looked', async () => {
    const dir = freshDir()
    await withEngine(dir, async engine => {
      await send(engine, CATALOGUE, version('P-a', 1))
      expect(await owner(engine)).toEqual(ownedBy('P-a'))
    })
    const store = await openConfiguredStore(config(dir))
    await store.writer.write({ flags: [], deadLetters: [], chunks: [rowOf(version('P-b', 2))] })
    await store.close()
    await withEngine(dir, async engine => { expect(await owner(engine)).toEqual(ownedBy('P-b')) })
  })
})

/** The row of a claim as a lane writes it. */
function rowOf (record: Example): RowChunk {
  const bytes = Buffer.from(JSON.stringify(record))
  const decoded = decodeRecord(bytes, 0, bytes.length, 'json')
  if (!decoded.ok) throw new Error(decoded.rejection.field)
  const row = new RowWriter()
  encodeClaimRow(row, decoded.claim as PersonClaim, { source: 'test', partition: 0, offset: 1 }, 'json', bytes)
  return row.takeChunk('claims')
}
