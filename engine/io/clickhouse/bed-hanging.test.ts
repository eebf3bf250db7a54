/** The signals of an unused bed put together a stay, over a real embedded store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FlagItem, FlagRow } from '../../core/flag.ts'
import * as sample from '../../store/samples.ts'
import { openStore, type Store } from './open.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-beds-'))
const [H1, H2] = ['H34170200001', 'H34170200002']
let store: Store

const item = (setl_id: string, mdtrt_id: string, money: number, more: Partial<FlagItem> = {}): FlagItem =>
  sample.sampleItem({ fixmedins_code: H1, setl_id, mdtrt_id, medfee_sumamt: money, fund_pay_sumamt: money / 2, acct_pay: money / 4, ...more })
const signal = (flag_id: string, rule_id: string, subject: string, items: FlagItem[], more: Partial<FlagRow> = {}): FlagRow =>
  sample.sampleFlag({ flag_id, rule_id, subject, items, severity: 3, anchor: [H1, items[0]!.mdtrt_id], fixmedins_code: H1, ...more })

/** One stay with two settlements, named by three rules; what they name besides is involved. */
const TWICE = [item('A1', 'MA', 4000), item('A2', 'MA', 8000)]
const FLAGS = [
  signal('a-lines', 'bed-no-lines', 'PA', TWICE, { service_time: sample.at('2026-03-10') }),
  signal('a-cost', 'bed-low-day-cost', 'PA', TWICE, { service_time: sample.at('2026-03-12') }),
  signal('a-visit', 'bed-visit-elsewhere', 'PA', [...TWICE, item('V1', 'MV', 99_999, { role: 'involved', fixmedins_code: H2 })]),
  signal('b-lines', 'bed-no-lines', 'PB', [item('', 'MB', 0)], { area: '310000' }),
  signal('b-gone', 'bed-low-day-cost', 'PB', [item('', 'MB', 0)], { status: 'retracted' }),
  signal('c-lines', 'bed-no-lines', 'PC', [item('C1', 'MC', 400)]),
  // Two flags of one kind are one kind of signal; the ids of stays are an institution's own, and a person's.
  signal('d-bed1', 'bed-collision', 'H1/W3-12', [item('D1', 'MD', 1000)], { subject_kind: 'bed', persons: ['PD'] }),
  signal('d-bed2', 'bed-collision', 'H1/W3-13', [item('D1', 'MD', 1000)], { subject_kind: 'bed', persons: ['PD'] }),
  signal('e-bed', 'bed-collision', 'H1/W3-14', [item('E1', 'ME', 600), item('F1', 'MF', 800, { role: 'involved' })],
    { subject_kind: 'bed', persons: ['PE', 'PF'] }),
  signal('e-lines', 'bed-no-lines', 'PE', [item('E1', 'ME', 600)]),
  signal('f-lines', 'bed-no-lines', 'PF', [item('F9', 'ME', 800)]),
  signal('h-bed', 'bed-collision', 'H1/W3-15', [item('H1', 'MH', 200)], { subject_kind: 'bed', persons: ['PH'], severity: 1 }),
  signal('g-lines', 'bed-no-lines', 'PG', [item('G1', 'MG', 100, { fixmedins_code: H2 })], { fixmedins_code: H2, anchor: [H2, 'MG'] }),
  sample.sampleFlag({ flag_id: 'other', rule_id: 'split-hospitalisation', subject: 'PC', items: [item('C1', 'MC', 400)], severity: 1 })
]

beforeAll(async () => {
  store = await openStore({ dir })
  await store.migrate()
  await store.writer.write({ flags: FLAGS, deadLetters: [], chunks: [] })
})
afterAll(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

interface Stay { psn_no: string, mdtrt_id: string, signals: string[], flag_ids: string[], flag_rules: string[], severity: number }
const stays = async (parameters: Record<string, string | number> = {}): Promise<Stay[]> => await store.reader.query<Stay>('bed_hanging.list', parameters)
const persons = async (parameters: Record<string, string | number>): Promise<string[]> => (await stays(parameters)).map(stay => stay.psn_no)

describe('signals of an unused bed', () => {
  it('of one stay are one row, 中 from two kinds on, its settlements counted once', async () => {
    const [first] = await stays()
    expect(first).toEqual({
      psn_no: 'PA', fixmedins_code: H1, mdtrt_id: 'MA', area: '341702', severity: 2, settled: true,
      signals: ['bed-low-day-cost', 'bed-no-lines', 'bed-visit-elsewhere'], flag_rules: ['bed-low-day-cost', 'bed-no-lines', 'bed-visit-elsewhere'],
      flag_ids: ['a-cost', 'a-lines', 'a-visit'], setl_ids: ['A1', 'A2'], medfee_sumamt: 12_000, fund_pay_sumamt: 6000, acct_pay: 3000,
      first_service: sample.at('2026-03-02 10:15:00'), last_service: sample.at('2026-03-12')
    })
  })

  it('are what they are alone, whatever else is retracted or suspected of the stay, and never 高', async () => {
    const all = new Map((await stays()).map(stay => [`${stay.psn_no} ${stay.mdtrt_id}`, stay]))
    expect(all.get('PB MB')).toMatchObject({ signals: ['bed-no-lines'], severity: 3, settled: false, setl_ids: [], medfee_sumamt: 0 })
    expect(all.get('PC MC')).toMatchObject({ signals: ['bed-no-lines'], flag_ids: ['c-lines'], severity: 3, medfee_sumamt: 400 })
    expect(all.get('PH MH')).toMatchObject({ signals: ['bed-collision'], severity: 2 })
    expect(Math.min(...[...all.values()].map(stay => stay.severity))).toBe(2)
  })

  it('count by kind, and for each stay that they name as a main item, whoever they are about', async () => {
    const all = new Map((await stays()).map(stay => [`${stay.psn_no} ${stay.mdtrt_id}`, stay]))
    expect(all.get('PD MD')).toMatchObject({ signals: ['bed-collision'], flag_ids: ['d-bed1', 'd-bed2'], severity: 3, medfee_sumamt: 1000 })
    expect(all.get('PE ME')).toMatchObject({ signals: ['bed-collision', 'bed-no-lines'], severity: 2, medfee_sumamt: 600 })
    expect(all.get('PF ME')).toMatchObject({ signals: ['bed-no-lines'], severity: 3, medfee_sumamt: 800 })
    expect([...all.keys()]).toHaveLength(8)
  })

  it('are found by institution, person, kind, level, area and date, page by page', async () => {
    expect(await persons({ fixmedins_code: H2 })).toEqual(['PG'])
    expect(await persons({ psn_no: 'PE' })).toEqual(['PE'])
    expect(await persons({ rule_id: 'bed-low-day-cost' })).toEqual(['PA'])
    expect(await persons({ severity: 2 })).toEqual(['PA', 'PE', 'PH'])
    expect(await persons({ area: '31' })).toEqual(['PB'])
    expect(await persons({ from_ms: sample.at('2026-03-11') })).toEqual(['PA'])
    expect(await persons({ to_ms: sample.at('2026-03-12') })).not.toContain('PA')
    const whole = await persons({})
    expect([...await persons({ limit: 3 }), ...await persons({ limit: 3, skip: 3 }), ...await persons({ limit: 3, skip: 6 })]).toEqual(whole)
  })

  it('know the other signals of their stay', async () => {
    const beside = async (flag_id: string): Promise<string[]> =>
      (await store.reader.query<{ flag_id: string }>('bed_hanging.beside', { flag_id })).map(flag => flag.flag_id)
    expect(await beside('a-cost')).toEqual(['a-lines', 'a-visit'])
    expect(await beside('d-bed2')).toEqual(['d-bed1'])
    expect(await beside('e-lines')).toEqual(['e-bed'])
    expect(await beside('e-bed')).toEqual(['e-lines'])
    for (const alone of ['b-lines', 'b-gone', 'c-lines', 'f-lines', 'other', 'unknown']) expect([alone, await beside(alone)]).toEqual([alone, []])
  })
})
