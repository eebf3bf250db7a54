/**
 * Prices above their limit: the catalogue's and the one that came back with the line, a 分 on either side of what is
 * flagged, self-paid and refunded lines, services that have no limit.
 */
import type { Item } from '../catalogue.ts'
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import { amount } from '../records.ts'
import type { Raw } from '../types.ts'
import { listOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'price-over-limit'
const DAY = 2
type Fees = (plant: Plant, at: number) => Fee[]

/** The catalogue's limit of a drug, as bench/workload/masterdata.ts writes it. × 10^6 yuan. */
const limitOf = (drug: Item): number => Math.round(drug.pric * 1.15)

/** A visit with the fees, and before them a drug at its usual price. */
function billed (plant: Plant, person: Person, fees: Fees, more: Partial<VisitWish> = {}): Claim {
  const at = plant.at(DAY, 10)
  const usual = feeOf(plant.world.catalogue.drugs[3]!, at, 1, { sn: '1' })
  return plant.visit(person, { place: plant.clinic(), at: plant.at(DAY, 10, 6), fees: [usual, ...fees(plant, at)], ...more })
}

function label (plant: Plant, person: Person, claim: Claim): void {
  plant.flag(RULE, person, [claim.fixmedins_code, claim.setl_id], 1)
}

const flagged = (fees: Fees, more: (plant: Plant) => Partial<VisitWish> = () => ({})) => (plant: Plant): void => {
  const person = plant.person()
  label(plant, person, billed(plant, person, fees, more(plant)))
}
const excused = (fees: Fees, more: (plant: Plant) => Partial<VisitWish> = () => ({})) => (plant: Plant): void => {
  const person = plant.person()
  billed(plant, person, fees, more(plant))
  plant.innocent(person)
}

/** A drug that nobody is too young, too old or of the wrong sex for, at another price. × 10^6 yuan. */
const drugAt = (pric: (drug: Item) => number, quantity = 1): Fees => ({ world: { catalogue } }, at) => {
  const drug = catalogue.packed[7]!
  return [feeOf({ ...drug, pric: pric(drug), chrgitm_lv: '01' }, at, quantity, { sn: '2' })]
}
const dear = drugAt(drug => drug.pric * 2, 3)

/** Writes the limit in 分 that came back with line 2. */
const returned = (fen: number) => (plant: Plant): Partial<VisitWish> => ({ change: record => limit(plant, record, fen) })
function limit (plant: Plant, record: Raw, fen: number): void {
  listOf(record, 'feedetail')[1]!.pric_uplmt_amt = amount(plant.clinic(), fen)
}
/** A treatment, which the catalogue sets no limit for, at a price in 分. */
const treatmentAt = (fen: number, quantity = 1): Fees => ({ world: { catalogue } }, at) =>
  [feeOf({ ...catalogue.named.treatment, pric: fen * 10_000 }, at, quantity, { sn: '2' })]
const back = (fees: Fees, ...quantities: number[]): Fees => (plant, at) => {
  const [fee] = fees(plant, at)
  return [fee!, ...quantities.map((quantity, i) => ({ ...refundOf(fee!, at + 1000 * (i + 1), quantity), sn: String(3 + i) }))]
}

export default scenarios(RULE, { needs: 12 }, [
  ['over-the-catalogue', flagged(dear)],
  ['exactly-the-catalogue', excused(drugAt(limitOf, 3))],
  ['a-trifle-over-the-catalogue', excused(drugAt(drug => limitOf(drug) + 1, 3))],
  ['over-the-returned-limit', flagged(treatmentAt(9000, 2), returned(7000))],
  ['a-yuan-over', flagged(treatmentAt(7100), returned(7000))],
  ['ninety-nine-fen-over', excused(treatmentAt(7099), returned(7000))],
  ['exactly-the-returned-limit', excused(treatmentAt(7000, 4), returned(7000))],
  ['small-ones-add-up', flagged(
    (plant, at) => [...treatmentAt(7060)(plant, at), { ...treatmentAt(7040)(plant, at)[0]!, sn: '3' }],
    plant => ({ change: record => { for (const line of listOf(record, 'feedetail').slice(1)) line.pric_uplmt_amt = amount(plant.clinic(), 7000) } })
  )],
  ['returned-limit-above-the-catalogue', excused(dear, () => ({
    change: record => { listOf(record, 'feedetail')[1]!.pric_uplmt_amt = '9999.99' }
  }))],
  ['returned-limit-of-nothing', flagged(dear, returned(0))],
  ['no-limit', excused(treatmentAt(90_000))],
  ['self-paid', excused((plant, at) => dear(plant, at).map(fee => ({ ...fee, item: { ...fee.item, chrgitm_lv: '03' } })))],
  ['paid-in-part', flagged((plant, at) => dear(plant, at).map(fee => ({ ...fee, item: { ...fee.item, chrgitm_lv: '02' } })))],
  ['refunded-in-full', excused(back(dear, 3))],
  ['refunded-in-two-steps', excused(back(dear, 1, 2))],
  ['refunded-in-part', flagged(back(treatmentAt(9000, 3), 2), returned(7000))],
  ['in-a-pharmacy', flagged(dear, plant => ({ place: plant.pharmacy() }))],
  ['in-hospital', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 4, {
      edit: (fees, k) => k === 1 ? [...fees, { ...dear(plant, fees[0]!.at)[0]!, sn: '290' }] : fees
    })
    label(plant, person, stay.claim)
  }],
  ['reversed', plant => {
    const person = plant.person()
    plant.reverse(billed(plant, person, dear), plant.at(5, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const person = plant.person()
    const claim = billed(plant, person, dear)
    plant.again(claim)
    plant.again(claim, plant.at(6, 9))
    label(plant, person, claim)
  }],
  ['corrected-away', plant => {
    const person = plant.person()
    const claim = billed(plant, person, treatmentAt(9000), returned(7000)(plant))
    plant.correct(claim, plant.at(5, 9), record => limit(plant, record, 9000))
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const person = plant.person()
    const claim = billed(plant, person, treatmentAt(9000), returned(9000)(plant))
    plant.correct(claim, plant.at(5, 9), record => limit(plant, record, 7000))
    label(plant, person, claim)
  }],
  ['late', plant => {
    const person = plant.person()
    label(plant, person, billed(plant, person, dear, { sent: plant.at(10, 9) }))
  }]
])
