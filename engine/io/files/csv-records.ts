/**
 * Rows of a table as records. A record with several lines has several rows, which stand together and repeat the columns that are not
 * about a line. A record of which a row is bad is refused whole: with a line missing its sums would accuse somebody.
 */
import { isUtf8 } from 'node:buffer'
import { parseMoment } from '../../core/time.ts'
import { KIND_OF_INFNO } from '../../decode/kinds.ts'
import type { CsvFault } from '../../decode/bad-row.ts'
import type { Column, Columns } from './csv-columns.ts'
import type { Row } from './csv-rows.ts'

type Json = Record<string, unknown>

/** Text of bad rows kept at most, in characters. */
const KEPT_MAX = 64 * 1024
const LENIENT = new TextDecoder('gb18030')
const SHORTENED = /^\d(?:\.\d+)?E\+\d+$/i
/** As spreadsheets write moments back: 2026/3/2 10:15. */
const SPREADSHEET_TIME = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/
/** Several codes in one cell. */
const BETWEEN_CODES = /[;；|、\s]+/
/** When a record was sent, of an export that does not say it: the latest of what it tells. */
const SENT_BY = ['setl_time', 'dscg_time', 'adm_time', 'enddate'] as const

/** What the rows of one record share and no other record has: the same settlement sent later is another record. */
const IDENTITY = ['infno', 'fixmedins_code', 'psn_no', 'setl_id', 'mdtrt_id', 'inf_time', 'msgid'] as const

type NodeName = 'setlinfo' | 'mdtrtinfo' | 'diseinfo' | 'feedetail'

const NODES: Readonly<Record<string, readonly NodeName[]>> = {
  2304: ['setlinfo', 'mdtrtinfo', 'diseinfo', 'feedetail'], 2301: ['mdtrtinfo', 'feedetail'], 2401: ['mdtrtinfo', 'diseinfo'],
  2402: ['mdtrtinfo', 'diseinfo'],
  4101: ['setlinfo', 'mdtrtinfo', 'diseinfo']
}

interface Fault { readonly name: CsvFault, readonly line: number, readonly column: string }
interface Group { readonly key: string, readonly rows: Row[], fault: Fault | null }

export class CsvRecords {
  readonly #columns: Columns
  readonly #place: ReadonlyMap<string, number>
  #group: Group | null = null
  /** A bad row came after the group's last one. */
  #torn: number | null = null
  /** Every record begun so far: what stands apart must not look like a correction. */
  readonly #seen = new Set<string>()

  constructor (columns: Columns) {
    this.#columns = columns
    this.#place = new Map([...columns.shared, ...columns.feedetail].map(column => [column.name, column.place]))
  }

  /** @returns the records that this row completes, as JSON */
  add (row: Row): string[] {
    if (row.fault !== null || row.cells.length !== this.#columns.count) {
      if (this.#group !== null) this.#torn ??= row.line
      return [badRows([row], { name: row.fault ?? 'cell_count', line: row.line, column: '' }, '')]
    }
    const key = IDENTITY.map(name => this.#cell(row, name)).join('\u0000')
    if (this.#group?.key === key) {
      this.#check(this.#group, row)
      this.#group.rows.push(row)
      if (this.#torn !== null) this.#group.fault ??= { name: 'torn', line: this.#torn, column: '' }
      this.#torn = null
      return []
    }
    const done = this.end()
    this.#group = { key, rows: [row], fault: this.#seen.has(key) ? { name: 'scattered', line: row.line, column: '' } : null }
    this.#seen.add(key)
    this.#check(this.#group, row)
    return done
  }

  /** @returns the record that no row follows */
  end (): string[] {
    const group = this.#group
    this.#group = null
    this.#torn = null
    if (group === null) return []
    if (group.fault !== null) return [badRows(group.rows, group.fault, this.#cell(group.rows[0]!, 'fixmedins_code'))]
    return [JSON.stringify(this.#record(group.rows))]
  }

  #cell (row: Row, name: string): string {
    const place = this.#place.get(name)
    return place === undefined ? '' : row.cells[place]!
  }

  /** Notes the first thing that is wrong with a row of a group. */
  #check (group: Group, row: Row): void {
    if (group.fault !== null) return
    const { shared, feedetail } = this.#columns
    const [first] = group.rows
    const differs = shared.find(({ place }) => row.cells[place] !== first!.cells[place])
    const lost = [...shared, ...feedetail].find(({ isNumber, place }) => isNumber && SHORTENED.test(row.cells[place]!))
    if (differs !== undefined) group.fault = { name: 'contradicts', line: row.line, column: differs.name }
    else if (lost !== undefined) group.fault = { name: 'shortened_number', line: row.line, column: lost.name }
  }

  #record (rows: readonly Row[]): Json {
    const { header, setlinfo, mdtrtinfo } = this.#columns
    const first = rows[0]!
    const record: Json = { csv_line: first.line, ...nodeOf(first, header) }
    record['msgid'] ??= 'CSV'
    const infno = this.#cell(first, 'infno')
    for (const node of nodesOf(infno)) {
      switch (node) {
        case 'setlinfo': record[node] = nodeOf(first, setlinfo); break
        case 'mdtrtinfo': record[node] = nodeOf(first, mdtrtinfo); break
        case 'diseinfo': record[node] = this.#diagnoses(rows); break
        case 'feedetail': record[node] = this.#lines(rows); break
      }
    }
    record['inf_time'] ??= this.#sent(rows)
    return record
  }

  /** Each row's line; a row that names no item has none. */
  #lines (rows: readonly Row[]): Json[] {
    return rows.flatMap(row => {
      const { drug_trac_codg, ...line } = nodeOf(row, this.#columns.feedetail) as Json & { drug_trac_codg?: string }
      if (line['feedetl_sn'] === undefined && line['med_list_codg'] === undefined) return []
      if (drug_trac_codg === undefined) return [line]
      const codes = drug_trac_codg.split(BETWEEN_CODES).filter(code => code !== '')
      return [{ ...line, drugtracinfo: codes.map(code => ({ drug_trac_codg: code })) }]
    })
  }

  /** Each diagnosis once, in the order of the rows; alone and unmarked it is the main one. */
  #diagnoses (rows: readonly Row[]): Json[] {
    const byContent = new Map<string, Json>()
    for (const row of rows) {
      const diagnosis = nodeOf(row, this.#columns.diseinfo)
      if (diagnosis['diag_code'] !== undefined) byContent.set(JSON.stringify(diagnosis), diagnosis)
    }
    const all = [...byContent.values()]
    return all.length === 1 && all[0]!['maindiag_flag'] === undefined ? [{ ...all[0], maindiag_flag: '1' }] : all
  }

  #sent (rows: readonly Row[]): string | undefined {
    const times = [...SENT_BY.map(name => this.#cell(rows[0]!, name)), ...rows.map(row => this.#cell(row, 'fee_ocur_time'))]
    return times.map(moment).filter(time => parseMoment(time) !== null).sort().at(-1)
  }
}

function nodesOf (infno: string): readonly NodeName[] {
  if (KIND_OF_INFNO.get(infno)?.kind === 'reversal') return ['setlinfo']
  return NODES[infno] ?? ['setlinfo', 'diseinfo', 'feedetail']
}

/** The cells that are not empty, by their columns' names. */
function nodeOf (row: Row, columns: readonly Column[]): Json {
  const node: Json = {}
  for (const { name, place, isTime } of columns) {
    const cell = row.cells[place]!
    if (cell !== '') node[name] = isTime ? moment(cell) : cell
  }
  return node
}

function moment (text: string): string {
  const match = SPREADSHEET_TIME.exec(text)
  if (match === null) return text
  const [, year, month, day, hour, minute, second] = match
  const two = (part: string | undefined): string => (part ?? '0').padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}${hour === undefined ? '' : ` ${two(hour)}:${minute}:${two(second)}`}`
}

/** Rows that are no record, as what the decoder refuses by its fault; see decode/bad-row.ts. */
function badRows (rows: readonly Row[], { name, line, column }: Fault, fixmedins_code: string): string {
  const text = rows.map(({ bytes }) => isUtf8(bytes) ? Buffer.from(bytes).toString() : LENIENT.decode(bytes)).join('').slice(0, KEPT_MAX)
  const csv_column = column === '' ? {} : { csv_column: column }
  return JSON.stringify({ type: 'bad_row', csv_line: line, csv_fault: name, ...csv_column, fixmedins_code, csv_rows: text })
}
