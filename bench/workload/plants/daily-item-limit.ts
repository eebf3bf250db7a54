/**
 * Beds and doctor's rounds charged more than once a day: one day and two, one kind and both, parts, refunds, newborns.
 * Days without a bed make up for those with two, so that never more days are charged than the stay has.
 */
import type { Item, NamedItems } from '../catalogue.ts'
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import type { Raw } from '../types.ts'
import { listOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { StayWish } from './stays.ts'

const RULE = 'daily-item-limit'
type Pick = (named: NamedItems) => Item
/** What a day has more or less of a kind. */
type Extra = (fee: Fee) => Fee[]

const bed: Pick = named => named.bed
const round: Pick = named => named.consultation
const twice: Extra = fee => [fee, again(fee)]
const none: Extra = () => []
function again (fee: Fee, quantity = 1, sn = '90'): Fee {
  return { ...feeOf(fee.item, fee.at + 60_000, quantity), sn: fee.sn + sn }
}

/** For each kind the days on which something is other than usual. */
type Days = ReadonlyArray<readonly [Pick, Readonly<Record<number, Extra>>]>
const beds = (days: Readonly<Record<number, Extra>>): Days => [[bed, days]]
const TWO_DAYS = beds({ 1: twice, 2: twice, 4: none, 5: none })

function charged (plant: Plant, person: Person, days: Days, wish: Partial<StayWish> = {}): Claim {
  const { named } = plant.world.catalogue
  const edit = (fees: Fee[], k: number): Fee[] => days.reduce((left, [pick, extras]) =>
    left.flatMap(fee => fee.item === pick(named) && fee.sn.length <= 4 ? extras[k]?.(fee) ?? [fee] : [fee]), fees)
  return plant.spell(person, plant.hospital(), 0, 6, { edit, ...wish }).claim
}

function label (plant: Plant, person: Person, claim: Claim): void {
  plant.flag(RULE, person, [claim.fixmedins_code, claim.setl_id], 2)
}

const flagged = (days: Days, wish?: Partial<StayWish>) => (plant: Plant): void => {
  const person = plant.person()
  label(plant, person, charged(plant, person, days, wish))
}
const excused = (days: Days, wish?: Partial<StayWish>) => (plant: Plant): void => {
  const person = plant.person()
  charged(plant, person, days, wish)
  plant.innocent(person)
}

/** The second of a day's two under another charge type. */
const bookedAs = (type: string) => (record: Raw): void => {
  for (const line of listOf(record, 'feedetail')) if (String(line.feedetl_sn).endsWith('90')) line.med_chrgitm_type = type
}

export default scenarios(RULE, { needs: 14 }, [
  ['bed-on-two-days', flagged(TWO_DAYS)],
  ['bed-as-one-line-of-two', flagged(beds({ 1: fee => [again(fee, 2)], 3: fee => [again(fee, 2)], 4: none, 5: none }))],
  ['half-a-bed-too-much', flagged(beds({ 1: fee => [fee, again(fee, 0.5)], 3: fee => [fee, again(fee, 0.5)], 4: none }))],
  ['round-on-two-days', flagged([[round, { 2: twice, 3: twice, 4: none, 5: none }]])],
  ['both-kinds', flagged([
    [bed, { 1: twice, 2: twice, 4: none, 5: none }], [round, { 1: twice, 2: twice, 3: twice, 0: none, 4: none, 5: none }]
  ])],
  ['one-day-as-of-a-transfer', excused(beds({ 3: twice, 4: none }))],
  ['one-day-of-each-kind', excused([[bed, { 1: twice, 4: none }], [round, { 2: twice, 4: none }]])],
  ['three-on-one-day', excused(beds({ 1: fee => [fee, again(fee, 2)], 4: none, 5: none }))],
  ['nursing-twice', excused([[named => named.nursing, { 1: twice, 2: twice, 4: none, 5: none }]])],
  ['newborn', excused(TWO_DAYS, { dept: 'A05', info: { nwb_flag: '1' } })],
  ['day-surgery', excused(TWO_DAYS, { info: { ipt_med_type: '2' } })],
  ['refunded', excused(beds({
    1: twice, 2: fee => [fee, again(fee), { ...refundOf(again(fee), fee.at + 120_000), sn: `${fee.sn}91` }], 4: none
  }))],
  ['refunded-in-part', flagged(beds({
    1: twice, 2: fee => [fee, again(fee, 2), { ...refundOf(again(fee, 2), fee.at + 120_000, 1), sn: `${fee.sn}91` }], 4: none, 5: none
  }))],
  ['settled-in-the-middle', plant => {
    const person = plant.person()
    const { named } = plant.world.catalogue
    const edit = (fees: Fee[], k: number): Fee[] => fees.flatMap(fee => fee.item === named.bed && k < 2 ? twice(fee) : [fee])
    label(plant, person, plant.spell(person, plant.hospital(), 0, 8, { edit, midAfter: 4 }).settlements[0]!)
  }],
  ['reversed', plant => {
    const person = plant.person()
    plant.reverse(charged(plant, person, TWO_DAYS), plant.at(10, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const person = plant.person()
    const claim = charged(plant, person, TWO_DAYS)
    plant.again(claim)
    plant.again(claim, plant.at(11, 9))
    label(plant, person, claim)
  }],
  ['corrected-away', plant => {
    const person = plant.person()
    const claim = charged(plant, person, TWO_DAYS)
    plant.correct(claim, plant.at(10, 9), bookedAs('14'))
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const person = plant.person()
    const claim = charged(plant, person, TWO_DAYS, { change: bookedAs('14') })
    plant.correct(claim, plant.at(10, 9), bookedAs('01'))
    label(plant, person, claim)
  }],
  ['late', plant => {
    const person = plant.person()
    label(plant, person, charged(plant, person, TWO_DAYS, { sent: plant.at(12, 9) }))
  }]
])
