/**
 * Cuts a piece of input into records without decoding them. Every byte but blanks, and the brackets and
 * commas around records, belongs to exactly one piece; what is no record becomes a piece too, which
 * decodeRecord then refuses by name.
 */
import type { Format } from '../core/ports.ts'
import { PieceList } from './pieces.ts'
import type { Pieces } from './pieces.ts'
import { splitJson } from './split-json.ts'
import { splitMessagePack } from './split-messagepack.ts'

/**
 * Splits one object, an array of objects, NDJSON or objects laid end to end; of MessagePack one map, an array
 * of maps or maps laid end to end. A part of such input (cut between records) splits the same way. Never
 * throws; takes time linear in the bytes.
 */
export function splitRecords (bytes: Uint8Array, format: Format): Pieces {
  const list = new PieceList()
  if (format === 'json') splitJson(bytes, list)
  else splitMessagePack(bytes, list)
  return list.pieces()
}
