/** Was one box settled more than once? Letters are the clauses of definition.md. */
import { chargesOf } from '../../../engine/core/charges.ts'
import type { Settlement } from '../../../engine/core/claim.ts'
import { facts } from '../../../engine/core/finding.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import type { SharedSettlement, Sighting } from '../../../engine/core/shared.ts'
import { calendarDays } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'sales_max', number>>
/** The lines on which the code stands, with their net amount, and the medicine. */
interface Sold extends Record<string, string | number | readonly string[]> { lines: readonly string[], amount: number, item: string }
type Sale = SharedSettlement<Sold>

const STAY = '2304'
const TCM_PIECES = '102'

export default sharedRule<Limits, Sold>({
  of: 'trace',
  sight: soldIn,
  evaluate ({ subject, settlements: sales }, { law }, report) {
    const [first, ...again] = sales
    const second = again[0]
    const limits = second === undefined ? null : law.on(second.at, second.insuplc_admdvs) // (d)
    if (first === undefined || second === undefined || limits === null || sales.length <= limits.sales_max) return // (c)
    const institutions = new Set(sales.map(sale => sale.fixmedins_code)).size
    report({
      anchor: [subject],
      at: second.at,
      area: second.insuplc_admdvs,
      fixmedins_code: second.fixmedins_code,
      severity: institutions > 1 ? 1 : 2,
      main: again.map(partOf),
      involved: [partOf(first)],
      values: {
        code: subject, item: first.facts.item, sales: sales.length, institutions, first_sale: first.at, first_institution: first.fixmedins_code,
        next_sale: second.at, next_institution: second.fixmedins_code, days: calendarDays(first.at, second.at)
      },
      supports: facts({ other_person: sales.some(sale => sale.psn_no !== first.psn_no) }),
      weakens: facts({ same_day: institutions === 1 && calendarDays(first.at, sales.at(-1)!.at) === 0 })
    })
  }
})

/** (a) (b) The codes that an outpatient or pharmacy settlement sells. */
function soldIn (claim: Settlement): Array<Sighting<Sold>> {
  if (claim.infno === STAY) return []
  const chargeOf = chargesOf(claim.feedetail)
  const sold = new Map<string, Sold>()
  for (const line of claim.feedetail) {
    if (line.list_type === TCM_PIECES || line.trdn_flag) continue
    const charge = chargeOf(line)
    if (charge === null) continue
    for (const code of new Set(line.trace_codes)) {
      const { lines, amount } = sold.get(code) ?? { lines: [], amount: 0 }
      sold.set(code, { lines: [...lines, line.feedetl_sn], amount: amount + charge.amount, item: line.med_list_codg })
    }
  }
  return [...sold].map(([subject, facts]) => ({ subject, as: `${claim.fixmedins_code}|${claim.setlinfo.setl_id}`, facts }))
}

function partOf (sale: Sale) {
  return { of: sale, lines: sale.facts.lines, line_amount: sale.facts.amount }
}
