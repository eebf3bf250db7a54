/**
 * 频繁门诊 by the year: 99 and 100 visits, 20,000 and 25,000 yuan less a 分 and exactly, both at once. Months earn labels of
 * their own on the way.
 */
import { frequent, labelCounts } from './frequent.ts'
import type { Planned } from './frequent.ts'
import type { Plant } from './plant.ts'
import { scenarios } from './scenario.ts'

const RULE = 'frequent-visits-year'

/** `count` visits, at most four a day and on consecutive days, so that no day is a busy one. */
function many (count: number, more: Partial<Planned> = {}): Planned[] {
  return Array.from({ length: count }, (_, i) => ({ day: Math.floor(i / 4), hour: 8 + i % 4 * 2, cost: 4000, ...more }))
}

/** Ten visits costing `total` together. */
function ten (total: number, more: Partial<Planned> = {}): Planned[] {
  const each = Math.floor(total / 10)
  return Array.from({ length: 10 }, (_, i) => ({ day: i * 2, cost: i === 0 ? total - each * 9 : each, ...more }))
}

const flagged = (plan: readonly Planned[]) => (plant: Plant): void => labelCounts(plant, frequent(plant, plan))
const excused = (plan: readonly Planned[]) => (plant: Plant): void => {
  const made = frequent(plant, plan)
  labelCounts(plant, made)
  plant.innocent(made.person)
}

const HEAVY = { heavy: true }
const registration = { uncounted: true, hour: 7, cost: 100, wish: { med_type: '12' } } as const

export default scenarios(RULE, { where: 'year', needs: 29 }, [
  ['hundred', flagged(many(100)), HEAVY],
  ['ninety-nine-outside', excused(many(99)), HEAVY],
  ['ninety-nine-and-registrations', excused([...many(99), ...Array.from({ length: 8 }, (_, day) => ({ day, ...registration }))]), HEAVY],
  ['hundred-and-cost', flagged(many(100, { cost: 20_000 })), HEAVY],
  ['hundred-one-reversed', plant => {
    const made = frequent(plant, many(100))
    plant.reverse(made.visits[50]!.claim, plant.at(27, 9))
    labelCounts(plant, { ...made, visits: made.visits.filter((_, i) => i !== 50) })
    plant.innocent(made.person)
  }, HEAVY],
  ['twenty-thousand-yuan', flagged(ten(2_000_000))],
  ['twenty-thousand-less-a-fen-outside', excused(ten(1_999_999))],
  ['twenty-five-thousand-with-emergencies', flagged(ten(2_500_000, { er: true }))],
  ['twenty-five-thousand-less-a-fen-outside', excused(ten(2_499_999, { er: true }))],
  ['mixed-costs', flagged([...ten(1_900_000), ...ten(600_000, { er: true, hour: 20 })])],
  ['dear-dialysis-not-counted', excused(ten(3_000_000, { uncounted: true, wish: { med_type: '14', diagnosis: ['N18.500', '慢性肾脏病5期'] } }))],
  ['dear-pharmacy-not-counted', plant => {
    const made = frequent(plant, ten(3_000_000, { uncounted: true, place: plant.pharmacy() }))
    plant.innocent(made.person)
  }],
  ['dear-visit-reversed', plant => {
    const made = frequent(plant, ten(2_500_000, { er: true }))
    plant.reverse(made.visits[4]!.claim, plant.at(24, 9))
    plant.innocent(made.person)
  }],
  ['sent-twice', plant => {
    const made = frequent(plant, ten(1_300_000, { er: true }))
    for (const { claim } of made.visits) plant.again(claim)
    plant.innocent(made.person)
  }],
  ['late-half', plant => {
    const visits = ten(2_500_000, { er: true }).map((each, i) => i === 1 ? { ...each, wish: { sent: plant.at(26, 9) } } : each)
    labelCounts(plant, frequent(plant, visits))
  }]
])
