/**
 * 结伴住院: five of one district and disease at a small hospital within a day and night; both sides of number, hours, beds and costs,
 * the turn of a month, and companies that explain themselves.
 */
import { HOUR, MINUTE, monthOf } from '../../../engine/core/time.ts'
import type { Severity } from '../../../engine/core/flag.ts'
import { medianDayCost } from '../peers.ts'
import type { Person, PersonWish } from '../people.ts'
import { timeText } from '../stamp.ts'
import type { Raw } from '../types.ts'
import { listOf, nodeOf } from './plant.ts'
import type { Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { StayWish, Stayed } from './stays.ts'

const RULE = 'group-admission'
const FROM = 1
const TO = 4

interface Admitted { readonly person: Person, readonly stay: Stayed }
type Wish = Partial<StayWish> & { readonly who?: PersonWish }

/** So many from eight in the morning on, every twenty minutes, for three nights. `last` is about the last of them. */
function admit (plant: Plant, count: number, last: Wish = {}, every: (i: number) => Wish = () => ({})): Admitted[] {
  return Array.from({ length: count }, (_, i) => {
    const { who, ...wish }: Wish = { ...every(i), ...i === count - 1 ? last : {} }
    const person = plant.person(who)
    return { person, stay: plant.stay(person, { place: plant.own, from: plant.at(FROM, 8, 20 * i), to: plant.at(TO, 15, 30 + i), ...wish }) }
  })
}

function label (plant: Plant, group: readonly Admitted[], severity: Severity = 2): void {
  const { person, stay: { fixmedins_code, mdtrt_id, plan } } = group[0]!
  const key = [fixmedins_code, person.area, plan.diagnoses[0]![0].slice(0, 3), monthOf(plan.from)].join('|')
  plant.flagShared(RULE, 'institution', key, person, [mdtrt_id], severity)
}

function innocent (plant: Plant, group: readonly Admitted[]): void {
  for (const { person } of group) plant.innocent(person)
}

type Make = (plant: Plant) => Wish
const flagged = (count: number, last: Make = () => ({}), severity: Severity = 2) => (plant: Plant): void =>
  label(plant, admit(plant, count, last(plant)), severity)
const excused = (count: number, last: Make = () => ({})) => (plant: Plant): void => innocent(plant, admit(plant, count, last(plant)))

/** Costs as many as the peers' times this percentage. */
function costing (plant: Plant, percent: number): Wish {
  return { total: Math.floor(medianDayCost(plant.own.hosp_lv, 'J18.900') * (TO - FROM) * percent / 100) }
}

/** Another diagnosis beside the main one. */
const beside = (diag_code: string): Wish => ({
  change: record => {
    const diagnoses = listOf(record, 'diseinfo')
    diagnoses.push({ ...diagnoses[0], maindiag_flag: '0', diag_srt_no: '2', diag_code })
  }
})

const BIG = { ownBeds: 200 }

export default scenarios(RULE, { needs: 14, ownBeds: 60 }, [
  ['five', flagged(5)],
  ['four-outside', excused(4)],
  ['a-busload', flagged(16), { heavy: true }],
  ['last-after-a-day', flagged(5, plant => ({ from: plant.at(FROM + 1, 8), to: plant.at(TO + 1, 15) }))],
  ['last-a-minute-later', excused(5, plant => ({ from: plant.at(FROM + 1, 8, 1), to: plant.at(TO + 1, 15) }))],
  ['ten-of-200-beds', flagged(10), BIG],
  ['nine-of-200-beds', excused(9), BIG],
  ['one-dearer', flagged(5, plant => costing(plant, 121), 3)],
  ['one-somewhat-dearer', flagged(5, plant => costing(plant, 119))],
  ['all-different', plant => label(plant, admit(plant, 6, {}, i => costing(plant, 100 + 60 * i)), 3)],
  ['fifth-for-another-disease', excused(5, () => ({ diagnosis: ['E11.900', '2型糖尿病'] }))],
  ['fifth-insured-elsewhere', excused(5, plant => ({ who: { area: plant.world.city.neighbours[0]! } }))],
  ['fifth-at-another-hospital', excused(5, plant => ({ place: plant.hospital() }))],
  ['an-emergency', excused(5, () => ({ info: { adm_way: '1' } }))],
  ['a-birth', excused(5, () => ({ med_type: '52' }))],
  ['a-newborn', excused(5, () => ({ info: { nwb_flag: '1' } }))],
  ['a-course-of-therapy', excused(5, () => beside('Z51.103'))],
  ['dialysis', excused(5, () => beside('Z49.100'))],
  ['one-still-there', excused(5, plant => ({ from: plant.at(FROM, 9, 30), to: null, openDays: 5 })), { where: 'end', needs: 7 }],
  ['settled-in-two-parts', excused(4, () => ({ midAfter: 1 }))],
  ['parts-add-up', flagged(5, () => ({ midAfter: 1 }))],
  ['by-date', plant => {
    const byDate = { from: plant.at(FROM), fromDateOnly: true }
    const group = admit(plant, 5, {}, () => byDate)
    label(plant, [...group].sort((a, b) => a.stay.mdtrt_id < b.stay.mdtrt_id ? -1 : 1))
  }],
  ['over-the-end-of-a-month', plant => {
    label(plant, admit(plant, 5, {}, i => ({ from: plant.at(9, 22) + i * HOUR, to: plant.at(13, 15, i), ...costing(plant, 110) })))
  }, { where: 'turn', needs: 24 }],
  ['two-companies', plant => {
    label(plant, admit(plant, 5))
    label(plant, admit(plant, 5, {}, i => ({ from: plant.at(FROM + 2, 8) + i * 20 * MINUTE, to: plant.at(TO + 2, 15, 30 + i) })))
  }],
  ['sent-twice', plant => {
    const group = admit(plant, 5)
    for (const { stay } of group) plant.again(stay.claim)
    label(plant, group)
  }],
  ['four-sent-twice', plant => {
    const group = admit(plant, 4)
    for (const { stay } of group) plant.again(stay.claim)
    innocent(plant, group)
  }],
  ['first-reversed', plant => {
    const group = admit(plant, 6)
    plant.reverse(group[0]!.stay.claim, plant.at(TO + 1, 9))
    label(plant, group.slice(1))
  }],
  ['fifth-reversed', plant => {
    const group = admit(plant, 5)
    plant.reverse(group[4]!.stay.claim, plant.at(TO + 1, 9))
    innocent(plant, group)
  }],
  ['corrected-away', plant => {
    const group = admit(plant, 5)
    plant.correct(group[2]!.stay.claim, plant.at(TO + 2, 9), admittedOtherwise({ adm_way: '1' }))
    innocent(plant, group)
  }],
  ['corrected-into', plant => {
    const group = admit(plant, 5, { info: { adm_way: '1' } })
    plant.correct(group[4]!.stay.claim, plant.at(TO + 2, 9), admittedOtherwise({ adm_way: '2' }))
    label(plant, group)
  }],
  ['first-by-a-correction', plant => {
    const group = admit(plant, 5)
    plant.correct(group[4]!.stay.claim, plant.at(TO + 2, 9), admittedOtherwise({ adm_time: timeText(plant.at(FROM, 7, 30)) }))
    label(plant, [group[4]!, ...group.slice(0, 4)])
  }],
  ['first-comes-last', plant => label(plant, admit(plant, 5, {}, i => i === 0 ? { sent: plant.at(TO + 6, 9) } : {}))],
  ['late', flagged(5, plant => ({ sent: plant.at(TO + 27, 9) })), { needs: 34 }]
])

function admittedOtherwise (info: Raw): (record: Raw) => void {
  return record => { Object.assign(nodeOf(record, 'mdtrtinfo'), info) }
}
