/** Stays with signals of an unused bed, put together: several independent signals of one stay weigh more than one. */
import type { Rulebook } from '../../core/rulebook.ts'
import { type BedQuery, type BedStay, type BedStays, isBedSignal } from '../bed-stays.ts'
import type { ListedFlag } from '../brief-flag.ts'
import { money, NOT_SETTLED } from '../words.ts'
import { choice, field } from './filter-form.ts'
import { institutionCell, personCell } from './flag-table.ts'
import { html, type Html } from './html.ts'
import { both, english, severityMark, table } from './layout.ts'

const SEVERITY_OPTIONS = [['', '全部 all'], ['2', '▲ 中 medium'], ['3', '● 低 low']] as const
const NONE = { zh: '没有符合条件的住院。', en: 'No stay has such a signal.' }
const SAYS = 'Each signal is a flag of its own. A stay with one kind of signal is what it is by itself, mostly 低; '
  + 'with two or more kinds it is 中. What only a composition suspects is never 高. A settlement’s money counts once.'
const HEADS = [
  { zh: '程度', en: 'severity' }, { zh: '挂床信号', en: 'signals' }, { zh: '机构', en: 'institution' }, { zh: '参保人与就诊', en: 'person and stay' },
  { zh: '服务时间', en: 'dates of service' }, { zh: '统筹', en: 'pooled' }, { zh: '个账', en: 'personal' }
]

export function bedHangingBody ({ stays, more, person }: BedStays, asked: BedQuery, rulebook: Rulebook): Html {
  const signals = rulebook.rules.filter(rule => isBedSignal({ rule_id: rule.id }))
  const rules = [['', '全部 all'] as const, ...signals.map(rule => [rule.id, rule.title.zh] as const)]
  const filter = { ...asked, person }
  return html`<h1>挂床住院疑点（按住院合并） ${english('Signals of an unused bed, by stay')}</h1>
<p>每种挂床信号本身是一条疑点。同一次住院只有一种信号的，为该信号本身的程度，多为低；有两种及以上不同信号的为中；组合信号只能提示，不列为高。每笔结算的金额只计一次。
${english(SAYS)}</p>
<form class="screen" method="get" action="/bed-hanging">
<p>${choice('severity', '程度 severity', SEVERITY_OPTIONS, filter.severity)} ${choice('rule', '信号 signal', rules, filter.rule)}</p>
<p>${field('institution', '机构 institution', filter.institution)} ${field('person', '参保人 person', filter.person)}
<button>查询 show</button></p>
</form>
${table({ zh: '住院', en: 'stays' }, HEADS, stays.map(row), NONE)}
${more && html`<p><a href="/bed-hanging?${next(filter)}">${both({ zh: '下一页', en: 'next page' })}</a></p>`}`
}

function row (stay: BedStay): Html {
  const signals = stay.signals.map(({ title, evidence }) => html`<a href="${evidence}">${title.zh}</a> ${english(title.en)}<br>`)
  const { first_service, last_service } = stay
  return html`<tr><td class="nowrap">${severityMark(stay.severity)}</td><td>${signals}</td>
<td>${institutionCell(stay.fixmedins_code, stay.fixmedins_name)}</td>
<td>${personCell(stay)}<br><code class="soft">${stay.mdtrt_id}</code></td>
<td>${first_service}${last_service !== first_service && html`<br>${last_service}`}</td>
${moneyCells(stay)}</tr>`
}

function moneyCells ({ settled, money: { total, pooled, personal } }: BedStay): Html {
  if (!settled && total === 0) return html`<td colspan="2">${both(NOT_SETTLED)}</td>`
  return html`<td class="number">${money(pooled)}</td><td class="number">${money(personal)}</td>`
}

function next (filter: BedQuery): string {
  const kept = Object.entries({ ...filter, skip: filter.skip + filter.limit }).filter(([, value]) => value !== '' && value !== undefined)
  return new URLSearchParams(kept.map(([name, value]): [string, string] => [name, String(value)])).toString()
}

/** On the evidence page of a signal: the others of the same stay. '' for a flag that is none. */
export function otherSignals (flag: ListedFlag, others: readonly ListedFlag[]): Html | '' {
  if (!isBedSignal(flag) || flag.status === 'retracted') return ''
  const listed = others.map(({ severity, evidence, title, told }) => html`<li>${severityMark(severity)}
<a href="${evidence}">${title.zh}</a> ${english(title.en)}：${told.zh} ${english(told.en)}</li>`)
  const signals = [flag, ...others]
  const together = new Set(signals.map(each => each.rule_id)).size > 1 || signals.some(each => each.severity < 3) ? 2 : 3
  return html`<h2>同一住院的其他挂床信号 ${english('Other signals of this stay')}</h2>
${others.length === 0 ? html`<p class="soft">无 ${english('none')}</p>` : html`<ul>${listed}</ul>`}
<p>合并后程度 ${english('together')} ${severityMark(together)} ·
<a href="/bed-hanging?institution=${encodeURIComponent(flag.fixmedins_code)}">本机构的挂床住院疑点
${english('such stays of the institution')}</a></p>`
}
