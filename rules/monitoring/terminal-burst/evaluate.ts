/** Were several people's credentials settled on one device within minutes? Letters are the clauses of definition.md. */
import type { Settlement } from '../../../engine/core/claim.ts'
import { goodsOf, settledAtCounter } from '../../../engine/core/counter.ts'
import { personsOf } from '../../../engine/core/crowds.ts'
import { facts } from '../../../engine/core/finding.ts'
import { fingerprintHex } from '../../../engine/core/fingerprint.ts'
import { groupBy } from '../../../engine/core/group-by.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import { personsAlike, spanFrom } from '../../../engine/core/runs.ts'
import type { Sighting } from '../../../engine/core/shared.ts'
import { formatDate, HOUR, MINUTE } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'cards' | 'minutes' | 'like_baskets' | 'cards_plain', number>>
/** `goods`: which medicines and other goods were bought, as one word; '' when there were services only. */
interface Used extends Record<string, string | boolean> { device: string, operator: string, goods: string, self_service: boolean }

/** A device's day begins when hardly anything is open, so that midnight divides no run. */
const DAY_BEGINS = 4 * HOUR
/** Any span of up to five minutes lies in one of the ten-minute buckets, of which one begins every five. No area may ask for more. */
const BUCKET = 5 * MINUTE
const QUORUM = 5
const REGISTRATION = '12'

export default sharedRule<Limits, Used>({
  of: 'terminal',
  quorum: QUORUM,
  sight: usedIn,
  evaluate ({ settlements }, { law }, report) {
    for (const uses of groupBy(settlements, use => use.facts.operator).values()) { // (c)
      for (let start = 0; start < uses.length;) { // (d)
        const first = uses[start]!
        const limits = law.on(first.at, first.insuplc_admdvs)
        const run = limits === null ? [] : spanFrom(uses, start, limits.minutes * MINUTE)
        const persons = personsOf(run)
        const like = personsAlike(run, use => use.facts.goods)
        const many = limits !== null && persons >= limits.cards
        const severity = !many ? null : like >= limits.like_baskets ? 2 : persons >= limits.cards_plain ? 3 : null // (e) (f)
        start += severity === null ? 1 : run.length
        if (severity === null) continue
        report({
          anchor: [first.fixmedins_code, first.setl_id],
          at: first.at, area: first.insuplc_admdvs, fixmedins_code: first.fixmedins_code,
          severity,
          main: run,
          involved: [],
          values: {
            device: first.facts.device, first: first.at, persons, settlements: run.length, like,
            minutes: Math.floor((run.at(-1)!.at - first.at) / MINUTE)
          },
          supports: [],
          weakens: facts({ self_service: run.every(use => use.facts.self_service) })
        })
      }
    }
  }
})

/** (a) (b) One sighting, of the device on its day. */
function usedIn (claim: Settlement): Array<Sighting<Used>> {
  const { fixmedins_code, dev_no, opter, opter_type, setlinfo: { setl_time, setl_date_only, med_type } } = claim
  const goods = goodsOf(claim)
  if (dev_no === '' || goods === null || setl_date_only || med_type.startsWith(REGISTRATION) || !settledAtCounter(claim)) return []
  const bucket = Math.floor(setl_time / BUCKET)
  return [{
    subject: `${fixmedins_code}|${dev_no}|${formatDate(setl_time - DAY_BEGINS)}`,
    marks: [bucket - 1, bucket].map(each => `${fixmedins_code}|${dev_no}|${opter}|${each}`),
    facts: { device: dev_no, operator: opter, goods: goods[0] === undefined ? '' : fingerprintHex(...goods), self_service: opter_type === '2' }
  }]
}
