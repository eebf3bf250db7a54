/** The printable page of one flag: what an inspector takes along. A4, no scripts, nothing loaded from elsewhere. */
import { formatTime } from '../../core/time.ts'
import { KINDS, money, ROLES } from '../words.ts'
import type { ClaimView, FlagDetail, ItemView, NamedText } from '../flag-detail.ts'
import { html, type Html } from './html.ts'
import { both, english, severityMark, table } from './layout.ts'

/** Lines printed of one claim; the rest are counted. */
const LINES_PRINTED = 40

export function evidenceBody (flag: FlagDetail): Html {
  return html`<h1>疑点证据页 ${english('Evidence of a flag')}</h1>
<p class="lead">${severityMark(flag.severity)} <strong>${flag.title.zh}</strong> ${english(flag.title.en)}</p>
${flag.status === 'retracted' && html`<p class="notice"><strong>本疑点已撤回。</strong>${english('This flag has been retracted.')}</p>`}
<p class="lead">${flag.sentence_zh}</p><p>${english(flag.sentence_en)}</p>
${summary(flag)}
${flag.items.length === 0 ? '' : html`<h2>涉及的结算与就诊 ${english('Claims it is about')}</h2>${flag.items.map(itemSection)}`}
${responsible(flag)}
<h2>依据 ${english('Law')}</h2>
<ul>${flag.law_basis.map(law => html`<li>${both(law)}</li>`)}${flag.rule.official_id !== '' && html`<li>国家规则编码 ${english('national rule code')} <code>${flag.rule.official_id}</code></li>`}</ul>
${judged(flag)}
<h2>已核对、均不适用的除外情形 ${english('Exclusions checked; none applies')}</h2>${texts(flag.exclusions_checked)}
<h2>支持疑点的事实 ${english('Facts for')}</h2>${texts(flag.facts_for)}
<h2>削弱疑点的事实 ${english('Facts against')}</h2>${texts(flag.facts_against)}
<h2>何种情况下不成立 ${english('What would have cleared it')}</h2><p>${flag.cleared.zh} ${english(flag.cleared.en)}</p>
<h2>建议人工核查 ${english('To check by hand')}</h2>
<ol>${flag.to_check.map(step => html`<li>☐ ${both(step)}</li>`)}</ol>
<p class="notice"><strong>${flag.caution.zh}</strong> ${english(flag.caution.en)}</p>
<div class="sign keep"><div>核查人 ${english('inspector')}</div><div>核查结论 ${english('result')}</div><div>日期 ${english('date')}</div></div>`
}

function summary (flag: FlagDetail): Html {
  return html`<dl class="facts">
<dt>疑点编号 ${english('flag')}</dt><dd><code>${flag.flag_id}</code> · 版本 ${english('revision')} ${flag.revision}</dd>
<dt>参保人 ${english('person')}</dt><dd><code>${flag.psn_no}</code></dd>
<dt>机构 ${english('institution')}</dt><dd>${flag.fixmedins_code === '' ? html`— ${english('about the person only')}` : institutionLink(flag.fixmedins_code)}</dd>
<dt>统筹区 ${english('pooling area')}</dt><dd><code>${flag.area}</code></dd>
<dt>服务时间 ${english('date of service')}</dt><dd>${flag.service_time}</dd>
<dt>金额 ${english('money')}</dt><dd><strong>${money(flag.money.total)}</strong>，其中统筹基金 ${money(flag.money.pooled)}，个人账户 ${money(flag.money.personal)}
${english('total, pooled fund, personal account')}</dd></dl>`
}

export function institutionLink (code: string): Html {
  return html`<a href="/institutions/${encodeURIComponent(code)}"><code>${code}</code></a>`
}

function texts (facts: readonly NamedText[]): Html {
  if (facts.length === 0) return html`<p class="soft">无 ${english('none')}</p>`
  return html`<ul>${facts.map(fact => html`<li>${both(fact)}</li>`)}</ul>`
}

function judged (flag: FlagDetail): Html {
  const row = ([name, value]: readonly [string, string | number]): Html =>
    html`<tr><td><code>${name}</code></td><td class="number">${readable(value)}</td></tr>`
  const heads = [{ zh: '名称', en: 'name' }, { zh: '值', en: 'value' }]
  const none = { zh: '无', en: 'none' }
  return html`<h2>研判 ${english('How it was judged')}</h2>
<p>规则 ${english('rule')} <code>${flag.rule.id}</code> · 版本 ${english('version')} ${flag.rule.version}</p>
${table({ zh: '所用阈值（服务当日、该统筹区有效）', en: 'thresholds in force on the date of service in that area' }, heads, Object.entries(flag.thresholds).map(row), none)}
${table({ zh: '计算值', en: 'computed values' }, heads, Object.entries(flag.values).map(row), none)}`
}

/**
 * A computed value for readers. Flags carry moments as milliseconds without saying so; a whole number that falls between 2000
 * and 2100 as a moment is taken for one, since no count comes near it and as 分 it would be 9.4 billion yuan.
 */
function readable (value: string | number): string {
  if (typeof value === 'number' && value >= 946_684_800_000 && value <= 4_102_444_800_000) return formatTime(value)
  return String(value)
}

function responsible (flag: FlagDetail): Html {
  return html`<h2>相关人员与设备 ${english('Persons and devices named by the main claims')}</h2>
${table({ zh: '按主疑点项的费用明细统计', en: 'by the fee lines of the main claims' }, [
    { zh: '角色', en: 'role' }, { zh: '编码', en: 'code' }, { zh: '姓名', en: 'name, masked' }, { zh: '明细条数', en: 'lines' }, { zh: '金额', en: 'amount' }
  ], flag.responsible.map(each => html`<tr><td>${both(ROLES[each.role] ?? { zh: each.role, en: '' })}</td><td><code>${each.code}</code></td><td>${each.name}</td>
<td class="number">${each.lines}</td><td class="number">${money(each.amount)}</td></tr>`), { zh: '记录中没有', en: 'the records name none' })}`
}

function itemSection (item: ItemView): Html {
  const role = item.role === 'main' ? { zh: '主疑点项', en: 'main' } : { zh: '涉及项', en: 'involved' }
  return html`<h3>${both(role)} · ${institutionLink(item.fixmedins_code)} · 就诊 <code>${item.mdtrt_id}</code>${item.setl_id !== '' && html` · 结算 <code>${item.setl_id}</code>`}</h3>
<p>费用 ${money(item.money.total)}，统筹基金 ${money(item.money.pooled)}，个人账户 ${money(item.money.personal)}</p>
${item.claims.length === 0 ? html`<p class="soft">库中暂无该项的明细。${english('The store has no records of it.')}</p>` : item.claims.map(claimSection)}`
}

function claimSection (claim: ClaimView): Html {
  const kind = KINDS[claim.infno] ?? { zh: claim.infno, en: '' }
  const dates = [
    ['结算', claim.setl_time], ['入院', claim.adm_time], ['出院', claim.dscg_time], ['上传', claim.inf_time]
  ].filter(([, at]) => at !== '')
  return html`<p><strong>${both(kind)}</strong>${claim.reversed && html` <strong>（已撤销）</strong>${english('reversed')}`} · ${claim.psn_name} <code>${claim.certno}</code>
${dates.map(([label, at]) => html` · ${label} ${at}`)}</p>
<p>${claim.diagnoses.map(each => html`${each.maindiag_flag ? '主诊断' : '诊断'} <code>${each.diag_code}</code> ${each.diag_name} `)}</p>
${claim.lines.length > 0 && html`${table({ zh: `费用明细 ${claim.line_count} 条`, en: `${claim.line_count} fee lines` }, LINE_HEADS, claim.lines.slice(0, LINES_PRINTED).map(line =>
    html`<tr><td>${line.fee_ocur_time}</td><td><code>${line.feedetl_sn}</code></td><td><code>${line.med_list_codg}</code></td><td class="number">${line.cnt}</td><td class="number">${line.pric}</td>
<td class="number">${money(line.det_item_fee_sumamt)}</td><td><code>${line.bilg_dr_codg}</code></td></tr>`), { zh: '无', en: 'none' })}
${claim.line_count > LINES_PRINTED && html`<p class="soft">另有 ${claim.line_count - LINES_PRINTED} 条未列出。${english('More lines are not listed here.')}</p>`}`}`
}

const LINE_HEADS = [
  { zh: '发生时间', en: 'time' }, { zh: '流水号', en: 'line' }, { zh: '医保目录编码', en: 'catalogue code' }, { zh: '数量', en: 'quantity' },
  { zh: '单价', en: 'price' }, { zh: '金额', en: 'amount' }, { zh: '开单医师', en: 'doctor' }
]
