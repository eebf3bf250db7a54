import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Line, Settlement } from './claim.ts'
import { distinctiveOf, goodsOf, settledAtCounter } from './counter.ts'

const at = (text: string): number => Date.parse(`${text}+08:00`)

interface Made { infno?: string, pay_loc?: string, refd_setl_flag?: boolean, lines?: ReadonlyArray<Partial<Line>> }

function claim ({ infno = '2102', pay_loc = '2', refd_setl_flag = false, lines = [{}] }: Made): Settlement {
  const feedetail = lines.map((line, i) => ({
    feedetl_sn: String(i + 1), init_feedetl_sn: '', fee_ocur_time: at('2026-03-05T09:50:00'), med_list_codg: 'X1', list_type: '101', cnt: 10_000,
    det_item_fee_sumamt: 1000, ...line
  }))
  return { infno, setlinfo: { pay_loc, refd_setl_flag, setl_time: at('2026-03-05T10:00:00') }, feedetail } as unknown as Settlement
}

describe('settled at a counter', () => {
  it('is what a pharmacy or an outpatient department settles in person', () => {
    expect(settledAtCounter(claim({}))).toBe(true)
    expect(settledAtCounter(claim({ infno: '2207' }))).toBe(true)
    for (const pay_loc of ['1', '3', '4', '']) expect(settledAtCounter(claim({ pay_loc }))).toBe(true)
  })

  it('is no stay, nothing online and no refund', () => {
    expect(settledAtCounter(claim({ infno: '2304' }))).toBe(false)
    expect(settledAtCounter(claim({ pay_loc: '5' }))).toBe(false)
    expect(settledAtCounter(claim({ refd_setl_flag: true }))).toBe(false)
  })

  it('is not what was entered afterwards: all fees of other days', () => {
    const yesterday = { fee_ocur_time: at('2026-03-04T23:59:59') }
    expect(settledAtCounter(claim({ lines: [yesterday, yesterday] }))).toBe(false)
    expect(settledAtCounter(claim({ lines: [yesterday, {}] }))).toBe(true)
    expect(settledAtCounter(claim({ lines: [] }))).toBe(true)
  })
})

describe('goods', () => {
  it('are sorted codes, each once, without services', () => {
    const lines = [{ med_list_codg: 'X2' }, { med_list_codg: 'X1' }, { med_list_codg: 'X2' }, { med_list_codg: 'S1', list_type: '201' }]
    expect(goodsOf(claim({ lines }))).toEqual(['X1', 'X2'])
    expect(goodsOf(claim({ lines: [{ med_list_codg: 'S1', list_type: '201' }] }))).toEqual([])
  })

  it('are null when all was refunded or nothing was charged', () => {
    const back = { cnt: -10_000, det_item_fee_sumamt: -1000, init_feedetl_sn: '1' }
    expect(goodsOf(claim({ lines: [{}, back] }))).toBeNull()
    expect(goodsOf(claim({ lines: [{}, back, { med_list_codg: 'X3' }] }))).toEqual(['X3'])
    expect(goodsOf(claim({ lines: [] }))).toBeNull()
  })
})

describe('what is distinctive of a device’s number', () => {
  it('stands after leading letters and zeros', () => {
    expect(distinctiveOf('SN20-417733')).toBe('20417733')
    expect(distinctiveOf('TM34170200017')).toBe('34170200017')
    expect(distinctiveOf('00A0417733')).toBe('A0417733')
    expect(distinctiveOf('a4:b1:c2:d3:e4:f5')).toBe('4b1c2d3e4f5')
    expect(distinctiveOf('POS0024')).toBe('24')
    expect(distinctiveOf('D-01')).toBe('')
  })

  it('is nothing of addresses, names and placeholders', () => {
    for (const dev_no of ['192.168.1.15', '10.0.0.7', '收*~1f3a9c02', '000000', '99999999', '0000000001', '12345678', '67890123', 'DEV', '']) {
      expect(distinctiveOf(dev_no), dev_no).toBe('')
    }
    expect(distinctiveOf('192.168.1.15.7')).toBe('1921681157')
    expect(distinctiveOf('1192.168.1.15')).toBe('1192168115')
    expect(distinctiveOf('12345679')).toBe('12345679')
    expect(distinctiveOf('99999998')).toBe('99999998')
  })

  it('is never longer than the number and does not begin with zero', () => {
    fc.assert(fc.property(fc.string(), dev_no => {
      const rest = distinctiveOf(dev_no)
      return rest.length <= dev_no.length && !rest.startsWith('0') && /^[0-9A-Za-z]*$/.test(rest)
    }))
  })
})
