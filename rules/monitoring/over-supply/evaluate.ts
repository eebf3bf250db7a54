/** Has one person more of a medicine in hand than anyone needs? Letters are the clauses of definition.md. */
import type { Settlement } from '../../../engine/core/claim.ts'
import { facts } from '../../../engine/core/finding.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import type { SharedSettlement, Sighting } from '../../../engine/core/shared.ts'
import { daysInHand, suppliesOf, type Supply } from '../../../engine/core/supply.ts'
import { dayOf, formatDate } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'window_days' | 'warn_days' | 'high_days' | 'long_days' | 'institutions_min', number>>
type Handed = SharedSettlement<Supply> & { readonly day: number, readonly days: number }

const HUNDREDTHS = 100
/** Above the least that warn_days and long_days may be, and the most that days of one window lie apart: a look is missed at no number. */
const [QUORUM, LONG_QUORUM, STRIDE] = [46, 113, 29]

export default sharedRule<Limits, Supply>({
  of: 'medicine',
  quorum: QUORUM,
  sight: handedOut,
  evaluate ({ subject, settlements }, { law }, report) {
    const all = settlements.map((each): Handed => ({ ...each, day: dayOf(each.facts.at), days: each.facts.days }))
    all.sort((a, b) => a.facts.at - b.facts.at)
    for (let from = 0, last = 1; last < all.length; last++) {
      const { facts: { at }, insuplc_admdvs: area, fixmedins_code, day } = all[last]!
      const limits = law.on(at, area) // (e)
      if (limits === null) continue
      const start = all.findIndex((each, i) => i >= from && i < last && // (c)
        day - each.day < limits.window_days && isTooMuch(all.slice(i, last + 1), limits)) // (d)
      if (start < 0) continue
      const window = all.slice(start).filter(each => each.day - all[start]!.day < limits.window_days) // (d)
      const before = last - start
      const most = Math.max(...window.slice(before).map((_, i) => daysInHand(window.slice(0, before + i + 1))))
      const institutions = new Set(window.map(each => each.fixmedins_code)).size
      report({
        anchor: [formatDate(window[0]!.facts.at)], at, area, fixmedins_code,
        severity: most > limits.high_days * HUNDREDTHS || institutions >= limits.institutions_min ? 2 : 3, // (f)
        main: window.slice(before).map(partOf),
        involved: window.slice(0, before).map(partOf),
        values: {
          item: subject.slice(subject.indexOf('|') + 1), first: window[0]!.facts.at, settlements: window.length, institutions,
          prescribed: window.reduce((sum, { days }) => sum + days, 0) / HUNDREDTHS, days: most / HUNDREDTHS
        },
        supports: facts({ several_institutions: institutions > 1, same_day: new Set(window.map(each => each.day)).size < window.length }),
        weakens: facts({ long_prescriptions: window.some(each => each.facts.long) })
      })
      from = start + window.length
      last = from
    }
  }
})

/** (c) (d) */
function isTooMuch (handed: readonly Handed[], { warn_days, long_days }: Limits): boolean {
  return daysInHand(handed) > (handed.some(each => each.facts.long) ? long_days : warn_days) * HUNDREDTHS
}

/** (a) (b) What lies within a stride lies in one of the two that overlap. */
function handedOut (claim: Settlement): Array<Sighting<Supply>> {
  return [...suppliesOf(claim)].map(([item, supply]) => {
    const subject = `${claim.setlinfo.psn_no}|${item}`
    const stride = Math.floor(dayOf(supply.at) / STRIDE)
    const weight = Math.ceil(supply.long ? supply.days * QUORUM / LONG_QUORUM / HUNDREDTHS : supply.days / HUNDREDTHS)
    return { subject, marks: [`${subject}|${stride - 1}`, `${subject}|${stride}`], weight, facts: supply }
  })
}

function partOf (each: Handed) {
  return { of: each, lines: each.facts.lines, line_amount: each.facts.amount }
}
