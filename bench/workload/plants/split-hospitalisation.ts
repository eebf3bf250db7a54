/**
 * 分解住院: core and watch gaps with both boundaries, chains, dates without times, every excuse, one stay settled twice,
 * and what reversals, corrections, retries and late arrivals do to a pair.
 */
import type { Person } from '../people.ts'
import type { Diagnosis } from '../records.ts'
import { listOf } from './plant.ts'
import type { Plant } from './plant.ts'
import type { StayWish, Stayed } from './stays.ts'
import { scenarios } from './scenario.ts'

const RULE = 'split-hospitalisation'
const COPD: Diagnosis = ['J44.900', '慢性阻塞性肺疾病']

/** Days 0–5, then a second stay of four days `gap` days later; only the second is asked about. */
function pair (
  plant: Plant, gap: number, second: Partial<StayWish> = {}, first: Partial<StayWish> = {}
): { a: Stayed, b: Stayed, person: Person } {
  const person = plant.person()
  const a = plant.spell(person, plant.hospital(), 0, 5, first)
  const b = plant.spell(person, plant.hospital(), 5 + gap, 9 + gap, gap === 0 ? { from: plant.at(5, 16, 30), ...second } : second)
  return { a, b, person }
}

const flagged = (gap: number, severity: 2 | 3, second: Partial<StayWish> = {}, first: Partial<StayWish> = {}) => (plant: Plant): void => {
  const { b, person } = pair(plant, gap, second, first)
  plant.flag(RULE, person, b.anchor, severity)
}
const excused = (gap: number, second: Partial<StayWish> = {}, first: Partial<StayWish> = {}) => (plant: Plant): void => {
  const { person } = pair(plant, gap, second, first)
  plant.innocent(person)
}

/** Three stays, each `gap` days after the one before; one day shorter than usual so that a chain fits in 60 days. */
function chain (plant: Plant, gap: number, third: Partial<StayWish> = {}): { person: Person, stays: Stayed[] } {
  const person = plant.person()
  const stays = [0, 1, 2].map(i => plant.spell(person, plant.hospital(), i * (4 + gap), i * (4 + gap) + 4, i === 2 ? third : {}))
  return { person, stays }
}

const planned = { days_rinp_flag_31: '1', days_rinp_pup_31: '取内固定' }
const tumour: Diagnosis = ['Z51.103', '恶性肿瘤维持性化学治疗']
const kidney: Diagnosis = ['N18.500', '慢性肾脏病5期']
const birth: Diagnosis = ['O80.000', '单胎顺产']
const mind: Diagnosis = ['F20.900', '精神分裂症']
const rehab: Diagnosis = ['Z50.900', '康复医疗']

export default scenarios(RULE, { needs: 26 }, [
  ['gap-same-day-same-department', flagged(0, 2)],
  ['gap-3', flagged(3, 2)],
  ['gap-7-last-core', flagged(7, 2)],
  ['gap-8-first-watch', flagged(8, 3)],
  ['gap-15-last-watch', flagged(15, 3)],
  ['gap-16-outside', excused(16)],
  ['same-dise-codg', flagged(4, 2, { diagnosis: COPD, info: { dise_codg: 'BZ0012' } }, { info: { dise_codg: 'BZ0012' } })],
  ['other-disease', excused(4, { diagnosis: COPD })],
  ['other-institution', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(0), 0, 5)
    plant.spell(person, plant.hospital(1), 8, 12)
    plant.innocent(person)
  }],
  ['next-day-department-unknown', flagged(1, 2, { info: { adm_dept_codg: '' } })],
  ['self-discharge', flagged(5, 2, {}, { info: { dscg_way: '4' } })],
  ['dates-only', flagged(4, 2, { fromDateOnly: true, toDateOnly: true }, { toDateOnly: true })],
  ['known-by-dates-only', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(), 0, 5)
    const b = plant.stay(person, {
      place: plant.hospital(), from: plant.at(9), to: plant.at(13), fromDateOnly: true, toDateOnly: true, bare: true
    })
    plant.flag(RULE, person, b.anchor, 2)
  }],
  ['chain-of-watch-gaps', plant => {
    const { person, stays } = chain(plant, 10)
    plant.flag(RULE, person, stays[1]!.anchor, 3)
    plant.flag(RULE, person, stays[2]!.anchor, 2)
  }, { needs: 34 }],
  ['chain-of-core-gaps', plant => {
    const { person, stays } = chain(plant, 5)
    plant.flag(RULE, person, stays[1]!.anchor, 2)
    plant.flag(RULE, person, stays[2]!.anchor, 1)
  }],
  ['chain-never-s1-by-date', plant => {
    const { person, stays } = chain(plant, 5, { fromDateOnly: true })
    plant.flag(RULE, person, stays[1]!.anchor, 2)
    plant.flag(RULE, person, stays[2]!.anchor, 2)
  }],
  ['chain-60-days-ago-counts', longChain(0), { needs: 64 }],
  ['chain-61-days-ago-does-not', longChain(1), { needs: 64 }],
  ['excused-planned-therapy', excused(5, { diagnosis: tumour, dept: 'A19' }, { diagnosis: tumour, dept: 'A19' })],
  ['excused-dialysis', excused(5, { diagnosis: kidney }, { diagnosis: kidney })],
  ['excused-emergency-adm-way', excused(5, { info: { adm_way: '1' } })],
  ['excused-emergency-med-type', excused(5, { med_type: '24' })],
  ['excused-transfer-out', excused(5, {}, { info: { dscg_way: '2' } })],
  ['excused-transfer-community', excused(5, {}, { info: { dscg_way: '3' } })],
  ['excused-transfer-in', excused(5, { info: { adm_way: '3' } })],
  ['excused-transfer-med-type', excused(5, { med_type: '23' })],
  ['excused-obstetric', plant => {
    const person = plant.person({ gend: '2', age: 29 })
    plant.spell(person, plant.hospital(), 0, 3, { dept: 'A05', diagnosis: birth, med_type: '52' })
    plant.spell(person, plant.hospital(), 7, 10, { dept: 'A05', diagnosis: birth, med_type: '52' })
    plant.innocent(person)
  }],
  ['excused-planned-readmission', excused(5, { info: planned })],
  ['planned-without-purpose', flagged(5, 2, { info: { days_rinp_flag_31: '1' } })],
  ['excused-psychiatry', excused(3, { diagnosis: mind, dept: 'A15' }, { diagnosis: mind, dept: 'A15' })],
  ['excused-rehabilitation', excused(3, { diagnosis: rehab, dept: 'A21' }, { diagnosis: rehab, dept: 'A21' })],
  ['one-stay-settled-twice', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(), 0, 9, { midAfter: 4 })
    plant.innocent(person)
  }],
  ['one-stay-across-the-year', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(), 0, 10, { midAfter: 4, crossYear: true })
    plant.innocent(person)
  }, { where: 'newyear' }],
  ['still-in-hospital', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(), 0, 5)
    const b = plant.stay(person, { place: plant.hospital(), from: plant.at(9, 9, 10), to: null, openDays: 4 })
    plant.flag(RULE, person, b.anchor, 2)
  }, { where: 'end', needs: 13 }],
  ['later-stay-reversed', plant => {
    const { b, person } = pair(plant, 4)
    plant.reverse(b.claim, plant.at(15, 10))
    plant.innocent(person)
  }],
  ['earlier-stay-reversed', plant => {
    const { a, person } = pair(plant, 4)
    plant.reverse(a.claim, plant.at(15, 10))
    plant.innocent(person)
  }],
  ['reversed-and-settled-again', plant => {
    const { b, person } = pair(plant, 4)
    plant.reverse(b.claim, plant.at(14, 10))
    plant.resettle(b.claim, plant.at(14, 11))
    plant.flag(RULE, person, b.anchor, 2)
  }],
  ['restored-by-reversal-of-the-stay-between', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(), 0, 5)
    const between = plant.spell(person, plant.hospital(), 8, 9, { diagnosis: ['K80.200', '胆囊结石'], dept: 'A04' })
    const last = plant.spell(person, plant.hospital(), 11, 15)
    plant.reverse(between.claim, plant.at(17, 9))
    plant.flag(RULE, person, last.anchor, 2)
  }],
  ['hidden-by-the-stay-between', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(), 0, 5)
    plant.spell(person, plant.hospital(), 8, 9, { diagnosis: ['K80.200', '胆囊结石'], dept: 'A04' })
    plant.spell(person, plant.hospital(), 11, 15)
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const { a, b, person } = pair(plant, 4)
    plant.again(b.claim)
    plant.again(a.claim, plant.at(14, 8))
    plant.again(b.claim, plant.at(15, 8))
    plant.flag(RULE, person, b.anchor, 2)
  }],
  ['corrected-away', plant => {
    const { b, person } = pair(plant, 4)
    plant.correct(b.claim, plant.at(16, 9), record => { listOf(record, 'diseinfo')[0]!.diag_code = 'K29.700' })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const { b, person } = pair(plant, 4, { diagnosis: COPD })
    plant.correct(b.claim, plant.at(16, 9), record => { listOf(record, 'diseinfo')[0]!.diag_code = 'J18.000' })
    plant.flag(RULE, person, b.anchor, 2)
  }],
  ['older-version-arrives-last', plant => {
    const { b, person } = pair(plant, 4, { diagnosis: COPD, arrive: plant.at(18, 9) })
    plant.correct(b.claim, plant.at(16, 9), record => { listOf(record, 'diseinfo')[0]!.diag_code = 'J18.000' })
    plant.flag(RULE, person, b.anchor, 2)
  }],
  ['earlier-half-late', plant => {
    const { b, person } = pair(plant, 4, {}, { sent: plant.at(20, 9) })
    plant.flag(RULE, person, b.anchor, 2)
  }],
  ['halves-out-of-order', plant => {
    const { b, person } = pair(plant, 4, {}, { arrive: plant.at(14, 3) })
    plant.flag(RULE, person, b.anchor, 2)
  }]
])

/** Three stays, the last one admitted 60 + `extra` days after the first and 12 days after the second: a chain only within 60 days. */
function longChain (extra: number): (plant: Plant) => void {
  return plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(), 0, 4)
    plant.spell(person, plant.hospital(), 38, 48)
    const last = plant.spell(person, plant.hospital(), 60 + extra, 62 + extra)
    plant.flag(RULE, person, last.anchor, extra === 0 ? 2 : 3)
  }
}
