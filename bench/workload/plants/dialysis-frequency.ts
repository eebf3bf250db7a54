/**
 * 血液透析频次异常: three, four and five a week, twice a day, weeks in a row, visits that are no sessions, reversals and late
 * sessions.
 */
import { formatDate } from '../../../engine/core/time.ts'
import type { Person } from '../people.ts'
import type { Diagnosis } from '../records.ts'
import { listOf, nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'dialysis-frequency'
const KIDNEY: Diagnosis = ['N18.500', '慢性肾脏病5期']
const SESSION: Diagnosis = ['Z49.100', '体外透析']
const COST = 45_000
const LEAST = 30_000

interface Dialysed { readonly person: Person, readonly claims: Claim[] }

/**
 * A session at eight o'clock on each of the days; a day named again has another in the afternoon. `last` is about the last
 * one named.
 */
function dialyse (plant: Plant, days: readonly number[], last: Partial<VisitWish> = {}, person = plant.person({ age: 58 })): Dialysed {
  const claims = days.map((day, i) => plant.visit(person, {
    place: plant.hospital(), at: plant.at(day, days.indexOf(day) < i ? 14 : 8), med_type: '14', diagnosis: i % 2 === 0 ? KIDNEY : SESSION,
    cost: COST, ...i === days.length - 1 ? last : {}
  }))
  return { person, claims }
}

function label (plant: Plant, { person }: Dialysed, ...days: number[]): void {
  for (const day of days) plant.flag(RULE, person, [formatDate(plant.at(day))], 2)
}

const FIVE = [2, 3, 5, 7, 8]
const flagged = (days: readonly number[], first: readonly number[], last?: Partial<VisitWish>) => (plant: Plant): void => {
  label(plant, dialyse(plant, days, last), ...first)
}
const excused = (days: readonly number[], last?: Partial<VisitWish>) => (plant: Plant): void => {
  plant.innocent(dialyse(plant, days, last).person)
}

export default scenarios(RULE, { needs: 20 }, [
  ['five-in-seven-days', flagged(FIVE, [2])],
  ['five-in-eight-days-outside', excused([2, 3, 5, 7, 9])],
  ['three-a-week', excused([1, 3, 5, 8, 10, 12, 15])],
  ['every-other-day', excused([0, 2, 4, 6, 8, 10, 12, 14, 16])],
  ['twice-on-one-day', flagged([2, 4, 4, 6], [4])],
  ['a-repeat-counts-towards-the-week', flagged([2, 4, 4, 6, 8], [2])],
  ['a-fortnight-of-days', flagged([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], [0, 7])],
  ['two-days-with-repeats', flagged([2, 2, 5, 5], [2, 5])],
  ['repeat-in-an-emergency', flagged([2, 5, 5], [5], { med_type: '13' })],
  ['repeat-at-another-hospital', plant => label(plant, dialyse(plant, [2, 5, 5], { place: plant.hospital(1) }), 5)],
  ['just-a-session', flagged([2, 5, 5], [5], { cost: LEAST })],
  ['medicine-apart-outside', excused([2, 5, 5], { cost: LEAST - 1 })],
  ['another-disease', excused([2, 5, 5], { diagnosis: ['I10.x00', '高血压'] })],
  ['excused-registration', excused([2, 5, 5], { med_type: '12' })],
  ['excused-internet-hospital', excused([2, 5, 5], { pay_loc: '5' })],
  ['excused-entered-afterwards', plant => plant.innocent(dialyse(plant, [2, 5, 5], { served: plant.at(4, 8) }).person)],
  ['one-of-five-reversed', plant => {
    const { person, claims } = dialyse(plant, FIVE)
    plant.reverse(claims[2]!, plant.at(9, 9))
    plant.innocent(person)
  }],
  ['first-of-six-reversed', plant => {
    const made = dialyse(plant, [1, ...FIVE])
    plant.reverse(made.claims[0]!, plant.at(10, 9))
    label(plant, made, 2)
  }],
  ['four-sent-twice', plant => {
    const { person, claims } = dialyse(plant, FIVE.slice(0, 4))
    for (const claim of claims) plant.again(claim)
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const made = dialyse(plant, FIVE)
    for (const claim of made.claims) plant.again(claim)
    label(plant, made, 2)
  }],
  ['corrected-away', plant => {
    const { person, claims } = dialyse(plant, FIVE)
    plant.correct(claims[4]!, plant.at(10, 9), record => { listOf(record, 'diseinfo')[0]!.diag_code = 'I10.x00' })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const made = dialyse(plant, FIVE, { pay_loc: '5' })
    plant.correct(made.claims[4]!, plant.at(10, 9), record => { nodeOf(record, 'setlinfo').pay_loc = '2' })
    label(plant, made, 2)
  }],
  ['first-late', plant => {
    const { person } = dialyse(plant, [3, 4, 5, 6, 7])
    label(plant, dialyse(plant, [2], { sent: plant.at(18, 9) }, person), 2)
  }],
  ['out-of-order', plant => label(plant, dialyse(plant, FIVE, { arrive: plant.at(12, 22) }), 2)]
])
