/** 药店年底集中刷卡购药: a December of twice the mean month and less, months that are missing, and what reversals and corrections change. */
import type { Fen } from '../../../engine/core/money.ts'
import { yearOf } from '../../../engine/core/time.ts'
import type { Place } from '../city.ts'
import type { Person } from '../people.ts'
import { amount } from '../records.ts'
import { timeText } from '../stamp.ts'
import type { Raw } from '../types.ts'
import { nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'december-surge'
/** First days of June to December, when day 0 is 1 June. */
const MONTHS = [0, 30, 61, 92, 122, 153, 183] as const
const [JUNE, JULY, , SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER] = MONTHS
const NEW_YEAR = DECEMBER + 31
const MONEY = [
  'hifp_pay', 'cvlserv_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'maf_pay', 'oth_pay',
  'fund_pay_sumamt', 'acct_mulaid_pay', 'psn_cash_pay'
]

interface Sale { readonly day: number, readonly fen: Fen, readonly wish?: Partial<VisitWish> }
interface Sold { readonly persons: readonly Person[], readonly claims: readonly Claim[] }

/** 6,000 yuan in each of these months. */
const months = (...days: readonly number[]): Sale[] => days.map(day => ({ day: day + 11, fen: 600_000 }))
const SIX = months(...MONTHS.slice(0, 6))
/** So many yuan in December, in two sales. */
const december = (fen: Fen, wish: Partial<VisitWish> = {}): Sale[] =>
  [{ day: DECEMBER + 4, fen: 400_000 }, { day: DECEMBER + 19, fen: fen - 400_000, wish }]

/** Every sale to somebody else, all of it paid from the personal account. */
function sell (plant: Plant, sales: readonly Sale[]): Sold {
  const persons = Array.from({ length: Math.min(16, sales.length) }, () => plant.person({ insutype: '310' }))
  const claims = sales.map(({ day, fen, wish = {} }, i) => plant.visit(persons[i % persons.length]!, {
    place: plant.ownPharmacy, at: plant.at(day, 10), cost: fen, change: paid(wish.place ?? plant.ownPharmacy, fen, 0), ...wish
  }))
  return { persons, claims }
}

/** Of a sale so much is paid from the account, the rest by the pool. */
function paid (place: Place, acct: Fen, fund: Fen, cash: Fen = 0): (record: Raw) => void {
  return record => {
    const info = nodeOf(record, 'setlinfo')
    for (const name of MONEY) info[name] = amount(place, 0)
    Object.assign(info, {
      hifp_pay: amount(place, fund), fund_pay_sumamt: amount(place, fund), acct_pay: amount(place, acct),
      psn_cash_pay: amount(place, cash), psn_part_amt: amount(place, acct + cash)
    })
  }
}

function label (plant: Plant, { persons }: Sold): void {
  const year = yearOf(plant.at(DECEMBER))
  plant.flagShared(RULE, 'institution', `${plant.ownPharmacy.fixmedins_code}|${year}`, persons[0]!, [year], 3)
}

function innocent (plant: Plant, { persons }: Sold): void {
  for (const person of persons) plant.innocent(person)
}

type Make = (plant: Plant) => Partial<VisitWish>
const flagged = (sales: readonly Sale[]) => (plant: Plant): void => label(plant, sell(plant, sales))
const excused = (sales: readonly Sale[]) => (plant: Plant): void => innocent(plant, sell(plant, sales))
/** Six months, and twice as much in December, of which the last is sold as `last` says. */
const excusedBy = (last: Make) => (plant: Plant): void => innocent(plant, sell(plant, [...SIX, ...december(1_200_000, last(plant))]))
const flaggedThough = (last: Make) => (plant: Plant): void => label(plant, sell(plant, [...SIX, ...december(1_200_000, last(plant))]))

export default scenarios(RULE, { needs: NEW_YEAR + 20, where: 'december', ownPharmacy: true }, [
  ['twice', flagged([...SIX, ...december(1_200_000)])],
  ['a-fen-less-outside', excused([...SIX, ...december(1_199_999)])],
  ['ten-thousand-yuan', flagged([...SIX.map(sale => ({ ...sale, fen: 100_000 })), ...december(1_000_000)])],
  ['less-than-ten-thousand-yuan-outside', excused([...SIX.map(sale => ({ ...sale, fen: 100_000 })), ...december(999_999)])],
  ['three-months', flagged([...months(JUNE, SEPTEMBER, NOVEMBER), ...december(1_200_000)])],
  ['two-months-outside', excused([...months(JUNE, NOVEMBER), ...december(1_200_000)])],
  ['opened-in-september', flagged([...months(SEPTEMBER, OCTOBER, NOVEMBER), ...december(1_200_000)])],
  ['opened-in-september-outside', excused([...months(SEPTEMBER, OCTOBER, NOVEMBER), ...december(1_199_999)])],
  ['opened-in-october', excused([...months(OCTOBER, NOVEMBER), ...december(1_200_000)])],
  ['every-day', flagged([...SIX, ...Array.from({ length: 62 }, (_, i) => ({ day: DECEMBER + (i >> 1), fen: 20_000 + i }))]), { heavy: true }],
  ['in-november', excused([...SIX, { day: DECEMBER - 1, fen: 1_200_000 }, { day: DECEMBER + 1, fen: 500_000 }])],
  ['in-january', excused([...SIX, { day: DECEMBER + 1, fen: 500_000 }, { day: NEW_YEAR, fen: 1_200_000 }])],
  ['in-cash', excusedBy(plant => ({ change: paid(plant.ownPharmacy, 799_999, 0, 1) }))],
  ['by-the-pool', flaggedThough(plant => ({ change: paid(plant.ownPharmacy, 0, 800_000) }))],
  ['a-refund-by-itself', excusedBy(plant => ({
    change: record => {
      paid(plant.ownPharmacy, 800_000, 0)(record)
      nodeOf(record, 'setlinfo').refd_setl_flag = '1'
    }
  }))],
  ['through-the-internet', flaggedThough(() => ({ pay_loc: '5', cert: '01' }))],
  ['at-two-pharmacies', excusedBy(plant => ({ place: plant.pharmacy(2), change: paid(plant.pharmacy(2), 800_000, 0) }))],
  ['at-a-clinic', plant => {
    const wish = { place: plant.clinic(), change: paid(plant.clinic(), 300_000, 0) }
    innocent(plant, sell(plant, [...SIX, { day: DECEMBER + 4, fen: 900_000 }, { day: DECEMBER + 19, fen: 300_000, wish }]))
  }],
  ['sent-twice', plant => {
    const sold = sell(plant, [...SIX, ...december(1_200_000)])
    for (const claim of sold.claims) plant.again(claim)
    label(plant, sold)
  }],
  ['half-sent-twice', plant => {
    const sold = sell(plant, [...SIX, ...december(800_000)])
    for (const claim of sold.claims.slice(6)) plant.again(claim)
    innocent(plant, sold)
  }],
  ['one-reversed', plant => {
    const sold = sell(plant, [...SIX, ...december(1_200_000)])
    plant.reverse(sold.claims[6]!, plant.at(DECEMBER + 22, 9))
    innocent(plant, sold)
  }],
  ['july-reversed', plant => {
    const sold = sell(plant, [...SIX, { day: JULY + 20, fen: 60_000 }, ...december(1_200_000)])
    plant.reverse(sold.claims[6]!, plant.at(DECEMBER + 22, 9))
    label(plant, sold)
  }],
  ['corrected-away', plant => {
    const sold = sell(plant, [...SIX, ...december(1_200_000)])
    settledInstead(plant, sold.claims[6]!, DECEMBER - 1)
    innocent(plant, sold)
  }],
  ['corrected-into', plant => {
    const sold = sell(plant, [...SIX, { day: DECEMBER - 1, fen: 100_000 }, ...december(1_199_000)])
    settledInstead(plant, sold.claims[6]!, DECEMBER)
    label(plant, sold)
  }],
  ['december-comes-late', flaggedThough(plant => ({ sent: plant.at(NEW_YEAR + 15, 9) }))]
])

/** A later version of the sale says another day. */
function settledInstead (plant: Plant, claim: Claim, day: number): void {
  const time = timeText(plant.at(day, 10))
  const date = time.slice(0, 10)
  plant.correct(claim, plant.at(DECEMBER + 22, 9), record => {
    Object.assign(nodeOf(record, 'setlinfo'), { setl_time: time, begndate: date, enddate: date })
  })
}
