/** All flags, filtered and page by page. The filters are a plain form: no script is needed. */
import type { ListedFlag } from '../brief-flag.ts'
import type { Rulebook } from '../../core/rulebook.ts'
import type { FlagQuery } from '../flag-filter.ts'
import { choice, field } from './filter-form.ts'
import { flagTable } from './flag-table.ts'
import { html, type Html } from './html.ts'
import { both, english } from './layout.ts'

const SEVERITY_OPTIONS = [['', '全部 all'], ['1', '■ 高 high'], ['2', '▲ 中 medium'], ['3', '● 低 low']] as const
const STATUS_OPTIONS = [['active', '待核查 to be checked'], ['retracted', '已撤回 retracted'], ['all', '全部 all']] as const
const NO_MATCH = { zh: '没有符合查询条件的疑点。', en: 'No flag meets what was asked for.' }
const ORDER_OPTIONS = [['newest', '最新 newest'], ['money', '金额 money']] as const

/** @param asked with its person as it may be repeated */
export function flagListBody (flags: readonly ListedFlag[], asked: FlagQuery, next: string | null, rulebook: Rulebook): Html {
  const rules = [['', '全部 all'] as const, ...rulebook.rules.map(rule => [rule.id, rule.title.zh] as const)]
  return html`<h1>疑点 ${english('Flags')}</h1>
<form class="screen" method="get" action="/flags">
<p>${choice('rule', '规则 rule', rules, asked.rule)} ${choice('severity', '程度 severity', SEVERITY_OPTIONS, asked.severity)}
${choice('status', '状态 status', STATUS_OPTIONS, asked.status)} ${choice('order', '排序 order', ORDER_OPTIONS, asked.order)}</p>
<p>${field('institution', '机构 institution', asked.institution)} ${field('person', '参保人 person', asked.person)} <button>查询 show</button></p>
</form>
${flagTable(flags, isNarrowed(asked) ? NO_MATCH : undefined)}
${next !== null && html`<p><a href="/flags?${new URLSearchParams({ ...filled(asked), cursor: next }).toString()}">${both({ zh: '下一页', en: 'next page' })}</a></p>`}`
}

/** Whether fewer than all standing flags were asked for, so that an empty list does not mean that there are none. */
function isNarrowed ({ rule, severity, institution, person, area, from, to, status, cursor }: FlagQuery): boolean {
  const others = [rule, severity, institution, person, area, from, to, cursor].some(value => value !== undefined && value !== '')
  return others || status === 'retracted'
}

/** What the next page's address repeats. */
function filled (filter: FlagQuery): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '').map(([name, value]) => [name, String(value)]))
}
