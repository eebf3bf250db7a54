/** Were many people of one area admitted together for one disease? Letters are the clauses of definition.md. */
import { admissionOf, admittedWithReason, mainDiagnosis } from '../../../engine/core/admissions.ts'
import type { Settlement } from '../../../engine/core/claim.ts'
import { costsOf, nearMedian } from '../../../engine/core/crowds.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import type { Sighting } from '../../../engine/core/shared.ts'
import { HOUR, monthOf } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'persons' | 'hours' | 'bed_percent' | 'cost_percent', number>>
type Admitted = { readonly admitted: number }

const STAY = '2304'
/** Characters of an ICD-10 category. */
const CATEGORY = 3
/** `hours` may not be more: so long after its beginning an admission is still shown in the month before. */
const REACH = 48 * HOUR

export default sharedRule<Limits, Admitted>({
  of: 'institution',
  asksInstitutions: true,
  quorum: 4,
  sight: admittedIn,
  evaluate ({ subject, settlements }, { law, reference }, report) {
    const [fixmedins_code = '', area = '', disease = '', month] = subject.split('|')
    const admissions = settlements.toSorted((a, b) => a.facts.admitted - b.facts.admitted)
    for (let start = 0; start < admissions.length && monthOf(admissions[start]!.facts.admitted) === month;) { // (e)
      const { admitted } = admissions[start]!.facts
      const limits = law.on(admitted, area)
      const until = limits === null ? -Infinity : admitted + limits.hours * HOUR
      const group = admissions.slice(start).filter(one => one.facts.admitted <= until) // (d)
      const costs = costsOf(group)
      const beds = reference.institution(fixmedins_code, admitted)?.aprv_bed_cnt ?? 0
      if (limits === null || costs.length < limits.persons || costs.length * 100 < beds * limits.bed_percent) { // (c)
        start++
        continue
      }
      start += group.length
      const like = nearMedian(costs, limits.cost_percent)
      const hours = Math.floor((group.at(-1)!.facts.admitted - admitted) / HOUR)
      report({
        anchor: [group.filter(one => one.facts.admitted === admitted).map(one => one.mdtrt_id).sort()[0]!],
        at: admitted,
        area,
        fixmedins_code,
        severity: like >= limits.persons ? 2 : 3, // (f)
        main: group,
        involved: [],
        values: { persons: costs.length, disease, hours, beds, area_code: area, like, first_admission: admitted },
        supports: [],
        weakens: []
      })
    }
  }
})

/** (a) (b) */
function admittedIn (claim: Settlement): Array<Sighting<Admitted>> {
  const admitted = admissionOf(claim)
  const disease = mainDiagnosis(claim.diseinfo).slice(0, CATEGORY)
  if (claim.infno !== STAY || admitted === null || disease === '' || admittedWithReason(claim)) return []
  const span = Math.floor(admitted / REACH)
  return [...new Set([monthOf(admitted), monthOf(admitted - REACH)])].map(month => {
    const subject = [claim.fixmedins_code, claim.insuplc_admdvs, disease, month].join('|')
    return { subject, marks: [`${subject}|${span - 1}`, `${subject}|${span}`], facts: { admitted } }
  })
}
