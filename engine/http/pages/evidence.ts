/** The printable page of one flag: what an inspector takes along. A4, no scripts, nothing loaded from elsewhere. */
import type { ListedFlag } from '../brief-flag.ts'
import type { ExplainedThreshold } from '../explained.ts'
import type { FlagDetail, NamedText } from '../flag-detail.ts'
import { BASES, money, NOT_SETTLED, plural, ROLES, STATUSES, SUBJECTS } from '../words.ts'
import { otherSignals } from './bed-hanging.ts'
import { annex } from './evidence-annex.ts'
import { institutionCell, personCell } from './flag-table.ts'
import { html, type Html } from './html.ts'
import { both, english, severityMark, table } from './layout.ts'
import { rulePath } from './rule-list.ts'

/**
 * In the order of reading: what, why, how it was judged, what speaks for and against, what to do; the records come last, as an annex.
 * @param others of a signal of an unused bed: the other signals of the stay
 */
export function evidenceBody (flag: FlagDetail, others: readonly ListedFlag[] = []): Html {
  return html`<h1>疑点证据页 ${english('Evidence of a flag')}</h1>
<p class="lead">${severityMark(flag.severity)} <strong>${flag.title.zh}</strong> ${english(flag.title.en)}</p>
${isRetracted(flag) && RETRACTED}
<p class="lead">${flag.told.zh}</p><p>${english(flag.told.en)}</p>
${summary(flag)}
${otherSignals(flag, others)}
<h2>依据 ${english('Law')}</h2>
<ul>${flag.law_basis.map(law => html`<li>${both(law)}</li>`)}${flag.rule.official_id !== '' && html`<li>国家规则编码 ${english('national rule code')} <code>${flag.rule.official_id}</code></li>`}</ul>
${judged(flag)}
<h2>支持疑点的事实 ${english('Facts for')}</h2>${texts(flag.facts_for)}
<h2>减轻疑点的事实 ${english('Facts against')}</h2>${texts(flag.facts_against)}
<h2>已核对、均不适用的排除情形 ${english('Exclusions checked; none applies')}</h2>${texts(flag.exclusions_checked)}
<h2>何种情形下不成立 ${english('What would have cleared it')}</h2><p>${flag.cleared.zh} ${english(flag.cleared.en)}</p>
${!isRetracted(flag) && html`<h2>建议人工核查 ${english('To check by hand')}</h2>
<ol>${flag.to_check.map(step => html`<li>☐ ${both(step)}</li>`)}</ol>`}
${responsible(flag)}
<div class="keep"><p class="notice"><strong>${flag.caution.zh}</strong> ${english(flag.caution.en)}</p>
${!isRetracted(flag) && html`<div class="sign"><div>核查人 ${english('inspector')}</div><div>核查结论 ${english('result')}</div>
<div>日期 ${english('date')}</div></div>`}</div>
${annex(flag)}`
}

const isRetracted = ({ status }: FlagDetail): boolean => status === 'retracted'

const RETRACTED = html`<p class="notice"><strong>本疑点已撤回，无须核查。</strong>其后收到的记录（如冲正、更正或补传）使其不再成立。
${english('This flag has been retracted: records received since (a reversal, a correction, an addition) no longer support it. Nothing is to be checked.')}</p>`

function summary (flag: FlagDetail): Html {
  return html`<dl class="facts">
${isRetracted(flag) && html`<dt>状态 ${english('status')}</dt><dd><strong>${both(STATUSES.retracted)}</strong></dd>`}
<dt>疑点编号 ${english('flag')}</dt><dd><code>${flag.flag_id}</code> · 版本 ${english('revision')} ${flag.revision}</dd>
${subject(flag)}
<dt>机构 ${english('institution')}</dt>
<dd>${flag.fixmedins_code === ''
    ? html`— ${english('about the person only')}`
    : institutionCell(flag.fixmedins_code, flag.fixmedins_name)}</dd>
<dt>统筹区 ${english('pooling area')}</dt><dd><code>${flag.area}</code></dd>
<dt>服务时间 ${english('date of service')}</dt><dd>${flag.service_time}</dd>
${!isRetracted(flag) && html`<dt>金额 ${english('money')}</dt><dd>${amounts(flag)}</dd>`}</dl>`
}

function subject (flag: FlagDetail): Html {
  if (flag.subject_kind === 'person') return html`<dt>参保人 ${english('person')}</dt><dd>${personCell(flag)}</dd>`
  const persons = [...new Map(flag.items.map(item => [item.person, item])).values()]
  return html`<dt>比对对象 ${english('subject')}</dt><dd>${both(SUBJECTS[flag.subject_kind])}<br>
${flag.subject_explained.map(({ label, shown }, i) => html`${i > 0 && html` · `}${both(label)} <strong>${shown.zh}</strong>`)}</dd>
${persons.length > 0 && html`<dt>相关参保人 ${english('persons whose claims they are')}</dt>
<dd>${both({ zh: `${persons.length} 人`, en: plural(persons.length, 'persons') })}：
${persons.map((item, i) => html`${i > 0 && '、'}${personCell(item)}`)}</dd>`}`
}

function amounts ({ settled, money: { total, pooled, personal } }: FlagDetail): Html {
  if (!settled && total === 0) return html`<strong>${NOT_SETTLED.zh}</strong> ${english(NOT_SETTLED.en)}`
  return html`<strong>${money(total)}</strong>，其中统筹基金 ${money(pooled)}，个人账户 ${money(personal)}
${english('total, pooled fund, personal account')}`
}

function texts (facts: readonly NamedText[]): Html {
  if (facts.length === 0) return html`<p class="soft">无 ${english('none')}</p>`
  return html`<ul>${facts.map(fact => html`<li>${both(fact)}</li>`)}</ul>`
}

function judged (flag: FlagDetail): Html {
  return html`<h2>研判 ${english('How it was judged')}</h2>
<p>规则 ${english('rule')} <a href="${rulePath(flag.rule.id)}">${flag.title.zh}</a>
<code>${flag.rule.id}</code> · 版本 ${english('version')} ${flag.rule.version}</p>
${table({ zh: '所用阈值（服务当日、该统筹区有效）', en: 'thresholds in force on the date of service in that area' },
    [{ zh: '含义', en: 'meaning' }, { zh: '数值', en: 'value', number: true }, { zh: '出处', en: 'source' }],
    flag.thresholds_explained.map(each => html`<tr><td>${both(each.says)}</td><td class="number">${each.shown.zh}</td><td>${basis(each)}</td></tr>`),
    { zh: '本规则不设阈值', en: 'the rule has no thresholds' })}
${table({ zh: '计算值', en: 'computed values' }, [{ zh: '含义', en: 'meaning' }, { zh: '值', en: 'value' }],
    flag.values_explained.map(({ label, shown }) => html`<tr><td>${both(label)}</td>
<td>${shown.zh}${shown.en !== shown.zh && html` ${english(shown.en)}`}</td></tr>`), { zh: '无计算值', en: 'no computed values' })}`
}

/** Who states the number: the document's name, or our reason where no document does. */
function basis ({ basis, source, why }: ExplainedThreshold): Html {
  if (basis === '') return html`<span class="soft">规则库中此数值已变更 ${english('changed since')}</span>`
  return html`${both(BASES[basis])}${source !== '' && html`<br>${source}`}${why !== '' && html`<br><span class="why">${why}</span>`}`
}

function responsible (flag: FlagDetail): Html {
  return html`<h2>相关人员与设备 ${english('Persons and devices named by the main claims')}</h2>
${table({ zh: '按主疑点项的费用明细统计', en: 'by the fee lines of the main claims' }, [
    { zh: '角色', en: 'role' }, { zh: '编码', en: 'code' }, { zh: '姓名', en: 'name, masked' }, { zh: '明细条数', en: 'lines', number: true },
    { zh: '金额', en: 'amount', number: true }
  ], flag.responsible.map(each => html`<tr><td>${both(ROLES[each.role] ?? { zh: each.role, en: '' })}</td><td><code>${each.code}</code></td><td>${each.name}</td>
${lineCells(each)}</tr>`), { zh: '记录中没有', en: 'the records name none' })}`
}

/** Operators and devices stand on the claim, not on its lines: no lines of theirs is not an amount of nothing. */
function lineCells ({ lines, amount }: FlagDetail['responsible'][number]): Html {
  if (lines === 0) return html`<td colspan="2">${both({ zh: '无明细', en: 'no lines' })}</td>`
  return html`<td class="number">${lines}</td><td class="number">${money(amount)}</td>`
}
