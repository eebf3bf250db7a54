/** When claims happened: which of their moments counts, and which when that one is not there. */
import { describe, expect, it } from 'vitest'
import type { PersonClaim } from './claim.ts'
import { eventTimeOf, isStay } from './event-time.ts'

/** Only what eventTimeOf reads; a whole claim would hide it. */
const at = (claim: object): number => eventTimeOf({ inf_time: 9, ...claim } as unknown as PersonClaim)
const settlement = (infno: string, enddate: number | null, mdtrtinfo: object | null): object =>
  ({ kind: 'settlement', infno, setlinfo: { setl_time: 5, enddate }, mdtrtinfo })

describe('event time', () => {
  it('of a visit is its settlement, whatever else it says', () => {
    expect(at(settlement('2207', 3, { dscg_time: 2 }))).toBe(5)
    expect(at(settlement('2102', 3, null))).toBe(5)
    expect(at({ kind: 'reversal', setl_time: 4 })).toBe(4)
  })

  it('of a stay is the discharge, else the end of the span settled, else the settlement', () => {
    expect(at(settlement('2304', 3, { dscg_time: 2 }))).toBe(2)
    expect(at(settlement('2304', 3, { dscg_time: null }))).toBe(3)
    expect(at(settlement('2304', 3, null))).toBe(3)
    expect(at(settlement('2304', null, null))).toBe(5)
    expect([isStay({ infno: '2304' } as never), isStay({ infno: '2207' } as never)]).toEqual([true, false])
  })

  it('of an admission, a discharge or a list is its own moment, else when it was sent', () => {
    expect(at({ kind: 'admission', mdtrtinfo: { adm_time: 1, dscg_time: 2 } })).toBe(1)
    expect(at({ kind: 'admission', mdtrtinfo: { adm_time: null, dscg_time: 2 } })).toBe(9)
    expect(at({ kind: 'discharge', mdtrtinfo: { adm_time: 1, dscg_time: 2 } })).toBe(2)
    expect(at({ kind: 'discharge', mdtrtinfo: { adm_time: 1, dscg_time: null } })).toBe(9)
    expect(at({ kind: 'list', mdtrtinfo: { adm_time: 1, dscg_time: 2 } })).toBe(2)
    expect(at({ kind: 'list', mdtrtinfo: { adm_time: 1, dscg_time: null } })).toBe(1)
    expect(at({ kind: 'list', mdtrtinfo: { adm_time: null, dscg_time: null } })).toBe(9)
  })

  it('of daily lines is the latest fee, else when they were sent', () => {
    const lines = (...times: number[]): object => ({ kind: 'lines', feedetail: times.map(fee_ocur_time => ({ fee_ocur_time })) })
    expect(at(lines(1, 3, 2))).toBe(3)
    expect(at(lines())).toBe(9)
  })
})
