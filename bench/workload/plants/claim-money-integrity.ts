/** 结算明细信息异常: each of the four sums broken by itself and together, a 分 of rounding that is allowed, and claims that only look odd. */
import { feeOf, refundOf } from '../fees.ts'
import { amount } from '../records.ts'
import type { Raw } from '../types.ts'
import { listOf, nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'claim-money-integrity'

/** Amount of a field in 分, whichever way its sender wrote it. */
function fenOf (info: Raw, field: string): number {
  return Math.round(Number(info[field] ?? 0) * 100)
}

/** Adds `fen` to a field. */
function add (plant: Plant, info: Raw, field: string, fen: number): void {
  info[field] = amount(plant.clinic(), fenOf(info, field) + fen)
}

function seen (plant: Plant, wish: Partial<VisitWish>, insutype = '390'): { claim: Claim, label: () => void, clear: () => void } {
  const person = plant.person({ insutype })
  const claim = plant.visit(person, { place: plant.clinic(), at: plant.at(1, 10), ...wish })
  return { claim, label: () => plant.flag(RULE, person, [claim.fixmedins_code, claim.setl_id], 3), clear: () => plant.innocent(person) }
}

type Breaking = (record: Raw, plant: Plant) => void
const flagged = (change: Breaking, insutype?: string) => (plant: Plant): void =>
  seen(plant, { change: record => change(record, plant) }, insutype).label()
const excused = (change: Breaking, insutype?: string) => (plant: Plant): void =>
  seen(plant, { change: record => change(record, plant) }, insutype).clear()

const components: Breaking = (record, plant) => add(plant, nodeOf(record, 'setlinfo'), 'hifp_pay', -200)
const lineSum: Breaking = record => { listOf(record, 'feedetail').splice(0, 1) }
/** The first line costs so many 分 more than price × quantity; the whole is moved along, so that only clause c is touched. */
const product = (fen: number): Breaking => (record, plant) => {
  add(plant, listOf(record, 'feedetail')[0]!, 'det_item_fee_sumamt', fen)
  const info = nodeOf(record, 'setlinfo')
  for (const field of ['medfee_sumamt', 'psn_part_amt', 'psn_cash_pay']) add(plant, info, field, fen)
}
const family: Breaking = (record, plant) => {
  const info = nodeOf(record, 'setlinfo')
  info.acct_mulaid_pay = amount(plant.clinic(), fenOf(info, 'acct_pay') + 1)
}

export default scenarios(RULE, { needs: 10 }, [
  ['components-of-the-fund', flagged(components)],
  ['a-fen-in-the-components', flagged((record, plant) => add(plant, nodeOf(record, 'setlinfo'), 'oth_pay', 1))],
  ['sum-of-lines', flagged(lineSum)],
  ['no-lines', flagged(record => { record.feedetail = [] })],
  ['price-times-quantity', flagged(product(2))],
  ['price-times-quantity-less', flagged(product(-2))],
  ['a-fen-of-rounding', excused(product(1))],
  ['more-family-money-than-account', flagged(family)],
  ['family-money-is-all-of-it', excused((record, plant) => {
    const info = nodeOf(record, 'setlinfo')
    info.acct_mulaid_pay = amount(plant.clinic(), fenOf(info, 'acct_pay'))
  }, '310')],
  ['all-at-once', flagged((record, plant) => {
    components(record, plant)
    product(5)(record, plant)
    lineSum(record, plant)
    family(record, plant)
  })],
  ['in-a-pharmacy', plant => seen(plant, { place: plant.pharmacy(), change: lineSum as (record: Raw) => void }).label()],
  ['in-hospital', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 4, { change: record => add(plant, nodeOf(record, 'setlinfo'), 'maf_pay', 100) })
    plant.flag(RULE, person, [stay.fixmedins_code, stay.claim.setl_id], 3)
  }],
  ['refund-lines-add-up', plant => {
    const { drugs } = plant.world.catalogue
    const at = plant.at(1, 9, 50)
    const fee = feeOf(drugs[5]!, at, 3, { sn: '1' })
    seen(plant, { fees: [fee, { ...refundOf(fee, at + 60_000, 1), sn: '2' }, feeOf(drugs[9]!, at, 2, { sn: '3' })] }).clear()
  }],
  ['thirds-of-a-fen', plant => {
    const { drugs } = plant.world.catalogue
    const at = plant.at(1, 9, 50)
    const odd = [feeOf({ ...drugs[5]!, pric: 333_333 }, at, 3), feeOf({ ...drugs[7]!, pric: 12_345_678 }, at, 0.0333)]
    seen(plant, { fees: [...odd, feeOf(drugs[9]!, at)] }).clear()
  }],
  ['the-hospital-bears-a-part', excused((record, plant) => {
    const info = nodeOf(record, 'setlinfo')
    add(plant, info, 'hosp_part_amt', 300)
    add(plant, info, 'psn_part_amt', -300)
    add(plant, info, 'psn_cash_pay', -300)
  })],
  ['reversed', plant => {
    const { claim, clear } = seen(plant, { change: lineSum as (record: Raw) => void })
    plant.reverse(claim, plant.at(3, 9))
    clear()
  }],
  ['sent-twice', plant => {
    const { claim, label } = seen(plant, { change: lineSum as (record: Raw) => void })
    plant.again(claim)
    plant.again(claim, plant.at(4, 9))
    label()
  }],
  ['corrected-away', plant => {
    const { claim, clear } = seen(plant, { change: record => components(record, plant) })
    plant.correct(claim, plant.at(3, 9), record => add(plant, nodeOf(record, 'setlinfo'), 'hifp_pay', 200))
    clear()
  }],
  ['corrected-into', plant => {
    const { claim, label } = seen(plant, {})
    plant.correct(claim, plant.at(3, 9), record => components(record, plant))
    label()
  }],
  ['older-version-arrives-last', plant => {
    const { claim, clear } = seen(plant, { change: record => components(record, plant), arrive: plant.at(6, 9) })
    plant.correct(claim, plant.at(3, 9), record => add(plant, nodeOf(record, 'setlinfo'), 'hifp_pay', 200))
    clear()
  }]
])
