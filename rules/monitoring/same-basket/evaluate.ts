/** Did many people buy the very same things at one pharmacy on one day? Letters are the clauses of definition.md. */
import { chargesOf } from '../../../engine/core/charges.ts'
import type { Line, Settlement } from '../../../engine/core/claim.ts'
import { settledAtCounter } from '../../../engine/core/counter.ts'
import { personsOf } from '../../../engine/core/crowds.ts'
import { fingerprintHex } from '../../../engine/core/fingerprint.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import type { Sighting } from '../../../engine/core/shared.ts'
import { formatDate, MINUTE } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'persons' | 'items_min' | 'minutes', number>>
type Bought = { readonly items: number, readonly first_item: string, readonly date_only: boolean }

const PHARMACY = '2102'
/** `items_min` may not be less. */
const ITEMS = 2

export default sharedRule<Limits, Bought>({
  of: 'institution',
  quorum: 5,
  sight: boughtIn,
  evaluate ({ subject, settlements: sales }, { law }, report) {
    const last = sales.at(-1)
    if (last === undefined) return
    const limits = law.on(last.at, last.insuplc_admdvs)
    const persons = personsOf(sales)
    const { items, first_item } = last.facts
    if (limits === null || persons < limits.persons || items < limits.items_min) return // (b) (d)
    const [fixmedins_code = '', date = '', basket = ''] = subject.split('|')
    const timed = sales.filter(({ facts }) => !facts.date_only)
    const close = Math.max(0, ...timed.map(from => personsOf(timed.filter(({ at }) => at >= from.at && at <= from.at + limits.minutes * MINUTE))))
    report({
      anchor: [basket],
      at: last.at,
      area: last.insuplc_admdvs,
      fixmedins_code,
      severity: close >= limits.persons ? 2 : 3, // (e)
      main: sales,
      involved: [],
      values: { persons, items, first_item, date, close, minutes: Math.floor(((timed.at(-1)?.at ?? 0) - (timed[0]?.at ?? 0)) / MINUTE) },
      supports: [],
      weakens: []
    })
  }
})

/** (a) (b) (c) */
function boughtIn (claim: Settlement): Array<Sighting<Bought>> {
  const { setl_time, setl_date_only: date_only } = claim.setlinfo
  const basket = claim.infno === PHARMACY && settledAtCounter(claim) ? basketOf(claim.feedetail) : []
  if (basket.length < ITEMS) return []
  const subject = [claim.fixmedins_code, formatDate(setl_time), fingerprintHex(...basket)].join('|')
  return [{ subject, facts: { items: basket.length, first_item: basket[0]!.split(':')[0]!, date_only } }]
}

/** (b) code:quantity after refunds, sorted. */
function basketOf (lines: readonly Line[]): string[] {
  const chargeOf = chargesOf(lines)
  const bought = new Map<string, number>()
  for (const line of lines) {
    const charge = chargeOf(line)
    if (charge !== null) bought.set(line.med_list_codg, (bought.get(line.med_list_codg) ?? 0) + charge.cnt)
  }
  return [...bought].map(([code, cnt]) => `${code}:${cnt}`).sort()
}
