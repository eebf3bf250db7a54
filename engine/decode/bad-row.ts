/**
 * Rows of a table that are no record. Whoever reads the table (io/files/csv-records.ts) hands them in as a record of this type, so
 * that they are refused, counted and kept as any other, wherever the table was read.
 */
import { Refusal, refuseSaying } from './refusal.ts'
import type { RecordNode } from './shapes.ts'

/** What may be wrong, and what is said of it. */
export const CSV_FAULTS = {
  quote_not_closed: '引号未闭合 · a quote that is not closed',
  text_after_quote: '引号后有多余字符 · text after a closing quote',
  cell_count: '列数与表头不符 · not as many cells as the header has',
  encoding: '不是有效的 UTF-8 或 GB18030 · neither UTF-8 nor GB18030',
  too_long: '该行过长 · the row is too long',
  contradicts: '同一单据各行的公共列不一致 · rows of one record differ in a column that they share',
  scattered: '同一单据的各行不相邻 · rows of one record do not stand together',
  shortened_number: '编号被表格软件改写为科学计数 · a number that a spreadsheet has shortened',
  torn: '同一单据中有无法读取的行 · a row within this record cannot be read'
} as const
export type CsvFault = keyof typeof CSV_FAULTS

const COLUMN = /^\w{1,40}$/

/** Refuses rows by their fault. The names come from outside, so nothing but what we know is repeated. */
export function refuseBadRow ({ csv_fault, csv_column }: RecordNode): never {
  const sentence = typeof csv_fault === 'string' && Object.hasOwn(CSV_FAULTS, csv_fault) ? CSV_FAULTS[csv_fault as CsvFault] : ''
  const column = typeof csv_column === 'string' && COLUMN.test(csv_column) ? csv_column : ''
  if (column === '') refuseSaying('bad_row', sentence)
  throw new Refusal('bad_row', column, sentence)
}

/** The field a rejection names, with the line of the table where the record begins. */
export function withLine ({ csv_line }: RecordNode, field: string): string {
  if (typeof csv_line !== 'number' || !Number.isSafeInteger(csv_line)) return field
  return field === '' ? `line ${csv_line}` : `line ${csv_line}: ${field}`
}
