/** Did a pharmacy settle many people's purchases in the middle of a night? Letters are the clauses of definition.md. */
import type { Settlement } from '../../../engine/core/claim.ts'
import { personsOf } from '../../../engine/core/crowds.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import type { Sighting } from '../../../engine/core/shared.ts'
import { dayOf, formatDate, HOUR, startOfDay } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'settlements' | 'persons' | 'night_from_hour' | 'night_to_hour', number>>
/** Hours since the first moment of the night's date: from 24 on it is the next day. */
type Sold = { readonly hour: number }

const PHARMACY = '2102'
const ONLINE = '5'
const NOON = 12 * HOUR
const MIDNIGHT = 24
/** No area's night begins earlier or ends later: the ranges of thresholds.yaml. */
const FROM = 22
const TO = 6

export default sharedRule<Limits, Sold>({
  of: 'institution',
  quorum: 5,
  sight: soldAtNight,
  evaluate ({ subject, settlements }, { law }, report) {
    const night = settlements.filter(({ at, insuplc_admdvs, facts: { hour } }) => { // (c)
      const limits = law.on(at, insuplc_admdvs)
      return limits !== null && hour >= limits.night_from_hour && hour < MIDNIGHT + limits.night_to_hour
    })
    const last = night.at(-1)
    if (last === undefined) return
    const limits = law.on(last.at, last.insuplc_admdvs)! // (c) lets none pass without
    const persons = personsOf(night)
    if (night.length < limits.settlements || persons < limits.persons) return // (d)
    const [fixmedins_code = '', date = ''] = subject.split('|')
    report({
      anchor: [date],
      at: last.at,
      area: last.insuplc_admdvs,
      fixmedins_code,
      severity: 3,
      main: night,
      involved: [],
      values: { settlements: night.length, persons, date, first_sale: night[0]!.at, last_sale: last.at },
      supports: [],
      weakens: []
    })
  }
})

/** (a) (b) A night belongs to the date on which it begins. */
function soldAtNight ({ infno, fixmedins_code, setlinfo, feedetail }: Settlement): Array<Sighting<Sold>> {
  const { setl_time, setl_date_only, pay_loc, refd_setl_flag } = setlinfo
  if (infno !== PHARMACY || setl_date_only || pay_loc === ONLINE || refd_setl_flag) return []
  const evening = dayOf(setl_time - NOON)
  const hour = (setl_time - startOfDay(evening)) / HOUR
  if (hour < FROM || hour >= MIDNIGHT + TO) return []
  const sameNight = feedetail.length === 0 || feedetail.some(line => [evening, evening + 1].includes(dayOf(line.fee_ocur_time)))
  return sameNight ? [{ subject: `${fixmedins_code}|${formatDate(startOfDay(evening))}`, facts: { hour } }] : []
}
