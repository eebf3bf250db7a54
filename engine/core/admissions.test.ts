import fc from 'fast-check'
import { expect, test } from 'vitest'
import { admissionOf, admittedWithReason, mainDiagnosis } from './admissions.ts'
import type { Diagnosis, Settlement, StayInfo } from './claim.ts'

interface Made { adm_time?: number | null, begndate?: number | null, med_type?: string, psn_type?: string, info?: Partial<StayInfo> | null, codes?: string[] }

function claim ({ adm_time = 5, begndate = 3, med_type = '21', psn_type = '11', info = {}, codes = ['J18.900'] }: Made): Settlement {
  return {
    infno: '2304', setlinfo: { begndate, med_type, psn_type },
    mdtrtinfo: info === null ? null : { adm_time, adm_way: '2', nwb_flag: false, ...info },
    diseinfo: codes.map((code, i) => diagnosis(code, i === 0, i + 1))
  } as unknown as Settlement
}

function diagnosis (diag_code: string, maindiag_flag: boolean, diag_srt_no: number): Diagnosis {
  return { diag_type: '1', maindiag_flag, diag_srt_no, diag_code, diag_name: '', dise_dor_no: '', diag_time: null }
}

test('admitted when the stay says, else when the span settled begins', () => {
  expect(admissionOf(claim({}))).toBe(5)
  expect(admissionOf(claim({ adm_time: null }))).toBe(3)
  expect(admissionOf(claim({ info: null }))).toBe(3)
  expect(admissionOf(claim({ adm_time: null, begndate: null }))).toBeNull()
})

test('the main diagnosis is the one marked, of several the first by number, then by code', () => {
  expect(mainDiagnosis([])).toBe('')
  expect(mainDiagnosis([diagnosis('J18', false, 1)])).toBe('')
  expect(mainDiagnosis([diagnosis('I10', false, 1), diagnosis('E11', true, 3), diagnosis('J18', true, 2)])).toBe('J18')
  expect(mainDiagnosis([diagnosis('J18', true, 1), diagnosis('E11', true, 1)])).toBe('E11')
  const some = fc.array(fc.record({ code: fc.constantFrom('A00', 'B01', 'C02', 'D03'), main: fc.boolean(), number: fc.integer({ min: 0, max: 3 }) }))
  fc.assert(fc.property(some, all => {
    const made = all.map(({ code, main, number }) => diagnosis(code, main, number))
    const found = mainDiagnosis(made)
    expect(mainDiagnosis(made.toReversed())).toBe(found)
    expect(found === '').toBe(!made.some(one => one.maindiag_flag))
  }))
})

test.each<[string, Made, boolean]>([
  ['an ordinary stay', {}, false],
  ['a newborn by flag', { info: { nwb_flag: true } }, true],
  ['a newborn by insurance', { psn_type: '1401' }, true],
  ['an emergency by way', { info: { adm_way: '1' } }, true],
  ['an emergency by type', { med_type: '2401' }, true],
  ['a transfer', { info: { adm_way: '3' }, med_type: '23' }, false],
  ['a birth by type', { med_type: '52' }, true],
  ['a birth by diagnosis', { codes: ['O80.000'] }, true],
  ['therapy of a tumour, beside the main diagnosis', { codes: ['C34.900', 'Z51.103'] }, true],
  ['a tumour', { codes: ['C34.900'] }, false],
  ['dialysis', { codes: ['N18.500'] }, true],
  ['rehabilitation', { codes: ['Z50.900'] }, false],
  ['nothing known of the stay', { info: null }, false]
])('%s', (_, made, expected) => expect(admittedWithReason(claim(made))).toBe(expected))
