/**
 * 频繁门诊 by days of a month: days with more than four visits, days with more than three institutions, three such days and
 * two, and the turn of a month.
 */
import { formatDate, monthOf } from '../../../engine/core/time.ts'
import type { Place } from '../city.ts'
import { frequent } from './frequent.ts'
import type { Frequent, Planned } from './frequent.ts'
import { nodeOf } from './plant.ts'
import type { Plant } from './plant.ts'
import { scenarios } from './scenario.ts'

const RULE = 'frequent-visit-days'
const ONLINE = { pay_loc: '5' } as const

/** `visits` visits on one day, every fourth an emergency so that the month's count stays below its own limits, at `places` in turn. */
function dayOf (day: number, visits: number, places: readonly Place[], online = false): Planned[] {
  return Array.from({ length: visits }, (_, i) => ({
    day, hour: 8 + i * 2, er: i % 4 === 3, place: places[i % places.length]!, cost: 5000, ...online ? { wish: ONLINE } : {}
  }))
}

function days (plant: Plant, list: readonly number[], visits: number, places: number, online = false): Frequent {
  const all = [plant.hospital(0), plant.clinic(0), plant.clinic(1), plant.clinic(2), plant.clinic(3)].slice(0, places)
  return frequent(plant, list.flatMap(day => dayOf(day, visits, all, online)))
}

function label (plant: Plant, { person }: Frequent, severity: 2 | 3): void {
  plant.flag(RULE, person, [monthOf(plant.at(4))], severity)
}

/** Four institutions in person on a day are a suspicion of their own. */
function labelDays (plant: Plant, { person }: Frequent, list: readonly number[]): void {
  for (const day of list) plant.flag('many-institutions-a-day', person, [formatDate(plant.at(day))], 2)
}

const THREE = [4, 8, 12]

export default scenarios(RULE, { where: 'month', needs: 26 }, [
  ['three-busy-days', plant => label(plant, days(plant, THREE, 5, 1), 3)],
  ['two-busy-days-outside', plant => plant.innocent(days(plant, [4, 8], 5, 1).person)],
  ['four-visits-a-day-outside', plant => plant.innocent(days(plant, THREE, 4, 1).person)],
  ['three-spread-days', plant => {
    const made = days(plant, THREE, 4, 4)
    label(plant, made, 3)
    labelDays(plant, made, THREE)
  }],
  ['three-spread-days-through-the-internet', plant => label(plant, days(plant, THREE, 4, 4, true), 3)],
  ['two-spread-days-outside', plant => {
    const made = days(plant, [4, 8], 4, 4)
    labelDays(plant, made, [4, 8])
    plant.innocent(made.person)
  }],
  ['three-institutions-a-day-outside', plant => plant.innocent(days(plant, THREE, 4, 3).person)],
  ['busy-and-spread', plant => {
    const made = days(plant, THREE, 5, 4)
    label(plant, made, 2)
    labelDays(plant, made, THREE)
  }],
  ['two-months', plant => plant.innocent(days(plant, [7, 9, 11], 5, 1).person), { where: 'turn', needs: 20 }],
  ['registrations-not-counted', plant => {
    const made = days(plant, THREE, 4, 1)
    for (const day of THREE) plant.visit(made.person, { place: plant.clinic(), at: plant.at(day, 7, 30), med_type: '12', cost: 100 })
    plant.innocent(made.person)
  }],
  ['dialysis-not-counted', plant => {
    const made = days(plant, THREE, 4, 1)
    for (const day of THREE) {
      plant.visit(made.person, { place: plant.hospital(), at: plant.at(day, 17), med_type: '14', diagnosis: ['Z49.100', '体外透析'] })
    }
    plant.innocent(made.person)
  }],
  ['pharmacies-not-counted', plant => {
    const made = days(plant, THREE, 4, 1)
    for (const day of THREE) for (const k of [0, 1]) plant.visit(made.person, { place: plant.pharmacy(), at: plant.at(day, 17 + k) })
    plant.innocent(made.person)
  }],
  ['one-reversed', plant => {
    const made = days(plant, THREE, 5, 1)
    plant.reverse(made.visits[2]!.claim, plant.at(14, 9))
    plant.innocent(made.person)
  }],
  ['sent-twice', plant => {
    const made = days(plant, THREE, 5, 1)
    for (const { claim } of made.visits) plant.again(claim)
    label(plant, made, 3)
  }],
  ['four-a-day-sent-twice', plant => {
    const made = days(plant, THREE, 4, 1)
    for (const { claim } of made.visits) plant.again(claim)
    plant.innocent(made.person)
  }],
  ['corrected-away', plant => {
    const made = days(plant, THREE, 5, 1)
    plant.correct(made.visits[0]!.claim, plant.at(16, 9), record => { nodeOf(record, 'setlinfo').med_type = '12' })
    plant.innocent(made.person)
  }],
  ['fifth-late', plant => {
    const made = days(plant, THREE, 4, 1)
    for (const day of THREE) {
      plant.visit(made.person, { place: plant.clinic(), at: plant.at(day, 17), med_type: '13', sent: plant.at(20, 9) })
    }
    label(plant, made, 3)
  }]
])
