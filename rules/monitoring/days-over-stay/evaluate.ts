/** Were more days charged than the stay has? Letters are the clauses of definition.md. */
import { chargesOf, isDaySurgery, partOf } from '../../../engine/core/charges.ts'
import { claimRule } from '../../../engine/core/rule.ts'
import { isNewborn, serviceTime } from '../../../engine/core/settlements.ts'
import { calendarDays } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'grace_days', number>>

/** Charged by the day: bed, doctor's round, nursing. */
const BY_DAY = ['01', '02', '07']
/** One unit of a quantity. */
const UNIT = 10_000

export default claimRule<Limits>({
  evaluate (claim, { law }, report) {
    const { mdtrtinfo: stay, setlinfo: { mid_setl_flag } } = claim
    if (stay === null || stay.adm_time === null || stay.dscg_time === null || mid_setl_flag) return // (a)
    if (isNewborn(claim) || isDaySurgery(claim)) return // (f)
    const limits = law.on(serviceTime(claim), claim.insuplc_admdvs)
    if (limits === null) return

    const days = calendarDays(stay.adm_time, stay.dscg_time) + 1 // (c)
    const allowed = (days + limits.grace_days) * UNIT
    const charged = chargesOf(claim.feedetail)
    let found: { readonly charge_type: string, readonly cnt: number, readonly amount: number, readonly lines: string[] } | null = null
    for (const charge_type of BY_DAY) {
      let cnt = 0
      let amount = 0
      const lines: string[] = []
      for (const line of claim.feedetail) { // (b)
        const charge = line.med_chrgitm_type === charge_type ? charged(line) : null
        if (charge === null) continue
        cnt += charge.cnt
        amount += charge.amount
        lines.push(line.feedetl_sn)
      }
      if (cnt > (found?.cnt ?? allowed)) found = { charge_type, cnt, amount, lines } // (d) (e)
    }
    if (found === null) return

    const { charge_type, cnt, amount, lines } = found
    report({
      severity: 2,
      lines,
      line_amount: partOf(amount, cnt - allowed, cnt),
      values: { charge_type, billed: cnt / UNIT, days },
      supports: [],
      weakens: []
    })
  }
})
