/** The four files of a rule that does not exist yet. Fields are empty: the loader names each until it is filled in. */
import { formatDate } from '../time.ts'
import { HEADINGS } from './definition.ts'

/**
 * @param today the date its author vouches for
 * @returns file name and text
 */
export function scaffold (id: string, today: Date): Array<[name: string, text: string]> {
  const date = formatDate(today.getTime())
  return [
    ['definition.md', definition(id, date)],
    ['thresholds.yaml', thresholds(date)],
    ['evaluate.ts', EVALUATE],
    ['cases.md', CASES]
  ]
}

function definition (id: string, date: string): string {
  return `---
id: ${id}
version: 1
title_zh:
title_en:
official_id: none
subject: person
severity: S3
result: suspected
stage: [post]
behaviour: 1
owner:
in_force: { from: 2021-05-01 }
last_verified: ${date}
law:
  - { zh: , en: , from: 2021-05-01 }
flagged: { zh: , en: }
cleared: { zh: , en: }
exclusions: {}
values: {}
facts: {}
to_check:
  - { zh: , en: }
---
# A question that a flag answers with yes?

${HEADINGS.map(heading => `## ${heading}\n`).join('\n')}`
}

function thresholds (date: string): string {
  return `example_days:
  says: { zh: , en: }
  unit: days
  range: [1, 31]
  verified_on: ${date}
  values:
    2021-05-01:
      value:
      basis: derived
      why:
`
}

const EVALUATE = `/** Letters are the clauses of definition.md. */
import { personRule } from '../../../engine/core/rule.ts'

type Limits = Readonly<Record<'example_days', number>>

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law }, report) {
    for (const stay of stays) {
      const limits = law.on(stay.adm_time, stay.insuplc_admdvs)
      if (limits === null) continue
      report({
        anchor: [stay.fixmedins_code, stay.mdtrt_id],
        at: stay.adm_time,
        area: stay.insuplc_admdvs,
        fixmedins_code: stay.fixmedins_code,
        severity: 3,
        main: [stay],
        involved: [],
        values: {},
        supports: [],
        weakens: []
      })
    }
  }
})
`

const CASES = `# Cases

## Write one sentence for what is flagged, and one for every way it is not

covers: example_days inside

| kind | claim | adm_time | dscg_time | flag | values |
|---|---|---|---|---|---|
| stay | A | 2026-03-01 09:00 | 2026-03-05 10:00 | 高 | |
`
