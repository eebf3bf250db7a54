/** The first page: what the engine has seen, what is suspicious, and who comes to notice. */
import type { ListedFlag } from '../brief-flag.ts'
import type { CandidateRow, ScoreRow } from '../credit-rows.ts'
import type { Counted, Totals } from '../totals.ts'
import { citedItem, count, money } from '../words.ts'
import { flagTable, institutionCell } from './flag-table.ts'
import { html, type Html } from './html.ts'
import { english, table, tile } from './layout.ts'

export interface Home {
  readonly totals: Totals
  readonly newest: readonly ListedFlag[]
  readonly dearest: readonly ListedFlag[]
  readonly candidates: readonly CandidateRow[]
  readonly scores: readonly ScoreRow[]
}

export function homeBody ({ totals, newest, dearest, candidates, scores }: Home): Html {
  const nothing = totals.settlements === 0
  return html`<h1>基金结算实时监测 ${english('The fund’s settlements, watched as they arrive')}</h1>
${nothing && html`<p class="notice">尚未收到结算记录。可运行 <code>npm start</code> 查看演示，或向 <code>POST /v1/claims</code> 提交记录。
${english('No records yet: run the demo, drop files into the inbox folder, or post records.')}</p>`}
${totalTiles(totals)}
<h2>先看这些疑点 ${english('Flags to look at first: fund money × severity')}</h2>
${flagTable(dearest)}
<h2>最新疑点 ${english('Newest flags')}</h2>
${flagTable(newest)}
<p><a href="/flags">全部疑点 ${english('all flags')}</a> ·
<a href="/bed-hanging">挂床住院疑点（按住院合并） ${english('signals of an unused bed, by stay')}</a></p>
${candidateTable(candidates)}
${scoreTable(scores)}`
}

/** The figures that the first page and an institution's page share. */
export function totalTiles (totals: Counted): Html {
  return html`<dl class="tiles">
${tile({ zh: '结算笔数', en: 'settlements' }, count(totals.settlements), html`参保人 ${count(totals.persons)} ${english('persons')}`)}
${tile({ zh: '基金支付', en: 'paid by the fund' }, money(totals.fund_pay_sumamt + totals.acct_pay),
    html`统筹 ${english('pooled')} ${money(totals.fund_pay_sumamt)} · 个账 ${english('personal')} ${money(totals.acct_pay)}`)}
${tile({ zh: '疑点', en: 'flags' }, count(totals.flags), html`<span class="sev sev-1">■ 高 ${count(totals.flags_high)}</span> ·
<span class="sev sev-2">▲ 中 ${count(totals.flags_medium)}</span> · <span class="sev sev-3">● 低 ${count(totals.flags_low)}</span> ${english('high, medium, low')}`)}
${tile({ zh: '疑点金额（每笔只计一次）', en: 'fund money in flagged claims, each once' }, money(totals.suspected_fund + totals.suspected_acct),
    html`统筹 ${english('pooled')} ${money(totals.suspected_fund)} · 个账 ${english('personal')} ${money(totals.suspected_acct)} · ${count(totals.suspected_claims)} 笔`)}
</dl>`
}

export function candidateTable (candidates: readonly CandidateRow[]): Html {
  return html`<h2>负面信息候选 ${english('Negative-information candidates')}</h2>
<p class="soft">候选只是疑点的汇总；“对应金额档”仅指该金额如经认定将落入的档次，不是结论。
${english('Candidates add up suspicions. The band is the one the amount would fall in if it were established; it is no finding.')}</p>
${table({
    zh: '按机构与条目汇总，未经认定；同一条目内每条费用只计一次，同一机构的不同条目之间可能重叠，不宜相加',
    en: 'by institution and item; nothing here is confirmed; a fee line counts once within an item, items of one institution may overlap'
  }, [
    { zh: '机构', en: 'institution' }, { zh: '办法与条目', en: 'regime and item' }, { zh: '疑点', en: 'flags' },
    { zh: '统筹', en: 'pooled' }, { zh: '个账', en: 'personal' },
    { zh: '对应金额档（如经认定）', en: 'band of the amount, were it established' }, { zh: '首次', en: 'first' }, { zh: '最近', en: 'last' }
  ], candidates.map(each => html`<tr><td>${institutionCell(each.fixmedins_code, each.fixmedins_name)}</td>
<td>${citedItem(each.regime, each.negative_item)}</td>
<td class="number">${count(each.flags)}</td><td class="number">${money(each.suspected_fund)}</td><td class="number">${money(each.suspected_acct)}</td>
<td>${each.band_zh}${each.band_article !== '' && `（${each.band_article}）`}<br>${english(each.band_en)}</td>
<td class="nowrap">${each.first_seen.slice(0, 10)}</td><td class="nowrap">${each.last_seen.slice(0, 10)}</td></tr>`),
  { zh: '暂无候选：尚无疑点对应到信用管理办法的条目。', en: 'None yet: no flag falls under an item of a credit regime.' })}`
}

export function scoreTable (scores: readonly ScoreRow[]): Html {
  return html`<h2>信用预警分 ${english('Early-warning scores')}</h2>
${table({ zh: '分值越高越应优先核查；权重与等级为本系统的工程取值', en: 'the higher, the sooner it should be looked at; weights and levels are engineering values of ours' }, [
    { zh: '机构', en: 'institution' }, { zh: '等级', en: 'level' }, { zh: '预警分', en: 'score' },
    { zh: '缘由', en: 'why' }, { zh: '疑点数', en: 'flags' },
    { zh: '一年结算笔数', en: 'settlements of a year' }
  ], scores.map(each => html`<tr><td>${institutionCell(each.fixmedins_code, each.fixmedins_name)}</td>
<td>${each.level === '' ? '—' : `${each.level}色`}</td>
<td class="number">${each.score.toFixed(1)}</td><td>${each.reasons.map(reason => html`${reason.level}：${reason.zh}<br>`)}</td>
<td class="number">${count(each.flags)}</td><td class="number">${count(each.settlements)}</td></tr>`),
  { zh: '暂无预警分：收到结算后按机构计算。', en: 'None yet: scores follow once settlements have arrived.' })}`
}
