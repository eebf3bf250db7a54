/** 同一购药清单多人重复: ten with one basket on a day, close together or not, and baskets, days and persons that only look alike. */
import { fingerprintHex } from '../../../engine/core/fingerprint.ts'
import type { Severity } from '../../../engine/core/flag.ts'
import { formatDate, MINUTE } from '../../../engine/core/time.ts'
import { feeOf, priceAt, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import { nodeOf, listOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'same-basket'
const DAY = 2

interface Bought { readonly person: Person, readonly claim: Claim }
type Wish = Partial<VisitWish> & { readonly person?: Person }

/** One box of this, two of that, and something of no fixed price: so the amounts differ, though the baskets do not. */
function basket (plant: Plant, turn = 0): Fee[] {
  const { packed, consumables } = plant.world.catalogue
  const third = feeOf(consumables[3]!, plant.at(DAY, 8, 55), 1, { sn: '9' })
  priceAt(third, 2500 + turn % 4 * 1000)
  return [feeOf(packed[2]!, plant.at(DAY, 8, 55), 1, { sn: '1' }), feeOf(packed[7]!, plant.at(DAY, 8, 55), 2, { sn: '2' }), third]
}

/** So many buy it from nine o'clock on, one every twelve minutes. `last` is about the last of them. */
function buy (plant: Plant, count: number, last: Wish = {}, every: (i: number) => Wish = () => ({})): Bought[] {
  return Array.from({ length: count }, (_, i) => {
    const { person = plant.person(), ...wish }: Wish = { ...every(i), ...i === count - 1 ? last : {} }
    return { person, claim: plant.visit(person, { place: plant.ownPharmacy, at: plant.at(DAY, 9, 12 * i), fees: basket(plant, i), ...wish }) }
  })
}

function label (plant: Plant, bought: readonly Bought[], severity: Severity): void {
  const codes = basket(plant).map(({ item, cnt }) => `${item.med_list_codg}:${cnt}`).sort()
  const hash = fingerprintHex(...codes)
  const key = [plant.ownPharmacy.fixmedins_code, formatDate(plant.at(DAY)), hash].join('|')
  plant.flagShared(RULE, 'institution', key, bought[0]!.person, [hash], severity)
}

function innocent (plant: Plant, bought: readonly Bought[]): void {
  for (const { person } of bought) plant.innocent(person)
}

type Make = (plant: Plant) => Wish
const flagged = (count: number, severity: Severity, last: Make = () => ({})) => (plant: Plant): void =>
  label(plant, buy(plant, count, last(plant)), severity)
const excused = (count: number, last: Make = () => ({})) => (plant: Plant): void => innocent(plant, buy(plant, count, last(plant)))
const spaced = (plant: Plant, minutes: number) => (i: number): Wish => ({ at: plant.at(DAY, 9) + i * minutes * MINUTE })

export default scenarios(RULE, { needs: 12, ownPharmacy: true }, [
  ['ten', flagged(10, 2)],
  ['nine-outside', excused(9)],
  ['sixteen', flagged(16, 2), { heavy: true }],
  ['tenth-after-two-hours', flagged(10, 2, plant => ({ at: plant.at(DAY, 11) }))],
  ['tenth-a-minute-later', flagged(10, 3, plant => ({ at: plant.at(DAY, 11, 1) }))],
  ['all-day', plant => label(plant, buy(plant, 10, {}, spaced(plant, 50)), 3)],
  ['by-date', plant => label(plant, buy(plant, 10, {}, () => ({ dateOnly: true })), 3)],
  ['one-more-box', excused(10, plant => ({ fees: basket(plant).map(fee => ({ ...fee, cnt: 20_000, fee: fee.fee * 20_000 / fee.cnt })) }))],
  ['something-more', excused(10, plant => ({ fees: [...basket(plant), feeOf(plant.world.catalogue.consumables[0]!, plant.at(DAY, 10))] }))],
  ['other-order', flagged(10, 2, plant => ({ fees: basket(plant).reverse() }))],
  ['one-thing-each', plant => innocent(plant, buy(plant, 12, {}, () => ({ fees: basket(plant).slice(0, 1) })))],
  ['refunded', excused(10, plant => ({ fees: [...basket(plant), { ...refundOf(basket(plant)[1]!, plant.at(DAY, 10, 50)), sn: '3' }] }))],
  ['as-much-after-refunds', flagged(10, 2, plant => {
    const extra = feeOf(plant.world.catalogue.packed[9]!, plant.at(DAY, 10), 1, { sn: '3' })
    return { fees: [...basket(plant), extra, { ...refundOf(extra, plant.at(DAY, 10, 5)), sn: '4' }] }
  })],
  ['one-of-them-twice', plant => {
    const bought = buy(plant, 9)
    innocent(plant, [...bought, ...buy(plant, 1, { person: bought[0]!.person, at: plant.at(DAY, 10, 50) })])
  }],
  ['through-the-internet', excused(10, () => ({ pay_loc: '5', cert: '01' }))],
  ['entered-afterwards', excused(10,
    plant => ({ fees: basket(plant).map(fee => ({ ...fee, at: plant.at(DAY - 1, 10) })), served: plant.at(DAY - 1, 10) }))],
  ['at-two-pharmacies', plant => innocent(plant, buy(plant, 12, {}, i => i % 2 === 0 ? {} : { place: plant.pharmacy(2) }))],
  ['on-two-days', plant => {
    const tomorrow = (fee: Fee): Fee => ({ ...fee, at: plant.at(DAY + 1, 8) })
    innocent(plant, buy(plant, 12, {}, i => i < 9 ? {} : { at: plant.at(DAY + 1, 9, 12 * i), fees: basket(plant).map(tomorrow) }))
  }],
  ['sent-twice', plant => {
    const bought = buy(plant, 10)
    for (const { claim } of bought) plant.again(claim)
    label(plant, bought, 2)
  }],
  ['nine-sent-twice', plant => {
    const bought = buy(plant, 9)
    for (const { claim } of bought) plant.again(claim)
    innocent(plant, bought)
  }],
  ['tenth-reversed', plant => {
    const bought = buy(plant, 10)
    plant.reverse(bought[9]!.claim, plant.at(DAY + 1, 9))
    innocent(plant, bought)
  }],
  ['eleventh-reversed', plant => {
    const bought = buy(plant, 11)
    plant.reverse(bought[3]!.claim, plant.at(DAY + 1, 9))
    label(plant, bought, 2)
  }],
  ['corrected-away', plant => {
    const bought = buy(plant, 10)
    plant.correct(bought[4]!.claim, plant.at(DAY + 2, 9), record => { nodeOf(record, 'setlinfo').pay_loc = '5' })
    innocent(plant, bought)
  }],
  ['corrected-into', plant => {
    const bought = buy(plant, 10, {
      change: record => { listOf(record, 'feedetail')[0]!.med_list_codg = plant.world.catalogue.packed[12]!.med_list_codg }
    })
    plant.correct(bought[9]!.claim, plant.at(DAY + 2, 9),
      record => { listOf(record, 'feedetail')[0]!.med_list_codg = plant.world.catalogue.packed[2]!.med_list_codg })
    label(plant, bought, 2)
  }],
  ['first-comes-last', plant => label(plant, buy(plant, 10, {}, i => i === 0 ? { sent: plant.at(DAY + 6, 9) } : {}), 2)],
  ['late', flagged(10, 2, plant => ({ sent: plant.at(DAY + 27, 9) })), { needs: 32 }]
])
