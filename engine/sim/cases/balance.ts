/** Amounts of a settlement that balance by the interface's identities, unless a case says otherwise. All in 分. */
import { MONEY_DECIMALS, scaled, yuan } from '../../core/money.ts'
import { AMOUNTS, FUND_PARTS } from './columns.ts'

/**
 * @param given amounts the row states, as text; they win even when nothing adds up any more
 * @param total what the lines sum up to
 * @param pharmacy pays from the personal account; others 80 % from the pool
 * @returns every amount as text in yuan
 */
export function balance (given: ReadonlyMap<string, string>, total: number, pharmacy: boolean): Record<string, string> {
  const stated = (name: string): number | null => {
    const text = given.get(name)
    if (text === undefined || text === '') return null
    const fen = scaled(text, MONEY_DECIMALS)
    if (fen === null) throw new Error(`${name}: "${text}" is not an amount`)
    return fen
  }
  const of = (name: string, otherwise: number): number => stated(name) ?? otherwise
  const medfee = of('medfee_sumamt', total)
  const parts = FUND_PARTS.slice(1).reduce((sum, name) => sum + of(name, 0), 0)
  const hifp = stated('hifp_pay')
  const hosp = of('hosp_part_amt', 0)
  const fund = of('fund_pay_sumamt', hifp !== null ? hifp + parts : stated('psn_part_amt') !== null
    ? medfee - of('psn_part_amt', 0) - hosp
    : pharmacy ? parts : Math.max(parts, Math.floor(medfee * 0.8)))
  const part = of('psn_part_amt', medfee - fund - hosp)
  const acct = of('acct_pay', pharmacy ? part - of('psn_cash_pay', 0) : 0)
  const made: Record<string, number> = {
    medfee_sumamt: medfee,
    inscp_scp_amt: medfee,
    hifp_pay: fund - parts,
    fund_pay_sumamt: fund,
    psn_part_amt: part,
    acct_pay: acct,
    psn_cash_pay: part - acct,
    hosp_part_amt: hosp
  }
  return Object.fromEntries(AMOUNTS.map(name => [name, yuan(of(name, made[name] ?? 0))]))
}
