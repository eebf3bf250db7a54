/** 转科重办: discharged and admitted again to another department at once; both sides of the day, every excuse, reversals and retries. */
import type { Person } from '../people.ts'
import type { Diagnosis } from '../records.ts'
import { nodeOf } from './plant.ts'
import type { Plant } from './plant.ts'
import type { StayWish, Stayed } from './stays.ts'
import { scenarios } from './scenario.ts'

const RULE = 'same-day-reregistration'
const GALL: Diagnosis = ['K80.200', '胆囊结石']

/** Discharged from A03 on day 5, admitted to A04 for another disease `gap` days later. */
function pair (
  plant: Plant, gap: number, second: Partial<StayWish> = {}, first: Partial<StayWish> = {}
): { person: Person, a: Stayed, b: Stayed } {
  const person = plant.person()
  const a = plant.spell(person, plant.hospital(), 0, 5, first)
  const surgery = { dept: 'A04', diagnosis: GALL, ...gap === 0 && second.fromDateOnly !== true ? { from: plant.at(5, 16, 40) } : {} }
  const b = plant.spell(person, plant.hospital(), 5 + gap, 9 + gap, { ...surgery, ...second })
  return { person, a, b }
}

const flagged = (gap: number, second?: Partial<StayWish>, first?: Partial<StayWish>) => (plant: Plant): void => {
  const { person, b } = pair(plant, gap, second, first)
  plant.flag(RULE, person, b.anchor, 2)
}
const excused = (gap: number, second?: Partial<StayWish>, first?: Partial<StayWish>) => (plant: Plant): void => {
  const { person } = pair(plant, gap, second, first)
  plant.innocent(person)
  plant.innocent(person, 'split-hospitalisation')
}

export default scenarios(RULE, { needs: 22 }, [
  ['same-day', flagged(0)],
  ['same-day-same-disease', flagged(0, { diagnosis: ['J18.900', '肺炎'] })],
  ['same-moment', plant => {
    const { person, b } = pair(plant, 0, { from: plant.at(5, 15, 30) })
    plant.flag(RULE, person, b.anchor, 2)
  }],
  ['next-day', flagged(1)],
  ['second-day-outside', excused(2)],
  ['next-day-same-department', excused(1, { dept: 'A03' })],
  ['department-unknown', excused(1, { info: { adm_dept_codg: '' } })],
  ['dates-only', flagged(1, { fromDateOnly: true, toDateOnly: true }, { toDateOnly: true })],
  ['same-date-only', flagged(0, { fromDateOnly: true, toDateOnly: true }, { toDateOnly: true })],
  ['other-institution', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(0), 0, 5)
    plant.spell(person, plant.hospital(1), 6, 9, { dept: 'A04', diagnosis: GALL })
    plant.innocent(person)
  }],
  ['excused-emergency', excused(1, { info: { adm_way: '1' } })],
  ['excused-emergency-med-type', excused(0, { med_type: '24' })],
  ['excused-transfer', excused(1, {}, { info: { dscg_way: '2' } })],
  ['excused-transfer-in', excused(1, { info: { adm_way: '3' } })],
  ['excused-planned-therapy', excused(1, { dept: 'A19', diagnosis: ['Z51.103', '恶性肿瘤维持性化学治疗'] })],
  ['excused-dialysis', excused(1, { dept: 'A20', diagnosis: ['N18.500', '慢性肾脏病5期'] })],
  ['excused-obstetric', plant => {
    const person = plant.person({ gend: '2', age: 31 })
    plant.spell(person, plant.hospital(), 0, 5)
    plant.spell(person, plant.hospital(), 6, 9, { dept: 'A05', diagnosis: ['O80.000', '单胎顺产'], med_type: '52' })
    plant.innocent(person)
  }],
  ['excused-planned-readmission', excused(1, { info: { days_rinp_flag_31: '1', days_rinp_pup_31: '分期手术' } })],
  ['excused-long-stay-care', excused(1, { dept: 'A21', diagnosis: ['Z50.900', '康复医疗'] })],
  ['later-stay-reversed', plant => {
    const { person, b } = pair(plant, 1)
    plant.reverse(b.claim, plant.at(13, 9))
    plant.innocent(person)
  }],
  ['reversal-arrives-first', plant => {
    const { person, b } = pair(plant, 1, { arrive: plant.at(14, 9) })
    plant.reverse(b.claim, plant.at(12, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const { person, b } = pair(plant, 1)
    plant.again(b.claim)
    plant.flag(RULE, person, b.anchor, 2)
  }],
  ['corrected-away', plant => {
    const { person, b } = pair(plant, 1)
    plant.correct(b.claim, plant.at(13, 9), record => { nodeOf(record, 'mdtrtinfo').adm_dept_codg = 'A03' })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const { person, b } = pair(plant, 1, { info: { adm_dept_codg: 'A03' } })
    plant.correct(b.claim, plant.at(13, 9), record => { nodeOf(record, 'mdtrtinfo').adm_dept_codg = 'A04' })
    plant.flag(RULE, person, b.anchor, 2)
  }],
  ['earlier-half-late', plant => {
    const { person, b } = pair(plant, 1, {}, { sent: plant.at(18, 9) })
    plant.flag(RULE, person, b.anchor, 2)
  }]
])
