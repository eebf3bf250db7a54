/** Oracle of trace codes that are settled more than once. */
import type { FeeLine, Settled } from './claims.ts'
import { worthOf } from './shared.ts'
import type { SharedOracleRule } from './shared.ts'

const SINCE = Date.parse('2025-07-01T00:00:00+08:00')

/** The amount of the lines on which a code was sold. */
export const traceCodeResold: SharedOracleRule<number> = {
  rule: 'trace-code-resold',
  kind: 'trace',
  take: claim => {
    const sold = new Map<string, number>()
    if (claim.infno === '2304') return sold
    for (const line of claim.lines) {
      if (line.refunds !== '' || line.list === '102' || line.inParts || left(claim, line, one => one.cnt) <= 0) continue
      for (const code of new Set(line.scanned)) sold.set(code, (sold.get(code) ?? 0) + left(claim, line, one => one.amount))
    }
    return sold
  },
  judge: (code, sales, _, say) => {
    if (sales.length < 2 || sales[1]!.at < SINCE) return
    say({
      anchor: [code], severity: sales.some(sale => sale.fix !== sales[0]!.fix) ? 1 : 2,
      ...worthOf(sales.slice(1).map(of => ({ of, amount: of.took })))
    })
  }
}

/** What is left of a line after its refunds. */
function left (claim: Settled, line: FeeLine, of: (one: FeeLine) => number): number {
  return [line, ...claim.lines.filter(one => one.refunds === line.sn)].reduce((sum, one) => sum + of(one), 0)
}
