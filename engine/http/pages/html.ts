/** The one way pages are written: a template tag that escapes every value put into it. */

/** Text that is HTML already and is put into a page as it stands. Only `html` and `raw` make it. */
export class Html {
  readonly text: string
  constructor (text: string) {
    this.text = text
  }
}

export type Piece = Html | string | number | null | undefined | false | readonly Piece[]

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escaped for element content and for quoted attributes. Control characters, which HTML does not allow, become U+FFFD. */
export function escapeHtml (text: string): string {
  return text
    .replace(/[&<>"']/g, character => ESCAPES[character] ?? character)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
}

/** null, undefined and false print nothing; lists print one piece after the other; attributes must be quoted. */
export function html (strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(strings.reduce((text, part, i) => text + print(pieces[i - 1]) + part))
}

/** Marks a constant of ours as HTML. Never for text from outside. */
export function raw (text: string): Html {
  return new Html(text)
}

function print (piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return ''
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'object') return piece.map(print).join('')
  return escapeHtml(String(piece))
}
