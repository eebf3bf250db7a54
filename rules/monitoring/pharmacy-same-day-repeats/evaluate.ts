/** Was one person settled again and again at one pharmacy on one day? Letters are the clauses of definition.md. */
import { periodFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { dayOf, formatDate, startOfDay } from '../../../engine/core/time.ts'
import { happenedInPerson } from '../../../engine/core/visits.ts'
import type { Visit } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'settlements_per_day', number>>

export default personRule<Limits>({
  reads: ['visits'],
  evaluate ({ visits }, { law }, report) {
    for (let start = 0, end = 0; start < visits.length; start = end) {
      const midnight = startOfDay(dayOf(visits[start]!.setl_time) + 1)
      let counted = 0
      for (end = start; end < visits.length && visits[end]!.setl_time < midnight; end++) if (counts(visits[end]!)) counted++
      if (counted < 2) continue // most days: nothing is grouped for them

      for (const [pharmacy, sales] of byPharmacy(visits.slice(start, end).filter(counts))) { // (a) (b)
        const last = sales.at(-1)!
        const limits = law.on(last.setl_time, last.insuplc_admdvs)
        if (limits === null || sales.length < limits.settlements_per_day) continue // (c)

        const date = formatDate(last.setl_time)
        report({
          ...periodFinding(date, sales, last, { severity: 3, values: { settlements: sales.length, date } }),
          anchor: [pharmacy, date],
          fixmedins_code: pharmacy
        })
      }
    }
  }
})

/** (a) At a pharmacy, in person, recorded as it happened. */
function counts (visit: Visit): boolean {
  return visit.pharmacy && happenedInPerson(visit)
}

function byPharmacy (sales: readonly Visit[]): Map<string, Visit[]> {
  const groups = new Map<string, Visit[]>()
  for (const sale of sales) {
    const group = groups.get(sale.fixmedins_code)
    if (group === undefined) groups.set(sale.fixmedins_code, [sale])
    else group.push(sale)
  }
  return groups
}
