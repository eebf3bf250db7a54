/** The prose of a definition as a page shows it: paragraphs, lists and `code`, Chinese plain and English small beside it. */
import { html, type Html, type Piece } from './html.ts'
import { english } from './layout.ts'

/** Ends of sentences in both languages; a Chinese one needs no blank after it. */
const SENTENCE = /[^。！？.!?]*[。！？.!?]+[”’"）)]*\s*|[^。！？.!?]+$/g
/** Names of fields and other code say nothing about the language around them. */
const CODE = /`[^`]*`|\w*[_\d]\w*/g

/** Blocks of text with blank lines between them. A block whose lines begin with "- " is a list; lines that are indented go on. */
export function prose (text: string): Html {
  return html`${text.split(/\n\s*\n/).map(block => block.startsWith('- ') ? items(block) : html`<p>${bilingual(block)}</p>\n`)}`
}

function items (block: string): Html {
  const each = block.slice(2).split(/\n- /)
  const lettered = each.every(item => /^\([a-z]\) /.test(item))
  return html`<ul${lettered && html` class="plain"`}>${each.map(item => html`<li>${bilingual(item)}</li>\n`)}</ul>\n`
}

/** Text of both languages in turn: "中文。English." */
export function bilingual (text: string): Html {
  const runs: Array<{ english: boolean, text: string }> = []
  for (const [sentence] of text.trim().replace(/\s*\n\s*/g, ' ').matchAll(SENTENCE)) {
    const last = runs.at(-1)
    const inEnglish = isEnglish(sentence) ?? last?.english ?? false
    if (last?.english === inEnglish) last.text += sentence
    else runs.push({ english: inEnglish, text: sentence })
  }
  return html`${runs.map(run => run.english ? html` ${english(run.text.trim())}` : withCode(run.text))}`
}

/** null when nothing tells: "1." of "8.1.3" belongs to what is before it. */
function isEnglish (sentence: string): boolean | null {
  const words = sentence.replace(CODE, '')
  const han = words.match(/\p{Script=Han}/gu)?.length ?? 0
  const latin = words.match(/[a-z]/gi)?.length ?? 0
  if (han + latin === 0) return null
  return latin > han * 4 // a Chinese word has about four times fewer characters; English sentences quote 高 and 中
}

function withCode (text: string): Piece {
  return text.split('`').map((part, i) => i % 2 === 1 ? html`<code class="soft">${part}</code>` : part)
}
