/** Flags as a table, each leading to its evidence page. */
import type { BriefFlag } from '../brief-flag.ts'
import { money, STATUSES } from '../words.ts'
import { html, type Html } from './html.ts'
import { both, english, severityMark, table } from './layout.ts'

const HEADS = [
  { zh: '程度', en: 'severity' }, { zh: '疑点', en: 'flag' }, { zh: '机构', en: 'institution' }, { zh: '参保人', en: 'person' },
  { zh: '服务时间', en: 'date of service' }, { zh: '统筹', en: 'pooled' }, { zh: '个账', en: 'personal' }, { zh: '状态', en: 'status' }
]

export function flagTable (flags: readonly BriefFlag[]): Html {
  return table({ zh: '疑点', en: 'flags' }, HEADS, flags.map(flag => html`<tr><td>${severityMark(flag.severity)}</td>
<td><a href="${flag.evidence}">${flag.title.zh}</a> ${english(flag.title.en)}<br>${flag.sentence_zh}<br>${english(flag.sentence_en)}</td>
<td>${institutionCell(flag.fixmedins_code)}</td><td><code>${flag.psn_no}</code></td><td>${flag.service_time}</td>
<td class="number">${money(flag.money.pooled)}</td><td class="number">${money(flag.money.personal)}</td><td>${both(STATUSES[flag.status])}</td></tr>`),
  { zh: '暂无疑点。收到的结算中没有触发任何规则的情形。', en: 'No flags: nothing received so far meets any rule.' })
}

export function institutionCell (code: string): Html {
  if (code === '') return html`— ${english('none')}`
  return html`<a href="/institutions/${encodeURIComponent(code)}"><code>${code}</code></a>`
}
