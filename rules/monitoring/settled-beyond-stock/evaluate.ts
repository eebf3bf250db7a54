/** Was more of an item settled than there can have been? Letters are the clauses of definition.md. */
import { eventTimeOf } from '../../../engine/core/event-time.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import { UNIT, isStocked, itemOf, itemPart, knownUntil, periodsOf, salesOf, takeBack, takenItems } from '../../../engine/core/stock.ts'
import type { Stocked } from '../../../engine/core/stock.ts'
import { dayOf, startOfDay } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'stocktake_days' | 'tolerance_percent' | 'tolerance_units' | 'grace_days', number>>

export default sharedRule<Limits, Stocked>({
  of: 'item',
  ofDay: 5,
  stock: ['3501', '3502', '3503', '3504', '3506', '3507'],
  sight (claim) { // (a)
    const day = dayOf(eventTimeOf(claim))
    return takenItems(claim, line => isStocked(line) && dayOf(line.fee_ocur_time) === day ? line.med_list_codg : '')
  },
  evaluate (window, { law, enough }, report) {
    const { fixmedins_code, area, item } = itemOf(window)
    const until = knownUntil(window)
    let headroom = Infinity
    for (const period of periodsOf(window)) { // (b)
      const { from, end, counted } = period
      const limits = law.on(startOfDay(from), area)
      if (limits === null) continue
      const { stocktake_days, tolerance_percent, tolerance_units, grace_days } = limits
      const allowed = (available: number): number => Math.floor(available * (100 + tolerance_percent) / 100) + tolerance_units * UNIT
      const last = Math.min(from + stocktake_days, end)
      headroom = Math.min(headroom, allowed(period.availableOn(last + grace_days)) - period.settledOn(last))
      const day = Math.min(until - grace_days, last) // (e)
      const settled = period.settledOn(day) // (c)
      const available = period.availableOn(day + grace_days) // (d)
      if (settled <= allowed(available)) continue // (f)
      report({
        anchor: [period.date],
        at: startOfDay(from),
        area,
        fixmedins_code,
        severity: 2,
        main: takeBack(salesOf(window, from + 1, day), settled - available).map(itemPart),
        involved: [],
        values: {
          item, stocktake: startOfDay(from), counted: counted / UNIT, moved: (available - counted) / UNIT,
          available: available / UNIT, settled: settled / UNIT, short: (settled - available) / UNIT, until: startOfDay(day)
        },
        supports: [],
        weakens: []
      })
    }
    enough(Math.max(1, headroom)) // no later day offers settlements more room than the last one that may be judged
  }
})
