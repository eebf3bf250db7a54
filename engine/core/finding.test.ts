/** The common parts of findings: what they are anchored on, laid against and dated by. */
import { expect, test } from 'vitest'
import { facts, periodFinding, stayFinding } from './finding.ts'
import type { Stay, Visit } from './window.ts'

const stay = { kind: 'stay', fixmedins_code: 'H1', mdtrt_id: 'M1', insuplc_admdvs: '341702', adm_time: 5 } as Stay
const visit = { kind: 'visit', fixmedins_code: 'H2', setl_id: 'S', insuplc_admdvs: '310115', setl_time: 7 } as Visit

test('facts are those that hold, as given', () => {
  expect(facts({ b: true, a: true, c: false })).toEqual(['b', 'a'])
  expect(facts({})).toEqual([])
})

test('a finding about a stay is laid against its institution, and what the rule leaves out is empty', () => {
  expect(stayFinding(stay, 9, { severity: 3, values: { days: 4 } })).toEqual({
    anchor: ['H1', 'M1'], at: 9, area: '341702', fixmedins_code: 'H1', severity: 3, main: [stay], involved: [],
    values: { days: 4 }, supports: [], weakens: []
  })
  expect(stayFinding(stay, 9, { severity: 2, values: {}, involved: [visit], supports: ['a'], weakens: ['b'] }))
    .toMatchObject({ severity: 2, involved: [visit], supports: ['a'], weakens: ['b'] })
})

test('a finding about a period is laid against nobody, and dated and placed by its last visit', () => {
  expect(periodFinding('2026-03', [visit], visit, { severity: 2, values: { op: 15 }, supports: ['by_count'] })).toEqual({
    anchor: ['2026-03'], at: 7, area: '310115', fixmedins_code: '', severity: 2, main: [visit], involved: [],
    values: { op: 15 }, supports: ['by_count'], weakens: []
  })
})
