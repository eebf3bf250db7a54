/** 追溯码与结算药品不一致: another medicine's box, unknown prefixes and forms, parts and pieces, refunds, and corrections. */
import type { Item } from '../catalogue.ts'
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import { tracePrefix } from '../records.ts'
import type { Raw } from '../types.ts'
import { listOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'trace-code-mismatch'
const DAY = 2
/** Codes are scanned at each settlement since 1 July 2025: before, nothing is said. */
const IN_FORCE = Date.parse('2025-07-01T00:00:00+08:00')

interface Sold { readonly person: Person, readonly claim: Claim }

/** A medicine settled, and another whose box is scanned. */
const settled = (plant: Plant): Item => plant.world.catalogue.packed[0]!
const scanned = (plant: Plant): Item => plant.world.catalogue.packed[5]!

/** The code of a box that nobody else has. */
function codeOf (plant: Plant, prefix: string): string {
  return `${prefix}${plant.id('B', plant.at(0)).slice(-9).padStart(13, '0')}`
}

/** Puts a code on the record's first line. */
function scan (record: Raw, code: string): Raw {
  const line = listOf(record, 'feedetail')[0]!
  line.drugtracinfo = [{ drug_trac_codg: code }]
  return line
}

function sell (plant: Plant, code: string, more: Partial<VisitWish> = {}, extra: (fee: Fee) => Fee[] = () => [], change: Raw = {}): Sold {
  const person = plant.person()
  const at = plant.at(DAY, 10)
  const fee = feeOf(settled(plant), at, 2, { sn: '1' })
  const claim = plant.visit(person, {
    place: plant.pharmacy(), at: plant.at(DAY, 10, 6), fees: [fee, ...extra(fee)],
    change: record => { Object.assign(scan(record, code), change) }, ...more
  })
  return { person, claim }
}

function label (plant: Plant, { person, claim }: Sold): void {
  if (plant.at(DAY) < IN_FORCE) plant.innocent(person)
  else plant.flag(RULE, person, [claim.fixmedins_code, claim.setl_id], 1)
}

const other = (plant: Plant): string => codeOf(plant, tracePrefix(scanned(plant)))

export default scenarios(RULE, { needs: 12 }, [
  ['another-medicine', plant => label(plant, sell(plant, other(plant)))],
  ['at-a-clinic', plant => label(plant, sell(plant, other(plant), { place: plant.clinic() }))],
  ['own-code', plant => plant.innocent(sell(plant, codeOf(plant, tracePrefix(settled(plant)))).person)],
  ['unknown-prefix', plant => plant.innocent(sell(plant, codeOf(plant, '8999999')).person)],
  ['a-code-of-another-form', plant => plant.innocent(sell(plant, other(plant).slice(0, 19)).person)],
  ['excused-in-parts', plant => plant.innocent(sell(plant, other(plant), {}, undefined, { trdn_flag: '1' }).person)],
  ['excused-pieces', plant => {
    const pieces = plant.world.catalogue.drugs.find(each => each.list_type === '102')!
    plant.innocent(sell(plant, other(plant), { fees: [feeOf(pieces, plant.at(DAY, 10), 20)] }).person)
  }],
  ['refunded', plant => {
    const { named } = plant.world.catalogue
    plant.innocent(sell(plant, other(plant), { place: plant.clinic() }, fee => [
      { ...refundOf(fee, fee.at + 1000), sn: '2' }, feeOf(named.treatment, fee.at, 1, { sn: '3' })
    ]).person)
  }],
  ['half-refunded', plant => label(plant, sell(plant, other(plant), {}, fee => [{ ...refundOf(fee, fee.at + 1000, 1), sn: '2' }]))],
  ['in-hospital', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, DAY, {
      edit: (fees, k) => k === DAY ? [...fees, feeOf(settled(plant), fees[0]!.at, 1, { sn: '390' })] : fees,
      change: record => { listOf(record, 'feedetail').at(-1)!.drugtracinfo = [{ drug_trac_codg: other(plant) }] }
    })
    label(plant, { person, claim: stay.claim })
  }],
  ['reversed', plant => {
    const { person, claim } = sell(plant, other(plant))
    plant.reverse(claim, plant.at(5, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const made = sell(plant, other(plant))
    plant.again(made.claim)
    label(plant, made)
  }],
  ['corrected-away', plant => {
    const { person, claim } = sell(plant, other(plant))
    plant.correct(claim, plant.at(5, 9), record => { scan(record, codeOf(plant, tracePrefix(settled(plant)))) })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const made = sell(plant, codeOf(plant, '8999999'))
    plant.correct(made.claim, plant.at(5, 9), record => { scan(record, other(plant)) })
    label(plant, made)
  }],
  ['late', plant => label(plant, sell(plant, other(plant), { sent: plant.at(9, 9) }))]
])
