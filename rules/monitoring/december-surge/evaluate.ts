/** Was far more settled at a pharmacy in December than in the months before? Letters are the clauses of definition.md. */
import type { Settlement } from '../../../engine/core/claim.ts'
import type { Fen } from '../../../engine/core/money.ts'
import { ownArea } from '../../../engine/core/own-area.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import type { SharedSettlement, Sighting } from '../../../engine/core/shared.ts'
import { monthOf, parseMoment, startOfDay, yearOf } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'times' | 'money_min' | 'months_min', number>>
type Nothing = Readonly<Record<never, never>>
type Sale = SharedSettlement<Nothing>

const PHARMACY = '2102'
const BEFORE = ['06', '07', '08', '09', '10', '11']
const DECEMBER = '12'
const MAIN_MAX = 50

export default sharedRule<Limits, Nothing>({
  of: 'institution',
  quorum: 100_000, // fen: money_min may not be less
  ofDay: 5,
  sight: paidIn,
  evaluate ({ subject, settlements, days }, { law, enough }, report) {
    const [fixmedins_code = '', year = ''] = subject.split('|')
    const area = ownArea(fixmedins_code) // (e) so that no single settlement changes the numbers of the year
    const at = parseMoment(`${year}-${DECEMBER}-01`)!.at
    const limits = law.on(at, area)
    if (limits === null) return
    const paidOf = (month: string): Fen => days.filter(({ day }) => monthOf(startOfDay(day)) === `${year}-${month}`)
      .reduce((sum, { weight }) => sum + weight, 0)
    const december = paidOf(DECEMBER)
    const months = BEFORE.map(paidOf)
    const before = months.reduce((sum, money) => sum + money, 0)
    const needed = Math.max(limits.money_min, Math.ceil(limits.times * before / BEFORE.length)) // of December, whatever else comes
    enough(Math.max(1, needed - december))
    const paidMonths = months.filter(money => money > 0).length
    const open = BEFORE.length - months.findIndex(money => money > 0) // (b)
    if (paidMonths < limits.months_min || december < limits.money_min || december * open < limits.times * before) return // (c) (d)
    report({
      anchor: [year],
      at,
      area,
      fixmedins_code,
      severity: 3,
      main: weightiest(settlements.filter(sale => monthOf(sale.at) === `${year}-${DECEMBER}`)),
      involved: [],
      values: { year, december, mean: Math.floor(before / open), times: Math.floor(100 * december * open / before) / 100, months: paidMonths },
      supports: [], weakens: []
    })
  }
})

/** (a) Months before June are not needed. */
function paidIn ({ infno, fixmedins_code, setlinfo }: Settlement): Array<Sighting<Nothing>> {
  const weight = paid(setlinfo)
  const isOfMonths = [...BEFORE, DECEMBER].includes(monthOf(setlinfo.setl_time).slice(-2))
  if (infno !== PHARMACY || setlinfo.refd_setl_flag || weight <= 0 || !isOfMonths) return []
  return [{ subject: `${fixmedins_code}|${yearOf(setlinfo.setl_time)}`, weight, facts: {} }]
}

/** From the personal account and from the pool. */
function paid ({ acct_pay, fund_pay_sumamt }: Pick<Sale, 'acct_pay' | 'fund_pay_sumamt'>): Fen {
  return acct_pay + fund_pay_sumamt
}

function weightiest (sales: readonly Sale[]): readonly Sale[] {
  const most = new Set(sales.toSorted((a, b) => paid(b) - paid(a)).slice(0, MAIN_MAX))
  return sales.filter(sale => most.has(sale))
}
