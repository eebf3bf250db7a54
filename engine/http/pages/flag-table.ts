/** Flags as a table, each leading to its evidence page. */
import type { ListedFlag } from '../brief-flag.ts'
import type { Bilingual } from '../../core/rulebook.ts'
import { money, NOT_SETTLED, STATUSES, SUBJECTS } from '../words.ts'
import { html, type Html } from './html.ts'
import { both, english, severityMark, table } from './layout.ts'
import { rulePath } from './rule-list.ts'

const HEADS = [
  { zh: '程度', en: 'severity' }, { zh: '疑点', en: 'flag' }, { zh: '机构', en: 'institution' },
  { zh: '参保人或其他对象', en: 'person or other subject' },
  { zh: '服务时间', en: 'date of service' }, { zh: '统筹', en: 'pooled' }, { zh: '个账', en: 'personal' }, { zh: '状态', en: 'status' }
]

const NO_FLAGS = { zh: '暂无疑点。收到的结算中目前没有触发任何规则的情形。', en: 'No flags: nothing received so far meets any rule.' }

/** @param empty said when there are none */
export function flagTable (flags: readonly ListedFlag[], empty: Bilingual = NO_FLAGS): Html {
  return table({ zh: '疑点', en: 'flags' }, HEADS, flags.map(row), empty)
}

function row (flag: ListedFlag): Html {
  return html`<tr><td>${severityMark(flag.severity)}</td>
<td><a href="${flag.evidence}">${flag.title.zh}</a> ${english(flag.title.en)} ·
${ruleLink(flag.rule_id)}<br>${flag.told.zh}<br>${english(flag.told.en)}</td>
<td>${institutionCell(flag.fixmedins_code, flag.fixmedins_name)}</td><td>${subjectCell(flag)}</td><td>${flag.service_time}</td>
${moneyCells(flag)}<td>${both(STATUSES[flag.status])}</td></tr>`
}

/** The rule that judged; one that the rulebook no longer has leads to a page that says so. */
function ruleLink (id: string): Html {
  return html`<a class="soft" href="${rulePath(id)}">规则</a>`
}

function moneyCells ({ settled, money: { total, pooled, personal } }: ListedFlag): Html {
  if (!settled && total === 0) return html`<td colspan="2">${both(NOT_SETTLED)}</td>`
  return html`<td class="number">${money(pooled)}</td><td class="number">${money(personal)}</td>`
}

/** The person, or what claims share: that is of nobody, and the evidence page says whose the claims are. */
export function subjectCell (flag: Pick<ListedFlag, 'subject_kind' | 'subject' | 'psn_no' | 'person'>): Html {
  if (flag.subject_kind === 'person') return personCell(flag)
  return html`${both(SUBJECTS[flag.subject_kind])}<br><code>${flag.subject}</code>`
}

/** The person, leading to all flags of the person. */
export function personCell ({ psn_no, person }: Pick<ListedFlag, 'psn_no' | 'person'>): Html {
  return html`<a href="/flags?${new URLSearchParams({ person, status: 'all' }).toString()}"><code>${psn_no}</code></a>`
}

/** The name with the code beside it; the code alone while the name is not known. */
export function institutionCell (code: string, name: string): Html {
  if (code === '') return html`— ${english('none')}`
  const address = `/institutions/${encodeURIComponent(code)}`
  if (name === '') return html`<a href="${address}"><code>${code}</code></a>`
  return html`<a href="${address}">${name}</a> <code class="soft">${code}</code>`
}
