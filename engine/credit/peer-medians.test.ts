/** Peer medians from a real embedded store: which stays count, the exact value, and what is handed in. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { MasterData, PersonClaim, SetlInfo, StayEvent, StayInfo } from '../core/claim.ts'
import type { PeerMedian } from '../core/masterdata.ts'
import type { StoreReader } from '../core/ports.ts'
import { DAY, formatDate, HOUR } from '../core/time.ts'
import { openStore, type Store } from '../io/clickhouse/open.ts'
import { encodeClaimRow } from '../store/claim-row.ts'
import { RowWriter } from '../store/row-binary.ts'
import * as sample from '../store/samples.ts'
import { encodeMasterRow } from '../store/stock-row.ts'
import { computeMedians, handInMedians, LOS_MIN, medianSpan, monthBefore, SAMPLE_MIN } from './peer-medians.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-medians-'))
const ORIGIN = { source: 'test', partition: 0, offset: 0 }
const HERE = 'H34170200001'
const SPAN = medianSpan('2026-03')!
let store: Store
let serial = 0

interface Case { fix?: string, dept?: string, diag?: string, fee?: number, days?: number, end?: string, info?: Partial<SetlInfo>, stay?: Partial<StayInfo> | null }

/** A settled stay of `fee` 分 and `days` nights that ended on a day at ten o'clock; ids are its own. */
function settled ({ fix = HERE, dept = 'A03', diag = 'I10.x00', fee = 30_000, days = 3, end = '2026-02-10', info = {}, stay = {} }: Case) {
  const id = String(++serial)
  const dscg_time = sample.at(`${end} 10:00:00`)
  const adm_time = dscg_time - days * DAY - HOUR
  const times = { setl_time: dscg_time + HOUR, begndate: sample.at(formatDate(adm_time)), enddate: sample.at(end) }
  return sample.sampleSettlement(
    { setl_id: `S${id}`, mdtrt_id: `M${id}`, psn_no: `P${id}`, medfee_sumamt: fee, ...times, ...info }, { infno: '2304', fixmedins_code: fix },
    {
      mdtrtinfo: stay === null ? null : sample.sampleStay({ adm_time, dscg_time, adm_dept_codg: dept, dscg_dept_codg: dept, ...stay }),
      diseinfo: diagnoses(diag), feedetail: []
    })
}

const diagnoses = (...codes: string[]) => codes.map((diag_code, i) => (
  { diag_type: '1', maindiag_flag: true, diag_srt_no: i + 1, diag_code, diag_name: '', dise_dor_no: '', diag_time: null }))
const many = (count: number, make: (i: number) => Case): PersonClaim[] => Array.from({ length: count }, (_, i) => settled(make(i)))

/** What is known of a stay beside its settlement. */
function event (kind: StayEvent['kind'], of: ReturnType<typeof settled>, stay: Partial<StayInfo>, diag: string[] = []): StayEvent {
  const blank = { adm_time: null, dscg_time: null, adm_dept_codg: '', dscg_dept_codg: '', ipt_med_type: '' }
  const { fixmedins_code, setlinfo: { mdtrt_id, psn_no } } = of
  return {
    ...sample.sampleHeader({ infno: { admission: '2401', discharge: '2402', list: '4101' }[kind], fixmedins_code }), kind, version: sample.sampleVersion(of.inf_time),
    mdtrt_id, psn_no, setl_id: '', mdtrtinfo: sample.sampleStay({ ...blank, ...stay }), diseinfo: diagnoses(...diag)
  }
}

async function write (claims: readonly PersonClaim[], masters: readonly MasterData[] = [], source = 'test'): Promise<void> {
  const row = new RowWriter()
  for (const claim of claims) encodeClaimRow(row, claim, ORIGIN, 'json', new Uint8Array())
  const chunks = claims.length === 0 ? [] : [row.takeChunk('claims')]
  for (const master of masters) encodeMasterRow(row, master, { ...ORIGIN, source }, 'json', new Uint8Array())
  if (masters.length > 0) chunks.push(row.takeChunk('master_data'))
  await store.writer.write({ flags: [], deadLetters: [], chunks })
}

const level = (key: string, hosp_lv: string, more: Partial<MasterData> = {}): MasterData => ({ ...sample.sampleInstitution(key, { hosp_lv }), ...more } as MasterData)
const reversed = (claim: ReturnType<typeof settled>) => sample.sampleReversal(claim)
/** Median and sample of one group; null when it has none. */
async function group (key: string, span = SPAN): Promise<[number, number] | null> {
  const found = (await computeMedians(store.reader, span)).find(({ hosp_lv, dept_codg, diag_group }) => `${hosp_lv}/${dept_codg}/${diag_group}` === key)
  return found === undefined ? null : [found.day_cost, found.sample]
}

beforeAll(async () => {
  store = await openStore({ dir })
  await store.migrate()
  await write([], [
    level(HERE, '05'), level('H2', '05', { valid_to: sample.at('2026-02-01') }),
    level('H2', '02', { valid_from: sample.at('2026-02-01') }), level('H3', '', {})
  ])
})
afterAll(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

describe('the span of a month', () => {
  it('is the twelve months that end with it, for dates of service in the month after', () => {
    const dates = (month: string): string[] => {
      const { from, until, holds_until } = medianSpan(month)!
      return [from, until, holds_until].map(formatDate)
    }
    expect(dates('2026-03')).toEqual(['2025-04-01', '2026-04-01', '2026-05-01'])
    expect(dates('2025-12')).toEqual(['2025-01-01', '2026-01-01', '2026-02-01'])
    expect(dates('2026-11')).toEqual(['2025-12-01', '2026-12-01', '2027-01-01'])
    for (const wrong of ['2026-13', '2026-00', '2026-3', '2026', '2026-03-01', '', 'x']) expect([wrong, medianSpan(wrong)]).toEqual([wrong, null])
    expect(['2026-03-01', '2026-03-31 23:59:59', '2026-01-15'].map(text => monthBefore(sample.at(text)))).toEqual(['2026-02', '2026-02', '2025-12'])
  })
})

it('a median needs as many stays, and stays as long, as the rule that reads it asks for', () => {
  const numbers = parse(readFileSync(new URL('../../rules/monitoring/bed-low-day-cost/thresholds.yaml', import.meta.url), 'utf8'))
  expect([numbers.peer_sample_min.values['2021-05-01'].value, numbers.min_los_days.values['2021-05-01'].value]).toEqual([SAMPLE_MIN, LOS_MIN])
})

describe('a median', () => {
  it('is the cost in the middle, exactly: of an even number the greater of the middle two; a day costs whole 分, rounded down', async () => {
    // 10000, 10100, … a day; the 16th of 31 and the 16th of 30.
    await write([...many(31, i => ({ dept: 'B01', fee: (10_000 + ((i * 7) % 31) * 100) * 3 })), ...many(30, i => ({ dept: 'B02', fee: (10_000 + i * 100) * 3 + 2 }))])
    expect(await group('05/B01/I10')).toEqual([11_500, 31])
    expect(await group('05/B02/I10')).toEqual([11_500, 30])
  })

  it('needs thirty stays; voided ones are none', async () => {
    const stays = Array.from({ length: 31 }, (_, i) => settled({ dept: 'C01', fee: i === 30 ? 9_000_000 : 30_000 }))
    await write(stays.slice(0, 29))
    expect(await group('05/C01/I10')).toBeNull()
    await write(stays.slice(29))
    expect(await group('05/C01/I10')).toEqual([10_000, 31])
    await write([reversed(stays[30]!)])
    expect(await group('05/C01/I10')).toEqual([10_000, 30])
    await write([reversed(stays[0]!)])
    expect(await group('05/C01/I10')).toBeNull()
  })

  it('is of stays that ended within the twelve months, and of none that are day surgery, a newborn’s, shorter than three days or unsettled', async () => {
    const unsettled = Array.from({ length: 2 }, () => settled({ dept: 'D01' }))
    await write([
      ...many(28, () => ({ dept: 'D01' })), settled({ dept: 'D01', end: '2025-04-01', fee: 60_000 }), settled({ dept: 'D01', end: '2026-03-31', fee: 60_000 }),
      settled({ dept: 'D01', end: '2025-03-31' }), settled({ dept: 'D01', end: '2026-04-01' }), settled({ dept: 'D01', days: 2 }),
      settled({ dept: 'D01', stay: { ipt_med_type: '2', dscg_dept_codg: 'D01' } }), settled({ dept: 'D01', stay: { nwb_flag: true, dscg_dept_codg: 'D01' } }),
      ...unsettled.map(stay => event('discharge', stay, { adm_time: sample.at('2026-02-01'), dscg_time: sample.at('2026-02-10'), dscg_dept_codg: 'D01' }, ['I10.x00']))
    ])
    expect(await group('05/D01/I10')).toEqual([10_000, 30])
    expect(await group('05/D01/I10', medianSpan('2026-02')!)).toEqual([10_000, 30])
    expect(await group('05/D01/I10', medianSpan('2026-01')!)).toBeNull()
  })

  it('is of the institution’s level on the day of discharge', async () => {
    await write([...many(30, () => ({ fix: 'H2', dept: 'E01', end: '2026-01-31' })), ...many(31, () => ({ fix: 'H2', dept: 'E01', end: '2026-02-01', fee: 60_000 })),
      ...many(30, () => ({ fix: 'H3', dept: 'E02' })), ...many(30, () => ({ fix: 'unknown', dept: 'E02' }))])
    expect(await group('05/E01/I10')).toEqual([10_000, 30])
    expect(await group('02/E01/I10')).toEqual([20_000, 31])
    expect((await computeMedians(store.reader, SPAN)).filter(median => median.dept_codg === 'E02')).toEqual([])
  })

  it('is of the department that discharged, else of the one that admitted, and of the first three characters of the main diagnosis', async () => {
    await write([
      ...many(15, () => ({ stay: { adm_dept_codg: 'F00', dscg_dept_codg: 'F01' }, diag: 'J18.000' })), ...many(15, () => ({ stay: { adm_dept_codg: 'F01', dscg_dept_codg: '' }, diag: 'J18.900' })),
      ...many(30, () => ({ dept: 'F02', diag: '' })), ...many(30, () => ({ dept: '' , diag: 'J18.000' }))
    ])
    expect(await group('05/F01/J18')).toEqual([10_000, 30])
    expect((await computeMedians(store.reader, SPAN)).filter(({ dept_codg, diag_group }) => dept_codg === 'F02' || dept_codg === '' || diag_group === '')).toEqual([])
  })
})

describe('a stay', () => {
  it('of several settlements is one cost; ended by none in its middle; with their dates where no times were sent', async () => {
    const middles = Array.from({ length: 10 }, () => settled({ dept: 'G01', fee: 20_000, info: { mid_setl_flag: true }, stay: { dscg_time: null, adm_dept_codg: 'G01', dscg_dept_codg: '' } }))
    const lasts = middles.map(({ setlinfo: { psn_no, mdtrt_id } }) => settled({ dept: 'G01', fee: 40_000, end: '2026-02-13', days: 6, info: { psn_no, mdtrt_id } }))
    const bare = Array.from({ length: 10 }, () => settled({ stay: null }))
    const lists = bare.map(stay => event('list', stay, { adm_dept_codg: 'G00', dscg_dept_codg: 'G01' }))
    const open = Array.from({ length: 5 }, () => settled({ dept: 'G01', info: { mid_setl_flag: true } }))
    const told = Array.from({ length: 10 }, () => settled({ dept: 'G01', info: { mid_setl_flag: true }, diag: 'I11' }))
    await write([...middles, ...lasts, ...bare, ...lists, ...open, ...told])
    expect(await group('05/G01/I10')).toBeNull() // ten of several settlements and ten by their dates
    const discharge = { dscg_time: sample.at('2026-02-10 10:00:00'), dscg_dept_codg: 'G01' }
    await write(told.flatMap(stay => [event('discharge', stay, discharge, ['I10.900'])]))
    expect(await group('05/G01/I10')).toBeNull() // of whom a settlement tells the diagnosis
    await write(many(10, () => ({ dept: 'G01', fee: 90_000 })))
    expect(await group('05/G01/I10')).toEqual([10_000, 30])
    await write(many(20, () => ({ dept: 'G01', diag: 'I11' })))
    expect(await group('05/G01/I11')).toEqual([10_000, 30])
  })
})

describe('what is handed in', () => {
  const median = (diag_group: string, day_cost: number, size: number): PeerMedian => ({ hosp_lv: '05', dept_codg: 'A03', diag_group, day_cost, sample: size })
  const known = (of: PeerMedian, more: object = {}) =>
    ({ ...of, key: `05/A03/${of.diag_group}`, source: 'medians', inf_time: SPAN.until, valid_to: SPAN.holds_until, ...more })
  /** Runs over rows of a fake store; @returns what came of it and the records. */
  async function handedIn (medians: PeerMedian[], before: object[]) {
    const records: Array<Record<string, string>> = []
    const query = async (name: string) => name === 'peer_medians.computed' ? medians : before
    const result = await handInMedians({ query, close: async () => {} } as StoreReader, async (bytes, format, source) => {
      const piece = JSON.parse(Buffer.from(bytes).toString()) as Array<Record<string, string>>
      expect([format, source]).toEqual(['json', 'medians'])
      records.push(...piece)
      return piece.map(() => ({ status: 'learned', identity: '', flags: [] }))
    }, SPAN)
    return { records, result }
  }

  it('holds for the month after, sent at its first moment, in yuan as senders write it', async () => {
    const { records, result } = await handedIn([median('I10', 61_235, 214)], [])
    expect(records).toEqual([{
      type: 'peer_median', hosp_lv: '05', dept_codg: 'A03', diag_group: 'I10', day_cost: '612.35', sample: '214',
      valid_from: '2026-04-01', valid_to: '2026-05-01', inf_time: '2026-04-01 00:00:00'
    }])
    expect(result).toEqual({ medians: [median('I10', 61_235, 214)], added: 1, corrected: 0, ended: 0, unchanged: 0, sent_in: 0, rejected: 0 })
  })

  it('is nothing where nothing changed, a second later where something did, ended where too few stays are left, and never what somebody else sent in', async () => {
    const [same, changed, sent, gone] = [median('I10', 100, 30), median('I11', 100, 30), median('I12', 100, 30), median('I13', 100, 30)]
    const { records, result } = await handedIn([same, { ...changed, day_cost: 99 }, sent], [
      known(same), known(changed, { inf_time: SPAN.until + 4000 }), known(sent, { source: 'http', day_cost: 5 }), known(gone),
      known(median('I14', 100, 30), { source: 'http' }), known(median('I15', 1, 30), { valid_to: SPAN.until, inf_time: SPAN.until + 1000 })
    ])
    expect(records.map(each => [each['diag_group'], each['day_cost'], each['valid_to'], each['inf_time']!.slice(11)])).toEqual([
      ['I11', '0.99', '2026-05-01', '00:00:05'], ['I13', '1.00', '2026-04-01', '00:00:01']
    ])
    expect(result).toMatchObject({ added: 0, corrected: 1, ended: 1, unchanged: 1, sent_in: 1, rejected: 0 })
  })

  it('comes back as a correction when there are stays enough again', async () => {
    const ended = known(median('I10', 100, 30), { valid_to: SPAN.until, inf_time: SPAN.until + 1000 })
    const { records, result } = await handedIn([median('I10', 100, 30)], [ended])
    expect(records).toMatchObject([{ valid_to: '2026-05-01', inf_time: '2026-04-01 00:00:02' }])
    expect(result).toMatchObject({ corrected: 1 })
  })

  it('is told apart in the store by where it came from', async () => {
    const master = { ...level('05/A03/Z00', '05'), type: 'peer_median', valid_from: SPAN.until, valid_to: SPAN.holds_until, inf_time: SPAN.until, fields: { ...median('Z00', 700, 44) } } as MasterData
    await write([], [master], 'medians')
    const rows = await store.reader.query('peer_medians.handed_in', { valid_from_ms: SPAN.until })
    expect(rows).toEqual([known(median('Z00', 700, 44), { key: '05/A03/Z00' })])
    expect(await store.reader.query('peer_medians.handed_in', { valid_from_ms: SPAN.holds_until })).toEqual([])
  })
})
