/**
 * Items limited to the other sex: services and drugs, each way round, refunds in full and in part, sex unknown,
 * newborns, limits no longer in force.
 */
import type { Item, NamedItems } from '../catalogue.ts'
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import { nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'sex-limited-item'
const DAY = 2
type Pick = (named: NamedItems) => Item

/** A visit with a drug and the item. */
function billed (
  plant: Plant, person: Person, pick: Pick, quantity = 1, more: Partial<VisitWish> = {}, extra: (fee: Fee) => Fee[] = () => []
): Claim {
  const { catalogue } = plant.world
  const at = plant.at(DAY, 10)
  const fee = feeOf(pick(catalogue.named), at, quantity, { sn: '2' })
  const fees = [feeOf(catalogue.drugs[3]!, at, 1, { sn: '1' }), fee, ...extra(fee)]
  return plant.visit(person, { place: plant.clinic(), at: plant.at(DAY, 10, 6), fees, ...more })
}

function label (plant: Plant, person: Person, claim: Claim): void {
  plant.flag(RULE, person, [claim.fixmedins_code, claim.setl_id], 1)
}

const flagged = (
  gend: '1' | '2', pick: Pick, quantity?: number, more?: Partial<VisitWish>, extra?: (fee: Fee) => Fee[]
) => (plant: Plant): void => {
  const person = plant.person({ gend })
  label(plant, person, billed(plant, person, pick, quantity, more, extra))
}
const excused = (gend: '1' | '2', pick: Pick, quantity?: number, extra?: (fee: Fee) => Fee[]) => (plant: Plant): void => {
  const person = plant.person({ gend })
  billed(plant, person, pick, quantity, {}, extra)
  plant.innocent(person)
}

export default scenarios(RULE, { needs: 12 }, [
  ['man-womens-examination', flagged('1', named => named.womenOnly)],
  ['woman-mens-treatment', flagged('2', named => named.menOnly)],
  ['man-womens-drug', flagged('1', named => named.womenOnlyDrug, 2)],
  ['woman-mens-drug-in-a-pharmacy', plant => {
    const person = plant.person({ gend: '2' })
    label(plant, person, billed(plant, person, named => named.menOnlyDrug, 2, { place: plant.pharmacy() }))
  }],
  ['two-items-one-flag', flagged('1', named => named.womenOnly, 1, {}, fee => [{ ...fee, sn: '3' }])],
  ['in-hospital', plant => {
    const person = plant.person({ gend: '1' })
    const { womenOnly } = plant.world.catalogue.named
    const stay = plant.spell(person, plant.hospital(), 0, 4, {
      edit: (fees, k) => k === 1 ? [...fees, feeOf(womenOnly, fees[0]!.at, 1, { sn: '290' })] : fees
    })
    label(plant, person, stay.claim)
  }],
  ['own-sex-woman', excused('2', named => named.womenOnly)],
  ['own-sex-man', excused('1', named => named.menOnlyDrug)],
  ['refunded-in-full', excused('1', named => named.womenOnly, 1, fee => [{ ...refundOf(fee, fee.at + 1000), sn: '3' }])],
  ['refunded-in-part', flagged('1', named => named.womenOnlyDrug, 3, {}, fee => [{ ...refundOf(fee, fee.at + 1000, 2), sn: '3' }])],
  ['refunded-in-two-steps', excused('1', named => named.womenOnlyDrug, 2, fee => [
    { ...refundOf(fee, fee.at + 1000, 1), sn: '3' }, { ...refundOf(fee, fee.at + 2000, 1), sn: '4' }
  ])],
  ['sex-unknown', plant => {
    const person = { ...plant.person({ gend: '1' }), gend: '0' }
    billed(plant, person, named => named.womenOnly)
    plant.innocent(person)
  }],
  ['sex-not-said', plant => {
    const person = { ...plant.person({ gend: '1' }), gend: '9' }
    billed(plant, person, named => named.womenOnly)
    plant.innocent(person)
  }],
  ['newborn-by-insurance', plant => {
    const person = { ...plant.newborn(), gend: '1' }
    billed(plant, person, named => named.womenOnly)
    plant.innocent(person)
  }],
  ['newborn-by-stay', plant => {
    const person = plant.person({ gend: '1' })
    const { womenOnly } = plant.world.catalogue.named
    plant.spell(person, plant.hospital(), 0, 4, {
      dept: 'A05', info: { nwb_flag: '1' }, edit: (fees, k) => k === 1 ? [...fees, feeOf(womenOnly, fees[0]!.at, 1, { sn: '290' })] : fees
    })
    plant.innocent(person)
  }],
  ['limit-no-longer-in-force', excused('1', named => named.formerlyWomenOnly)],
  ['reversed', plant => {
    const person = plant.person({ gend: '1' })
    plant.reverse(billed(plant, person, named => named.womenOnly), plant.at(5, 9))
    plant.innocent(person)
  }],
  ['reversal-first', plant => {
    const person = plant.person({ gend: '1' })
    const claim = billed(plant, person, named => named.womenOnly, 1, { arrive: plant.at(7, 9) })
    plant.reverse(claim, plant.at(5, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const person = plant.person({ gend: '1' })
    const claim = billed(plant, person, named => named.womenOnly)
    plant.again(claim)
    plant.again(claim, plant.at(6, 9))
    label(plant, person, claim)
  }],
  ['sex-corrected', plant => {
    const person = plant.person({ gend: '2' })
    const claim = billed(plant, { ...person, gend: '1' }, named => named.womenOnly)
    plant.correct(claim, plant.at(5, 9), record => { nodeOf(record, 'setlinfo').gend = '2' })
    plant.innocent(person)
    plant.innocent(person, 'certificate-mismatch')
  }],
  ['corrected-into', plant => {
    const person = plant.person({ gend: '1' })
    const claim = billed(plant, { ...person, gend: '0' }, named => named.womenOnly)
    plant.correct(claim, plant.at(5, 9), record => { nodeOf(record, 'setlinfo').gend = '1' })
    label(plant, person, claim)
  }],
  ['late', plant => {
    const person = plant.person({ gend: '1' })
    label(plant, person, billed(plant, person, named => named.womenOnly, 1, { sent: plant.at(10, 9) }))
  }]
])
