/** The oracle's own tables: tiny histories made by hand, and the flags that must stand. */
import { describe, expect, test } from 'vitest'
import {
  catalogueItem, dailyLines, death, diagnosis, institution, line, peerMedian, reversal, settlement, stayEvent
} from '../records.ts'
import { oracle } from './oracle.ts'
import type { OracleOptions } from './oracle.ts'
import type { Raw } from './read.ts'

const A = 'H34170200001'
const B = 'H34170200002'
const P = 'P1'

/** "rule severity anchor" of every flag that stands, sorted; list rules that these little histories always trip are left in. */
function flags (records: readonly Raw[], options?: OracleOptions): string[] {
  return [...oracle(records, options).values()].map(one => `${one.rule} ${one.severity} ${one.anchor.join('/')}`).sort()
}

function visit (id: string, fix: string, at: string, more: Raw = {}, feedetail?: Raw[]): Raw {
  return settlement('2207', { fix, setl_id: id, mdtrt_id: `M${id}`, psn_no: P, at }, { setlinfo: more, feedetail: feedetail ?? [line(1, at, 5000)] })
}

/** A stay with a drug line every day, settled at discharge. */
function stay (id: string, fix: string, adm: string, dscg: string, more: { mdtrtinfo?: Raw, setlinfo?: Raw, diseinfo?: Raw[], feedetail?: Raw[], header?: Raw } = {}): Raw {
  const lines: Raw[] = []
  for (let day = Date.parse(adm.slice(0, 10)); day <= Date.parse(dscg.slice(0, 10)); day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10)
    const at = date === adm.slice(0, 10) ? `${date} 12:00:00` : `${date} 08:00:00`
    if (at <= dscg || dscg.length === 10) lines.push(line(lines.length + 1, at, 50_000))
  }
  return settlement('2304', { fix, setl_id: id, mdtrt_id: `M${id}`, psn_no: P, at: dscg.length === 10 ? `${dscg} 20:00:00` : dscg }, {
    setlinfo: { begndate: adm.slice(0, 10), enddate: dscg.slice(0, 10), ...more.setlinfo },
    mdtrtinfo: { adm_time: adm, dscg_time: dscg, ...more.mdtrtinfo },
    diseinfo: more.diseinfo ?? [diagnosis('I63.900')],
    feedetail: more.feedetail ?? lines,
    ...(more.header === undefined ? {} : { header: more.header })
  })
}

const first = stay('1', A, '2026-03-01 09:00:00', '2026-03-05 10:00:00')

describe('stays one after the other', () => {
  test.each([
    ['7 days apart', '2026-03-12 09:00:00', {}, ['split-hospitalisation 2 ' + A + '/M2']],
    ['8 days apart', '2026-03-13 09:00:00', {}, ['split-hospitalisation 3 ' + A + '/M2']],
    ['16 days apart', '2026-03-21 09:00:00', {}, []],
    ['another disease', '2026-03-08 09:00:00', { diseinfo: [diagnosis('K35.800')] }, []],
    ['emergency', '2026-03-08 09:00:00', { mdtrtinfo: { adm_way: '1' } }, []],
    ['moved department the same day', '2026-03-05 15:00:00', { mdtrtinfo: { adm_dept_codg: 'B01' } }, ['same-day-reregistration 2 ' + A + '/M2']],
    ['moved department, two days later', '2026-03-07 15:00:00', { mdtrtinfo: { adm_dept_codg: 'B01' } }, ['split-hospitalisation 2 ' + A + '/M2']]
  ])('%s', (_name, adm, more, expected) => {
    expect(flags([first, stay('2', A, adm, '2026-03-25 10:00:00', more)])).toEqual(expected)
  })

  test('a third stay makes a chain, one level up; known by date only it stays at 2', () => {
    const second = stay('2', A, '2026-03-10 09:00:00', '2026-03-12 10:00:00')
    const third = stay('3', A, '2026-03-15 09:00:00', '2026-03-17 10:00:00')
    expect(flags([first, second, third])).toEqual([`split-hospitalisation 1 ${A}/M3`, `split-hospitalisation 2 ${A}/M2`])
    const dated = stay('3', A, '2026-03-15', '2026-03-17 10:00:00')
    expect(flags([first, second, dated])).toEqual([`split-hospitalisation 2 ${A}/M2`, `split-hospitalisation 2 ${A}/M3`])
  })

  test('before 2021-05-01 nothing is in force', () => {
    expect(flags([stay('1', A, '2021-04-20 09:00:00', '2021-04-25 10:00:00'), stay('2', A, '2021-04-30 09:00:00', '2021-05-03 10:00:00')])).toEqual([])
    expect(flags([stay('1', A, '2021-04-20 09:00:00', '2021-04-25 10:00:00'), stay('2', A, '2021-05-01 09:00:00', '2021-05-03 10:00:00')]))
      .toEqual([`split-hospitalisation 2 ${A}/M2`])
  })

  test('two settlements of one mdtrt_id are one stay, the mid-stay enddate no discharge', () => {
    const mid = stay('1', A, '2026-03-01 09:00:00', '2026-03-05 10:00:00', { setlinfo: { mid_setl_flag: '1', mdtrt_id: 'M9' } })
    const end = stay('2', A, '2026-03-06 09:00:00', '2026-03-09 10:00:00', { setlinfo: { mdtrt_id: 'M9' }, mdtrtinfo: { adm_time: '2026-03-01 09:00:00' } })
    expect(flags([mid, end])).toEqual([])
  })
})

describe('what is in bed', () => {
  test('48 hours without lines, and not an hour less', () => {
    const lines = (hour: string): Raw[] => [line(1, '2026-03-01 10:00:00', 100_000), line(2, `2026-03-03 ${hour}`, 100_000), line(3, '2026-03-05 08:00:00', 100_000)]
    expect(flags([stay('1', A, '2026-03-01 09:00:00', '2026-03-05 10:00:00', { feedetail: lines('10:00:00') })])).toEqual([`bed-no-lines 3 ${A}/M1`])
    expect(flags([stay('1', A, '2026-03-01 09:00:00', '2026-03-05 10:00:00', { feedetail: lines('09:59:59') })])).toEqual([])
  })

  test('an open stay waits for the watermark', () => {
    const admission = stayEvent('2401', { fix: A, mdtrt_id: 'M1', psn_no: P, at: '2026-03-01 09:00:00' }, { mdtrtinfo: { adm_time: '2026-03-01 09:00:00' } })
    expect(flags([admission], { watermark: Date.parse('2026-03-04T08:59:59+08:00') })).toEqual([])
    expect(flags([admission], { watermark: Date.parse('2026-03-04T09:00:00+08:00') })).toEqual([`bed-no-lines 3 ${A}/M1`])
    const daily = dailyLines({ fix: A, mdtrt_id: 'M1', psn_no: P, at: '2026-03-02 09:00:00' }, [line(1, '2026-03-02 08:00:00', 100)])
    expect(flags([admission, daily], { watermark: () => Date.parse('2026-03-04T09:00:00+08:00') })).toEqual([])
  })

  test('three days of bed and nursing; a refunded drug is no treatment', () => {
    const lines = [
      line(1, '2026-03-01 10:00:00', 100_000), line(2, '2026-03-02 10:00:00', 1000, { med_chrgitm_type: '01' }),
      line(3, '2026-03-03 10:00:00', 1000, { med_chrgitm_type: '07' }), line(4, '2026-03-04 10:00:00', 1000, { med_chrgitm_type: '02' }),
      line(5, '2026-03-04 10:00:00', 500), line(6, '2026-03-05 08:00:00', 100_000)
    ]
    const refund = line(7, '2026-03-05 09:00:00', -500, { cnt: -1, init_feedetl_sn: '5' })
    expect(flags([stay('1', A, '2026-03-01 09:00:00', '2026-03-05 10:00:00', { feedetail: lines })])).toEqual([])
    expect(flags([stay('1', A, '2026-03-01 09:00:00', '2026-03-05 10:00:00', { feedetail: [...lines, refund] })])).toEqual([`bed-nursing-only-days 3 ${A}/M1`])
  })

  test('under 30 % of the peers\' day', () => {
    const peers = (cost: string): Raw[] => [institution(A), peerMedian('05', 'A03', 'I63', cost)]
    expect(flags([first, ...peers('2083.33')])).toEqual([]) // 5 lines of 500 yuan over 4 days = 625 a day
    expect(flags([first, ...peers('2083.34')])).toEqual([`bed-low-day-cost 3 ${A}/M1`])
    expect(flags([first, institution(A), peerMedian('05', 'A03', 'I63', '2083.34', '29')])).toEqual([])
  })

  test('a visit elsewhere strictly inside flags the stay and the visit', () => {
    expect(flags([first, visit('7', B, '2026-03-03 10:00:00')])).toEqual([`bed-visit-elsewhere 3 ${A}/M1`, `visit-while-inpatient 2 ${B}/7`])
    for (const at of ['2026-03-01 20:00:00', '2026-03-05 09:00:00']) expect(flags([first, visit('7', B, at)])).toEqual([])
    expect(flags([first, visit('7', B, '2026-03-03 10:00:00', { pay_loc: '5' })])).toEqual([])
    expect(flags([first, visit('7', B, '2026-03-03 10:00:00', {}, [line(1, '2026-02-20 10:00:00', 5000)])])).toEqual([])
  })
})

describe('one person in two places', () => {
  test('stays overlap by more than two hours', () => {
    expect(flags([first, stay('2', B, '2026-03-05 08:00:00', '2026-03-06 10:00:00')])).toEqual([])
    expect(flags([first, stay('2', B, '2026-03-05 07:59:59', '2026-03-06 10:00:00')])).toEqual([`overlapping-stays 1 ${A}/M1/${B}/M2`])
    expect(flags([first, stay('2', B, '2026-03-04 12:00:00', '2026-03-06 10:00:00', { mdtrtinfo: { adm_way: '3' } })])).toEqual([])
    expect(flags([first, stay('2', B, '2026-03-02', '2026-03-04')])).toEqual([`overlapping-stays 2 ${A}/M1/${B}/M2`])
    expect(flags([first, stay('2', B, '2026-03-03', '2026-03-06')])).toEqual([`overlapping-stays 2 ${A}/M1/${B}/M2`])
    expect(flags([first, stay('2', B, '2026-03-04', '2026-03-06')])).toEqual([])
  })

  test('impossible travel', () => {
    const places = [institution(A), institution(B, { lng: '118.48' })] // about 96 km
    const pair = (at: string): Raw[] => [...places, visit('1', A, '2026-03-01 09:00:00'), visit('2', B, at)]
    expect(flags(pair('2026-03-01 09:30:00'))).toEqual([`impossible-travel 2 ${A}/1/${B}/2`])
    expect(flags(pair('2026-03-01 10:00:00'))).toEqual([])
    const abroad = [places[0]!, institution(B, { lng: '118.48', admdvs: '320100' })]
    expect(flags([...abroad, visit('1', A, '2026-03-01 09:00:00'), visit('2', B, '2026-03-01 09:30:00')])).toEqual([])
    expect(flags([...abroad, visit('1', A, '2026-03-01 09:00:00'), visit('2', B, '2026-03-01 09:00:00')])).toEqual([`impossible-travel 2 ${A}/1/${B}/2`])
  })

  test('four institutions a day; a registration does not count', () => {
    const day = (types: string[]): Raw[] => types.map((med_type, i) => visit(String(i), `H3417020000${i}`, `2026-03-01 1${i}:00:00`, { med_type }))
    expect(flags(day(['11', '11', '11', '11']))).toEqual(['many-institutions-a-day 2 2026-03-01'])
    expect(flags(day(['11', '11', '11', '1201']))).toEqual([])
  })

  test('after death, not on the day', () => {
    expect(flags([death(P, '2026-03-04', '2026-06-01 00:00:00'), first])).toEqual([`use-after-death 1 stay/${A}/M1`])
    expect(flags([death(P, '2026-03-05', '2026-06-01 00:00:00'), first, visit('7', B, '2026-03-06 10:00:00')])).toEqual([`use-after-death 1 visit/${B}/7`])
  })
})

describe('frequent visits', () => {
  const month = (count: number, fen: number, more: Raw = {}): Raw[] => Array.from({ length: count }, (_, i) => {
    const at = `2026-03-${String(i + 1).padStart(2, '0')} 10:00:00`
    return visit(String(i), A, at, more, [line(1, at, fen)])
  })
  test.each([
    ['14 visits', month(14, 5000), []],
    ['15 visits', month(15, 5000), ['frequent-visits-month 3 2026-03']],
    ['19 emergencies', month(19, 5000, { med_type: '13' }), []],
    ['20 emergencies', month(20, 5000, { med_type: '13' }), ['frequent-visits-month 3 2026-03']],
    ['15 visits and 5000 yuan', month(15, 33_334), ['frequent-visits-month 2 2026-03']],
    ['20000 yuan', month(1, 2_000_000), ['frequent-visits-month 3 2026-03', 'frequent-visits-year 3 2026']]
  ])('%s', (_name, records, expected) => { expect(flags(records)).toEqual(expected) })

  test('three days of five visits', () => {
    const days = (per: number): Raw[] => ['01', '02', '03'].flatMap(day => Array.from({ length: per }, (_, i) => visit(`${day}${i}`, A, `2026-03-${day} 1${i}:00:00`)))
    expect(flags(days(4))).toEqual([])
    expect(flags(days(5))).toEqual(['frequent-visit-days 3 2026-03', 'frequent-visits-month 3 2026-03'])
  })
})

describe('single settlements', () => {
  test('an item for the other sex, by its net quantity and amount', () => {
    const item = catalogueItem('F1', { gend_limit: '2' })
    const lines = [line(1, '2026-03-01 10:00:00', 3000, { med_list_codg: 'F1', cnt: 3 }), line(2, '2026-03-01 10:00:00', 7000)]
    const part = line(3, '2026-03-01 10:00:00', -1000, { cnt: -1, init_feedetl_sn: '1', med_list_codg: 'F1' })
    const rest = line(4, '2026-03-01 10:00:00', -2000, { cnt: -2, init_feedetl_sn: '1', med_list_codg: 'F1' })
    expect([...oracle([item, visit('1', A, '2026-03-01 10:00:00', {}, [...lines, part])]).values()])
      .toMatchObject([{ rule: 'sex-limited-item', severity: 1, medfee: 2000 }])
    expect(flags([item, visit('1', A, '2026-03-01 10:00:00', {}, [...lines, part, rest])])).toEqual([])
    expect(flags([item, visit('1', A, '2026-03-01 10:00:00', { gend: '0', certno: '' }, lines)])).toEqual([])
  })

  test('age in full years on the day', () => {
    const records = (brdy: string): Raw[] => [catalogueItem('K1', { age_max: '6' }), visit('1', A, '2026-03-01 10:00:00', { brdy, certno: '' }, [line(1, '2026-03-01 10:00:00', 100, { med_list_codg: 'K1' })])]
    expect(flags(records('2019-03-02'))).toEqual([])
    expect(flags(records('2019-03-01'))).toEqual([`age-limited-item 1 ${A}/1`])
  })

  test.each([
    ['sex', { gend: '2' }, 1], ['birth', { brdy: '1980-01-02' }, 1], ['another certificate', { gend: '2', psn_cert_type: '08' }, 0],
    ['fifteen digits', { certno: '341702800101001' }, 0], ['no such day of birth', { certno: '341702198002310019' }, 0], ['newborn', { gend: '2', psn_type: '1401' }, 0]
  ])('certificate: %s', (_name, more, count) => {
    expect(flags([visit('1', A, '2026-03-01 10:00:00', more)])).toHaveLength(count)
  })

  test.each([
    ['fund parts', { hifp_pay: '1.00' }, undefined, ['claim-money-integrity']],
    ['family account', { acct_mulaid_pay: '90.00' }, undefined, ['claim-money-integrity']],
    ['no lines', { medfee_sumamt: '0', fund_pay_sumamt: '0', hifp_pay: '0', psn_part_amt: '0', acct_pay: '0', psn_cash_pay: '0' }, [], ['claim-money-integrity']],
    ['price times quantity', {}, [line(1, '2026-03-01 10:00:00', 5000, { pric: '50.0101' })], ['claim-money-integrity']],
    ['a line number twice', {}, [line(1, '2026-03-01 10:00:00', 500), line(1, '2026-03-01 10:00:00', 500)], ['claim-list-integrity']],
    ['settled before it began', { begndate: '2026-03-02', enddate: '2026-03-02' }, undefined, ['claim-list-integrity']]
  ])('integrity: %s', (_name, more, lines, expected) => {
    expect(flags([visit('1', A, '2026-03-01 10:00:00', more, lines)]).map(flag => flag.split(' ')[0])).toEqual(expected)
  })
})

describe('identity', () => {
  const off = visit('1', A, '2026-03-01 10:00:00', { gend: '2' })
  const right = { ...visit('1', A, '2026-03-01 10:00:00'), inf_time: '2026-03-02 10:00:00' }
  const back = reversal('2208', { fix: A, setl_id: '1', mdtrt_id: 'M1', psn_no: P, at: '2026-03-03 10:00:00' })

  test('repeats change nothing, the greatest version wins, a reversal voids in any order', () => {
    expect(flags([off, off])).toHaveLength(1)
    expect(flags([off, right])).toEqual([])
    expect(flags([right, off])).toEqual([])
    expect(flags([back, off])).toEqual([])
  })

  test('at equal inf_time the greater msgid wins', () => {
    const at = (raw: Raw, serial: string): Raw => ({ ...raw, inf_time: '2026-03-02 10:00:00', msgid: `${A}20260302100000${serial}` })
    expect(flags([at(off, '0002'), at(right, '0001')])).toHaveLength(1)
    expect(flags([at(off, '0001'), at(right, '0002')])).toEqual([])
  })

  test('of a voided stay the admission and the daily lines remain', () => {
    const admission = stayEvent('2401', { fix: A, mdtrt_id: 'M1', psn_no: P, at: '2026-03-01 09:00:00' }, { mdtrtinfo: { adm_time: '2026-03-01 09:00:00' } })
    const voided = reversal('2305', { fix: A, setl_id: '1', mdtrt_id: 'M1', psn_no: P, at: '2026-03-05 12:00:00' })
    const elsewhere = visit('7', B, '2026-03-03 10:00:00')
    expect(flags([first, voided, elsewhere])).toEqual([])
    expect(flags([first, voided, admission, elsewhere])).toEqual([`bed-no-lines 3 ${A}/M1`, `bed-visit-elsewhere 3 ${A}/M1`, `visit-while-inpatient 2 ${B}/7`])
  })

  test('a record whose amounts do not add up is no claim', () => {
    expect(flags([visit('1', A, '2026-03-01 10:00:00', { gend: '2', medfee_sumamt: '51.00' })])).toEqual([])
  })
})
