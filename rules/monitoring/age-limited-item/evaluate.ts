/** Was an item billed outside the ages it is meant for? Letters are the clauses of definition.md. */
import { fullYears } from '../../../engine/core/calendar.ts'
import type { CatalogueItem } from '../../../engine/core/masterdata.ts'
import { claimRule } from '../../../engine/core/rule.ts'
import { isNewborn, type Refund, refundsOf } from '../../../engine/core/settlements.ts'

const UNLIMITED = -1

export default claimRule({
  evaluate (claim, { law, reference }, report) {
    const { brdy } = claim.setlinfo
    if (brdy === null || isNewborn(claim)) return // (a) (e)

    let refunds: ReadonlyMap<string, Refund> | null = null
    let first: { readonly item: CatalogueItem, readonly age: number } | null = null
    let line_amount = 0
    const lines: string[] = []
    for (const line of claim.feedetail) {
      if (line.init_feedetl_sn !== '') continue
      const item = reference.catalogue(line.med_list_codg, line.fee_ocur_time) // (b)
      if (item === null || (item.age_min === null && item.age_max === null)) continue
      const age = fullYears(brdy, line.fee_ocur_time)
      if (age >= (item.age_min ?? -Infinity) && age <= (item.age_max ?? Infinity)) continue // (c)
      if (law.on(line.fee_ocur_time, claim.insuplc_admdvs) === null) continue
      refunds ??= refundsOf(claim.feedetail)
      const refund = refunds.get(line.feedetl_sn)
      if (line.cnt + (refund?.cnt ?? 0) <= 0) continue // (d)
      first ??= { item, age }
      lines.push(line.feedetl_sn)
      line_amount += line.det_item_fee_sumamt + (refund?.amount ?? 0)
    }
    if (first === null) return

    const { item, age } = first
    report({
      severity: 1,
      lines,
      line_amount,
      values: {
        items: lines.length,
        first_item: item.name,
        age,
        age_min: item.age_min ?? UNLIMITED,
        age_max: item.age_max ?? UNLIMITED
      },
      supports: [],
      weakens: []
    })
  }
})
