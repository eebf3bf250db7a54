/** Was one institution's device used by another? Letters are the clauses of definition.md. */
import type { Settlement } from '../../../engine/core/claim.ts'
import { distinctiveOf, settledAtCounter } from '../../../engine/core/counter.ts'
import { facts } from '../../../engine/core/finding.ts'
import type { Finding } from '../../../engine/core/flag.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import type { SharedSettlement, Sighting } from '../../../engine/core/shared.ts'
import { calendarDays, DAY, monthOf } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'days' | 'device_chars' | 'owners_max', number>>
interface Used extends Record<string, string | boolean> { device: string, mobile: boolean }
type Use = SharedSettlement<Used>

/** No area may look farther back, nor at shorter numbers: the ranges of thresholds.yaml end here. */
const DAYS_MAX = 10
const CHARS_MIN = 4
const MAIN_MAX = 50
const MOBILE = '3'

export default sharedRule<Limits, Used>({
  of: 'terminal', asksInstitutions: true,
  sight: usedIn,
  evaluate ({ subject, settlements }, { law, reference }, report) {
    const usccOf = (use: Use): string => reference.institution(use.fixmedins_code, use.at)?.uscc ?? ''
    const limitsOf = (use: Use): Limits | null => subject.endsWith(monthOf(use.at)) ? law.on(use.at, use.insuplc_admdvs) : null // (c)
    const own = settlements.filter(use => distinctiveOf(use.facts.device).length >= (limitsOf(use)?.device_chars ?? Infinity)) // (b)
    const owners = new Set<string>()
    const firsts = own.filter(use => owners.size < owners.add(usccOf(use) || use.fixmedins_code).size)
    const beyond = firsts.find((use, i) => i >= limitsOf(use)!.owners_max) // (f)
    if (beyond !== undefined) return report(found(3, firsts[0]!, [beyond], firsts.slice(0, firsts.indexOf(beyond))))
    const [latest, judged, paired] = [new Map<string, Use>(), new Set(own), new Set<string>()]
    for (const use of settlements) {
      for (const before of judged.has(use) ? latest.values() : []) { // (d)
        const { days } = limitsOf(use)!
        const [from, to] = [before.fixmedins_code, use.fixmedins_code]
        const [earlier, later] = [usccOf(before), usccOf(use)]
        const pair = [from, to].sort().join('|')
        const isOne = from === to || (earlier !== '' && earlier === later)
        if (isOne || paired.has(pair) || calendarDays(before.at, use.at) > days) continue
        paired.add(pair)
        const main = own.filter(({ fixmedins_code, at }) => fixmedins_code === to && at >= use.at && calendarDays(before.at, at) <= days)
        report(found(earlier === '' || later === '' ? 2 : 1, before, main.slice(0, MAIN_MAX), [before])) // (e)
      }
      latest.set(use.fixmedins_code, use)
    }
  }
})

/** (a) A device in its month, and in the next one when that is near. */
function usedIn (claim: Settlement): Array<Sighting<Used>> {
  const { fixmedins_code, dev_no, opter_type, setlinfo: { setl_time } } = claim
  if (distinctiveOf(dev_no).length < CHARS_MIN || !settledAtCounter(claim)) return []
  const months = new Set([setl_time, setl_time + DAYS_MAX * DAY].map(monthOf))
  const shown = { device: dev_no, mobile: opter_type === MOBILE }
  return [...months].map(month => ({ subject: `${dev_no}|${month}`, as: fixmedins_code, facts: shown }))
}

function found (severity: 1 | 2 | 3, before: Use, main: readonly Use[], involved: readonly Use[]): Finding {
  const many = severity === 3
  const { fixmedins_code, at, insuplc_admdvs: area, facts: { device } } = main[0]!
  return {
    anchor: many ? [device] : [device, before.fixmedins_code, fixmedins_code], at, area, fixmedins_code, severity, main, involved,
    values: {
      device, institutions: involved.length + 1, settlements: main.length,
      first_institution: before.fixmedins_code, first_use: before.at, second_institution: fixmedins_code, second_use: at
    },
    supports: facts({ same_day: calendarDays(before.at, at) === 0 }),
    weakens: facts({ mobile_terminal: main.every(use => use.facts.mobile), shared_number: many })
  }
}
