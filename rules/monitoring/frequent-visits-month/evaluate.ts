/**
 * Did one person see doctors unusually often, or at unusual cost, in one month?
 * Letters are the clauses of definition.md.
 */
import { nextMonth } from '../../../engine/core/calendar.ts'
import { facts, periodFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { monthOf } from '../../../engine/core/time.ts'
import { countedPeriods, countedVisits } from '../../../engine/core/visits.ts'

type Limits = Readonly<Record<'month_op' | 'month_op_er' | 'month_cost', number>>

export default personRule<Limits>({
  reads: ['visits'],
  evaluate ({ visits }, { law }, report) {
    for (const counted of countedPeriods(visits, nextMonth, law)) { // (a) (b)
      const { op, er, op_cost, last, limits } = counted
      const often = op >= limits.month_op || op + er >= limits.month_op_er // (c)
      const costly = op_cost >= limits.month_cost // (d)
      if (!often && !costly) continue

      const month = monthOf(last.setl_time)
      report(periodFinding(month, countedVisits(visits, counted), last, {
        severity: often && costly ? 2 : 3, // (e)
        values: { month, op, er, cost: op_cost },
        supports: facts({ by_count: often, by_cost: costly })
      }))
    }
  }
})
