/** The mutation pass in words: a table, the survivors, and what is wrong. */
import { type PassResult, percentOf, type Score, totalOf } from './pass.ts'

/** Every rule, every helper and the whole must reach this score, in percent. */
export const LEAST = 95

const HEAD = ['rule', 'mutants', 'killed', 'survived', 'equivalent', 'score']

export function tableOf (scores: readonly Score[]): string {
  const rows = [HEAD, ...[...scores, totalOf(scores)].map(rowOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  const ruler = widths.map(width => '─'.repeat(width)).join('  ')
  const pad = (cell: string, column: number): string => column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)
  const lines = rows.map(row => row.map(pad).join('  '))
  return [lines[0], ruler, ...lines.slice(1, -1), ruler, lines.at(-1)].join('\n')
}

function rowOf (score: Score): string[] {
  return [score.target, ...[score.mutants, score.killed, score.survivors.length, score.equivalent].map(String), percent(score)]
}

/** Never rounded up. */
function percent (score: Score): string {
  return `${(Math.floor(percentOf(score) * 100) / 100).toFixed(2)} %`
}

export function survivorsOf (scores: readonly Score[]): string {
  return scores.filter(({ survivors }) => survivors.length > 0)
    .map(({ target, survivors }) => [`${target}`, ...survivors.map(name => `  ${name}`)].join('\n')).join('\n')
}

/** What is wrong with a pass, in sentences; empty when nothing is. */
export function faultsOf ({ scores, stale }: PassResult): string[] {
  return [
    ...[...scores, totalOf(scores)].filter(score => percentOf(score) < LEAST)
      .map(score => `${score.target}: ${percent(score)} is less than ${LEAST} %`),
    ...stale.map(({ rule, mutant }) => `equivalent.yaml: no survivor of ${rule} is "${mutant}"`)
  ]
}

/** For machines. */
export function jsonOf (result: PassResult, seconds: number): string {
  const row = (score: Score): object => ({ ...score, survived: score.survivors.length, score: percentOf(score) })
  const { scores, stale, hash } = result
  return JSON.stringify({ rules: scores.map(row), total: row(totalOf(scores)), stale, faults: faultsOf(result), hash, seconds })
}
