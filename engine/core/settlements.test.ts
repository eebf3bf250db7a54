import { describe, expect, it } from 'vitest'
import type { Line, SetlInfo, Settlement, StayInfo } from './claim.ts'
import { isNewborn, refundsOf, serviceTime, sexDoubtful } from './settlements.ts'

/** Only what these functions read; a whole settlement would hide it. */
function settlement (
  infno: string, setlinfo: Partial<SetlInfo>, mdtrtinfo: Partial<StayInfo> | null = null
): Settlement {
  return { infno, setlinfo, mdtrtinfo } as unknown as Settlement
}
const line = (feedetl_sn: string, init_feedetl_sn: string, cnt: number, det_item_fee_sumamt: number): Line =>
  ({ feedetl_sn, init_feedetl_sn, cnt, det_item_fee_sumamt }) as unknown as Line

describe('a settlement', () => {
  it('of a visit is judged by the law of the day it was settled', () => {
    expect(serviceTime(settlement('2207', { setl_time: 3, enddate: 2 }))).toBe(3)
  })

  it('of a stay is judged by the law of its discharge, else of the end of the span settled', () => {
    expect(serviceTime(settlement('2304', { setl_time: 3, enddate: 2 }, { dscg_time: 1 }))).toBe(1)
    expect(serviceTime(settlement('2304', { setl_time: 3, enddate: 2 }, { dscg_time: null }))).toBe(2)
    expect(serviceTime(settlement('2304', { setl_time: 3, enddate: null }))).toBe(3)
  })

  it('is a newborn’s by the kind of person or by the flag of the stay', () => {
    expect(isNewborn(settlement('2207', { psn_type: '1401' }))).toBe(true)
    expect(isNewborn(settlement('2304', { psn_type: '1402' }, { nwb_flag: true }))).toBe(true)
    expect(isNewborn(settlement('2304', { psn_type: '1402' }, { nwb_flag: false }))).toBe(false)
    expect(isNewborn(settlement('2207', { psn_type: '12' }))).toBe(false)
  })

  it('leaves the registered sex in doubt only when an identity number says another', () => {
    const doubtful = (psn_cert_type: string, certno: string, gend: string): boolean =>
      sexDoubtful(settlement('2207', { psn_cert_type, certno, gend }))
    expect(doubtful('01', '340000195104020020', '1')).toBe(true)
    expect(doubtful('01', '340000195104020020', '2')).toBe(false)
    expect(doubtful('08', '340000195104020020', '1')).toBe(false)
    expect(doubtful('01', '', '1')).toBe(false)
  })

  it('adds up what was refunded of each line', () => {
    const bought = [line('1', '', 30_000, 300), line('4', '', 10_000, 50)]
    const returned = [line('2', '1', -10_000, -100), line('3', '1', -20_000, -200)]
    expect([...refundsOf([...bought, ...returned])]).toEqual([['1', { cnt: -30_000, amount: -300 }]])
  })
})
