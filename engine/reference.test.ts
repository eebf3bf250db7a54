/** Reference data that come, or are corrected, after the claims they touch; and a death older than memory: whole engine, real store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { formatTime, DAY } from './core/time.ts'
import type { StandingFlag } from './core/ports.ts'
import { exampleLine, exampleMaster, exampleSettlement, exampleStaySettlement } from './decode/examples.ts'
import type { Example } from './decode/examples.ts'
import { startEngine } from './main.ts'
import type { Engine } from './main.ts'

const dirs: string[] = []
afterAll(() => { for (const dir of dirs) rmSync(dir, { recursive: true, force: true }) })

async function withEngine<T> (dir: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await startEngine(loadConfig({ FUNDWATCH_DATA_DIR: dir, FUNDWATCH_LANES: '2', FUNDWATCH_LOG: 'error' }), { listen: false, inbox: false })
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

function freshDir (): string {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-reference-'))
  dirs.push(dir)
  return dir
}

let messages = 0
const msgid = (): string => `H34170200001202603021015${String(++messages).padStart(6, '0')}`
const [HERE, THERE] = ['H34170200001', 'H34170200003']
const FEMALE_ITEM = 'XG01AFA259A001010102180'

/** A visit half an hour's steps after ten o'clock; a man of the year 1951. */
function visit (psn_no: string, id: string, time: string, more: Example = {}, item = 'XC08CAA259A001010102180'): Example {
  const day = time.slice(0, 10)
  return exampleSettlement({
    msgid: msgid(), inf_time: time, ...more, setlinfo: { setl_id: `S${id}`, mdtrt_id: `M${id}`, psn_no, gend: '1', certno: '', setl_time: time, begndate: day, enddate: day },
    feedetail: [exampleLine({ fee_ocur_time: time, med_list_codg: item, drugtracinfo: null })]
  })
}

/** Ten cheap days in hospital. */
function cheapStay (psn_no: string): Example {
  const from = Date.parse('2026-03-01T09:00:00+08:00')
  const feedetail = Array.from({ length: 11 }, (_, i) => exampleLine({
    feedetl_sn: String(i + 1), fee_ocur_time: formatTime(from + i * DAY), cnt: '1', pric: '10.00', det_item_fee_sumamt: '10.00', drugtracinfo: null
  }))
  const money = { medfee_sumamt: '110.00', inscp_scp_amt: '110.00', fund_pay_sumamt: '110.00', hifp_pay: '110.00', psn_part_amt: '0', acct_pay: '0', psn_cash_pay: '0' }
  return exampleStaySettlement({
    msgid: msgid(), inf_time: '2026-03-11 12:00:00',
    setlinfo: { setl_id: 'SC', mdtrt_id: 'MC', psn_no, begndate: '2026-03-01', enddate: '2026-03-11', setl_time: '2026-03-11 11:00:00', ...money },
    mdtrtinfo: { adm_time: '2026-03-01 08:30:00', dscg_time: '2026-03-11 10:00:00', adm_dept_codg: 'A03', dscg_dept_codg: 'A03' },
    feedetail
  })
}

const institution = (fixmedins_code: string, lng: string, inf_time: string): Example => exampleMaster('institution', {
  fixmedins_code, lng, lat: '30.66', hosp_lv: '05', admdvs: '341702', valid_from: '2020-01-01', inf_time
})
const femaleItem = (gend_limit: string | null, inf_time: string): Example => exampleMaster('catalogue', {
  med_list_codg: FEMALE_ITEM, gend_limit, age_min: null, age_max: null, valid_from: '2020-01-01', valid_to: null, inf_time
})
const peers = (day_cost: string, inf_time: string): Example => exampleMaster('peer_median', {
  hosp_lv: '05', dept_codg: 'A03', diag_group: 'I10', day_cost, sample: '60', valid_from: '2026-01-01', valid_to: null, inf_time
})

async function send (engine: Engine, ...records: Example[]): Promise<string[]> {
  const outcomes = await engine.submitPatiently(Buffer.from(JSON.stringify(records)), 'json', 'test')
  return outcomes.map(outcome => outcome.status === 'rejected' ? `${outcome.rejection.reason} ${outcome.rejection.field}` : outcome.status)
}

/** What several persons' claims share is another test's: these claims share a device. */
async function ofPersons (engine: Engine): Promise<StandingFlag[]> {
  return (await engine.standingFlags()).filter(flag => flag.subject_kind === 'person')
}

async function standing (engine: Engine): Promise<string[]> {
  await engine.settle()
  return (await ofPersons(engine)).map(flag => `${flag.rule_id} ${flag.subject}`).sort()
}

const prefix = (med_list_codg: string, inf_time: string): Example => exampleMaster('trace_prefix', {
  prefix: '8199999', med_list_codg, valid_from: '2020-01-01', inf_time
})
const scanned = (fee_ocur_time: string): Example => exampleLine({
  fee_ocur_time, drugtracinfo: [{ drug_trac_codg: '81999990000000000017' }]
})

/** Four persons, each of whom one kind of reference data will make suspicious. */
const CLAIMS = [
  visit('P-travel', 't1', '2026-03-02 10:00:00', { fixmedins_code: HERE }), visit('P-travel', 't2', '2026-03-02 10:20:00', { fixmedins_code: THERE }),
  visit('P-item', 'i1', '2026-03-03 10:00:00', {}, FEMALE_ITEM), cheapStay('P-stay'),
  { ...visit('P-trace', 'c1', '2026-03-04 10:00:00'), feedetail: [scanned('2026-03-04 10:00:00')] }
]
const FLAGS = ['bed-low-day-cost P-stay', 'impossible-travel P-travel', 'sex-limited-item P-item', 'trace-code-mismatch P-trace']
const REFERENCE = [
  institution(HERE, '117.48', '2026-01-01 00:00:00'), institution(THERE, '118.48', '2026-01-01 00:00:00'), femaleItem('2', '2026-01-01 00:00:00'),
  peers('900.00', '2026-01-01 00:00:00'), prefix('XA10BAD032A001010104332', '2026-01-01 00:00:00')
]

describe('reference data', () => {
  it('that come after the claims raise what they would have raised before, and their sender is told when that is durable', async () => {
    const [before, after] = [freshDir(), freshDir()]
    const content = async (engine: Engine): Promise<unknown> => await engine.reader.query('flags.whole', {}).then(rows =>
      (rows as Array<Record<string, unknown>>).map(row => ({ ...row, revision: 0 })))
    const usual = await withEngine(before, async engine => {
      await send(engine, ...REFERENCE, ...CLAIMS)
      expect(await standing(engine)).toEqual(FLAGS)
      return await content(engine)
    })
    await withEngine(after, async engine => {
      expect(await send(engine, ...CLAIMS)).toEqual(CLAIMS.map(() => 'judged'))
      expect(await standing(engine)).toEqual([])
      expect(await send(engine, ...REFERENCE)).toEqual(REFERENCE.map(() => 'learned'))
      expect((await ofPersons(engine)).map(flag => flag.rule_id).sort()).toEqual(FLAGS.map(words => words.split(' ')[0])) // no settle() before
      expect(await content(engine)).toEqual(usual)
      const rows = await engine.reader.query<{ table: string, rows: number }>('store.counts')
      expect(rows.find(row => row.table === 'master_data')?.rows).toBe(REFERENCE.length)
    })
    await withEngine(after, async engine => { expect(await content(engine)).toEqual(usual) })
  })

  it('that are corrected take back what they raised; older versions and repeats change nothing', async () => {
    await withEngine(freshDir(), async engine => {
      await send(engine, ...REFERENCE, ...CLAIMS)
      expect(await standing(engine)).toEqual(FLAGS)
      await send(engine, institution(THERE, '117.50', '2026-03-20 00:00:00'))
      expect(await standing(engine)).toEqual(FLAGS.filter(words => !words.startsWith('impossible')))
      await send(engine, femaleItem(null, '2026-03-20 00:00:00'))
      expect(await standing(engine)).toEqual(FLAGS.filter(words => /^(bed|trace)/.test(words)))
      await send(engine, prefix('XC08CAA259A001010102180', '2026-03-20 00:00:00')) // the box was of the medicine settled after all
      expect(await standing(engine)).toEqual(FLAGS.filter(words => words.startsWith('bed')))
      await send(engine, peers('20.00', '2026-03-20 00:00:00'))
      expect(await standing(engine)).toEqual([])
      // An older version that comes late, and a repeat, change nothing.
      await send(engine, peers('900.00', '2026-01-02 00:00:00'), femaleItem(null, '2026-03-20 00:00:00'))
      expect(await standing(engine)).toEqual([])
      await send(engine, peers('900.00', '2026-04-01 00:00:00'))
      expect(await standing(engine)).toEqual(['bed-low-day-cost P-stay'])
    })
  })
})

describe('a death', () => {
  it('older than memory reaches visits that memory has forgotten, and its correction lets go of them', async () => {
    await withEngine(freshDir(), async engine => {
      const old = visit('P-dead', 'old', '2024-06-01 10:00:00')
      await send(engine, old)
      for (let i = 0; i < 64; i++) await send(engine, visit(`N${i}`, `n${i}`, '2026-03-02 10:00:00')) // every task has come far
      const death = (die_date: string, inf_time: string): Example => exampleMaster('death', { psn_no: 'P-dead', die_date, source: '户籍', inf_time, valid_from: die_date })
      expect(await send(engine, death('2024-05-01', '2026-03-03 00:00:00'))).toEqual(['late'])
      expect(await standing(engine)).toEqual(['use-after-death P-dead'])
      await send(engine, death('2026-02-01', '2026-03-04 00:00:00'))
      expect(await standing(engine)).toEqual([])
    })
  })
})

describe('a file known from before a restart', () => {
  it('is found to be known by memory: nothing of it is judged from the store again', async () => {
    const dir = freshDir()
    const months = Array.from({ length: 12 }, (_, i) => visit('P-year', `y${i}`, `2025-${String(i + 1).padStart(2, '0')}-05 10:00:00`))
    await withEngine(dir, async engine => { await send(engine, ...months) })
    await withEngine(dir, async engine => { expect(await send(engine, ...months)).toEqual(months.map(() => 'duplicate')) })
  })
})
