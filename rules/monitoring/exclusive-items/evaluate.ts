/** Were two items charged on one day of which one contains the other? Letters are the clauses of definition.md. */
import { chargesOf } from '../../../engine/core/charges.ts'
import type { Settlement } from '../../../engine/core/claim.ts'
import type { ExclusivePairs } from '../../../engine/core/knowledge.ts'
import { claimRule, type Law } from '../../../engine/core/rule.ts'
import { type DayNumber, dayOf, startOfDay } from '../../../engine/core/time.ts'

/** What was charged of an item on a day, net of refunds. */
interface Charged { readonly lines: string[], amount: number }

export default claimRule({
  evaluate (claim, { law, reference, knowledge: { exclusive_items } }, report) {
    const days = listedByDay(claim, law, exclusive_items)
    let first: { readonly day: DayNumber, readonly a: string, readonly b: string } | null = null
    let line_amount = 0
    let count = 0
    const meant = new Set<string>()
    for (const [day, items] of [...days].sort(([a], [b]) => a - b)) {
      const at = startOfDay(day)
      const pairs = exclusive_items.entries.filter(({ a, b, from }) => from <= at && items.has(a) && items.has(b)) // (c)
      if (pairs.length === 0) continue
      first ??= { day, a: pairs[0]!.a, b: pairs[0]!.b }
      count++
      for (const sn of pairs.flatMap(({ a, b }) => [a, b]).flatMap(item => items.get(item)!.lines)) meant.add(sn)
      const cheaper = new Set(pairs.map(({ a, b }) => items.get(a)!.amount < items.get(b)!.amount ? a : b))
      for (const item of cheaper) line_amount += items.get(item)!.amount // (d)
    }
    if (first === null) return

    const at = startOfDay(first.day)
    const nameOf = (item: string): string => reference.catalogue(item, at)?.name ?? item
    report({
      severity: 2,
      lines: claim.feedetail.map(line => line.feedetl_sn).filter(sn => meant.has(sn)),
      line_amount,
      values: { days: count, first_day: at, item_a: nameOf(first.a), item_b: nameOf(first.b) },
      supports: [],
      weakens: []
    })
  }
})

/** (a) (b) Items of the list by the day on which they were charged, each with what is left after refunds. */
function listedByDay (claim: Settlement, law: Law, list: ExclusivePairs): Map<DayNumber, Map<string, Charged>> {
  const chargeOf = chargesOf(claim.feedetail)
  const days = new Map<DayNumber, Map<string, Charged>>()
  for (const line of claim.feedetail) {
    const item = line.med_list_codg
    if (list.of(item).length === 0 || law.on(line.fee_ocur_time, claim.insuplc_admdvs) === null) continue
    const charge = chargeOf(line)
    if (charge === null) continue
    const day = dayOf(line.fee_ocur_time)
    const items = days.get(day) ?? new Map<string, Charged>()
    const charged = items.get(item) ?? { lines: [], amount: 0 }
    charged.lines.push(line.feedetl_sn)
    charged.amount += charge.amount
    days.set(day, items.set(item, charged))
  }
  return days
}
