/**
 * Did one person see doctors unusually often, or at unusual cost, in one year?
 * Letters are the clauses of definition.md.
 */
import { nextYear } from '../../../engine/core/calendar.ts'
import { facts, periodFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { yearOf } from '../../../engine/core/time.ts'
import { countedPeriods, countedVisits } from '../../../engine/core/visits.ts'

type Limits = Readonly<Record<'year_op' | 'year_op_cost' | 'year_op_er_cost', number>>

export default personRule<Limits>({
  reads: ['visits'],
  evaluate ({ visits }, { law }, report) {
    for (const counted of countedPeriods(visits, nextYear, law)) { // (a) (b)
      const { op, er, op_cost, er_cost, last, limits } = counted
      const often = op >= limits.year_op // (c)
      const costly = op_cost >= limits.year_op_cost || op_cost + er_cost >= limits.year_op_er_cost // (d)
      if (!often && !costly) continue

      const year = yearOf(last.setl_time)
      report(periodFinding(year, countedVisits(visits, counted), last, {
        severity: often && costly ? 2 : 3, // (e)
        values: { year, op, er, cost: op_cost },
        supports: facts({ by_count: often, by_cost: costly })
      }))
    }
  }
})
