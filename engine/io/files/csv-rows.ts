/**
 * Cuts CSV (RFC 4180) into rows and cells while it comes, and remembers on which line each row begins. Works on bytes: in UTF-8 as in
 * GB18030 no byte of a longer character is a quote, comma or line end. Of a row that cannot be cut its first line alone is given up,
 * so that one stray quote does not swallow what follows.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import type { CsvFault } from '../../decode/bad-row.ts'

const [QUOTE, COMMA, LF, CR] = [0x22, 0x2c, 0x0a, 0x0d]
/** Bytes of one row at most. */
const ROW_MAX = 256 * 1024
const UTF8_MARK = [0xef, 0xbb, 0xbf]
const HAN = /\p{Script=Han}/u

export interface Row {
  readonly line: number
  /** Trimmed; none of a faulty row. */
  readonly cells: readonly string[]
  readonly fault: CsvFault | null
  readonly bytes: Uint8Array
}

type Range = readonly [start: number, end: number]
interface Cut { readonly after: number, readonly cells: readonly Range[], readonly fault: CsvFault | null }

export class CsvRows {
  #rest: Buffer = Buffer.alloc(0)
  #line = 1
  #begun = false
  /** Within a line that was given up before its end was here. */
  #skipping = false
  /** Decided by the first text that is not ASCII. */
  #encoding: 'utf8' | 'gb18030' | null = null
  readonly #gb18030 = new TextDecoder('gb18030', { fatal: true })

  /** The rows that are whole with these bytes. @param last nothing follows */
  push (bytes: Uint8Array, last: boolean): Row[] {
    let rest = Buffer.concat([this.#rest, bytes])
    if (!this.#begun && UTF8_MARK.every((byte, i) => rest[i] === byte)) {
      this.#encoding = 'utf8'
      rest = rest.subarray(UTF8_MARK.length)
    }
    this.#begun = this.#begun || bytes.length > 0
    const rows: Row[] = []
    let at = this.#skipping ? this.#skipLine(rest) : 0
    while (at < rest.length) {
      const cut = cutRow(rest, at, last)
      if (cut === null && !last && rest.length - at <= ROW_MAX) break
      if (cut === null || cut.fault !== null) {
        at = this.#giveUpLine(rest, at, cut?.fault ?? 'quote_not_closed', rows)
        continue
      }
      const own = rest.subarray(at, cut.after)
      const [first] = cut.cells
      const isBlank = cut.cells.length === 1 && first![0] === first![1]
      if (!isBlank) rows.push(this.#row(rest, own, cut))
      this.#line += linesIn(own)
      at = cut.after
    }
    this.#rest = rest.subarray(at)
    return rows
  }

  /** Gives up one line, or what is here of one that is longer than any row. @returns where the next begins */
  #giveUpLine (rest: Buffer, at: number, fault: CsvFault, rows: Row[]): number {
    const end = rest.indexOf(LF, at)
    const after = end < 0 ? rest.length : end + 1
    const tooLong = after - at > ROW_MAX
    const own = rest.subarray(at, tooLong ? at + ROW_MAX : after)
    rows.push({ line: this.#line, cells: [], fault: tooLong ? 'too_long' : fault, bytes: own })
    if (end >= 0) this.#line++
    else this.#skipping = true
    return after
  }

  #skipLine (rest: Buffer): number {
    const end = rest.indexOf(LF)
    if (end < 0) return rest.length
    this.#skipping = false
    this.#line++
    return end + 1
  }

  #row (rest: Buffer, own: Buffer, { cells }: Cut): Row {
    const line = this.#line
    try {
      const read = this.#reader(own)
      return { line, cells: cells.map(([start, end]) => read(rest, start, end)), fault: null, bytes: own }
    } catch {
      return { line, cells: [], fault: 'encoding', bytes: own }
    }
  }

  /** How the cells of a row are read. @throws when a cell is not text */
  #reader (own: Buffer): (rest: Buffer, start: number, end: number) => string {
    if (isAscii(own)) return (rest, start, end) => unquoted(rest.toString('latin1', start, end))
    if (this.#encoding === null) this.#encoding = isUtf8(own) && HAN.test(own.toString('utf8')) ? 'utf8' : 'gb18030'
    if (this.#encoding === 'gb18030') return (rest, start, end) => unquoted(this.#gb18030.decode(rest.subarray(start, end)))
    if (!isUtf8(own)) throw new TypeError('not UTF-8')
    return (rest, start, end) => unquoted(rest.toString('utf8', start, end))
  }
}

/** Doubled quotes stand for one; blanks around a value are padding, also the tabs by which exports keep digits from spreadsheets. */
function unquoted (text: string): string {
  return (text.includes('"') ? text.replaceAll('""', '"') : text).trim()
}

/** The row at `at`; null when its end is not there. Cells are given without their quotes. */
function cutRow (bytes: Buffer, at: number, last: boolean): Cut | null {
  const cells: Range[] = []
  const limit = Math.min(bytes.length, at + ROW_MAX + 1)
  for (let i = at; ;) {
    let end: number
    if (bytes[i] === QUOTE) {
      end = closingQuote(bytes, i + 1, limit)
      if (end < 0) return null
      if (end + 1 >= bytes.length && !last) return null // the quote may be the first of two
      cells.push([i + 1, end])
      i = end + 1
    } else {
      end = i
      while (end < limit && bytes[end] !== COMMA && bytes[end] !== LF) end++
      if (end >= limit && !(last && end === bytes.length)) return null
      cells.push([i, end > i && bytes[end] === LF && bytes[end - 1] === CR ? end - 1 : end])
      i = end
    }
    if (i >= bytes.length) return last ? { after: i, cells, fault: null } : null
    if (bytes[i] === CR && (bytes[i + 1] === LF || (i + 1 === bytes.length && last))) i++
    else if (bytes[i] === CR && i + 1 === bytes.length) return null
    if (bytes[i] === LF) return { after: i + 1, cells, fault: null }
    if (i >= bytes.length) return { after: i, cells, fault: null }
    if (bytes[i] !== COMMA) return { after: i, cells, fault: 'text_after_quote' }
    i++
  }
}

/** Where the quote is that closes the cell begun before `at`; −1 when it is not there. */
function closingQuote (bytes: Buffer, at: number, limit: number): number {
  for (let i = bytes.indexOf(QUOTE, at); i >= 0 && i < limit; i = bytes.indexOf(QUOTE, i)) {
    if (bytes[i + 1] !== QUOTE) return i
    i += 2
  }
  return -1
}

function linesIn (bytes: Buffer): number {
  let lines = 0
  for (let i = bytes.indexOf(LF); i >= 0; i = bytes.indexOf(LF, i + 1)) lines++
  return lines
}
