/** Oracle of medicines that somebody has too much of: tries every beginning and every end there is. */
import type { FeeLine, Settled } from './claims.ts'
import { inForce } from './found.ts'
import { worthOf } from './shared.ts'
import type { Shared, SharedOracleRule } from './shared.ts'
import { dateText } from './read.ts'

/** Days × 100, the calendar day and moment of the first line, whether it is for a chronic disease, and what the lines cost. */
interface Fetched { readonly days: number, readonly day: number, readonly at: number, readonly chronic: boolean, readonly amount: number }
type Fetch = Shared<Fetched>

const WITHIN = 30

export const overSupply: SharedOracleRule<Fetched> = {
  rule: 'over-supply',
  kind: 'medicine',
  take: claim => {
    const stands = (line: FeeLine): boolean => line.refunds === '' && sumOf(claim, line, one => one.cnt) > 0
    const lines = claim.infno === '2304' ? [] : claim.lines.filter(line => line.list !== '102' && line.days > 0 && stands(line))
    return new Map([...new Set(lines.map(line => line.code))].map(code => {
      const own = lines.filter(line => line.code === code)
      const prescriptions = [...new Set(own.map(line => line.prescription))]
      const first = own.reduce((a, b) => b.time.at < a.time.at ? b : a)
      return [`${claim.psn_no}|${code}`, {
        days: prescriptions.reduce((sum, one) => sum + longest(own.filter(line => line.prescription === one)), 0),
        day: first.time.day, at: first.time.at, chronic: /^(14|9901)/.test(claim.med_type),
        amount: own.reduce((sum, line) => sum + sumOf(claim, line, one => one.amount), 0)
      }]
    }))
  },
  judge: (_, pile, __, say) => {
    let left = [...pile].sort((a, b) => a.took.at - b.took.at)
    for (;;) {
      const found = firstExcess(left)
      if (found === null) return
      const [start, end] = found
      const group = left.filter((each, i) => i >= start && each.took.day < left[start]!.took.day + WITHIN)
      const over = group.slice(end - start)
      const most = Math.max(...over.map((_, i) => inHand(group.slice(0, end - start + i + 1))))
      const severity = most > 6000 || group.some(each => each.fix !== group[0]!.fix) ? 2 : 3
      say({ anchor: [dateText(group[0]!.took.day)], severity, ...worthOf(over.map(of => ({ of, amount: of.took.amount }))) })
      left = left.slice(start + group.length)
    }
  }
}

/** The earliest end after which somebody has too much, and of its beginnings the earliest; null when there is none. */
function firstExcess (fetches: readonly Fetch[]): [start: number, end: number] | null {
  for (let end = 1; end < fetches.length; end++) {
    if (!inForce(fetches[end]!.took.at)) continue
    for (let start = 0; start < end; start++) {
      const some = fetches.slice(start, end + 1)
      const near = fetches[end]!.took.day < fetches[start]!.took.day + WITHIN
      if (near && inHand(some) > (some.some(each => each.took.chronic) ? 11_200 : 4500)) return [start, end]
    }
  }
  return null
}

function inHand (some: readonly Fetch[]): number {
  const passed = some.at(-1)!.took.day - some[0]!.took.day
  return some.reduce((sum, each) => sum + each.took.days, -100 * passed)
}

function longest (lines: readonly FeeLine[]): number {
  return Math.max(...lines.map(line => line.days))
}

/** A line's own with that of its refunds. */
function sumOf (claim: Settled, line: FeeLine, of: (one: FeeLine) => number): number {
  return [line, ...claim.lines.filter(one => one.refunds === line.sn)].reduce((sum, one) => sum + of(one), 0)
}
