/** Did price or quantity jump when an own code came to mean another item? Letters are the clauses of definition.md. */
import { sharedRule } from '../../../engine/core/rule.ts'
import type { SharedWindow } from '../../../engine/core/shared.ts'
import { UNIT, itemOf, itemPart, mainOf, mappingChanges, meanPrice, salesOf, takenItems } from '../../../engine/core/stock.ts'
import type { Stocked } from '../../../engine/core/stock.ts'
import { type DayNumber, formatDate, startOfDay } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'mapping_days' | 'watch_days' | 'price_percent' | 'volume_times' | 'units_min', number>>

/** Settlements before the change that are shown. */
const BEFORE_MAX = 20

export default sharedRule<Limits, Stocked>({
  of: 'item',
  ofDay: 5,
  stock: ['3301'],
  sight: claim => takenItems(claim, ({ trdn_flag, medins_list_codg }) => trdn_flag ? '' : medins_list_codg), // (b)
  evaluate (window, { law, enough }, report) {
    const { fixmedins_code, area, item } = itemOf(window)
    const changes = mappingChanges(window) // (a)
    enough(changes.length === 0 ? Infinity : 1)
    for (const { from, to, day, before: mapped, next } of changes) {
      const limits = law.on(startOfDay(day), area)
      if (limits === null || day - mapped > limits.mapping_days) continue
      const { watch_days, price_percent, volume_times, units_min } = limits
      const end = Math.min(day + watch_days, next)
      const [before, after] = [traded(window, day - watch_days, day), traded(window, day, end)] // (c)
      if (before.units === 0) continue
      const isDearer = after.price > 0 && after.price * 100 >= before.price * (100 + price_percent) // (d)
      const isMore = after.units >= units_min * UNIT && after.units * watch_days >= before.units * volume_times * (end - day) // (e)
      if (!isDearer && !isMore) continue
      report({
        anchor: [formatDate(startOfDay(day)), to],
        at: startOfDay(day),
        area,
        fixmedins_code,
        severity: isDearer && isMore ? 2 : 3, // (f)
        main: mainOf(after.sales),
        involved: before.sales.slice(-BEFORE_MAX).map(itemPart),
        values: {
          item, from, to, change: startOfDay(day), price_before: before.price, price_after: after.price,
          units_before: before.units / UNIT, units_after: after.units / UNIT, days: end - day
        },
        supports: [],
        weakens: []
      })
    }
  }
})

/** From a day to the day before another: quantity by days; mean price in 分 of the settlements of the window. */
function traded (window: SharedWindow<Stocked>, from: DayNumber, to: DayNumber) {
  const sales = salesOf(window, from, to - 1)
  const units = window.days.reduce((sum, { day, weight }) => day >= from && day < to ? sum + weight : sum, 0)
  return { sales, units, price: meanPrice(sales) }
}
