/** Oracle of what a pharmacy takes in a day and in a December: like amounts, and far more than in the months before. */
import type { FeeLine, Settled } from './claims.ts'
import { inForce } from './found.ts'
import { dateText } from './read.ts'
import { worthOf } from './shared.ts'
import type { Shared, SharedOracleRule } from './shared.ts'

const HOUR = 3_600_000

/** What was taken: the one thing bought and its price, '' when it was several. */
export const clusteredAmounts: SharedOracleRule<string> = {
  rule: 'clustered-amounts',
  kind: 'institution',
  take: claim => {
    const { infno, fix, time, pay_loc, refund, lines } = claim
    const sameDay = lines.length === 0 || lines.some(line => line.time.day === time.day)
    const counts = infno === '2102' && pay_loc !== '5' && !refund && sameDay && inForce(time.at)
    return new Map(counts ? [[`${fix}|${dateText(time.day)}`, onlyThing(lines)]] : [])
  },
  judge: (name, pile, _, say) => {
    const sales = pile.filter(one => one.medfee >= 2000)
    if (sales.length < 10 || new Set(sales.map(one => one.psn_no)).size < 8) return
    const bands = sales.map(({ medfee: least }) => ({ least, held: sales.filter(one => one.medfee >= least && one.medfee - least <= 500) }))
    bands.sort((a, b) => b.held.length - a.held.length || a.least - b.least)
    const { held } = bands[0]!
    const alike = held[0]!.took !== '' && held.every(one => one.took === held[0]!.took)
    if (held.length / sales.length < 0.6 || alike) return
    say({ anchor: [name.split('|')[1]!], severity: 3, ...whole(held) })
  }
}

function onlyThing (lines: readonly FeeLine[]): string {
  const left = (line: FeeLine): number => [line, ...lines.filter(one => one.refunds === line.sn)].reduce((sum, one) => sum + one.cnt, 0)
  const things = lines.filter(line => line.refunds === '' && left(line) > 0).map(line => `${line.code} at ${line.pric}`)
  return things.length > 0 && things.every(thing => thing === things[0]) ? things[0]! : ''
}

/** What was taken is the month, 6 to 12. */
export const decemberSurge: SharedOracleRule<number> = {
  rule: 'december-surge',
  kind: 'institution',
  take: claim => {
    const [year, month] = dateText(claim.time.day).split('-') as [string, string]
    const counts = claim.infno === '2102' && !claim.refund && claim.acct + claim.fund > 0 && Number(month) >= 6 && Number(year) >= 2021
    return new Map(counts ? [[`${claim.fix}|${year}`, Number(month)]] : [])
  },
  judge: (name, pile, _, say) => {
    const [, year] = name.split('|') as [string, string]
    const sum = (some: ReadonlyArray<Shared<number>>): number => some.reduce((total, one) => total + worth(one), 0)
    const december = pile.filter(one => one.took === 12)
    const before = pile.filter(one => one.took < 12)
    const months = 12 - Math.min(...before.map(one => one.took))
    const enough = new Set(before.map(one => one.took)).size >= 3 && sum(december) >= 1_000_000
    if (enough && sum(december) * months >= 2 * sum(before)) say({ anchor: [year], severity: 3, ...whole(weightiest(december)) })
  }
}

/** The five weightiest of each day, of these the fifty weightiest. */
function weightiest (december: ReadonlyArray<Shared<number>>): Array<Shared<number>> {
  const heavier = (a: Shared<number>, b: Shared<number>): number => worth(b) - worth(a)
  const dayOf = (one: Shared<number>): number => Math.floor((one.at + 8 * HOUR) / (24 * HOUR))
  const days = [...new Set(december.map(dayOf))].map(day => december.filter(one => dayOf(one) === day))
  const most = days.flatMap(day => day.sort((a, b) => heavier(a, b) || (a.setl_id < b.setl_id ? -1 : 1)).slice(0, 5))
  return most.sort((a, b) => heavier(a, b) || a.at - b.at || (a.setl_id < b.setl_id ? -1 : 1)).slice(0, 50)
}

/** From account and fund. */
function worth ({ acct, fund }: Pick<Settled, 'acct' | 'fund'>): number {
  return acct + fund
}

function whole (pile: ReadonlyArray<Shared<unknown>>): ReturnType<typeof worthOf> {
  return worthOf(pile.map(of => ({ of, amount: of.medfee })))
}
