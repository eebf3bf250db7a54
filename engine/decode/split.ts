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
 * Splits one object, an array of objects, NDJSON or objects laid end to end; of MessagePack one map, arrays
 * of maps or maps laid end to end. The input must be whole: where an array was cut off between two records,
 * its opening bracket (or header) is a last piece, which is refused. Pieces come in the order of the input,
 * but that one. Never throws; takes time linear in the bytes.
 */
export function splitRecords (bytes: Uint8Array, format: Format): Pieces {
  const list = new PieceList()
  if (format === 'json') splitJson(bytes, list)
  else splitMessagePack(bytes, list)
  return list.pieces()
}

/**
 * Splits a part of a long array that begins and ends between two elements, or ends within one; brackets or
 * header left out. `elements`: how many a MessagePack array still promises.
 */
export function splitPart (bytes: Uint8Array, format: Format, elements: number): Pieces {
  const list = new PieceList()
  if (format === 'json') splitJson(bytes, list, true)
  else splitMessagePack(bytes, list, elements)
  return list.pieces()
}
