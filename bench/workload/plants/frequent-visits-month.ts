/**
 * 频繁门诊 by the month: 14 and 15, 19 and 20 with emergencies, 4999.99 and 5000.00 yuan, both at once; registrations,
 * dialysis, oncology and pharmacies that are not counted; the turn of a month; reversals and late visits at the edge.
 */
import type { Diagnosis } from '../records.ts'
import { daily, frequent, labelCounts } from './frequent.ts'
import type { Planned } from './frequent.ts'
import { nodeOf } from './plant.ts'
import type { Plant } from './plant.ts'
import { scenarios } from './scenario.ts'

const RULE = 'frequent-visits-month'
const KIDNEY: Diagnosis = ['N18.500', '慢性肾脏病5期']
const LUNG: Diagnosis = ['C34.900', '肺恶性肿瘤']
const THERAPY: Diagnosis = ['Z51.103', '恶性肿瘤维持性化学治疗']
const PRESSURE: Diagnosis = ['I10.x00', '高血压']

const flagged = (plan: readonly Planned[]) => (plant: Plant): void => labelCounts(plant, frequent(plant, plan))
const excused = (plan: readonly Planned[]) => (plant: Plant): void => {
  const made = frequent(plant, plan)
  labelCounts(plant, made)
  plant.innocent(made.person)
}
const chronic = (count: number, diagnosis: Diagnosis, from = 0): Planned[] =>
  daily(count, { uncounted: true, hour: 14, wish: { med_type: '14', diagnosis } }, from)

export default scenarios(RULE, { where: 'month', needs: 27 }, [
  ['fifteen', flagged(daily(15))],
  ['fourteen-outside', excused(daily(14))],
  ['fourteen-and-six-emergencies', flagged([...daily(14), ...daily(6, { er: true, hour: 21 })])],
  ['fourteen-and-five-emergencies-outside', excused([...daily(14), ...daily(5, { er: true, hour: 21 })])],
  ['twenty-emergencies', flagged(daily(20, { er: true }))],
  ['five-thousand-yuan', flagged(daily(5, { cost: 100_000 }))],
  ['a-fen-less-outside', excused([...daily(4, { cost: 100_000 }), { day: 5, cost: 99_999 }])],
  ['dear-emergencies-outside', excused(daily(6, { er: true, cost: 100_000 }))],
  ['count-and-cost', flagged(daily(15, { cost: 40_000 }))],
  ['fifteen-some-through-the-internet', flagged([...daily(10), ...daily(5, { wish: { pay_loc: '5' } }, 10)])],
  ['hypertension-is-counted', flagged(daily(15, { wish: { med_type: '14', diagnosis: PRESSURE } }))],
  ['dialysis-not-under-chronic-benefit', flagged(daily(15, { wish: { diagnosis: KIDNEY } }))],
  ['registrations-not-counted', excused([...daily(14), ...daily(5, { uncounted: true, hour: 8, cost: 100, wish: { med_type: '12' } })])],
  ['dialysis-not-counted', excused([...daily(6), ...chronic(13, KIDNEY)])],
  ['oncology-not-counted', excused([...daily(8), ...chronic(4, THERAPY), ...chronic(5, LUNG, 6)])],
  ['pharmacies-not-counted', plant => {
    const made = frequent(plant, [...daily(10), ...daily(12, { uncounted: true, hour: 17, cost: 30_000, place: plant.pharmacy() })])
    labelCounts(plant, made)
    plant.innocent(made.person)
  }],
  ['two-months', excused(daily(8, {}, 2).concat(daily(8, {}, 10))), { where: 'turn', needs: 20 }],
  ['insured-in-shanghai', plant => {
    const made = frequent(plant, daily(15, { wish: { pay_loc: '4' } }), plant.person({ area: '310115' }))
    labelCounts(plant, made)
  }],
  ['fifteenth-reversed', plant => {
    const { person, visits } = frequent(plant, daily(15))
    plant.reverse(visits[7]!.claim, plant.at(18, 9))
    plant.innocent(person)
  }],
  ['sixteen-one-reversed', plant => {
    const made = frequent(plant, daily(16))
    plant.reverse(made.visits[3]!.claim, plant.at(18, 9))
    labelCounts(plant, { ...made, visits: made.visits.slice(1) })
  }],
  ['reversed-and-settled-again', plant => {
    const made = frequent(plant, daily(15))
    plant.reverse(made.visits[14]!.claim, plant.at(14, 11))
    plant.resettle(made.visits[14]!.claim, plant.at(14, 11, 10))
    labelCounts(plant, made)
  }],
  ['sent-twice', plant => {
    const { person, visits } = frequent(plant, daily(14))
    for (const { claim } of visits) plant.again(claim)
    plant.innocent(person)
  }],
  ['fifteenth-late', plant => {
    const made = frequent(plant, daily(14))
    const late = plant.visit(made.person, { place: plant.clinic(), at: plant.at(3, 15), cost: 6000, sent: plant.at(24, 9) })
    labelCounts(plant, { ...made, visits: [...made.visits, { day: 3, claim: late }] })
  }],
  ['fifteenth-out-of-order', plant => {
    labelCounts(plant, frequent(plant, [...daily(14), { day: 5, hour: 15, wish: { arrive: plant.at(20, 9) } }]))
  }],
  ['corrected-away', plant => {
    const { person, visits } = frequent(plant, daily(15))
    plant.correct(visits[2]!.claim, plant.at(19, 9), record => { nodeOf(record, 'setlinfo').med_type = '12' })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const made = frequent(plant, [...daily(14), { day: 15, wish: { med_type: '12' } }])
    plant.correct(made.visits[14]!.claim, plant.at(19, 9), record => { nodeOf(record, 'setlinfo').med_type = '11' })
    labelCounts(plant, made)
  }]
])
