/** 追溯码重复结算: one box sold again elsewhere or here, and everything that only looks like it. */
import type { Item } from '../catalogue.ts'
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import { tracePrefix } from '../records.ts'
import type { Place } from '../city.ts'
import type { Raw } from '../types.ts'
import { listOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'trace-code-resold'
const FIRST = 2
const AGAIN = 6
/** Second sales are judged since codes are scanned at each settlement. */
const IN_FORCE = Date.parse('2025-07-01T00:00:00+08:00')

const medicine = (plant: Plant): Item => plant.world.catalogue.packed[1]!

/** The code of a box that nobody else has. */
export function boxOf (plant: Plant, item: Item): string {
  return `${tracePrefix(item)}${plant.id('B', plant.at(0)).slice(-9).padStart(13, '0')}`
}

interface Wish extends Partial<VisitWish> { readonly extra?: (fee: Fee) => Fee[], readonly line?: Raw }

/** Sells the box: two units on one line that carries the code once. */
function sell (
  plant: Plant, person: Person, place: Place, day: number, code: string, { extra = () => [], line = {}, ...wish }: Wish = {}
): Claim {
  const fee = feeOf(medicine(plant), plant.at(day, 10), 2, { sn: '1' })
  return plant.visit(person, {
    place, at: plant.at(day, 10, 6), fees: [fee, ...extra(fee)],
    change: record => { Object.assign(listOf(record, 'feedetail')[0]!, { drugtracinfo: [{ drug_trac_codg: code }], ...line }) }, ...wish
  })
}

function label (plant: Plant, code: string, person: Person, severity: 1 | 2): void {
  if (plant.at(AGAIN) < IN_FORCE) plant.innocent(person)
  else plant.flagShared(RULE, 'trace', code, person, [code], severity)
}

interface Two { readonly code: string, readonly one: Person, readonly other: Person, readonly first: Claim, readonly again: Claim }

/** Two people, the same box: first at one pharmacy, four days later at another. */
function twice (plant: Plant, firstWish: Wish = {}, againWish: Wish = {}, place = plant.pharmacy(1)): Two {
  const [one, other, code] = [plant.person(), plant.person(), boxOf(plant, medicine(plant))]
  const first = sell(plant, one, plant.pharmacy(), FIRST, code, firstWish)
  return { code, one, other, first, again: sell(plant, other, place, AGAIN, code, againWish) }
}

function innocent (plant: Plant, { one, other }: Pick<Two, 'one' | 'other'>): void {
  plant.innocent(one)
  plant.innocent(other)
}

export default scenarios(RULE, { needs: 14 }, [
  ['elsewhere', plant => { const { code, other } = twice(plant); label(plant, code, other, 1) }],
  ['at-a-clinic', plant => { const { code, other } = twice(plant, {}, {}, plant.clinic()); label(plant, code, other, 1) }],
  ['here-again', plant => { const { code, other } = twice(plant, {}, {}, plant.pharmacy()); label(plant, code, other, 2) }],
  ['same-person', plant => {
    const [person, code] = [plant.person(), boxOf(plant, medicine(plant))]
    sell(plant, person, plant.pharmacy(), FIRST, code)
    sell(plant, person, plant.pharmacy(), AGAIN, code)
    label(plant, code, person, 2)
  }],
  ['three-times', plant => {
    const { code, other } = twice(plant, {}, {}, plant.pharmacy())
    sell(plant, plant.person(), plant.pharmacy(1), AGAIN + 2, code)
    label(plant, code, other, 1)
  }],
  ['first-comes-later', plant => { const { code, other } = twice(plant, { sent: plant.at(11, 9) }); label(plant, code, other, 1) }],
  ['late', plant => { const { code, other } = twice(plant, {}, { sent: plant.at(13, 9) }); label(plant, code, other, 1) }],
  ['sent-twice', plant => { const { code, other, again } = twice(plant); plant.again(again); label(plant, code, other, 1) }],
  ['corrected-into', plant => {
    const { code, other, again } = twice(plant, {}, { line: { drugtracinfo: null } })
    plant.correct(again, plant.at(9, 9), record => { listOf(record, 'feedetail')[0]!.drugtracinfo = [{ drug_trac_codg: code }] })
    label(plant, code, other, 1)
  }],
  ['half-refunded', plant => {
    const { code, other } = twice(plant, {}, { extra: fee => [{ ...refundOf(fee, fee.at + 1000, 1), sn: '2' }] })
    label(plant, code, other, 1)
  }],
  ['sent-once', plant => {
    const [person, code] = [plant.person(), boxOf(plant, medicine(plant))]
    const claim = sell(plant, person, plant.pharmacy(), FIRST, code)
    plant.again(claim)
    plant.correct(claim, plant.at(5, 9), record => { listOf(record, 'feedetail')[0]!.prd_days = '9' })
    plant.innocent(person)
  }],
  ['first-reversed', plant => { const two = twice(plant); plant.reverse(two.first, plant.at(4, 9)); innocent(plant, two) }],
  ['reversed-afterwards', plant => { const two = twice(plant); plant.reverse(two.again, plant.at(9, 9)); innocent(plant, two) }],
  ['corrected-away', plant => {
    const two = twice(plant)
    const own = boxOf(plant, medicine(plant))
    plant.correct(two.first, plant.at(9, 9), record => { listOf(record, 'feedetail')[0]!.drugtracinfo = [{ drug_trac_codg: own }] })
    innocent(plant, two)
  }],
  ['refunded', plant => {
    const { named } = plant.world.catalogue
    innocent(plant, twice(plant, {}, {
      extra: fee => [{ ...refundOf(fee, fee.at + 1000), sn: '2' }, feeOf(named.treatment, fee.at, 1, { sn: '3' })]
    }, plant.clinic()))
  }],
  ['in-parts', plant => innocent(plant, twice(plant, { line: { trdn_flag: '1' } }, { line: { trdn_flag: '1' } }))],
  ['pieces', plant => {
    const pieces = plant.world.catalogue.drugs.find(each => each.list_type === '102')!
    const fees = [feeOf(pieces, plant.at(AGAIN, 10), 20)]
    innocent(plant, twice(plant, {}, { fees }))
  }],
  ['in-hospital', plant => {
    const [one, other, code] = [plant.person(), plant.person(), boxOf(plant, medicine(plant))]
    sell(plant, one, plant.pharmacy(), FIRST, code)
    plant.spell(other, plant.hospital(), 3, AGAIN, {
      edit: (fees, k) => k === AGAIN - 3 ? [...fees, feeOf(medicine(plant), fees[0]!.at, 1, { sn: '390' })] : fees,
      change: record => { listOf(record, 'feedetail').at(-1)!.drugtracinfo = [{ drug_trac_codg: code }] }
    })
    innocent(plant, { one, other })
  }]
])
