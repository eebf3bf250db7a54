/** Was an item settled that had not come in? Letters are the clauses of definition.md. */
import { facts } from '../../../engine/core/finding.ts'
import { groupBy } from '../../../engine/core/group-by.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import { UNIT, daysIn, isStocked, itemOf, knownUntil, mainOf, salesOf, stockOf, takenItems } from '../../../engine/core/stock.ts'
import type { Stocked } from '../../../engine/core/stock.ts'
import { formatDate, monthOf, startOfDay } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'no_purchase_days' | 'grace_days' | 'units_high', number>>

/** 3505 and 3506: what was sold, and what came back of it. */
const OF_SALES: ReadonlySet<string> = new Set(['3505', '3506'])

export default sharedRule<Limits, Stocked>({
  of: 'item',
  ofDay: 5,
  stock: ['3501', '3502', '3503', '3504', '3505', '3506', '3507'],
  sight: claim => takenItems(claim, line => isStocked(line) ? line.med_list_codg : ''), // (a)
  evaluate (window, { law, enough }, report) {
    const { fixmedins_code, area, item } = itemOf(window)
    const stock = stockOf(window)
    enough(stock.length === 0 ? Infinity : 1)
    if (stock.length === 0) return // (b)
    const until = knownUntil(window)
    const came = daysIn(window)
    const bare = window.days.flatMap(shown => {
      const { day } = shown
      const limits = law.on(startOfDay(day), area)
      if (limits === null || until < day + limits.grace_days) return [] // (d)
      const covered = came.some(one => one >= day - limits.no_purchase_days && one <= day + limits.grace_days) // (c)
      return covered ? [] : [{ ...shown, limits }]
    })
    for (const [month, own] of groupBy(bare, ({ day }) => monthOf(startOfDay(day)))) {
      const { day, limits } = own[0]!
      const earlier = came.filter(one => one < day)
      const units = own.reduce((sum, { weight }) => sum + weight, 0)
      report({
        anchor: [month],
        at: startOfDay(day),
        area,
        fixmedins_code,
        severity: units >= limits.units_high * UNIT ? 1 : 2, // (e)
        main: mainOf(own.flatMap(({ day }) => salesOf(window, day, day))),
        involved: [],
        values: {
          item, month, days: own.length, settlements: own.reduce((sum, one) => sum + one.settlements, 0), units: units / UNIT,
          last_in: earlier.length === 0 ? 'never' : formatDate(startOfDay(Math.max(...earlier)))
        },
        supports: [],
        weakens: facts({ only_sales: stock.every(({ infno }) => OF_SALES.has(infno)) })
      })
    }
  }
})
