/** The interface for people: every operation of the OpenAPI document, by subject. */
import { html, type Html } from './html.ts'
import { english, table } from './layout.ts'

export interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly parameters?: ReadonlyArray<{ readonly name: string, readonly in: string }>
}
/** As much of an OpenAPI document as the page shows. */
export interface ApiDocument {
  readonly info: { readonly version: string, readonly description?: string }
  readonly tags?: readonly Tag[]
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

interface Listed extends Operation { readonly method: string, readonly path: string }

const HEADS = [
  { zh: '方法', en: 'method' }, { zh: '地址', en: 'path' }, { zh: '说明', en: 'what it does' }, { zh: '查询参数', en: 'query parameters' }
]

export function apiBody ({ info, tags = [], paths = {} }: ApiDocument): Html {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Listed => ({ ...operation, method: method.toUpperCase(), path })))
  return html`<h1>接口 ${english('Interface')}</h1>
<p>版本 ${info.version}，共 ${all.length} 项。机器可读的完整说明（字段、示例、错误）：<a href="/openapi.json">OpenAPI 3.1（JSON）</a>
${english('The whole description, with fields, examples and errors, is the OpenAPI document.')}</p>
<p>金额单位为分，时间为北京时间；姓名与证件号码一律脱敏；出错时返回 <code>code</code>、<code>message_zh</code>、<code>message</code>、<code>advice</code>。
${english('Money is in 分, times are at UTC+8, names and certificate numbers are masked, errors have one shape.')}</p>
${tags.map(tag => section(tag, all.filter(each => each.tags?.[0] === tag.name)))}`
}

interface Tag { readonly name: string, readonly description?: string }

function section ({ name, description = name }: Tag, operations: readonly Listed[]): Html | '' {
  if (operations.length === 0) return ''
  const { zh, en } = inBoth(description)
  return html`<h2>${zh} ${english(en)}</h2>
<div class="api">${table({ zh: '操作', en: 'operations' }, HEADS, operations.map(row), { zh: '无', en: 'none' })}</div>`
}

function row ({ method, path, summary = '', parameters = [] }: Listed): Html {
  const { zh, en } = inBoth(summary)
  const query = parameters.filter(each => each.in === 'query')
  const written = html`<code>${path}</code>`
  const address = method === 'GET' && !path.includes('{') ? html`<a href="${path}">${written}</a>` : written
  const names = query.map((each, i) => html`${i > 0 && ' '}<code>${each.name}</code>`)
  return html`<tr><td><code>${method}</code></td><td>${address}</td>
<td>${zh}<br>${english(en)}</td><td>${query.length === 0 ? '—' : names}</td></tr>`
}

/** Texts of the document are written "中文 · English". */
function inBoth (text: string): { zh: string, en: string } {
  const [zh = '', ...en] = text.split(' · ')
  return { zh, en: en.join(' · ') }
}
