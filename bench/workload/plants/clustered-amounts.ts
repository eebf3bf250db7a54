/** 药店结算金额异常集中: six of ten within five yuan, both sides of every number, and amounts that are alike for a reason. */
import type { Fen } from '../../../engine/core/money.ts'
import { formatDate } from '../../../engine/core/time.ts'
import { feeOf, priceAt, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import { timeText } from '../stamp.ts'
import { nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'clustered-amounts'
const DAY = 2
const FAR: readonly Fen[] = [2600, 9700, 14_020, 33_000]
const NEAR: readonly Fen[] = [5800, 5920, 6000, 6140, 6290, 6300]
const TEN = [...FAR, ...NEAR]

interface Sold { readonly persons: readonly Person[], readonly claims: readonly Claim[] }
type Wish = Partial<VisitWish>
type Every = (i: number) => Wish

/** Sales of these amounts to persons in turn, from nine o'clock on, one every twelve minutes. `last` is about the last of them. */
function sell (
  plant: Plant, amounts: readonly Fen[], last: Wish = {}, people = Math.min(16, amounts.length), every: Every = () => ({})
): Sold {
  const persons = Array.from({ length: people }, () => plant.person())
  const claims = amounts.map((cost, i) => plant.visit(persons[i % people]!, {
    place: plant.ownPharmacy, at: plant.at(DAY, 9, 12 * i), cost, ...every(i), ...i === amounts.length - 1 ? last : {}
  }))
  return { persons, claims }
}

function label (plant: Plant, { persons }: Sold, day = DAY): void {
  const date = formatDate(plant.at(day))
  plant.flagShared(RULE, 'institution', `${plant.ownPharmacy.fixmedins_code}|${date}`, persons[0]!, [date], 3)
}

function innocent (plant: Plant, { persons }: Sold): void {
  for (const person of persons) plant.innocent(person)
}

/** One thing for 58 yuan. */
function sole (plant: Plant, pack = 0, cost = 5800): Fee {
  const fee = feeOf(plant.world.catalogue.consumables[pack]!, plant.at(DAY, 8, 55), 1, { sn: '1' })
  priceAt(fee, cost)
  return fee
}

type Make = (plant: Plant) => Wish
const flagged = (amounts: readonly Fen[], last: Make = () => ({}), people?: number) => (plant: Plant): void =>
  label(plant, sell(plant, amounts, last(plant), people))
const excused = (amounts: readonly Fen[], last: Make = () => ({}), people?: number) => (plant: Plant): void =>
  innocent(plant, sell(plant, amounts, last(plant), people))
/** The first four for whatever it be, the others for one thing at one price; the last as `fees` says. */
const alike = (plant: Plant, fees: readonly Fee[]): Sold =>
  sell(plant, TEN, { fees }, 10, i => i < FAR.length ? {} : { fees: [sole(plant)] })

export default scenarios(RULE, { needs: 12, ownPharmacy: true }, [
  ['six-of-ten', flagged(TEN)],
  ['six-of-eleven-outside', excused([43_000, ...TEN])],
  ['nine-of-fifteen', flagged([2600, 9700, 14_020, 33_000, 24_000, 52_000, ...NEAR, 5850, 5990, 6210])],
  ['five-of-nine-outside', excused(TEN.slice(1))],
  ['of-eight-persons', flagged(TEN, () => ({}), 8)],
  ['of-seven-persons-outside', excused(TEN, () => ({}), 7)],
  ['thirty', flagged([...TEN, ...TEN, ...TEN]), { heavy: true }],
  ['a-fen-beyond-five-yuan', excused(TEN, () => ({ cost: 6301 }))],
  ['twenty-yuan-exactly', flagged([2000, ...TEN.slice(1)])],
  ['a-fen-less-than-twenty-yuan', excused([1999, ...TEN.slice(1)])],
  ['small-amounts', excused([900, 1150, 1200, 1000, 950, 1100, 1000, 1050, 990, 1210, 1180, 1020])],
  ['small-amounts-besides', flagged([900, 1150, 700, ...TEN])],
  ['one-thing-at-one-price', plant => innocent(plant, alike(plant, [sole(plant)]))],
  ['one-of-them-another-thing', plant => label(plant, alike(plant, [sole(plant, 1)]))],
  ['one-of-them-at-another-price', plant => label(plant, alike(plant, [sole(plant, 0, 5900)]))],
  ['another-thing-refunded', plant => {
    const more = { ...sole(plant, 1, 700), sn: '2' }
    innocent(plant, alike(plant, [sole(plant), more, { ...refundOf(more, plant.at(DAY, 10, 40)), sn: '3' }]))
  }],
  ['through-the-internet', excused(TEN, () => ({ pay_loc: '5', cert: '01' }))],
  ['entered-afterwards', excused(TEN, plant => ({ served: plant.at(DAY - 1, 10) }))],
  ['by-date', flagged(TEN, plant => ({ at: plant.at(DAY), dateOnly: true, served: plant.at(DAY, 10) }))],
  ['on-the-next-day', excused(TEN, plant => ({ at: plant.at(DAY + 1, 0, 10) }))],
  ['at-two-pharmacies', excused(TEN, plant => ({ place: plant.pharmacy(2) }))],
  ['at-a-clinic', excused(TEN, plant => ({ place: plant.clinic() }))],
  ['sent-twice', plant => {
    const sold = sell(plant, TEN)
    for (const claim of sold.claims) plant.again(claim)
    label(plant, sold)
  }],
  ['nine-sent-twice', plant => {
    const sold = sell(plant, TEN.slice(1))
    for (const claim of sold.claims) plant.again(claim)
    innocent(plant, sold)
  }],
  ['tenth-reversed', plant => {
    const sold = sell(plant, TEN)
    plant.reverse(sold.claims[9]!, plant.at(DAY + 1, 9))
    innocent(plant, sold)
  }],
  ['one-outside-reversed', plant => {
    const sold = sell(plant, [43_000, ...TEN])
    plant.reverse(sold.claims[0]!, plant.at(DAY + 1, 9))
    label(plant, sold)
  }],
  ['corrected-away', plant => {
    const sold = sell(plant, TEN)
    plant.correct(sold.claims[7]!, plant.at(DAY + 2, 9), record => { nodeOf(record, 'setlinfo').pay_loc = '5' })
    innocent(plant, sold)
  }],
  ['corrected-into', plant => {
    const sold = sell(plant, TEN, { at: plant.at(DAY + 1, 10, 48), served: plant.at(DAY, 10, 40) })
    plant.correct(sold.claims[9]!, plant.at(DAY + 2, 9),
      record => { nodeOf(record, 'setlinfo').setl_time = timeText(plant.at(DAY, 10, 48)) })
    label(plant, sold)
  }],
  ['first-comes-last', plant => label(plant, sell(plant, TEN, {}, 10, i => i === 0 ? { sent: plant.at(DAY + 6, 9) } : {}))],
  ['late', flagged(TEN, plant => ({ sent: plant.at(DAY + 27, 9) })), { needs: 32 }]
])
