/** 结算数量超过可用库存: more settled than was counted and came in, and everything that explains it. */
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import { listOf } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { Plant } from './plant.ts'
import { Shelf } from './shelf.ts'
import type { Handed, Sold } from './shelf.ts'

const RULE = 'settled-beyond-stock'
const COUNTED = 10
const LATER = 14
/** By then everything of the first days can be judged. */
const AFTERWARDS = 17

/** Ten counted, four sales of five in the next days, and one long after. */
function stocked (plant: Plant, units = 5, counted: Handed = {}): Sold {
  const shelf = new Shelf(plant)
  shelf.moved('3501', 0, COUNTED, counted)
  const claims = [1, 2, 3, 4].map(day => shelf.sell(day, units))
  shelf.sell(LATER, 1)
  return Object.assign(shelf, { claims })
}

const flagged = (shelf: Shelf): void => { shelf.flag([shelf.date(0)], 2) }

export default scenarios(RULE, { needs: 24, ownPharmacy: true }, [
  ['twenty-of-ten', plant => { flagged(stocked(plant)) }],
  ['bought-too-few', plant => {
    const shelf = stocked(plant)
    shelf.moved('3503', 2, 5)
    flagged(shelf)
  }],
  ['returned-to-the-supplier', plant => {
    const shelf = stocked(plant)
    shelf.moved('3503', 1, 12)
    shelf.moved('3504', 2, 8)
    flagged(shelf)
  }],
  ['moved-out', plant => {
    const shelf = stocked(plant)
    shelf.moved('3503', 1, 12)
    shelf.moved('3502', 2, 8, { more: { inv_chg_type: '102' } })
    flagged(shelf)
  }],
  ['purchase-deleted', plant => {
    const shelf = stocked(plant)
    const bought = shelf.moved('3503', 2, 20)
    shelf.remove(bought, AFTERWARDS)
    flagged(shelf)
  }],
  ['stocktake-corrected-down', plant => {
    const shelf = new Shelf(plant)
    const counted = shelf.moved('3501', 0, 100)
    for (const day of [1, 2, 3, 4]) shelf.sell(day, 5)
    shelf.sell(LATER, 1)
    shelf.correct(counted, COUNTED, AFTERWARDS)
    flagged(shelf)
  }],
  ['stocktake-handed-in-last', plant => { flagged(stocked(plant, 5, { sent: AFTERWARDS })) }],
  ['corrected-into', plant => {
    const shelf = stocked(plant, 2)
    const more = { cnt: '12', pric: '5.00' }
    plant.correct(shelf.claims[3]!, plant.at(6, 9), record => { Object.assign(listOf(record, 'feedetail')[0]!, more) })
    flagged(shelf)
  }],
  ['sent-twice', plant => {
    const shelf = stocked(plant)
    plant.again(shelf.claims[3]!)
    flagged(shelf)
  }],
  ['the-period-before', plant => {
    const shelf = stocked(plant)
    shelf.moved('3501', 8, 50)
    flagged(shelf)
  }],
  ['purchase-handed-in-late', plant => {
    const shelf = stocked(plant)
    shelf.moved('3503', 3, 15, { sent: AFTERWARDS })
    shelf.innocent()
  }],
  ['stocktake-corrected-up', plant => {
    const shelf = new Shelf(plant)
    const counted = shelf.moved('3501', 0, COUNTED)
    for (const day of [1, 2, 3, 4]) shelf.sell(day, 5)
    shelf.sell(LATER, 1)
    shelf.correct(counted, 100, AFTERWARDS)
    shelf.innocent()
  }],
  ['moved-in', plant => {
    const shelf = stocked(plant)
    shelf.moved('3502', 1, 15)
    shelf.innocent()
  }],
  ['within-tolerance', plant => {
    const shelf = new Shelf(plant)
    shelf.moved('3501', 0, 100)
    for (const day of [1, 2, 3, 4]) shelf.sell(day, 26.5)
    shelf.sell(LATER, 1)
    shelf.innocent()
  }],
  ['not-long-enough-ago', plant => {
    const shelf = new Shelf(plant)
    shelf.moved('3501', 0, COUNTED)
    for (const day of [8, 9, 10, 11]) shelf.sell(day, 5)
    shelf.sell(LATER, 1)
    shelf.innocent()
  }],
  ['reversed', plant => {
    const shelf = stocked(plant)
    plant.reverse(shelf.claims[0]!, plant.at(15, 9))
    plant.reverse(shelf.claims[1]!, plant.at(15, 10))
    shelf.innocent()
  }],
  ['corrected-away', plant => {
    const shelf = stocked(plant)
    for (const claim of shelf.claims.slice(0, 2)) shelf.correctAway(claim, plant.at(15, 9))
    shelf.innocent()
  }],
  ['refunded', plant => {
    const shelf = new Shelf(plant)
    const { consumables } = plant.world.catalogue
    shelf.moved('3501', 0, COUNTED)
    const extra = (fee: Fee): Fee[] => [{ ...refundOf(fee, fee.at + 1000, 3), sn: '2' }, feeOf(consumables[0]!, fee.at, 1, { sn: '3' })]
    for (const day of [1, 2, 3, 4]) shelf.sell(day, 5, { extra })
    shelf.sell(LATER, 1)
    shelf.innocent()
  }],
  ['in-parts', plant => {
    const shelf = new Shelf(plant)
    shelf.moved('3501', 0, COUNTED)
    for (const day of [1, 2, 3, 4]) shelf.sell(day, 5, { line: { trdn_flag: '1' } })
    shelf.sell(LATER, 1)
    shelf.innocent()
  }],
  ['entered-afterwards', plant => {
    const shelf = new Shelf(plant)
    shelf.moved('3501', 0, COUNTED)
    for (const day of [2, 3, 4, 5]) shelf.sell(day, 5, { fees: [feeOf(shelf.item, plant.at(day - 1, 10), 5)] })
    shelf.sell(LATER, 1)
    shelf.innocent()
  }],
  ['never-counted', plant => {
    const shelf = new Shelf(plant)
    shelf.moved('3503', 0, COUNTED)
    for (const day of [1, 2, 3, 4]) shelf.sell(day, 5)
    shelf.sell(LATER, 1)
    shelf.innocent()
  }]
])
