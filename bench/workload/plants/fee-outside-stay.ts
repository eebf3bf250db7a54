/** Lines of a stay dated before its admission or after its discharge, at either edge, and those that may be. */
import type { Millis } from '../../../engine/core/time.ts'
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import { timeText } from '../stamp.ts'
import type { Raw } from '../types.ts'
import { listOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { Stayed, StayWish } from './stays.ts'

const RULE = 'fee-outside-stay'
const FROM = 2
const TO = 7
/** Number of the line that tempts. */
const SN = '9001'
type When = (plant: Plant) => Millis
type More = (fee: Fee) => Fee[]

/** A stay from day 2, 9:10, to day 7, 15:30, with one more examination at some moment. */
function charged (plant: Plant, person: Person, when: When, wish: Partial<StayWish> = {}, more: More = () => [], quantity = 1): Stayed {
  const { examination } = plant.world.catalogue.named
  return plant.spell(person, plant.hospital(), FROM, TO, {
    edit: (fees, k) => {
      if (k !== 1) return fees
      const fee = feeOf(examination, when(plant), quantity, { sn: SN, dateOnly: wish.fromDateOnly ?? false })
      return [...fees, fee, ...more(fee)]
    },
    ...wish
  })
}

function label (plant: Plant, person: Person, { fixmedins_code, setl_id }: Claim): void {
  plant.flag(RULE, person, [fixmedins_code, setl_id], 1)
}

const flagged = (when: When, wish: Partial<StayWish> = {}, more?: More, quantity?: number) => (plant: Plant): void => {
  const person = plant.person()
  label(plant, person, charged(plant, person, when, wish, more, quantity).claim)
}
const excused = (when: When, wish: Partial<StayWish> = {}, more?: More, quantity?: number) => (plant: Plant): void => {
  const person = plant.person()
  charged(plant, person, when, wish, more, quantity)
  plant.innocent(person)
}

const before: When = plant => plant.at(FROM - 1, 16)
const after: When = plant => plant.at(TO + 1, 9)
const inside: When = plant => plant.at(FROM + 1, 11)

function tempting (record: Raw): Raw {
  return listOf(record, 'feedetail').find(line => String(line.feedetl_sn) === SN)!
}
const marked = (field: string): Partial<StayWish> => ({ change: record => { tempting(record)[field] = '1' } })

export default scenarios(RULE, { needs: 16 }, [
  ['before-admission', flagged(before)],
  ['last-second-of-the-day-before', flagged(plant => plant.at(FROM - 1, 23, 59, 59))],
  ['weeks-before', flagged(plant => plant.at(FROM - 20, 9))],
  ['early-on-the-day-of-admission', excused(plant => plant.at(FROM, 0, 5))],
  ['after-discharge', flagged(after)],
  ['first-second-of-the-day-after', flagged(plant => plant.at(TO + 1))],
  ['late-on-the-day-of-discharge', excused(plant => plant.at(TO, 23, 50))],
  ['known-by-dates', flagged(plant => plant.at(TO + 1), { fromDateOnly: true, toDateOnly: true })],
  ['known-by-dates-last-day', excused(plant => plant.at(TO), { fromDateOnly: true, toDateOnly: true })],
  ['take-home-medicine', excused(after, marked('dscg_tkdrug_flag'))],
  ['examined-elsewhere', excused(after, marked('etip_flag'))],
  ['refunded-in-full', excused(after, {}, fee => [{ ...refundOf(fee, fee.at + 1000), sn: '9002' }])],
  ['refunded-in-part', flagged(after, {}, fee => [{ ...refundOf(fee, fee.at + 1000, 1), sn: '9002' }], 3)],
  ['refund-dated-after', excused(inside, {}, fee => [{ ...refundOf(fee, fee.at + 8 * 86_400_000, 1), sn: '9002' }], 3)],
  ['middle-before-admission', plant => {
    const person = plant.person()
    label(plant, person, charged(plant, person, before, { midAfter: 3 }).settlements[0]!)
  }],
  ['middle-knows-no-discharge', excused(after, { midAfter: 3 })],
  ['over-the-turn-of-the-year', flagged(after, { crossYear: true })],
  ['without-times', excused(before, { bare: true })],
  ['reversed', plant => {
    const person = plant.person()
    plant.reverse(charged(plant, person, after).claim, plant.at(11, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const person = plant.person()
    const { claim } = charged(plant, person, after)
    plant.again(claim)
    plant.again(claim, plant.at(12, 9))
    label(plant, person, claim)
  }],
  ['corrected-away', plant => {
    const person = plant.person()
    const { claim } = charged(plant, person, after)
    plant.correct(claim, plant.at(11, 9), record => { tempting(record).fee_ocur_time = timeText(inside(plant)) })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const person = plant.person()
    const { claim } = charged(plant, person, inside)
    plant.correct(claim, plant.at(11, 9), record => { tempting(record).fee_ocur_time = timeText(before(plant)) })
    label(plant, person, claim)
  }],
  ['late', plant => flagged(before, { sent: plant.at(14, 9) })(plant)]
])
