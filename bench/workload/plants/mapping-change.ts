/** 目录对码变更后价量异常: an own code comes to mean another item, and price or quantity jump; and all that only looks like it. */
import { scenarios } from './scenario.ts'
import type { Plant } from './plant.ts'
import { Shelf } from './shelf.ts'

const RULE = 'mapping-change'
const CHANGED = 12

type Claim = ReturnType<Shelf['sell']>
interface Wish {
  readonly before?: number, readonly after?: number, readonly price?: number, readonly from?: number, readonly parts?: boolean
}
interface Mapped { readonly shelf: Shelf, readonly code: string, readonly earlier: readonly Claim[], readonly later: readonly Claim[] }

/** Six before and six after at 30 yuan, unless wished otherwise; the own code has another meaning from day 12 on. */
function mapped (plant: Plant, { before = 2, after = 2, price = 3000, from = 0, parts = false }: Wish = {}): Mapped {
  const shelf = new Shelf(plant)
  const code = `${shelf.item.med_list_codg.slice(0, -2)}02`
  const now = { ...shelf.item, med_list_codg: code, pric: price * 10_000 }
  shelf.mapped(from, shelf.item.med_list_codg)
  shelf.mapped(CHANGED, code)
  const wish = parts ? { line: { trdn_flag: '1' } } : {}
  const earlier = before === 0 ? [] : [3, 6, 9].map(day => shelf.sell(day, before, wish))
  return { shelf, code, earlier, later: [13, 16, 19].map(day => shelf.sell(day, after, wish, now)) }
}

function flagged ({ shelf, code }: Mapped, severity: 2 | 3): void {
  shelf.flag([shelf.date(CHANGED), code], severity, shelf.ownSubject)
}

export default scenarios(RULE, { needs: 26, ownPharmacy: true }, [
  ['dearer-and-more', plant => { flagged(mapped(plant, { after: 5, price: 4200 }), 2) }],
  ['dearer', plant => { flagged(mapped(plant, { price: 3600 }), 3) }],
  ['more', plant => { flagged(mapped(plant, { after: 5 }), 3) }],
  ['mapping-handed-in-last', plant => {
    const shelf = new Shelf(plant)
    const code = `${shelf.item.med_list_codg.slice(0, -2)}02`
    for (const day of [3, 6, 9]) shelf.sell(day, 2)
    for (const day of [13, 16, 19]) shelf.sell(day, 2, {}, { ...shelf.item, med_list_codg: code, pric: 42_000_000 })
    shelf.mapped(0, shelf.item.med_list_codg, 21)
    shelf.mapped(CHANGED, code, 21)
    flagged({ shelf, code, earlier: [], later: [] }, 3)
  }],
  ['sent-twice', plant => {
    const planted = mapped(plant, { price: 4200 })
    plant.again(planted.later[0]!)
    flagged(planted, 3)
  }],
  ['one-before-is-reversed', plant => {
    const planted = mapped(plant, { before: 3, after: 4 })
    plant.reverse(planted.earlier[0]!, plant.at(20, 9))
    flagged(planted, 3)
  }],
  ['mapped-back', plant => {
    const planted = mapped(plant, { price: 4200 })
    planted.shelf.mapped(20, planted.shelf.item.med_list_codg)
    flagged(planted, 3)
  }],
  ['as-before', plant => { mapped(plant).shelf.innocent() }],
  ['a-little-dearer', plant => { mapped(plant, { price: 3500 }).shelf.innocent() }],
  ['a-little-more', plant => { mapped(plant, { before: 3, after: 5 }).shelf.innocent() }],
  ['nothing-before', plant => { mapped(plant, { before: 0, after: 5, price: 4200 }).shelf.innocent() }],
  ['mapped-long-before', plant => { mapped(plant, { after: 5, price: 4200, from: CHANGED - 40 }).shelf.innocent() }],
  ['mapped-once', plant => {
    const shelf = new Shelf(plant)
    shelf.mapped(0, shelf.item.med_list_codg)
    for (const day of [3, 6, 9]) shelf.sell(day, 2)
    for (const day of [13, 16, 19]) shelf.sell(day, 5, {}, { ...shelf.item, pric: 42_000_000 })
    shelf.innocent()
  }],
  ['in-parts', plant => { mapped(plant, { after: 5, price: 4200, parts: true }).shelf.innocent() }],
  ['all-reversed', plant => {
    const { shelf, later } = mapped(plant, { after: 5, price: 4200 })
    for (const [i, claim] of later.entries()) plant.reverse(claim, plant.at(22, 9, i))
    shelf.innocent()
  }]
])
