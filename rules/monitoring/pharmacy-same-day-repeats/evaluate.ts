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
    const counted = visits.filter(visit => visit.pharmacy && happenedInPerson(visit)) // (a)
    for (let start = 0; start < counted.length;) {
      const midnight = startOfDay(dayOf(counted[start]!.setl_time) + 1)
      let end = start
      while (end < counted.length && counted[end]!.setl_time < midnight) end++
      for (const [pharmacy, sales] of byPharmacy(counted.slice(start, end))) { // (b)
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
      start = end
    }
  }
})

function byPharmacy (sales: readonly Visit[]): Map<string, Visit[]> {
  const groups = new Map<string, Visit[]>()
  for (const sale of sales) {
    const group = groups.get(sale.fixmedins_code)
    if (group === undefined) groups.set(sale.fixmedins_code, [sale])
    else group.push(sale)
  }
  return groups
}
