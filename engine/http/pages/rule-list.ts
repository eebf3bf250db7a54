/** Every rule that judges, each leading to its page. */
import { subjectOf } from '../../core/rule.ts'
import type { LoadedRule, Rulebook } from '../../core/rulebook.ts'
import { formatDate } from '../../core/time.ts'
import { SUBJECTS } from '../words.ts'
import { html, type Html } from './html.ts'
import { both, english, severityMark, table } from './layout.ts'

const HEADS = [
  { zh: '规则', en: 'rule' }, { zh: '标识', en: 'id' }, { zh: '比对对象', en: 'subject' }, { zh: '最高程度', en: 'gravest' },
  { zh: '国家规则编码', en: 'national code' }, { zh: '施行日期', en: 'in force from' }, { zh: '版本', en: 'version', number: true as const }
]

export function ruleListBody ({ rules, digest }: Rulebook): Html {
  return html`<h1>规则 ${english('Rules')}</h1>
<p>共 ${rules.length} 条。每条规则按服务当日有效的法律与阈值比对，结果只是疑点。
${english('Each judges by the law and the numbers in force on the date of service; what it finds is a lead only.')}</p>
${table({ zh: '现行规则', en: 'rules in force' }, HEADS, rules.map(row), { zh: '没有规则', en: 'there are none' })}
<p class="soft">规则库指纹 ${english('fingerprint of the rulebook')} <code>${digest}</code> · <a href="/v1/rules">JSON</a></p>`
}

function row (rule: LoadedRule): Html {
  const from = rule.folder?.definition.in_force.from
  return html`<tr><td><a href="${rulePath(rule.id)}">${rule.title.zh}</a><br>${english(rule.title.en)}</td><td><code>${rule.id}</code></td>
<td>${both(SUBJECTS[subjectOf(rule.rule)])}</td><td class="nowrap">${severityMark(rule.severity)}</td>
<td>${rule.official_id === '' ? '—' : html`<code class="nowrap">${rule.official_id}</code>`}</td>
<td class="nowrap">${from === undefined ? '—' : formatDate(from)}</td><td class="number">${rule.version}</td></tr>`
}

export function rulePath (id: string): string {
  return `/rules/${encodeURIComponent(id)}`
}
