/** A knowledge list on the page of a rule that reads it: where it comes from, as of when, and every entry. */
import type { KnowledgeList } from '../../core/rulebook/knowledge.ts'
import { formatDate } from '../../core/time.ts'
import { html, type Html } from './html.ts'
import { both, english, table } from './layout.ts'

const HEADS = [
  { zh: '编码', en: 'codes' }, { zh: '内容', en: 'what it says' }, { zh: '适用自', en: 'counts from' }
]

export function knowledgeList ({ title, source, link, as_of, licence_note, entries }: KnowledgeList): Html {
  const rows = entries.map(({ codes, from, ...text }) => html`<tr><td>${codes.map(code => html`<code>${code}</code><br>`)}</td>
<td>${both(text)}</td><td class="nowrap">${formatDate(from)}</td></tr>`)
  const stated = /^https?:\/\//.test(link) ? html`<a href="${link}" rel="noreferrer">${both(source)}</a>` : both(source)
  return html`<h2>知识清单：${title.zh} ${english(`Knowledge list: ${title.en}`)}</h2>
<dl class="facts">
<dt>来源 ${english('source')}</dt><dd>${stated}</dd>
<dt>截至 ${english('as of')}</dt><dd>${formatDate(as_of)}</dd>
<dt>使用说明 ${english('note on use')}</dt><dd>${both(licence_note)}</dd></dl>
${table({ zh: `共 ${entries.length} 条`, en: `${entries.length} entries` }, HEADS, rows, { zh: '没有条目', en: 'there are none' })}`
}
