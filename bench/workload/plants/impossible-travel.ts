/**
 * 冒名 c, faster between two visits than anyone travels: a second on either side of 120 and 800 km/h, either side of 50
 * km, places without a position, visits that do not count as presence, and a visit between that hides the pair until it
 * is reversed.
 */
import type { Millis } from '../../../engine/core/time.ts'
import type { Place } from '../city.ts'
import { kilometres } from '../city.ts'
import type { Person } from '../people.ts'
import { nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'impossible-travel'
type Away = Plant['world']['city']['away']

/** Whole seconds that the way takes at `kmh`, rounded down. */
function seconds (a: Place, b: Place, kmh: number): number {
  return Math.floor(kilometres(a, b) / kmh * 3600)
}

interface Trip { readonly person: Person, readonly first: Claim, readonly second: Claim, readonly left: Millis }

/** At the centre at 9:00, at `to` so many seconds later. */
function trip (
  plant: Plant, to: keyof Away, wait: (from: Place, to: Place) => number, second: Partial<VisitWish> = {}, first: Partial<VisitWish> = {}
): Trip {
  const { away } = plant.world.city
  const person = plant.person()
  const left = plant.at(3, 9)
  const start = plant.visit(person, { place: away.centre, at: left, ...first })
  const end = plant.visit(person, { place: away[to], at: left + wait(away.centre, away[to]) * 1000, ...second })
  return { person, first: start, second: end, left }
}

function label (plant: Plant, person: Person, first: Claim, second: Claim): void {
  plant.flag(RULE, person, [first.fixmedins_code, first.setl_id, second.fixmedins_code, second.setl_id], 2)
}

const flagged = (
  to: keyof Away, wait: (from: Place, to: Place) => number, second?: Partial<VisitWish>, first?: Partial<VisitWish>
) => (plant: Plant): void => {
  const { person, first: a, second: b } = trip(plant, to, wait, second, first)
  label(plant, person, a, b)
}
const excused = (
  to: keyof Away, wait: (from: Place, to: Place) => number, second?: Partial<VisitWish>, first?: Partial<VisitWish>
) => (plant: Plant): void => {
  plant.innocent(trip(plant, to, wait, second, first).person)
}
const minutes = (n: number) => (): number => n * 60

export default scenarios(RULE, { needs: 14 }, [
  ['half-an-hour-to-the-capital', flagged('hefei', minutes(30))],
  ['just-over-120', flagged('hefei', (a, b) => seconds(a, b, 120))],
  ['just-under-120', excused('hefei', (a, b) => seconds(a, b, 120) + 1)],
  ['another-province-just-over-800', flagged('shanghai', (a, b) => seconds(a, b, 800), { pay_loc: '4' })],
  ['another-province-just-under-800', excused('shanghai', (a, b) => seconds(a, b, 800) + 1, { pay_loc: '4' })],
  ['another-province-by-train', excused('shanghai', minutes(180), { pay_loc: '4' })],
  ['just-beyond-50-km', flagged('beyond50km', minutes(10))],
  ['just-within-50-km', excused('within50km', minutes(10))],
  ['at-the-same-second', plant => {
    const { person, first, second } = trip(plant, 'hefei', minutes(0))
    const ordered = first.fixmedins_code < second.fixmedins_code ? [first, second] as const : [second, first] as const
    label(plant, person, ...ordered)
  }],
  ['pharmacy', flagged('hefei', minutes(20), { infno: '2102' })],
  ['emergency', flagged('hefei', minutes(20), { med_type: '13' })],
  ['position-unknown', excused('unlocated', minutes(5))],
  ['excused-internet-hospital', excused('hefei', minutes(20), { pay_loc: '5' })],
  ['excused-entered-afterwards', plant => { plant.innocent(trip(plant, 'hefei', minutes(20), { served: plant.at(1, 9) }).person) }],
  ['excused-external-examination', excused('hefei', minutes(20), { external: true })],
  ['date-only', plant => {
    plant.innocent(trip(plant, 'hefei', minutes(20), { at: plant.at(3), dateOnly: true, served: plant.at(3, 9) }).person)
  }],
  ['only-neighbours-count', plant => {
    const { away } = plant.world.city
    const { person, second } = trip(plant, 'within50km', minutes(30))
    const third = plant.visit(person, { place: away.hefei, at: plant.at(3, 10) })
    label(plant, person, second, third)
  }],
  ['there-and-back', plant => {
    const { person, first, second } = trip(plant, 'hefei', minutes(30))
    const third = plant.visit(person, { place: plant.world.city.away.centre, at: plant.at(3, 10) })
    label(plant, person, first, second)
    label(plant, person, second, third)
  }],
  ['hidden-by-a-visit-between', plant => {
    const { person } = trip(plant, 'hefei', minutes(60))
    plant.visit(person, { place: plant.world.city.away.unlocated, at: plant.at(3, 9, 30) })
    plant.innocent(person)
  }],
  ['restored-by-reversal-of-the-visit-between', plant => {
    const { person, first, second } = trip(plant, 'hefei', minutes(60))
    const between = plant.visit(person, { place: plant.world.city.away.unlocated, at: plant.at(3, 9, 30) })
    plant.reverse(between, plant.at(5, 9))
    label(plant, person, first, second)
  }],
  ['not-hidden-by-an-internet-visit', plant => {
    const { person, first, second } = trip(plant, 'hefei', minutes(60))
    plant.visit(person, { place: plant.world.city.away.unlocated, at: plant.at(3, 9, 30), pay_loc: '5' })
    label(plant, person, first, second)
  }],
  ['second-reversed', plant => {
    const { person, second } = trip(plant, 'hefei', minutes(30))
    plant.reverse(second, plant.at(4, 9))
    plant.innocent(person)
  }],
  ['first-reversed', plant => {
    const { person, first } = trip(plant, 'hefei', minutes(30))
    plant.reverse(first, plant.at(4, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const { person, first, second } = trip(plant, 'hefei', minutes(30))
    plant.again(first)
    plant.again(second)
    label(plant, person, first, second)
  }],
  ['corrected-away', plant => {
    const { person, second } = trip(plant, 'hefei', minutes(30))
    plant.correct(second, plant.at(4, 9), record => { nodeOf(record, 'setlinfo').pay_loc = '5' })
    plant.innocent(person)
  }],
  ['late-half', plant => {
    const { person, first, second } = trip(plant, 'hefei', minutes(30), {}, { sent: plant.at(12, 9) })
    label(plant, person, first, second)
  }],
  ['out-of-order', plant => {
    const { person, first, second } = trip(plant, 'hefei', minutes(30), {}, { arrive: plant.at(3, 22) })
    label(plant, person, first, second)
  }]
])
