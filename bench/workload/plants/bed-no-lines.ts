/**
 * 挂床 a, 48 hours without fee lines: the gap at each place of a stay, on both sides of 48 h, by time and by date only;
 * stays still open whose lines cease; refunds that uncover a gap, settlements that hide one, and the excuses.
 */
import { HOUR } from '../../../engine/core/time.ts'
import { priceAt, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'

import type { Person } from '../people.ts'
import { stayLines } from '../stay.ts'
import { listOf } from './plant.ts'
import type { Plant } from './plant.ts'
import type { StayWish, Stayed } from './stays.ts'
import { scenarios } from './scenario.ts'

const RULE = 'bed-no-lines'

const without = (...days: readonly number[]) => (k: number): 'full' | 'none' => days.includes(k) ? 'none' : 'full'

const flagged = (more: Partial<StayWish>) => (plant: Plant): void => {
  const person = plant.person()
  plant.flag(RULE, person, plant.spell(person, plant.hospital(), 0, 7, more).anchor, 3)
}
const excused = (more: Partial<StayWish>) => (plant: Plant): void => {
  const person = plant.person()
  plant.spell(person, plant.hospital(), 0, 7, more)
  plant.innocent(person)
}

/** Every line of a day at one moment, given in hours from the start of day 0. */
const at = (hours: Readonly<Record<number, number>>): Pick<StayWish, 'edit'> => ({
  edit: (fees, k, plan) => {
    const hour = hours[k]
    const midnight = plan.from - 9 * HOUR - 10 * 60_000
    return hour === undefined ? fees : fees.map(fee => ({ ...fee, at: midnight + Math.round(hour * 3600) * 1000 }))
  }
})

/** Still in hospital: lines on the first `days` days, then silence; a remote purchase shows that time went on. */
function silent (plant: Plant, days: number, person: Person): Stayed {
  const stay = plant.stay(person, { place: plant.hospital(), from: plant.at(0, 9, 10), to: null, openDays: days })
  plant.visit(person, { place: plant.pharmacy(), at: plant.at(days + 4, 10), pay_loc: '5' })
  return stay
}

export default scenarios(RULE, { needs: 16 }, [
  ['two-days-in-the-middle', flagged({ day: without(3, 4, 5) })],
  ['exactly-48-hours', flagged({ day: without(3), ...at({ 2: 2 * 24 + 10, 4: 4 * 24 + 10 }) })],
  ['one-second-short', excused({ day: without(3), ...at({ 2: 2 * 24 + 10, 4: 4 * 24 + 10 - 1 / 3600 }) })],
  ['from-admission', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 7, { day: without(0, 1), ...at({ 2: 2 * 24 + 9 + 1 / 6 }) })
    plant.flag(RULE, person, stay.anchor, 3)
  }],
  ['from-admission-one-second-short', excused({ day: without(0, 1), ...at({ 2: 2 * 24 + 9 + 1 / 6 - 1 / 3600 }) })],
  ['until-discharge', flagged({ day: without(6, 7), ...at({ 5: 5 * 24 + 15.5 }) })],
  ['until-discharge-one-second-short', excused({ day: without(6, 7), ...at({ 5: 5 * 24 + 15.5 + 1 / 3600 }) })],
  ['two-gaps-one-flag', flagged({ day: without(1, 2, 5, 6) })],
  ['admitted-on-a-date-two-empty-days', flagged({ fromDateOnly: true, day: without(0, 1, 2) })],
  ['admitted-on-a-date-one-empty-day', excused({ fromDateOnly: true, day: without(0, 1) })],
  ['dated-lines-two-empty-days', flagged({ day: without(3, 4), edit: fees => fees.map(dated) })],
  ['dated-lines-one-empty-day', excused({ day: without(3), edit: fees => fees.map(dated) })],
  ['refunds-uncover-a-gap', flagged({
    total: null,
    edit: (fees, k) => {
      if (k === 0) priceAt(fees.at(-1)!, 400_000)
      return k < 3 || k > 5 ? fees : [...fees, ...fees.map((fee, i) => ({ ...refundOf(fee, fee.at + 1000), sn: `${fee.sn}9${i}` }))]
    }
  })],
  ['open-and-silent', plant => {
    const person = plant.person()
    plant.flag(RULE, person, silent(plant, 3, person).anchor, 3)
  }],
  ['open-never-a-line', plant => {
    const person = plant.person()
    const stay = plant.stay(person, { place: plant.hospital(), from: plant.at(0, 9, 10), to: null, openDays: 1, day: () => 'none' })
    plant.visit(person, { place: plant.pharmacy(), at: plant.at(4, 10), pay_loc: '5' })
    plant.flag(RULE, person, stay.anchor, 3)
  }],
  ['open-silent-less-than-the-grace', plant => {
    const person = plant.person()
    plant.stay(person, { place: plant.hospital(), from: plant.at(0, 9, 10), to: null, openDays: 4 })
    plant.innocent(person)
  }, { where: 'end', needs: 6 }],
  ['open-lines-come-late', plant => {
    const person = plant.person()
    const span = { place: plant.hospital(), from: plant.at(0, 9, 10), to: plant.at(9, 15), settled: false }
    const stay = plant.stay(person, { ...span, chain: true, day: without(3, 4, 5, 6, 7) })
    const fees = plant.stay(person, span).days.slice(3, 8).flat()
    plant.send(plant.at(12, 9), stayLines(stay.plan, fees, plant.at(12, 9), 77))
    plant.innocent(person)
  }],
  ['excused-day-surgery', excused({ day: without(3, 4, 5), info: { ipt_med_type: '2' } })],
  ['excused-newborn', plant => {
    const person = plant.newborn()
    plant.spell(person, plant.hospital(), 0, 6, {
      dept: 'A07', diagnosis: ['J20.900', '急性支气管炎'], day: without(2, 3, 4), info: { nwb_flag: '1' }
    })
    plant.innocent(person)
  }],
  ['settled-without-lines', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 5, { change: record => { record.feedetail = [] } })
    plant.innocent(person)
    plant.flag('claim-money-integrity', person, [stay.fixmedins_code, stay.claim.setl_id], 3)
  }],
  ['reversed', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 7, { day: without(3, 4, 5) })
    plant.reverse(stay.claim, plant.at(10, 9))
    plant.innocent(person)
  }],
  ['reversal-uncovers-what-2301-said', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 7, {
      chain: true, change: record => { record.feedetail = everyDay(record, plant) }, day: without(3, 4, 5)
    })
    plant.reverse(stay.claim, plant.at(10, 9))
    plant.flag(RULE, person, stay.anchor, 3)
  }],
  ['settlement-fills-what-2301-missed', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(), 0, 7, {
      chain: true, change: record => { record.feedetail = everyDay(record, plant) }, day: without(3, 4, 5)
    })
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 7, { day: without(3, 4, 5), chain: true })
    plant.again(stay.claim)
    plant.flag(RULE, person, stay.anchor, 3)
  }],
  ['corrected-away', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 7, { day: without(3, 4, 5) })
    plant.correct(stay.claim, plant.at(11, 9), record => { record.feedetail = everyDay(record, plant) })
    plant.innocent(person)
  }]
])

/** Three of the last day's lines are said to have occurred on the empty days 3 to 5, a test among them. */
function everyDay (record: Record<string, unknown>, plant: Plant): Array<Record<string, unknown>> {
  const lines = structuredClone(listOf(record, 'feedetail'))
  for (const [i, sn] of ['801', '804', '802'].entries()) {
    const line = lines.find(each => String(each.feedetl_sn) === sn)
    line!.fee_ocur_time = `${dayText(plant, 3 + i)} 10:00:00`
  }
  return lines
}

function dayText (plant: Plant, day: number): string {
  return new Date(plant.at(day, 8)).toISOString().slice(0, 10)
}

function dated (fee: Fee): Fee {
  return { ...fee, dateOnly: true }
}
