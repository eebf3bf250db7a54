/** The precision and recall table: columns that line up though Chinese characters are two cells wide. */
import type { RuleScore } from './labels.ts'

/** Characters two cells wide: East Asian scripts, their punctuation and full-width forms. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

/** Cells a text takes on a terminal. */
export function widthOf (text: string): number {
  let width = 0
  for (const character of text) width += WIDE.test(character) ? 2 : 1
  return width
}

const HEAD = ['rule', '规则', 'planted', 'found', 'flags', 'precision', 'recall', 'confusers', 'flagged']

/** @param titles Chinese title by rule id */
export function tableOf (scores: readonly RuleScore[], titles: ReadonlyMap<string, string>): string {
  const rows = scores.map(score => rowOf(score, titles.get(score.rule) ?? ''))
  const sum = scores.reduce((total, one) => ({
    rule: 'all', planted: total.planted + one.planted, found: total.found + one.found, flags: total.flags + one.flags,
    confusers: total.confusers + one.confusers, confused: total.confused + one.confused
  }), { rule: 'all', planted: 0, found: 0, flags: 0, confusers: 0, confused: 0 })
  const all = [HEAD, ...rows, rowOf(sum, '合计')]
  const widths = HEAD.map((_, column) => Math.max(...all.map(row => widthOf(row[column]!))))
  const rule = widths.map(width => '─'.repeat(width)).join('  ')
  const text = all.map(row => row.map((cell, column) => pad(cell, widths[column]!, column > 1)).join('  ').trimEnd())
  return [text[0], rule, ...text.slice(1, -1), rule, text.at(-1)].join('\n')
}

function rowOf (score: RuleScore, title: string): string[] {
  const { rule, planted, found, flags, confusers, confused } = score
  return [rule, title, ...[planted, found, flags].map(String), percent(found, flags), percent(found, planted),
    String(confusers), String(confused)]
}

/** Never rounded up to 100 %. */
function percent (part: number, whole: number): string {
  return whole === 0 ? '–' : `${(Math.floor(part / whole * 10_000) / 100).toFixed(2)} %`
}

function pad (cell: string, width: number, right: boolean): string {
  const blank = ' '.repeat(width - widthOf(cell))
  return right ? blank + cell : cell + blank
}
