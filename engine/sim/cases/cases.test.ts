/** The harness itself: what a table says becomes those records, and a wrong mark is noticed. */
import { describe, expect, test } from 'vitest'
import { DAY } from '../../core/time.ts'
import { balance } from './balance.ts'
import { buildCase, type Sending } from './build.ts'
import { boundaryOf } from './covers.ts'
import { claimLines, moveMoments, stayLines, usualDays } from './lines.ts'
import { otherOrders } from './orders.ts'
import { type Case, parseCases } from './parse.ts'

const ADMITTED = Date.UTC(2026, 1, 20, 1)

function table (text: string): Case {
  return parseCases(`## A sentence\n\n${text}`)[0]!
}

function only (text: string): Sending {
  return buildCase(table(text))[0]!
}

describe('cases.md', () => {
  test('is sentences, what they cover, and rows', () => {
    const [one, two] = parseCases('# Title\n\nWords.\n\n## First\n\ncovers: a inside; twice\n\n| kind | claim |\n|---|---|\n| stay | A |\n| repeat | A |\n\n## Second\n| kind |\n|---|\n| stay |\n')
    expect(one).toMatchObject({ title: 'First', covers: ['a inside', 'twice'] })
    expect(one!.rows.map(row => row.get('kind'))).toEqual(['stay', 'repeat'])
    expect(two!.covers).toEqual([])
  })

  test.each([['## No table\n'], ['## No row\n| kind |\n|---|\n'], ['## Ragged\n| kind | claim |\n|---|---|\n| stay |\n']])('refuses %j', text => {
    expect(() => parseCases(text)).toThrow(/^case "/)
  })

  test('boundaries name a threshold, perhaps of an area', () => {
    expect(boundaryOf('gap_days inside')).toEqual({ name: 'gap_days', area: '' })
    expect(boundaryOf('gap_days@310000 outside')).toEqual({ name: 'gap_days', area: '310000' })
    expect(boundaryOf('cause gap_days')).toBeNull()
  })
})

describe('a row', () => {
  test('puts fields where they belong and balances the money', () => {
    const { record } = only('| kind | claim | adm_time | dscg_time | adm_way | med_type | medfee_sumamt |\n|---|---|---|---|---|---|---|\n| stay | A | 2026-03-01 09:00 | 2026-03-03 10:00 | 1 | 24 | 1000.01 |')
    expect(record).toMatchObject({
      infno: '2304',
      setlinfo: { setl_id: 'A', mdtrt_id: 'A', psn_no: 'P1', med_type: '24', medfee_sumamt: '1000.01', fund_pay_sumamt: '800.00', hifp_pay: '800.00', psn_part_amt: '200.01', psn_cash_pay: '200.01' },
      mdtrtinfo: { adm_time: '2026-03-01 09:00:00', adm_way: '1', dscg_way: '1' }
    })
    expect((record.feedetail as unknown[]).length).toBe(3)
  })

  test('sends null for - and the default for a blank', () => {
    const { record } = only('| kind | claim | setl_time | pay_loc | gend |\n|---|---|---|---|---|\n| visit | A | 2026-03-01 09:00 | - | |')
    expect(record).toMatchObject({ infno: '2207', setlinfo: { pay_loc: null, gend: '2' } })
  })

  test('with a column that no record has is refused by name', () => {
    expect(() => only('| kind | claim | setl_time | sett_id |\n|---|---|---|---|\n| visit | A | 2026-03-01 09:00 | x |')).toThrow('"sett_id" is not a column')
  })

  test('repeats another byte for byte', () => {
    const [one, two] = buildCase(table('| kind | claim | setl_time | flag |\n|---|---|---|---|\n| visit | A | 2026-03-01 09:00 | |\n| repeat | A | | 低 |'))
    expect(two!.bytes).toEqual(one!.bytes)
    expect(two!.row.get('flag')).toBe('低')
  })

  test('stands for many', () => {
    const sent = buildCase(table('| kind | claim | setl_time | times | flag |\n|---|---|---|---|---|\n| visit | A | 2026-03-01 09:00 | 3 every 12h | 中 |'))
    expect(sent.map(each => [each.setl_id, (each.record.setlinfo as { setl_time: string }).setl_time, each.row.get('flag')])).toEqual([
      ['A-1', '2026-03-01 09:00:00', ''], ['A-2', '2026-03-01 21:00:00', ''], ['A-3', '2026-03-02 09:00:00', '中']
    ])
  })

  test('that corrects another is sent later', () => {
    const [one, two] = buildCase(table('| kind | claim | setl_time |\n|---|---|---|\n| visit | A | 2026-03-01 09:00 |\n| visit | A | 2026-03-01 09:00 |'))
    expect(String(two!.record.inf_time) > String(one!.record.inf_time)).toBe(true)
  })

  test('reverses what it names, wherever that was', () => {
    const sent = buildCase(table('| kind | claim | fixmedins_code | setl_time |\n|---|---|---|---|\n| pharmacy | A | P34170200009 | 2026-03-01 09:00 |\n| reversal | A | | |'))
    expect(sent[1]!.record).toMatchObject({ infno: '2103', fixmedins_code: 'P34170200009', setlinfo: { setl_id: 'A', refd_setl_id: 'AR', setl_time: '2026-03-02 09:00:00' } })
  })
})

describe('lines', () => {
  test('of a stay, by day', () => {
    const lines = stayLines('02-20..02-21 01+07 =80.00; 02-22 05 @09:00,18:30 etip; 02-23 05 @date', ADMITTED)
    expect(lines.map(line => `${line.fee_ocur_time} ${line.med_chrgitm_type} ${line.pric} ${line.etip_flag}`)).toEqual([
      '2026-02-20 10:00:00 01 80.00 0', '2026-02-20 10:00:00 07 80.00 0', '2026-02-21 10:00:00 01 80.00 0', '2026-02-21 10:00:00 07 80.00 0',
      '2026-02-22 09:00:00 05 100.00 1', '2026-02-22 18:30:00 05 100.00 1', '2026-02-23 05 100.00 0'
    ])
    expect(new Set(lines.map(line => line.feedetl_sn)).size).toBe(lines.length)
    expect(stayLines('none', ADMITTED)).toEqual([])
  })

  test('of a stay over the new year', () => {
    expect(stayLines('12-31..01-01 05', Date.UTC(2025, 11, 30)).map(line => line.fee_ocur_time)).toEqual(['2025-12-31 10:00:00', '2026-01-01 10:00:00'])
  })

  test('of a claim, one by one', () => {
    const [one, two, three] = claimLines('2026-03-02 10:12 X1 2x61.70 #7; refunds#7 -1x61.70; X2 =9.99 chrgitm_lv=03', '2026-03-02 11:00:00')
    expect(one).toMatchObject({ fee_ocur_time: '2026-03-02 10:12:00', med_list_codg: 'X1', cnt: '2', det_item_fee_sumamt: '123.40', feedetl_sn: '7' })
    expect(two).toMatchObject({ init_feedetl_sn: '7', cnt: '-1', det_item_fee_sumamt: '-61.70', fee_ocur_time: '2026-03-02 11:00:00' })
    expect(three).toMatchObject({ med_list_codg: 'X2', det_item_fee_sumamt: '9.99', chrgitm_lv: '03' })
  })

  test('of a usual stay sum up to its cost', () => {
    const lines = usualDays(ADMITTED, ADMITTED + 2 * DAY, 100001)
    expect(lines.reduce((sum, line) => sum + Math.round(Number(line.pric) * 100), 0)).toBe(100001)
  })

  test('dates move on, and only by days when they have no time', () => {
    expect(moveMoments('2026-02-28 10:00 X; 2026-02-28', DAY)).toBe('2026-03-01 10:00 X; 2026-03-01')
    expect(() => moveMoments('2026-02-28', DAY / 2)).toThrow('whole days')
  })
})

test('what a case states of money wins', () => {
  const money = balance(new Map([['medfee_sumamt', '100'], ['cvlserv_pay', '10'], ['hosp_part_amt', '5'], ['acct_pay', '3']]), 0, false)
  expect(money).toMatchObject({ fund_pay_sumamt: '80.00', hifp_pay: '70.00', cvlserv_pay: '10.00', psn_part_amt: '15.00', acct_pay: '3.00', psn_cash_pay: '12.00' })
  expect(balance(new Map(), 5000, true)).toMatchObject({ medfee_sumamt: '50.00', fund_pay_sumamt: '0.00', acct_pay: '50.00' })
})

test('other orders keep every record, reference data first', () => {
  const sent = buildCase(table('| kind | claim | setl_time |\n|---|---|---|\n| institution | | |\n| visit | A | 2026-03-01 09:00 |\n| visit | B | 2026-03-02 09:00 |'))
  const orders = otherOrders(sent).map(order => order.map(each => each.setl_id))
  expect(orders).toEqual([['', 'A', 'A', 'B', 'B'], ['', 'B', 'A'], ['', 'B', 'A']])
  const late = buildCase(table('| kind | claim | setl_time |\n|---|---|---|\n| visit | A | 2026-03-01 09:00 |\n| visit | B | 2026-04-02 09:00 |'))
  expect(otherOrders(late).length).toBe(1)
})
