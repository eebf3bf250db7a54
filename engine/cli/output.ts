/** Results go to stdout, messages to stderr: a pipe gets data only. */

export function out (text: string): void {
  process.stdout.write(`${text}\n`)
}

export function say (text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Columns wide enough for their cells; Chinese characters count double, as terminals draw them. */
export function table (rows: ReadonlyArray<readonly string[]>): string {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, i) => { widths[i] = Math.max(widths[i] ?? 0, width(cell)) })
  return rows.map(row => row.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - width(cell))).join('  ').trimEnd()).join('\n')
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/

function width (text: string): number {
  let cells = 0
  for (const character of text) cells += WIDE.test(character) ? 2 : 1
  return cells
}
