/** Stays by admission, and who lies in a bed of its own. */
import { expect, test } from 'vitest'
import { hasOwnBed, staysByAdmission } from './beds.ts'
import type { Settlement } from './claim.ts'
import type { SharedSettlement } from './shared.ts'

function settled (mdtrt_id: string, setl_id: string, setl_time: number, adm: number): SharedSettlement<{ adm: number }> {
  return {
    fixmedins_code: 'H1', setl_id, mdtrt_id, setl_time, medfee_sumamt: 1, fund_pay_sumamt: 1, acct_pay: 0, psn_no: 'P1', insuplc_admdvs: '341702', at: 0,
    facts: { adm }
  }
}
const named = (...settlements: Array<SharedSettlement<{ adm: number }>>): string[] => staysByAdmission(settlements).map(one => one.setl_id)

test('the settlement made last speaks for a stay, whatever its place', () => {
  expect(named(settled('M1', 'S1', 10, 5), settled('M1', 'S2', 20, 5))).toEqual(['S2'])
  expect(named(settled('M1', 'S1', 20, 5), settled('M1', 'S2', 10, 5))).toEqual(['S1'])
})

test('of two settled at one time it is the greater number', () => {
  expect(named(settled('M1', 'S1', 10, 5), settled('M1', 'S2', 10, 5))).toEqual(['S2'])
  expect(named(settled('M1', 'S2', 10, 5), settled('M1', 'S1', 10, 5))).toEqual(['S2'])
})

test('by admission, then by mdtrt_id', () => {
  const stays = [settled('M3', 'S3', 1, 7), settled('M2', 'S2', 2, 5), settled('M1', 'S1', 3, 5), settled('M4', 'S4', 4, 5)]
  expect(named(...stays)).toEqual(['S1', 'S2', 'S4', 'S3'])
  expect(named(...stays.toReversed())).toEqual(['S1', 'S2', 'S4', 'S3'])
})

test('a newborn and day surgery have no bed of their own', () => {
  const claim = (psn_type: string, nwb_flag: boolean, ipt_med_type: string): Settlement =>
    ({ setlinfo: { psn_type }, mdtrtinfo: { nwb_flag, ipt_med_type } }) as Settlement
  expect(hasOwnBed(claim('11', false, '1'))).toBe(true)
  expect(hasOwnBed(claim('1401', false, '1'))).toBe(false)
  expect(hasOwnBed(claim('11', true, '1'))).toBe(false)
  expect(hasOwnBed(claim('11', false, '2'))).toBe(false)
})
