/** The oracle of the charges: tiny settlements made by hand, and what must stand of them with how much money. */
import { describe, expect, test } from 'vitest'
import { catalogueItem, institution, line, settlement } from '../records.ts'
import { oracle } from './oracle.ts'
import type { Raw } from './read.ts'

const A = 'H34170200001'
const DRUG = 'XC08CAA259A001010102180'
const RULES = new Set(['price-over-limit', 'fee-outside-stay', 'daily-item-limit', 'days-over-stay', 'suspended-institution'])

/** "rule severity 分" of what the charges' rules say. */
function said (records: readonly Raw[]): string[] {
  return [...oracle(records).values()].filter(one => RULES.has(one.rule)).map(one => `${one.rule} ${one.severity} ${one.medfee}`).sort()
}

function visit (feedetail: readonly Raw[], setlinfo: Raw = {}): Raw {
  return settlement('2207', { fix: A, setl_id: '1', mdtrt_id: 'M1', psn_no: 'P1', at: '2026-03-05 10:00:00' }, { feedetail, setlinfo })
}

/** From 1 to 5 March. */
function stay (feedetail: readonly Raw[], mdtrtinfo: Raw = {}, setlinfo: Raw = {}): Raw {
  return settlement('2304', { fix: A, setl_id: '1', mdtrt_id: 'M1', psn_no: 'P1', at: '2026-03-05 12:00:00' }, {
    feedetail, setlinfo: { begndate: '2026-03-01', ...setlinfo },
    mdtrtinfo: { adm_time: '2026-03-01 09:00:00', dscg_time: '2026-03-05 10:00:00', ...mdtrtinfo }
  })
}

const bed = (sn: number, day: number, cnt: number, more: Raw = {}): Raw =>
  line(sn, `2026-03-0${day} 10:00:00`, Math.round(cnt * 3000), { cnt, med_chrgitm_type: '01', ...more })
const drug = (fen: number, more: Raw = {}): Raw => line(1, '2026-03-05 10:00:00', fen, more)

/** Takes back two of what line 1 sold. */
const TWO_BACK = line(2, '2026-03-05 11:00:00', -16_000, { cnt: -2, init_feedetl_sn: '1' })

describe('price-over-limit', () => {
  test.each([
    ['returned with the line', [drug(16_000, { cnt: 2, pric_uplmt_amt: '70.00' })], [], ['price-over-limit 1 2000']],
    ['of the catalogue', [drug(16_000, { cnt: 2 })], [catalogueItem(DRUG, { pric_uplmt_amt: '75' })], ['price-over-limit 1 1000']],
    ['99 分', [drug(7099, { pric_uplmt_amt: '70.00' })], [], []],
    ['self-paid', [drug(16_000, { pric_uplmt_amt: '70.00', chrgitm_lv: '03' })], [], []],
    ['two of three refunded', [drug(24_000, { cnt: 3, pric_uplmt_amt: '70.00' }), TWO_BACK], [], ['price-over-limit 1 1000']]
  ])('%s', (_, lines, master, expected) => {
    expect(said([...master, visit(lines)])).toEqual(expected)
  })
})

describe('charges of a stay', () => {
  test.each([
    ['dated before it', [line(1, '2026-02-28', 500), bed(2, 1, 1)], {}, {}, ['fee-outside-stay 1 500']],
    ['dated after it', [line(1, '2026-03-06 00:00:00', 500), bed(2, 1, 1)], {}, {}, ['fee-outside-stay 1 500']],
    ['dated after it, taken home', [line(1, '2026-03-06 00:00:00', 500, { dscg_tkdrug_flag: '1' })], {}, {}, []],
    ['dated after it, in mid-stay', [line(1, '2026-03-06 00:00:00', 500)], {}, { mid_setl_flag: '1' }, []],
    ['without its times', [line(1, '2026-03-06 00:00:00', 500)], { dscg_time: null }, {}, []],
    ['two beds on two days', [bed(1, 1, 2), bed(2, 3, 2)], {}, {}, ['daily-item-limit 2 6000']],
    ['two beds on one day', [bed(1, 1, 2), bed(2, 3, 1)], {}, {}, []],
    ['half a bed too much twice', [bed(1, 1, 1.5), bed(2, 3, 1.5, { det_item_fee_sumamt: '45.01' })], {}, {}, ['daily-item-limit 2 3000']],
    ['six days of five', [bed(1, 1, 6)], {}, {}, ['days-over-stay 2 3000']],
    ['five days of five', [bed(1, 1, 5)], {}, {}, []],
    ['the newborn’s', [bed(1, 1, 6), bed(2, 2, 6)], { nwb_flag: '1' }, {}, []],
    ['of day surgery', [bed(1, 1, 6), bed(2, 2, 6)], { ipt_med_type: '2' }, {}, []]
  ])('%s', (_, lines, info, setlinfo, expected) => {
    expect(said([stay(lines, info, setlinfo)])).toEqual(expected)
  })
})

describe('suspended-institution', () => {
  const open = institution(A)
  const suspended = (from: string): Raw => institution(A, { fix_onln_open_flag: '0', valid_from: from, inf_time: `${from} 00:00:00` })
  const at = (time: string): Raw[] => [line(1, time, 5000)]

  test.each([
    ['served and settled during it', '2026-03-01', visit(at('2026-03-05 09:00:00')), ['suspended-institution 1 5000']],
    ['served before it', '2026-03-05', visit(at('2026-03-04 09:00:00')), []],
    ['an emergency', '2026-03-01', visit(at('2026-03-05 09:00:00'), { med_type: '13' }), []],
    ['admitted during it', '2026-03-01', stay(at('2026-03-02 09:00:00')), ['suspended-institution 1 5000']],
    ['admitted before it', '2026-03-02', stay(at('2026-03-02 09:00:00')), []],
    ['not yet', '2026-03-06', stay(at('2026-03-02 09:00:00')), []]
  ])('%s', (_, from, claim, expected) => {
    expect(said([open, suspended(from), claim])).toEqual(expected)
  })
})
