/** 挂床 e, more inpatients than approved beds: a house of ten beds that is just full, and what comes to it on top. */
import { formatDate } from '../../../engine/core/time.ts'
import type { Severity } from '../../../engine/core/flag.ts'
import { DIAGNOSES } from '../peers.ts'
import type { Person } from '../people.ts'
import { nodeOf } from './plant.ts'
import type { Plant } from './plant.ts'
import type { StayWish, Stayed } from './stays.ts'
import { scenarios } from './scenario.ts'

const RULE = 'over-capacity'
const BEDS = 10
/** Nights on which the house is full, and somebody on top is one too many. */
const NIGHTS = [6, 7]

interface Patient { readonly person: Person, readonly stay: Stayed }
type Wish = Partial<StayWish> & { readonly person?: Person }

/** Diseases take turns and few come on one day: a ward like others. */
function admit (plant: Plant, number: number, fromDay: number, toDay: number, { person = plant.person(), ...wish }: Wish = {}): Patient {
  const diagnoses = DIAGNOSES.A03!
  const stay = plant.stay(person, {
    place: plant.own, from: plant.at(fromDay, 8 + number % 7), to: plant.at(toDay, 9 + number % 6),
    diagnosis: diagnoses[number % diagnoses.length]!, ...wish
  })
  return { person, stay }
}

/** Ten patients, admitted from day 1 to day 4, discharged from day 10 to day 13. */
function full (plant: Plant, first: Wish = {}): Patient[] {
  return Array.from({ length: BEDS }, (_, i) => admit(plant, i, 1 + Math.floor(i / 3), 10 + i % 4, i === 0 ? first : {}))
}

/** So many on top, there for the two nights. */
function onTop (plant: Plant, count: number, wish: Wish = {}): Patient[] {
  return Array.from({ length: count }, (_, i) => admit(plant, BEDS + i, NIGHTS[0]!, NIGHTS.at(-1)! + 1, wish))
}

function label (plant: Plant, one: Patient, severity: Severity, nights: readonly number[] = NIGHTS): void {
  for (const night of nights) {
    const date = formatDate(plant.at(night))
    plant.flagShared(RULE, 'institution', `${plant.own.fixmedins_code}|${date}`, one.person, [date], severity)
  }
}

function innocent (plant: Plant, patients: readonly Patient[]): void {
  for (const { person } of patients) plant.innocent(person)
}

const flagged = (count: number, severity: Severity, wish?: Wish, first?: Wish) => (plant: Plant): void => {
  full(plant, first)
  label(plant, onTop(plant, count, wish).at(-1)!, severity)
}
const excused = (wish: Wish) => (plant: Plant): void => { innocent(plant, [...full(plant), ...onTop(plant, 1, wish)]) }

export default scenarios(RULE, { needs: 18, heavy: true, ownBeds: BEDS }, [
  ['eleven', flagged(1, 3)],
  ['twelve-are-a-fifth-more', flagged(2, 3)],
  ['thirteen', flagged(3, 2)],
  ['known-by-dates', plant => flagged(1, 3, { from: plant.at(6), to: plant.at(8), fromDateOnly: true, toDateOnly: true })(plant)],
  ['known-by-the-dates-settled', flagged(1, 3, { bare: true })],
  ['settled-in-the-middle', plant => {
    full(plant)
    const [one] = onTop(plant, 1, { to: plant.at(14, 10), midAfter: 2 })
    label(plant, one!, 3, [6, 7, 8, 9])
  }],
  ['first-comes-later', plant => flagged(1, 3, {}, { sent: plant.at(16, 9) })(plant)],
  ['late', plant => flagged(1, 3, {}, { sent: plant.at(38, 9) })(plant), { needs: 40 }],
  ['sent-twice', plant => {
    full(plant)
    const [one] = onTop(plant, 1)
    plant.again(one!.stay.claim)
    label(plant, one!, 3)
  }],
  ['corrected-into', plant => {
    full(plant)
    const [one] = onTop(plant, 1, { info: { nwb_flag: '1' } })
    plant.correct(one!.stay.claim, plant.at(15, 9), record => { nodeOf(record, 'mdtrtinfo').nwb_flag = '0' })
    label(plant, one!, 3)
  }],
  ['settled-anew', plant => {
    full(plant)
    const [one] = onTop(plant, 1)
    plant.reverse(one!.stay.claim, plant.at(14, 9))
    plant.resettle(one!.stay.claim, plant.at(14, 10))
    label(plant, one!, 3)
  }],
  ['just-full', plant => innocent(plant, full(plant))],
  ['one-goes-one-comes', plant => innocent(plant, [...full(plant, { to: plant.at(6, 9) }), ...onTop(plant, 1)])],
  ['settled-in-parts-counts-once', plant => {
    const patients = full(plant, { midAfter: 6 })
    plant.again(patients[1]!.stay.claim)
    innocent(plant, patients)
  }],
  ['newborn', excused({ info: { nwb_flag: '1' } })],
  ['newborn-by-insurance', plant => excused({ person: plant.newborn() })(plant)],
  ['day-surgery', excused({ info: { ipt_med_type: '2' } })],
  ['reversed-afterwards', plant => {
    const patients = [...full(plant), ...onTop(plant, 1)]
    plant.reverse(patients.at(-1)!.stay.claim, plant.at(14, 9))
    innocent(plant, patients)
  }],
  ['another-one-reversed', plant => {
    const patients = [...full(plant), ...onTop(plant, 1)]
    plant.reverse(patients[0]!.stay.claim, plant.at(14, 9))
    innocent(plant, patients)
  }],
  ['corrected-away', plant => {
    const patients = [...full(plant), ...onTop(plant, 1)]
    plant.correct(patients[4]!.stay.claim, plant.at(15, 9), record => { nodeOf(record, 'mdtrtinfo').ipt_med_type = '2' })
    innocent(plant, patients)
  }]
])
