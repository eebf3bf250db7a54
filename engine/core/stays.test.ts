/** Stays among themselves, and visits inside them. The rules' own cases test the same through the whole engine. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Law } from './rule.ts'
import {
  changedDepartment, dischargeOrAdmission, occupiedBeds, readmissionExcused, readmissionOf, readmissions, readmissionValues,
  selfDischarged, sharedDisease, visitInsideStay
} from './stays.ts'
import { DAY, HOUR, parseMoment } from './time.ts'
import type { DiagnosisGroup, Stay, Visit } from './window.ts'

const at = (text: string): number => parseMoment(text)!.at

function stay (mdtrt_id: string, adm: string, dscg: string | null, more: Partial<Stay> = {}): Stay {
  return {
    kind: 'stay', fixmedins_code: 'H1', mdtrt_id, insuplc_admdvs: '341702', mdtrtarea_admvs: '341702', med_type: '21',
    adm_time: at(adm), adm_date_only: adm.length === 10, dscg_time: dscg === null ? null : at(dscg), dscg_date_only: dscg?.length === 10,
    adm_way: '2', dscg_way: '1', ipt_med_type: '1', adm_dept_codg: 'A03', dscg_dept_codg: 'A03', mdtrt_cert_type: '03', dise_codg: '', main_diag: 'I10.x00',
    diag_groups: new Set(), days_rinp_flag_31: false, days_rinp_purpose: false, mid_setl_flag: false, ars_year_ipt_flag: false, nwb_flag: false,
    medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0, settlements: [], days: [], has_lines: true, ...more
  }
}

function visit (setl_time: string, more: Partial<Visit> = {}): Visit {
  return {
    kind: 'visit', fixmedins_code: 'H2', setl_id: 'V', mdtrt_id: 'V', setl_time: at(setl_time), medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0,
    pharmacy: false, insuplc_admdvs: '341702', mdtrtarea_admvs: '341702', med_type: '11', mdtrt_cert_type: '03', pay_loc: '2', in_person: true,
    setl_date_only: false, service_time: at(setl_time), retroactive: false, main_diag: '', diag_groups: new Set(), external: false, ...more
  }
}

describe('the stay before', () => {
  test('is the one discharged last, not the one admitted last', () => {
    const stays = [stay('A', '2026-03-01', '2026-03-12'), stay('B', '2026-03-02', '2026-03-04'), stay('C', '2026-03-15', null)]
    expect(readmissionOf(stays, 2)).toMatchObject({ previous: { mdtrt_id: 'A' }, gap_days: 3 })
  })

  test('of equal discharges is the one admitted later, then the greater mdtrt_id', () => {
    const end = '2026-03-05 10:00'
    const stays = [stay('A', '2026-03-01 08:00', end), stay('B', '2026-03-02 08:00', end), stay('C', '2026-03-02 08:00', end), stay('D', '2026-03-06 08:00', null)]
    expect(readmissionOf(stays, 3)?.previous.mdtrt_id).toBe('C')
  })

  test('must be over, by the minute or, known only by date, by the day', () => {
    expect(readmissionOf([stay('A', '2026-03-01 08:00', '2026-03-05 10:00'), stay('B', '2026-03-05 09:59', null)], 1)).toBeNull()
    expect(readmissionOf([stay('A', '2026-03-01', '2026-03-05 10:00'), stay('B', '2026-03-05', null)], 1)?.gap_days).toBe(0)
    expect(readmissionOf([stay('A', '2026-03-01', null), stay('B', '2026-03-05', null)], 1)).toBeNull()
    expect(readmissionOf([stay('A', '2026-03-01 08:00', '2026-03-05 10:00'), stay('B', '2026-03-05 10:00', null)], 1)?.gap_days).toBe(0)
    expect(readmissionOf([stay('A', '2026-03-01 08:00', '2026-03-05 10:00'), stay('B', '2026-03-04', null)], 1)).toBeNull()
  })

  test('is at the same institution', () => {
    expect(readmissionOf([stay('A', '2026-03-01', '2026-03-02', { fixmedins_code: 'H2' }), stay('B', '2026-03-05', null)], 1)).toBeNull()
  })

  test('never ends after the stay began, however stays lie', () => {
    const drawn = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 })), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(drawn, spans => {
      const base = at('2026-01-01')
      const stays = spans.sort((a, b) => a[0] - b[0]).map(([from, length], i) => ({
        ...stay(`M${i}`, '2026-01-01 00:00', null), adm_time: base + from * DAY + i * HOUR, dscg_time: base + (from + length) * DAY + i * HOUR
      })).sort((a, b) => a.adm_time - b.adm_time)
      stays.forEach((one, i) => {
        const again = readmissionOf(stays, i)
        const over = stays.slice(0, i).filter(other => other.dscg_time <= one.adm_time).map(other => other.dscg_time)
        expect(again?.previous_discharge ?? null).toBe(over.length === 0 ? null : Math.max(...over))
        if (again !== null) expect(again.gap_days).toBeGreaterThanOrEqual(0)
      })
    }))
  })
})

test('one disease is one category or one 病种', () => {
  const a = stay('A', '2026-03-01', null, { main_diag: 'I63.300' })
  expect(sharedDisease(a, stay('B', '2026-03-02', null, { main_diag: 'I63.900' }), 3)).toBe('I63')
  expect(sharedDisease(a, stay('B', '2026-03-02', null, { main_diag: 'I63.900' }), 5)).toBe('')
  expect(sharedDisease({ ...a, dise_codg: 'M1' }, stay('B', '2026-03-02', null, { dise_codg: 'M1' }), 3)).toBe('M1')
  expect(sharedDisease({ ...a, dise_codg: 'M1' }, stay('B', '2026-03-02', null, { dise_codg: 'M2' }), 3)).toBe('')
  expect(sharedDisease({ ...a, main_diag: '' }, stay('B', '2026-03-02', null, { main_diag: '' }), 3)).toBe('')
  expect(sharedDisease({ ...a, main_diag: '', dise_codg: 'M1' }, stay('B', '2026-03-02', null, { main_diag: '', dise_codg: 'M1' }), 3)).toBe('M1')
})

test('a department changed only when both are known', () => {
  const from = stay('A', '2026-03-01', '2026-03-02')
  expect(changedDepartment(from, stay('B', '2026-03-02', null, { adm_dept_codg: 'B07' }))).toBe(true)
  expect(changedDepartment(from, stay('B', '2026-03-02', null))).toBe(false)
  expect(changedDepartment({ ...from, dscg_dept_codg: '' }, stay('B', '2026-03-02', null, { adm_dept_codg: 'B07' }))).toBe(false)
})

describe('a re-admission is excused', () => {
  const before = stay('A', '2026-03-01', '2026-03-02')
  const groups = (...names: DiagnosisGroup[]): Partial<Stay> => ({ diag_groups: new Set(names) })
  const reasons: Array<[string, Partial<Stay>, Partial<Stay>, boolean]> = [
    ['for nothing', {}, {}, false],
    ['for a tumour that is only a diagnosis', groups('tumour'), {}, false],
    ['for therapy', groups('tumour_therapy'), {}, true],
    ['for dialysis', groups('dialysis'), {}, true],
    ['as an emergency', { adm_way: '1' }, {}, true],
    ['as an emergency by type of care', { med_type: '24' }, {}, true],
    ['when the earlier stay sent on', {}, { dscg_way: '2' }, true],
    ['when the earlier stay sent to the community', {}, { dscg_way: '3' }, true],
    ['when received from elsewhere', { med_type: '2301' }, {}, true],
    ['for a birth', { med_type: '52' }, {}, true],
    ['for a plan without a purpose', { days_rinp_flag_31: true }, {}, false],
    ['for a purpose without a plan', { days_rinp_purpose: true }, {}, false],
    ['for a plan with one', { days_rinp_flag_31: true, days_rinp_purpose: true }, {}, true],
    ['for psychiatric care', groups('psychiatric'), {}, true]
  ]
  test.each(reasons)('%s', (_why, later, earlier, excused) => {
    expect(readmissionExcused({ ...before, ...earlier }, stay('B', '2026-03-05', null, later), true)).toBe(excused)
  })

  test('for long care only where the area says so', () => {
    expect(readmissionExcused(before, stay('B', '2026-03-05', null, groups('rehabilitation')), false)).toBe(false)
  })
})

describe('a visit inside a stay', () => {
  const around = stay('A', '2026-03-01 09:00', '2026-03-10 10:00')
  const now = at('2026-03-20')
  test.each([
    ['2026-03-01 18:00', false], ['2026-03-02 00:00', true], ['2026-03-09 23:59', true], ['2026-03-10 00:00', false]
  ])('%s: %s', (time, inside) => {
    expect(visitInsideStay(visit(time), around, now)).toBe(inside)
  })

  test('of a stay still open, up to today', () => {
    expect(visitInsideStay(visit('2026-03-20 08:00'), { ...around, dscg_time: null }, now)).toBe(true)
    expect(visitInsideStay(visit('2026-03-21 08:00'), { ...around, dscg_time: null }, now)).toBe(false)
  })

  const excuses: Array<[Partial<Visit>, Partial<Stay>]> = [
    [{ fixmedins_code: 'H1' }, {}], [{ in_person: false }, {}], [{ retroactive: true }, {}], [{ external: true }, {}], [{}, { nwb_flag: true }], [{}, { ipt_med_type: '2' }]
  ]
  test.each(excuses)('not when %j %j', (ofVisit, ofStay) => {
    expect(visitInsideStay(visit('2026-03-05 10:00', ofVisit), { ...around, ...ofStay }, now)).toBe(false)
  })
})

describe('what the law of the day covers', () => {
  const law: Law<{ readonly from: number }> = { on: at_ => at_ >= at('2026-03-01') ? { from: 1 } : null }
  const stays = [
    stay('A', '2026-02-01', '2026-02-05'),
    stay('B', '2026-02-20 08:00', '2026-03-02 10:00'),
    stay('C', '2026-03-04 08:00', null)
  ]

  test('re-admissions count from the day of the admission, and come with the numbers of that day', () => {
    const found = [...readmissions(stays, law)]
    expect(found).toEqual([{ stay: stays[2], previous: stays[1], previous_discharge: at('2026-03-02 10:00'), gap_days: 2, limits: { from: 1 } }])
    expect(readmissionValues(found[0]!, { disease: 'I10' })).toEqual({
      gap_days: 2, disease: 'I10', previous_discharge: at('2026-03-02 10:00'), admission: at('2026-03-04 08:00'), previous_mdtrt_id: 'B'
    })
  })

  test('beds count from the date of service that the rule names; excused and undated stays are left out', () => {
    const dated = occupiedBeds([...stays, stay('N', '2026-03-05', null, { nwb_flag: true })], law, dischargeOrAdmission)
    expect([...dated].map(bed => [bed.stay.mdtrt_id, bed.at])).toEqual([['B', at('2026-03-02 10:00')], ['C', at('2026-03-04 08:00')]])
    expect([...occupiedBeds(stays, law, one => one.dscg_time)].map(bed => bed.stay.mdtrt_id)).toEqual(['B'])
  })

  test('leaving against medical advice is dscg_way 4', () => {
    expect([selfDischarged(stays[0]!), selfDischarged(stay('D', '2026-03-01', null, { dscg_way: '4' }))]).toEqual([false, true])
  })
})
