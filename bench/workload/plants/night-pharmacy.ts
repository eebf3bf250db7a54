/** 药店深夜集中结算: ten sales to five persons in one night, both sides of its hours and numbers, and nights that are none. */
import { formatDate, HOUR, MINUTE } from '../../../engine/core/time.ts'
import type { Millis } from '../../../engine/core/time.ts'
import type { Person } from '../people.ts'
import { timeText } from '../stamp.ts'
import { nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'night-pharmacy'
const DAY = 2

interface Sold { readonly persons: readonly Person[], readonly claims: readonly Claim[] }
type Wish = Partial<VisitWish>

/** So many sales to persons in turn, from five past eleven on, eleven minutes apart. `last` is about the last of them. */
function sell (plant: Plant, count: number, people: number, last: Wish = {}, from: Millis = plant.at(DAY, 23, 5)): Sold {
  const persons = Array.from({ length: people }, () => plant.person())
  const claims = Array.from({ length: count }, (_, i) => plant.visit(persons[i % people]!, {
    place: plant.ownPharmacy, at: from + i * 11 * MINUTE, cost: 4000 + i * 300, ...i === count - 1 ? last : {}
  }))
  return { persons, claims }
}

function label (plant: Plant, { persons }: Sold, day = DAY): void {
  const date = formatDate(plant.at(day))
  plant.flagShared(RULE, 'institution', `${plant.ownPharmacy.fixmedins_code}|${date}`, persons[0]!, [date], 3)
}

function innocent (plant: Plant, { persons }: Sold): void {
  for (const person of persons) plant.innocent(person)
}

type Make = (plant: Plant) => Wish
const flagged = (count: number, people: number, last: Make = () => ({})) => (plant: Plant): void =>
  label(plant, sell(plant, count, people, last(plant)))
const excused = (count: number, people: number, last: Make = () => ({})) => (plant: Plant): void =>
  innocent(plant, sell(plant, count, people, last(plant)))
const at = (day: number, hour: number, minute = 0, second = 0): Make => plant => ({ at: plant.at(day, hour, minute, second) })

export default scenarios(RULE, { needs: 12, ownPharmacy: true }, [
  ['ten-of-five', flagged(10, 5)],
  ['nine-outside', excused(9, 5)],
  ['four-persons-outside', excused(10, 4)],
  ['sixteen-persons', flagged(16, 16), { heavy: true }],
  ['all-after-midnight', plant => label(plant, sell(plant, 10, 5, {}, plant.at(DAY + 1, 1)))],
  ['from-eleven-sharp', flagged(10, 5, at(DAY, 23))],
  ['a-second-before-eleven', excused(10, 5, at(DAY, 22, 59, 59))],
  ['a-second-before-five', flagged(10, 5, at(DAY + 1, 4, 59, 59))],
  ['at-five-sharp', excused(10, 5, at(DAY + 1, 5))],
  ['in-the-evening', plant => innocent(plant, sell(plant, 12, 6, {}, plant.at(DAY, 20)))],
  ['early-in-the-morning', plant => innocent(plant, sell(plant, 12, 6, {}, plant.at(DAY, 5)))],
  ['half-in-each-of-two-nights', plant => {
    innocent(plant, sell(plant, 5, 5))
    innocent(plant, sell(plant, 5, 5, {}, plant.at(DAY + 1, 23, 5)))
  }],
  ['two-nights', plant => {
    label(plant, sell(plant, 10, 5))
    label(plant, sell(plant, 10, 5, {}, plant.at(DAY + 1, 23, 5)), DAY + 1)
  }],
  ['at-two-pharmacies', excused(10, 5, plant => ({ place: plant.pharmacy(2) }))],
  ['at-a-clinic', excused(10, 5, plant => ({ place: plant.clinic() }))],
  ['through-the-internet', excused(10, 5, () => ({ pay_loc: '5', cert: '01' }))],
  ['by-date', excused(10, 5, plant => ({ at: plant.at(DAY + 1), dateOnly: true }))],
  ['entered-afterwards', excused(10, 5, plant => ({ served: plant.at(DAY - 1, 10) }))],
  ['bought-before-midnight', flagged(10, 5, plant => ({ at: plant.at(DAY + 1, 0, 4), served: plant.at(DAY, 23, 57) }))],
  ['sent-twice', plant => {
    const sold = sell(plant, 10, 5)
    for (const claim of sold.claims) plant.again(claim)
    label(plant, sold)
  }],
  ['nine-sent-twice', plant => {
    const sold = sell(plant, 9, 5)
    for (const claim of sold.claims) plant.again(claim)
    innocent(plant, sold)
  }],
  ['tenth-reversed', plant => {
    const sold = sell(plant, 10, 5)
    plant.reverse(sold.claims[9]!, plant.at(DAY + 1, 9))
    innocent(plant, sold)
  }],
  ['eleventh-reversed', plant => {
    const sold = sell(plant, 11, 6)
    plant.reverse(sold.claims[3]!, plant.at(DAY + 1, 9))
    label(plant, sold)
  }],
  ['corrected-away', plant => {
    const sold = sell(plant, 10, 5)
    settledInstead(plant, sold.claims[2]!, plant.at(DAY, 19, 20))
    innocent(plant, sold)
  }],
  ['corrected-into', plant => {
    const sold = sell(plant, 10, 5, { at: plant.at(DAY, 19, 20) })
    settledInstead(plant, sold.claims[9]!, plant.at(DAY, 23, 50))
    label(plant, sold)
  }],
  ['first-comes-last', flagged(10, 5, plant => ({ at: plant.at(DAY, 23, 1), sent: plant.at(DAY + 6, 9) }))],
  ['late', flagged(10, 5, plant => ({ sent: plant.at(DAY + 27, 9) })), { needs: 32 }]
])

/** A later version of the sale says another time. */
function settledInstead (plant: Plant, claim: Claim, time: Millis): void {
  plant.correct(claim, plant.at(DAY + 2) + 9 * HOUR, record => { nodeOf(record, 'setlinfo').setl_time = timeText(time) })
}
