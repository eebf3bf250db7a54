/** Items limited to an age: the day before a birthday and the day itself at either limit, refunds, birth unknown, newborns. */
import type { Item, NamedItems } from '../catalogue.ts'
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import { nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'age-limited-item'
const DAY = 2
type Pick = (named: NamedItems) => Item

/** Born so that `years` are full on day DAY + `offset`. 29 February is moved away from DAY, to the side it is on. */
function born (plant: Plant, years: number, offset = 0): string {
  const date = new Date(plant.at(DAY + offset, 8)).toISOString().slice(0, 10)
  const day = date.endsWith('02-29') ? date.slice(0, 5) + (offset > 0 ? '03-01' : '02-28') : date
  return `${Number(day.slice(0, 4)) - years}${day.slice(4)}`
}

function billed (plant: Plant, person: Person, pick: Pick, more: Partial<VisitWish> = {}, extra: (fee: Fee) => Fee[] = () => []): Claim {
  const at = plant.at(DAY, 10)
  const fee = feeOf(pick(plant.world.catalogue.named), at, 1, { sn: '1' })
  return plant.visit(person, { place: plant.clinic(), at: plant.at(DAY, 10, 6), fees: [fee, ...extra(fee)], ...more })
}

function label (plant: Plant, person: Person, claim: Claim): void {
  plant.flag(RULE, person, [claim.fixmedins_code, claim.setl_id], 1)
}

const flagged = (years: number, pick: Pick, offset = 0, more?: Partial<VisitWish>) => (plant: Plant): void => {
  const person = plant.person({ brdy: born(plant, years, offset) })
  label(plant, person, billed(plant, person, pick, more))
}
const excused = (years: number, pick: Pick, offset = 0, extra?: (fee: Fee) => Fee[]) => (plant: Plant): void => {
  const person = plant.person({ brdy: born(plant, years, offset) })
  billed(plant, person, pick, {}, extra)
  plant.innocent(person)
}
const children: Pick = named => named.childrenOnly
const adults: Pick = named => named.adultsOnly
const infants: Pick = named => named.infantsOnly

export default scenarios(RULE, { needs: 12 }, [
  ['grown-up-childrens-drug', flagged(46, children)],
  ['fifteenth-birthday', flagged(15, children)],
  ['day-before-fifteenth-birthday', excused(15, children, 1)],
  ['child-adults-drug', flagged(8, adults, -40)],
  ['day-before-eighteenth-birthday', flagged(18, adults, 1)],
  ['eighteenth-birthday', excused(18, adults)],
  ['first-birthday', flagged(1, infants)],
  ['day-before-first-birthday', excused(1, infants, 1)],
  ['in-hospital', plant => {
    const person = plant.person()
    const { childrenOnly } = plant.world.catalogue.named
    const stay = plant.spell(person, plant.hospital(), 0, 4, {
      edit: (fees, k) => k === 2 ? [...fees, feeOf(childrenOnly, fees[0]!.at, 1, { sn: '390' })] : fees
    })
    label(plant, person, stay.claim)
  }],
  ['pharmacy', plant => {
    const person = plant.person({ age: 60 })
    label(plant, person, billed(plant, person, children, { place: plant.pharmacy() }))
  }],
  ['within-the-limit', excused(8, children, -40)],
  ['refunded', excused(46, children, 0, fee => [
    { ...refundOf(fee, fee.at + 1000), sn: '2' },
    { ...fee, item: fee.item, sn: '3' },
    { ...refundOf({ ...fee, sn: '3' }, fee.at + 2000), sn: '4' }
  ])],
  ['birth-unknown', plant => {
    const person = { ...plant.person({ age: 46 }), brdy: '', psn_cert_type: '99', certno: 'N123456' }
    billed(plant, person, children)
    plant.innocent(person)
  }],
  ['newborn-by-insurance', plant => {
    const person = plant.newborn()
    billed(plant, person, adults)
    plant.innocent(person)
  }],
  ['newborn-by-stay', plant => {
    const person = plant.person({ gend: '2', age: 28 })
    const { infantsOnly } = plant.world.catalogue.named
    plant.spell(person, plant.hospital(), 0, 4, {
      dept: 'A05', info: { nwb_flag: '1' }, edit: (fees, k) => k === 2 ? [...fees, feeOf(infantsOnly, fees[0]!.at, 1, { sn: '390' })] : fees
    })
    plant.innocent(person)
  }],
  ['reversed', plant => {
    const person = plant.person()
    plant.reverse(billed(plant, person, children), plant.at(5, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const person = plant.person()
    const claim = billed(plant, person, children)
    plant.again(claim)
    label(plant, person, claim)
  }],
  ['corrected-away', plant => {
    const person = plant.person()
    const claim = billed(plant, person, children)
    plant.correct(claim, plant.at(5, 9), record => {
      const [line] = record.feedetail as Array<Record<string, unknown>>
      line!.med_list_codg = plant.world.catalogue.named.treatment.med_list_codg
      delete line!.drugtracinfo // the boxes were of the wrong medicine too
    })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const person = plant.person()
    const claim = billed(plant, { ...person, psn_type: '1401' }, children)
    plant.correct(claim, plant.at(5, 9), record => { nodeOf(record, 'setlinfo').psn_type = person.psn_type })
    label(plant, person, claim)
  }],
  ['late', plant => {
    const person = plant.person()
    label(plant, person, billed(plant, person, children, { sent: plant.at(9, 9) }))
  }]
])
