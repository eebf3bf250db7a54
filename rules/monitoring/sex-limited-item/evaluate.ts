/** Was an item billed that only the other sex can need? Letters are the clauses of definition.md. */
import type { CatalogueItem } from '../../../engine/core/masterdata.ts'
import { claimRule } from '../../../engine/core/rule.ts'
import { isNewborn, type Refund, refundsOf, sexDoubtful } from '../../../engine/core/settlements.ts'

const otherSex = (gend: string): string => gend === '1' ? '2' : gend === '2' ? '1' : ''

export default claimRule({
  evaluate (claim, { law, reference }, report) {
    const { gend } = claim.setlinfo
    const other = otherSex(gend)
    if (other === '' || isNewborn(claim)) return // (a) (e)

    let refunds: ReadonlyMap<string, Refund> | null = null
    let first: CatalogueItem | null = null
    let line_amount = 0
    const lines: string[] = []
    for (const line of claim.feedetail) {
      if (line.init_feedetl_sn !== '') continue
      const item = reference.catalogue(line.med_list_codg, line.fee_ocur_time) // (b)
      if (item === null || item.gend_limit !== other) continue // (c)
      if (law.on(line.fee_ocur_time, claim.insuplc_admdvs) === null) continue
      refunds ??= refundsOf(claim.feedetail)
      const refund = refunds.get(line.feedetl_sn)
      if (line.cnt + (refund?.cnt ?? 0) <= 0) continue // (d)
      first ??= item
      lines.push(line.feedetl_sn)
      line_amount += line.det_item_fee_sumamt + (refund?.amount ?? 0)
    }
    if (first === null) return

    report({
      severity: 1,
      lines,
      line_amount,
      values: { items: lines.length, first_item: first.name, gend, gend_limit: first.gend_limit },
      supports: [],
      weakens: sexDoubtful(claim) ? ['registered_sex_doubtful'] : []
    })
  }
})
