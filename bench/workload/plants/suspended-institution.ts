/**
 * Settled by an institution that was suspended or had lost its designation: a hospital that is suspended, a pharmacy that
 * loses its designation and a hospital that opens again, all on the world's `stateTurn`.
 */
import type { Place } from '../city.ts'
import type { Person } from '../people.ts'
import { STATE_DAYS } from '../world.ts'
import { listOf, nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { StayWish } from './stays.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'suspended-institution'
const NEEDS = 20
/** The scenario's day on which the state changes. */
const TURN = NEEDS - STATE_DAYS

const closing = (plant: Plant): Place => plant.world.city.away.closing
const withdrawn = (plant: Plant): Place => plant.world.city.away.withdrawn
const reopened = (plant: Plant): Place => plant.world.city.away.reopened

function label (plant: Plant, person: Person, { fixmedins_code, setl_id }: Claim): void {
  plant.flag(RULE, person, [fixmedins_code, setl_id], 1)
}

type Where = (plant: Plant) => Place
/** A visit some days after the turn, at ten. */
function seen (plant: Plant, person: Person, where: Where, days: number, more: Partial<VisitWish> = {}): Claim {
  return plant.visit(person, { place: where(plant), at: plant.at(TURN + days, 10), ...more })
}

type Wish<T> = (plant: Plant) => Partial<T>
const flagged = (where: Where, days: number, more: Wish<VisitWish> = () => ({})) => (plant: Plant): void => {
  const person = plant.person()
  label(plant, person, seen(plant, person, where, days, more(plant)))
}
const excused = (where: Where, days: number, more: Wish<VisitWish> = () => ({})) => (plant: Plant): void => {
  const person = plant.person()
  seen(plant, person, where, days, more(plant))
  plant.innocent(person)
}
const stayed = (where: Where, from: number, to: number, flag: boolean, more: Partial<StayWish> = {}) => (plant: Plant): void => {
  const person = plant.person()
  const { claim } = plant.spell(person, where(plant), TURN + from, TURN + to, more)
  if (flag) label(plant, person, claim)
  else plant.innocent(person)
}

export default scenarios(RULE, { needs: NEEDS, where: 'end' }, [
  ['visit-while-suspended', flagged(closing, 3)],
  ['its-first-minutes', flagged(closing, 0, plant => ({ at: plant.at(TURN, 0, 20), served: plant.at(TURN, 0, 10) }))],
  ['the-day-before', excused(closing, -1, plant => ({ at: plant.at(TURN - 1, 23, 40) }))],
  ['pharmacy-without-designation', flagged(withdrawn, 2)],
  ['pharmacy-before-that', excused(withdrawn, -2)],
  ['before-it-opened-again', flagged(reopened, -2)],
  ['after-it-opened-again', excused(reopened, 2)],
  ['given-before-settled-after', excused(closing, 1, plant => ({ served: plant.at(TURN - 1, 17) }))],
  ['given-before-it-opened-settled-after', flagged(reopened, 1, plant => ({ served: plant.at(TURN - 1, 17) }))],
  ['emergency', excused(closing, 3, () => ({ med_type: '13' }))],
  ['stay-while-suspended', stayed(closing, 1, 5, true)],
  ['admitted-on-the-day-it-began', stayed(closing, 0, 4, true)],
  ['admitted-before', stayed(closing, -3, 4, false)],
  ['over-before', stayed(closing, -6, -1, false)],
  ['admitted-before-it-opened', stayed(reopened, -4, 3, false)],
  ['emergency-admission', stayed(closing, 1, 5, false, { info: { adm_way: '1' } })],
  ['rescue', stayed(closing, 1, 5, false, { med_type: '24' })],
  ['known-by-dates', stayed(closing, 1, 5, true, { fromDateOnly: true, toDateOnly: true })],
  ['settled-in-parts', plant => {
    const person = plant.person()
    for (const claim of plant.spell(person, closing(plant), TURN + 1, TURN + 9, { midAfter: 4 }).settlements) label(plant, person, claim)
  }],
  ['admitted-before-settled-in-parts', stayed(closing, -2, 6, false, { midAfter: 4 })],
  ['reversed', plant => {
    const person = plant.person()
    plant.reverse(seen(plant, person, closing, 3), plant.at(TURN + 5, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const person = plant.person()
    const claim = seen(plant, person, closing, 3)
    plant.again(claim)
    plant.again(claim, plant.at(TURN + 7, 9))
    label(plant, person, claim)
  }],
  ['corrected-to-an-emergency', plant => {
    const person = plant.person()
    const claim = seen(plant, person, closing, 3)
    plant.correct(claim, plant.at(TURN + 5, 9), record => {
      nodeOf(record, 'setlinfo').med_type = '13'
      for (const line of listOf(record, 'feedetail')) if (line.prd_days !== undefined) line.prd_days = '3' // as an emergency is prescribed
    })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const person = plant.person()
    const claim = seen(plant, person, closing, 3, { med_type: '13' })
    plant.correct(claim, plant.at(TURN + 5, 9), record => { nodeOf(record, 'setlinfo').med_type = '11' })
    label(plant, person, claim)
  }],
  ['late', flagged(closing, 1, plant => ({ sent: plant.at(TURN + 10, 9) }))]
])
