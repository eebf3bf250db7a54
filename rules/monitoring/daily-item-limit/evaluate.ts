/** Was a bed or a doctor's round charged more often than once a day? Letters are the clauses of definition.md. */
import { chargesOf, isDaySurgery, partOf } from '../../../engine/core/charges.ts'
import type { Settlement } from '../../../engine/core/claim.ts'
import { isStay } from '../../../engine/core/event-time.ts'
import { claimRule } from '../../../engine/core/rule.ts'
import { isNewborn, serviceTime } from '../../../engine/core/settlements.ts'
import { type DayNumber, dayOf, startOfDay } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'bed_per_day' | 'consultation_per_day' | 'days_min', number>>

/** One unit of a quantity. */
const UNIT = 10_000

/** What was charged for one kind of thing on one calendar day. Quantity × 10^4, money in 分. */
interface DayCharge { cnt: number, amount: number, readonly lines: string[] }

export default claimRule<Limits>({
  evaluate (claim, { law }, report) {
    if (!isStay(claim) || isNewborn(claim) || isDaySurgery(claim)) return // (a) (f)
    const limits = law.on(serviceTime(claim), claim.insuplc_admdvs)
    if (limits === null) return

    const kinds = [['01', limits.bed_per_day * UNIT], ['02', limits.consultation_per_day * UNIT]] as const
    let found: { readonly kind: string, readonly most: number, readonly over: ReadonlyArray<readonly [DayNumber, DayCharge]> } | null = null
    for (const [kind, most] of kinds) {
      const over = [...daysOf(claim, kind)].filter(([, { cnt }]) => cnt > most).sort(([a], [b]) => a - b) // (c)
      if (over.length < limits.days_min) continue // (d)
      if (found === null || over.length > found.over.length) found = { kind, most, over } // (e)
    }
    if (found === null) return

    const { kind, most, over } = found
    report({
      severity: 2,
      lines: over.flatMap(([, { lines }]) => lines),
      line_amount: over.reduce((sum, [, { cnt, amount }]) => sum + partOf(amount, cnt - most, cnt), 0),
      values: { days: over.length, first_day: startOfDay(over[0]![0]), kind, most: Math.max(...over.map(([, { cnt }]) => cnt)) / UNIT },
      supports: [],
      weakens: []
    })
  }
})

/** (b) What is left of the lines of one charge type after their refunds, by calendar day. */
function daysOf ({ feedetail }: Settlement, kind: string): Map<DayNumber, DayCharge> {
  const days = new Map<DayNumber, DayCharge>()
  const charged = chargesOf(feedetail)
  for (const line of feedetail) {
    if (line.med_chrgitm_type !== kind) continue
    const charge = charged(line)
    if (charge === null) continue
    const day = dayOf(line.fee_ocur_time)
    const sum = days.get(day) ?? { cnt: 0, amount: 0, lines: [] }
    sum.cnt += charge.cnt
    sum.amount += charge.amount
    sum.lines.push(line.feedetl_sn)
    days.set(day, sum)
  }
  return days
}
