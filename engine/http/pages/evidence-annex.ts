/** The annex of an evidence page: every claim the flag is about, with its fee lines. */
import type { ClaimView, FlagDetail, ItemView } from '../flag-detail.ts'
import { CHARGE_TYPES, KINDS, money, NOT_SETTLED, plural, price } from '../words.ts'
import { institutionCell, personCell } from './flag-table.ts'
import { html, type Html } from './html.ts'
import { both, english, type Head, table } from './layout.ts'

/** Lines printed of one claim; the rest are counted. */
const LINES_PRINTED = 40

const LINE_HEADS: readonly Head[] = [
  { zh: '发生时间', en: 'time' }, { zh: '项目', en: 'item, catalogue code' }, { zh: '费用类别', en: 'category' }, { zh: '开单医师', en: 'doctor' },
  { zh: '数量', en: 'quantity', number: true }, { zh: '单价（元）', en: 'price', number: true }, { zh: '金额', en: 'amount', number: true }
]

/** '' when the flag names no claim. */
export function annex (flag: FlagDetail): Html | '' {
  if (flag.items.length === 0) return ''
  const sections = flag.items.map(item => itemSection(item, flag.subject_kind !== 'person'))
  return html`<section class="annex"><h2>附：涉及的结算与就诊 ${english('Annex: claims it is about')}</h2>${sections}</section>`
}

/** @param whose where the claims are several persons' */
function itemSection (item: ItemView, whose: boolean): Html {
  const role = item.role === 'main' ? { zh: '主疑点项', en: 'main' } : { zh: '涉及项', en: 'involved' }
  return html`<h3>${both(role)} · ${institutionCell(item.fixmedins_code, item.fixmedins_name)} ·
就诊 <code>${item.mdtrt_id}</code>${item.setl_id !== '' && html` · 结算 <code>${item.setl_id}</code>`}
${whose && html` · 参保人 ${personCell(item)}`}</h3>
<p>${item.setl_id === ''
    ? both(NOT_SETTLED)
    : html`费用 ${money(item.money.total)}，统筹基金 ${money(item.money.pooled)}，个人账户 ${money(item.money.personal)}`}</p>
${item.claims.length === 0 ? html`<p class="soft">库中暂无该项的明细。${english('The store has no records of it.')}</p>` : item.claims.map(claimSection)}`
}

function claimSection (claim: ClaimView): Html {
  const kind = KINDS[claim.infno] ?? { zh: claim.infno, en: '' }
  const dates = [
    ['结算', claim.setl_time], ['入院', claim.adm_time], ['出院', claim.dscg_time], ['上传', claim.inf_time]
  ].filter(([, at]) => at !== '')
  const reversed = claim.reversed && html` <strong>（已撤销）</strong>${english('reversed')}`
  const person = claim.psn_name !== '' && html` · ${claim.psn_name} <code>${claim.certno}</code>`
  return html`<p class="claim"><strong>${both(kind)}</strong>${reversed}${person}
${dates.map(([label, at]) => html` · ${label} ${at}`)}</p>
<p>${claim.diagnoses.map(each => html`${each.maindiag_flag ? '主诊断' : '诊断'} <code>${each.diag_code}</code> ${each.diag_name} `)}</p>
${claim.lines.length > 0 && html`<div class="lines">${table({ zh: `费用明细 ${claim.line_count} 条`, en: plural(claim.line_count, 'fee lines') },
    LINE_HEADS, claim.lines.slice(0, LINES_PRINTED).map(lineRow), { zh: '无', en: 'none' })}</div>
${claim.line_count > LINES_PRINTED && html`<p class="soft">另有 ${claim.line_count - LINES_PRINTED} 条未列出。${english('More lines are not listed here.')}</p>`}`}`
}

function lineRow (line: ClaimView['lines'][number]): Html {
  const charge = CHARGE_TYPES[line.med_chrgitm_type] ?? { zh: line.med_chrgitm_type, en: '' }
  return html`<tr><td>${line.fee_ocur_time}</td><td>${line.item_name !== '' && html`${line.item_name}<br>`}<code class="soft">${line.med_list_codg}</code></td>
<td>${charge.zh}<br>${english(charge.en)}</td><td><code>${line.bilg_dr_codg}</code></td>
<td class="number">${line.cnt}</td><td class="number">${price(line.pric)}</td><td class="number">${money(line.det_item_fee_sumamt)}</td></tr>`
}
