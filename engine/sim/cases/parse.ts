/** Reads cases.md: every "## sentence" with its `covers:` line and one table is one case. */

/** A row's cells by column; '' where blank. */
export type Row = ReadonlyMap<string, string>

export interface Case {
  readonly title: string
  /** What the case proves, as written after `covers:`. */
  readonly covers: readonly string[]
  readonly rows: readonly Row[]
}

/** Parses a whole cases.md. Throws an Error naming the case that is malformed. */
export function parseCases (text: string): Case[] {
  return text.split(/^## +/m).slice(1).map(parseCase)
}

function parseCase (part: string): Case {
  const [title = '', ...lines] = part.split('\n').map(line => line.trim())
  const covers = lines.filter(line => line.startsWith('covers:')).flatMap(line => line.slice('covers:'.length).split(';'))
  const table = lines.filter(line => line.startsWith('|')).map(cells)
  const [columns, rule, ...rows] = table
  if (columns === undefined || rule === undefined || !rule.every(cell => /^:?-+:?$/.test(cell))) {
    throw new Error(`case "${title}" has no table`)
  }
  if (rows.length === 0) throw new Error(`case "${title}" has no record`)
  return {
    title,
    covers: covers.map(each => each.trim()).filter(each => each !== ''),
    rows: rows.map(row => {
      if (row.length !== columns.length) throw new Error(`case "${title}": a row has ${row.length} cells, not ${columns.length}`)
      return new Map(columns.map((column, i) => [column, row[i]!]))
    })
  }
}

function cells (line: string): string[] {
  return line.replace(/^\||\|$/g, '').split('|').map(cell => cell.trim())
}
