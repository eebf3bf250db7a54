/**
 * 同日同药店多次结算: two and three a day, two pharmacies, midnight, sales that do not count, and what reversals and late sales
 * change.
 */
import { formatDate } from '../../../engine/core/time.ts'
import type { Place } from '../city.ts'
import type { Person } from '../people.ts'
import { nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'pharmacy-same-day-repeats'
const DAY = 2

interface Bought { readonly person: Person, readonly claims: Claim[] }

/** So many purchases at one pharmacy, forty minutes apart from nine o'clock on. `last` is about the last of them. */
function buy (
  plant: Plant, count: number, last: Partial<VisitWish> = {}, person = plant.person(), place: Place = plant.pharmacy()
): Bought {
  const claims = Array.from({ length: count }, (_, i) =>
    plant.visit(person, { place, at: plant.at(DAY, 9, i * 40), cost: 4000 + i * 500, ...i === count - 1 ? last : {} }))
  return { person, claims }
}

function label (plant: Plant, person: Person, place = plant.pharmacy()): void {
  plant.flag(RULE, person, [place.fixmedins_code, formatDate(plant.at(DAY))], 3)
}

const flagged = (count: number, last?: Partial<VisitWish>) => (plant: Plant): void => label(plant, buy(plant, count, last).person)
const excused = (count: number, last?: Partial<VisitWish>) => (plant: Plant): void => plant.innocent(buy(plant, count, last).person)

export default scenarios(RULE, { needs: 12 }, [
  ['three', flagged(3)],
  ['two-outside', excused(2)],
  ['five', flagged(5)],
  ['at-two-pharmacies', plant => {
    const { person } = buy(plant, 2)
    buy(plant, 2, {}, person, plant.pharmacy(1))
    plant.innocent(person)
  }],
  ['three-at-each-of-two', plant => {
    const { person } = buy(plant, 3)
    buy(plant, 3, {}, person, plant.pharmacy(1))
    label(plant, person)
    label(plant, person, plant.pharmacy(1))
  }],
  ['third-at-a-clinic', plant => plant.innocent(buy(plant, 3, { place: plant.clinic() }).person)],
  ['third-through-the-internet', excused(3, { pay_loc: '5', cert: '01' })],
  ['third-entered-afterwards', plant => plant.innocent(buy(plant, 3, { served: plant.at(DAY - 1, 10) }).person)],
  ['third-after-midnight', plant => {
    plant.innocent(buy(plant, 3, { at: plant.at(DAY + 1, 0, 10), served: plant.at(DAY + 1, 0, 5) }).person)
  }],
  ['third-before-midnight', plant => label(plant, buy(plant, 3, { at: plant.at(DAY, 23, 55) }).person)],
  ['reversed-and-settled-again', plant => {
    const { person, claims } = buy(plant, 2)
    plant.reverse(claims[1]!, plant.at(DAY, 11))
    plant.resettle(claims[1]!, plant.at(DAY, 11, 10))
    plant.innocent(person)
  }],
  ['third-reversed', plant => {
    const { person, claims } = buy(plant, 3)
    plant.reverse(claims[2]!, plant.at(DAY + 1, 9))
    plant.innocent(person)
  }],
  ['fourth-reversed', plant => {
    const { person, claims } = buy(plant, 4)
    plant.reverse(claims[0]!, plant.at(DAY + 1, 9))
    label(plant, person)
  }],
  ['two-sent-twice', plant => {
    const { person, claims } = buy(plant, 2)
    for (const claim of claims) plant.again(claim)
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const { person, claims } = buy(plant, 3)
    for (const claim of claims) plant.again(claim)
    label(plant, person)
  }],
  ['corrected-away', plant => {
    const { person, claims } = buy(plant, 3)
    plant.correct(claims[1]!, plant.at(DAY + 2, 9), record => { nodeOf(record, 'setlinfo').pay_loc = '5' })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const { person, claims } = buy(plant, 3, { pay_loc: '5' })
    plant.correct(claims[2]!, plant.at(DAY + 2, 9), record => { nodeOf(record, 'setlinfo').pay_loc = '2' })
    label(plant, person)
  }],
  ['third-late', plant => label(plant, buy(plant, 3, { sent: plant.at(DAY + 8, 9) }).person)],
  ['out-of-order', plant => label(plant, buy(plant, 3, { arrive: plant.at(DAY, 22) }).person)]
])
