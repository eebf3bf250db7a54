/**
 * 冒名 f, service after the registered death: the day itself and the day after, visits and stays, registers that come
 * late or are put right.
 */
import type { Person } from '../people.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { Stayed } from './stays.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'use-after-death'
const DIED = 4

/** Died on day 4, registered on day 9; a visit on day `day`. */
function seen (plant: Plant, day: number, wish: Partial<VisitWish> = {}, registered = 9): { person: Person, visit: Claim } {
  const person = plant.person({ age: 79 })
  plant.death(person, DIED, plant.at(registered, 8))
  return { person, visit: plant.visit(person, { place: plant.clinic(), at: plant.at(day, 10), ...wish }) }
}

function labelVisit (plant: Plant, person: Person, visit: Claim): void {
  plant.flag(RULE, person, ['visit', visit.fixmedins_code, visit.setl_id], 1)
}
function labelStay (plant: Plant, person: Person, stay: Stayed): void {
  plant.flag(RULE, person, ['stay', ...stay.anchor], 1)
}
const flagged = (day: number, wish?: Partial<VisitWish>, registered?: number) => (plant: Plant): void => {
  const { person, visit } = seen(plant, day, wish, registered)
  labelVisit(plant, person, visit)
}

export default scenarios(RULE, { needs: 16 }, [
  ['visit-the-day-after', flagged(5)],
  ['visit-on-the-day', plant => plant.innocent(seen(plant, DIED).person)],
  ['visit-before', plant => plant.innocent(seen(plant, 2).person)],
  ['internet-hospital-counts', flagged(7, { pay_loc: '5' })],
  ['pharmacy', plant => {
    const { person, visit } = seen(plant, 6, { place: plant.pharmacy() })
    labelVisit(plant, person, visit)
  }],
  ['registered-at-once', flagged(8, {}, 5)],
  ['settled-after-service-before', plant => plant.innocent(seen(plant, 6, { served: plant.at(3, 10) }).person)],
  ['admitted-after', plant => {
    const person = plant.person({ age: 79 })
    plant.death(person, DIED, plant.at(9, 8))
    labelStay(plant, person, plant.spell(person, plant.hospital(), 6, 10))
  }],
  ['admitted-on-the-day-fees-after', plant => {
    const person = plant.person({ age: 79 })
    plant.death(person, DIED, plant.at(9, 8))
    labelStay(plant, person, plant.spell(person, plant.hospital(), DIED, 8))
  }],
  ['fees-the-day-after', plant => {
    const person = plant.person({ age: 79 })
    plant.death(person, DIED, plant.at(9, 8))
    labelStay(plant, person, plant.spell(person, plant.hospital(), 0, 5))
  }],
  ['died-in-hospital', plant => {
    const person = plant.person({ age: 79 })
    plant.death(person, DIED, plant.at(9, 8))
    plant.spell(person, plant.hospital(), 0, DIED, { info: { dscg_way: '5', die_date: dayText(plant) } })
    plant.innocent(person)
  }],
  ['died-in-hospital-papers-the-day-after', plant => {
    const person = plant.person({ age: 79 })
    plant.death(person, DIED, plant.at(9, 8))
    plant.spell(person, plant.hospital(), 0, 5, { day: k => k === 5 ? 'none' : 'full', info: { dscg_way: '5', die_date: dayText(plant) } })
    plant.innocent(person)
  }],
  ['fees-after-refunded', plant => {
    const person = plant.person({ age: 79 })
    plant.death(person, DIED, plant.at(9, 8))
    plant.spell(person, plant.hospital(), 0, 5, {
      total: null,
      edit: (fees, k) => {
        if (k === 0) fees.push({ ...fees[4]!, sn: '199', pric: 3_000_000_000, fee: 300_000 })
        return k === 5 ? [...fees, ...fees.map((fee, i) => ({ ...fee, cnt: -fee.cnt, fee: -fee.fee, init: fee.sn, sn: `69${i}` }))] : fees
      }
    })
    plant.innocent(person)
  }],
  ['visit-and-stay', plant => {
    const { person, visit } = seen(plant, 5)
    labelVisit(plant, person, visit)
    labelStay(plant, person, plant.spell(person, plant.hospital(), 6, 9))
  }],
  ['death-put-right', plant => {
    const { person } = seen(plant, 6)
    plant.death(person, 11, plant.at(12, 8))
    plant.innocent(person)
  }],
  ['death-put-earlier', plant => {
    const person = plant.person({ age: 79 })
    const visit = plant.visit(person, { place: plant.clinic(), at: plant.at(6, 10) })
    plant.death(person, 8, plant.at(9, 8))
    plant.death(person, 5, plant.at(12, 8))
    labelVisit(plant, person, visit)
  }],
  ['visit-reversed', plant => {
    const { person, visit } = seen(plant, 6)
    plant.reverse(visit, plant.at(10, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const { person, visit } = seen(plant, 6)
    plant.again(visit)
    plant.again(visit, plant.at(12, 9))
    labelVisit(plant, person, visit)
  }],
  ['visit-late', plant => {
    const { person, visit } = seen(plant, 6, { sent: plant.at(13, 9) })
    labelVisit(plant, person, visit)
  }],
  ['corrected-away', plant => {
    const { person, visit } = seen(plant, 5)
    plant.correct(visit, plant.at(11, 9), record => {
      for (const line of record.feedetail as Array<Record<string, unknown>>) line.fee_ocur_time = `${dayText(plant)} 09:00:00`
    })
    plant.innocent(person)
  }]
])

function dayText (plant: Plant): string {
  return new Date(plant.at(DIED, 8)).toISOString().slice(0, 10)
}
