/** A table of records (CSV) as pieces of NDJSON, which are submitted as any other. CSV.md beside this file says how it must look. */
import { EngineError } from '../../core/errors.ts'
import { columnsOf } from './csv-columns.ts'
import { CsvRecords } from './csv-records.ts'
import { CsvRows } from './csv-rows.ts'
import type { Piece } from './read-pieces.ts'

const PIECE_CHARACTERS = 512 * 1024
const LF = 0x0a

/** Where pieces of a table's bytes may end. */
export function cutAtLine (bytes: Uint8Array): number {
  return bytes.lastIndexOf(LF) + 1
}

/**
 * @param pieces of the table's bytes, in order
 * @param file as messages name it
 * @throws EngineError INPUT_UNREADABLE when the table has no header that can be used
 */
export async function * csvPieces (pieces: AsyncIterable<Piece>, file: string): AsyncGenerator<Piece> {
  const rows = new CsvRows()
  let records: CsvRecords | null = null
  let text = ''
  let read = 0
  for await (const piece of pieces) {
    ({ read } = piece)
    for (const row of rows.push(piece.bytes, piece.last)) {
      if (records === null) {
        const { fault } = row
        if (fault !== null) throw new EngineError('INPUT_UNREADABLE', `${file}: the first row cannot be read as a header (${fault})`)
        records = new CsvRecords(columnsOf(row.cells, file))
        continue
      }
      for (const record of records.add(row)) text += `${record}\n`
      if (text.length < PIECE_CHARACTERS) continue
      yield { bytes: Buffer.from(text), read, last: false }
      text = ''
    }
  }
  for (const row of rows.push(new Uint8Array(0), true)) for (const record of records?.add(row) ?? []) text += `${record}\n`
  for (const record of records?.end() ?? []) text += `${record}\n`
  if (text !== '') yield { bytes: Buffer.from(text), read, last: true }
}
