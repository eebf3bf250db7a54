/**
 * 实体卡与电子凭证异地混用: a second on either side of an hour, either side of 50 km, one kind of credential, visits that do
 * not count as presence, and a visit between that hides the pair until it is reversed. Slow enough not to be impossible travel.
 */
import type { Person } from '../people.ts'
import { nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'credential-mix'
const [ELECTRONIC, CARD] = ['01', '03']
type Away = Plant['world']['city']['away']

interface Trip { readonly person: Person, readonly first: Claim, readonly second: Claim }

/** By the card at the centre at 9:00, by the telephone at `to` so many seconds later. */
function trip (plant: Plant, to: keyof Away, seconds: number, second: Partial<VisitWish> = {}, first: Partial<VisitWish> = {}): Trip {
  const { away } = plant.world.city
  const person = plant.person()
  const left = plant.at(3, 9)
  return {
    person,
    first: plant.visit(person, { place: away.centre, at: left, cert: CARD, ...first }),
    second: plant.visit(person, { place: away[to], at: left + seconds * 1000, cert: ELECTRONIC, ...second })
  }
}

function anchorOf (first: Claim, second: Claim): string[] {
  return [first.fixmedins_code, first.setl_id, second.fixmedins_code, second.setl_id]
}

function label (plant: Plant, { person, first, second }: Trip): void {
  plant.flag(RULE, person, anchorOf(first, second), 2)
}

type Wish = Partial<VisitWish>
const flagged = (to: keyof Away, seconds: number, second?: Wish, first?: Wish) => (plant: Plant): void => {
  label(plant, trip(plant, to, seconds, second, first))
}
const excused = (to: keyof Away, seconds: number, second?: Wish, first?: Wish) => (plant: Plant): void => {
  plant.innocent(trip(plant, to, seconds, second, first).person)
}
const FAR = 'beyond50km'
const SOON = 40 * 60
const HOUR = 3600

export default scenarios(RULE, { needs: 14 }, [
  ['card-then-telephone', flagged(FAR, SOON)],
  ['telephone-then-card', flagged(FAR, SOON, { cert: CARD }, { cert: ELECTRONIC })],
  ['an-hour', flagged(FAR, HOUR)],
  ['an-hour-and-a-second-outside', excused(FAR, HOUR + 1)],
  ['within-50-km-outside', excused('within50km', SOON)],
  ['both-by-card', excused(FAR, SOON, { cert: CARD })],
  ['both-by-telephone', excused(FAR, SOON, {}, { cert: ELECTRONIC })],
  ['identity-card', excused(FAR, SOON, { cert: '02' })],
  ['pharmacy', flagged(FAR, SOON, { infno: '2102' })],
  ['position-unknown', excused('unlocated', SOON)],
  ['excused-internet-hospital', excused(FAR, SOON, { pay_loc: '5' })],
  ['excused-entered-afterwards', plant => { plant.innocent(trip(plant, FAR, SOON, { served: plant.at(1, 9) }).person) }],
  ['excused-external-examination', excused(FAR, SOON, { external: true })],
  ['date-only', plant => {
    plant.innocent(trip(plant, FAR, SOON, { at: plant.at(3), dateOnly: true, served: plant.at(3, 9) }).person)
  }],
  ['beside-impossible-travel', plant => {
    const made = trip(plant, 'hefei', 30 * 60)
    label(plant, made)
    plant.flag('impossible-travel', made.person, anchorOf(made.first, made.second), 2)
  }],
  ['hidden-by-a-visit-between', plant => {
    const { person } = trip(plant, FAR, SOON)
    plant.visit(person, { place: plant.world.city.away.unlocated, at: plant.at(3, 9, 20) })
    plant.innocent(person)
  }],
  ['restored-by-reversal-of-the-visit-between', plant => {
    const made = trip(plant, FAR, SOON)
    plant.reverse(plant.visit(made.person, { place: plant.world.city.away.unlocated, at: plant.at(3, 9, 20) }), plant.at(5, 9))
    label(plant, made)
  }],
  ['second-reversed', plant => {
    const { person, second } = trip(plant, FAR, SOON)
    plant.reverse(second, plant.at(4, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const made = trip(plant, FAR, SOON)
    plant.again(made.first)
    plant.again(made.second)
    label(plant, made)
  }],
  ['corrected-away', plant => {
    const { person, second } = trip(plant, FAR, SOON)
    plant.correct(second, plant.at(4, 9), record => { nodeOf(record, 'setlinfo').mdtrt_cert_type = CARD })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const made = trip(plant, FAR, SOON, { cert: '02' })
    plant.correct(made.second, plant.at(4, 9), record => { nodeOf(record, 'setlinfo').mdtrt_cert_type = ELECTRONIC })
    label(plant, made)
  }],
  ['late-half', plant => label(plant, trip(plant, FAR, SOON, {}, { sent: plant.at(12, 9) }))],
  ['out-of-order', plant => label(plant, trip(plant, FAR, SOON, {}, { arrive: plant.at(3, 22) }))]
])
