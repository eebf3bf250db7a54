/** What all pages share: head, navigation, the caution at the foot, and small pieces of text. */
import type { FastifyReply } from 'fastify'
import type { Severity } from '../../core/flag.ts'
import type { Bilingual } from '../../core/rulebook.ts'
import { pagePolicy } from '../headers.ts'
import { CAUTION, SEVERITIES } from '../words.ts'
import { html, type Html, type Piece, raw } from './html.ts'
import { STYLE } from './style.ts'

export interface Page {
  readonly title: string
  readonly body: Piece
  /** How fresh the data are, in both languages; absent where no data are shown, as to somebody without a token. */
  readonly freshness?: Bilingual
  /** Seconds until the page loads itself again; absent = never, as on a page to be printed. */
  readonly refresh?: number
}

const POLICY = pagePolicy(STYLE)

/** Sends a page with its own content-security policy. */
export function sendPage (reply: FastifyReply, page: Page): FastifyReply {
  return reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(layout(page).text)
}

export function layout ({ title, body, freshness, refresh }: Page): Html {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh !== undefined && html`<meta http-equiv="refresh" content="${refresh}">`}
<title>${title} · fundwatch</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header><a class="name" href="/">fundwatch 医保基金监测</a>
<nav aria-label="主导航"><a href="/">总览</a><a href="/flags">疑点</a><a href="/rules">规则</a><a href="/api">接口</a></nav></header>
<main>
${body}
</main>
<footer><p><strong>${CAUTION.zh}</strong> ${english(CAUTION.en)}</p>
${freshness !== undefined && html`<p>${both(freshness)}</p>`}</footer>
</body>
</html>
`
}

/** English, small beside the Chinese. */
export function english (text: string): Html {
  return html`<span class="en" lang="en">${text}</span>`
}

export function both (text: Bilingual): Html {
  return html`${text.zh} ${english(text.en)}`
}

/** Text and shape; the colour only repeats them. */
export function severityMark (severity: Severity): Html {
  const { zh, en, shape } = SEVERITIES[severity]
  return html`<span class="sev sev-${severity}"><span aria-hidden="true">${shape}</span> ${zh}</span> ${english(en)}`
}

/** A column's head; `number` sets it to the right, as its cells are. */
export interface Head extends Bilingual { readonly number?: true }

/** A table that scrolls on narrow screens; `empty` is said when there are no rows. */
export function table (caption: Bilingual, heads: readonly Head[], rows: readonly Piece[], empty: Bilingual): Html {
  if (rows.length === 0) return html`<p class="notice">${both(empty)}</p>`
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption.zh}"><table><caption>${both(caption)}</caption>
<thead><tr>${heads.map(head => html`<th scope="col"${head.number === true && html` class="number"`}>${head.zh}<br>${english(head.en)}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

export function tile (label: Bilingual, value: Piece, parts?: Piece): Html {
  return html`<div class="tile"><dt>${both(label)}</dt><dd>${value}</dd>${parts !== undefined && html`<dd class="parts">${parts}</dd>`}</div>`
}
