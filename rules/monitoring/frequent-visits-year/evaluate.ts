/**
 * Did one person see doctors unusually often, or at unusual cost, in one year?
 * Letters are the clauses of definition.md.
 */
import { nextYear } from '../../../engine/core/calendar.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { yearOf } from '../../../engine/core/time.ts'
import { countsAsOutpatient, tallyVisits } from '../../../engine/core/visits.ts'

type Limits = Readonly<Record<'year_op' | 'year_op_cost' | 'year_op_er_cost', number>>

export default personRule<Limits>({
  reads: ['visits'],
  evaluate ({ visits }, { law }, report) {
    for (let start = 0, end = 0; start < visits.length; start = end) {
      const tally = tallyVisits(visits, start, nextYear(visits[start]!.setl_time)) // (a) (b)
      end = tally.end
      const { op, er, op_cost, er_cost, last } = tally
      if (last === null) continue
      const limits = law.on(last.setl_time, last.insuplc_admdvs)
      if (limits === null) continue

      const often = op >= limits.year_op // (c)
      const costly = op_cost >= limits.year_op_cost || op_cost + er_cost >= limits.year_op_er_cost // (d)
      if (!often && !costly) continue

      const year = yearOf(last.setl_time)
      report({
        anchor: [year],
        at: last.setl_time,
        area: last.insuplc_admdvs,
        fixmedins_code: '',
        severity: often && costly ? 2 : 3, // (e)
        main: visits.slice(start, end).filter(countsAsOutpatient),
        involved: [],
        values: { year, op, er, cost: op_cost },
        supports: [...(often ? ['by_count'] : []), ...(costly ? ['by_cost'] : [])],
        weakens: []
      })
    }
  }
})
