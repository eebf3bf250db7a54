/** 冒名 d, four institutions in one day: three and four, midnight, visits that do not count, and what reversals and late visits change. */
import { formatDate } from '../../../engine/core/time.ts'
import type { Place } from '../city.ts'
import type { Person } from '../people.ts'
import { nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'many-institutions-a-day'
const DAY = 2

/** So many clinics and stations of one district, an hour apart from 8:30 on. `last` is about the last of them. */
function round (plant: Plant, count: number, last: Partial<VisitWish> = {}, person = plant.person()): { person: Person, claims: Claim[] } {
  const claims = placesOf(plant, count).map((place, i) =>
    plant.visit(person, { place, at: plant.at(DAY, 8 + i, 30), ...i === count - 1 ? last : {} }))
  return { person, claims }
}

function placesOf (plant: Plant, count: number): Place[] {
  return [plant.hospital(0), plant.clinic(0), plant.clinic(1), plant.clinic(2), plant.clinic(3), plant.hospital(1)].slice(0, count)
}

function label (plant: Plant, person: Person): void {
  plant.flag(RULE, person, [formatDate(plant.at(DAY))], 2)
}

const flagged = (count: number, last?: Partial<VisitWish>) => (plant: Plant): void => label(plant, round(plant, count, last).person)
const excused = (count: number, last?: Partial<VisitWish>) => (plant: Plant): void => plant.innocent(round(plant, count, last).person)

export default scenarios(RULE, { needs: 12 }, [
  ['four', flagged(4)],
  ['three-outside', excused(3)],
  ['six', flagged(6)],
  ['fourth-an-emergency', flagged(4, { med_type: '13' })],
  ['four-visits-three-places', plant => {
    const { person } = round(plant, 3)
    plant.visit(person, { place: plant.clinic(0), at: plant.at(DAY, 14) })
    plant.innocent(person)
  }],
  ['fourth-a-pharmacy', plant => plant.innocent(round(plant, 4, { place: plant.pharmacy() }).person)],
  ['fourth-a-registration', excused(4, { med_type: '12' })],
  ['fourth-an-internet-hospital', excused(4, { pay_loc: '5' })],
  ['fourth-entered-afterwards', plant => plant.innocent(round(plant, 4, { served: plant.at(DAY - 1, 10) }).person)],
  ['fourth-after-midnight', plant => {
    plant.innocent(round(plant, 4, { at: plant.at(DAY + 1, 0, 10), served: plant.at(DAY + 1, 0, 5) }).person)
  }],
  ['fourth-before-midnight', plant => label(plant, round(plant, 4, { at: plant.at(DAY, 23, 50) }).person)],
  ['fourth-reversed', plant => {
    const { person, claims } = round(plant, 4)
    plant.reverse(claims[3]!, plant.at(DAY + 1, 9))
    plant.innocent(person)
  }],
  ['fifth-reversed', plant => {
    const { person, claims } = round(plant, 5)
    plant.reverse(claims[1]!, plant.at(DAY + 1, 9))
    label(plant, person)
  }],
  ['sent-twice', plant => {
    const { person, claims } = round(plant, 4)
    for (const claim of claims) plant.again(claim)
    label(plant, person)
  }],
  ['corrected-away', plant => {
    const { person, claims } = round(plant, 4)
    plant.correct(claims[2]!, plant.at(DAY + 2, 9), record => { nodeOf(record, 'setlinfo').med_type = '12' })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const { person, claims } = round(plant, 4, { pay_loc: '5' })
    plant.correct(claims[3]!, plant.at(DAY + 2, 9), record => { nodeOf(record, 'setlinfo').pay_loc = '2' })
    label(plant, person)
  }],
  ['fourth-late', plant => label(plant, round(plant, 4, { sent: plant.at(DAY + 8, 9) }).person)],
  ['out-of-order', plant => label(plant, round(plant, 4, { arrive: plant.at(DAY, 22) }).person)]
])
