/** 无进货记录结算: settled though nothing of it came in, and everything that explains it. */
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import { scenarios } from './scenario.ts'
import type { Plant } from './plant.ts'
import { Shelf } from './shelf.ts'
import type { Handed, Sold } from './shelf.ts'

const RULE = 'settled-without-purchase'
const SOLD = 3
const LATER = 11
const AFTERWARDS = 15

/**
 * A sales record shows that the pharmacy hands in stock records; so much is settled on one day, and one more long after, which
 * cannot be judged yet.
 */
function unbought (plant: Plant, units = 4, parts: Parameters<Shelf['sell']>[2] = {}): Sold {
  const shelf = new Shelf(plant)
  shelf.moved('3505', 1, 1)
  const claims = [1, 2, 3].map(() => shelf.sell(SOLD, units, parts))
  shelf.sell(LATER, 1, parts)
  return Object.assign(shelf, { claims })
}

function flagged (shelf: Shelf, severity: 1 | 2 = 2): void {
  shelf.flag([shelf.date(SOLD).slice(0, 7)], severity)
}

/** Explained by a stock record dated on a day. */
function explained (infno: '3501' | '3502' | '3503', day: number, handed: Handed = {}, units = 30) {
  return (plant: Plant): void => {
    const shelf = unbought(plant)
    shelf.moved(infno, day, units, handed)
    shelf.innocent()
  }
}

export default scenarios(RULE, { needs: 22, ownPharmacy: true }, [
  ['a-few', plant => { flagged(unbought(plant)) }],
  ['many', plant => { flagged(unbought(plant, 7), 1) }],
  ['bought-long-ago', plant => {
    const shelf = unbought(plant)
    shelf.moved('3503', SOLD - 181, 30)
    flagged(shelf)
  }],
  ['bought-afterwards', plant => {
    const shelf = unbought(plant)
    shelf.moved('3503', SOLD + 8, 30)
    flagged(shelf)
  }],
  ['none-was-found', plant => {
    const shelf = unbought(plant)
    shelf.moved('3501', 0, 0)
    shelf.flag([shelf.date(SOLD).slice(0, 7)], 2)
    plant.flagShared('settled-beyond-stock', 'item', shelf.subject, shelf.buyers[0]!, [shelf.date(0)], 2)
  }],
  ['purchase-deleted', plant => {
    const shelf = unbought(plant)
    shelf.remove(shelf.moved('3503', 0, 30), AFTERWARDS)
    flagged(shelf)
  }],
  ['sent-twice', plant => {
    const shelf = unbought(plant, 6)
    plant.again(shelf.claims[0]!)
    flagged(shelf)
  }],
  ['one-is-reversed', plant => {
    const shelf = unbought(plant, 7)
    plant.reverse(shelf.claims[0]!, plant.at(AFTERWARDS, 9))
    flagged(shelf)
  }],
  ['first-stock-record-comes-last', plant => {
    const shelf = new Shelf(plant)
    for (let i = 0; i < 3; i++) shelf.sell(SOLD, 4)
    shelf.sell(LATER, 1)
    shelf.moved('3505', 1, 1, { sent: AFTERWARDS })
    flagged(shelf)
  }],
  ['bought-half-a-year-ago', explained('3503', SOLD - 170)],
  ['bought-within-grace', explained('3503', SOLD + 7)],
  ['purchase-handed-in-late', explained('3503', 0, { sent: AFTERWARDS })],
  ['counted', explained('3501', 0)],
  ['moved-in', explained('3502', 0)],
  ['no-stock-records', plant => {
    const shelf = new Shelf(plant)
    for (let i = 0; i < 3; i++) shelf.sell(SOLD, 4)
    shelf.sell(LATER, 1)
    shelf.mapped(0, shelf.item.med_list_codg)
    shelf.innocent()
  }],
  ['not-long-enough-ago', plant => {
    const shelf = new Shelf(plant)
    shelf.moved('3505', 1, 1)
    for (let i = 0; i < 3; i++) shelf.sell(SOLD, 4)
    shelf.sell(SOLD + 6, 1)
    shelf.innocent()
  }],
  ['in-parts', plant => { unbought(plant, 4, { line: { trdn_flag: '1' } }).innocent() }],
  ['refunded', plant => {
    const { consumables } = plant.world.catalogue
    const extra = (fee: Fee): Fee[] => [{ ...refundOf(fee, fee.at + 1000), sn: '2' }, feeOf(consumables[0]!, fee.at, 1, { sn: '3' })]
    unbought(plant, 4, { extra }).innocent()
  }],
  ['all-reversed', plant => {
    const shelf = unbought(plant)
    for (const [i, claim] of shelf.claims.entries()) plant.reverse(claim, plant.at(AFTERWARDS, 9, i))
    shelf.innocent()
  }],
  ['corrected-away', plant => {
    const shelf = unbought(plant)
    for (const claim of shelf.claims) shelf.correctAway(claim, plant.at(AFTERWARDS, 9))
    shelf.innocent()
  }]
])
