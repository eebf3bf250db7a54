/**
 * Cuts a piece of input into records without decoding them. Every byte but blanks, and the brackets and
 * commas around records, belongs to exactly one piece; what is no record becomes a piece too, which
 * decodeRecord then refuses by name.
 */
import type { Format } from '../core/ports.ts'
import { splitJson } from './split-json.ts'
import { splitMessagePack } from './split-messagepack.ts'

/** Pieces in the order of the input: piece i is bytes[starts[i], starts[i] + lengths[i]). */
export interface Pieces { readonly count: number, readonly starts: Int32Array, readonly lengths: Int32Array }

/** Collects pieces in two growing arrays. */
export class PieceList {
  #starts = new Int32Array(16)
  #lengths = new Int32Array(16)
  #count = 0

  add (start: number, end: number): void {
    if (this.#count === this.#starts.length) {
      this.#starts = grown(this.#starts)
      this.#lengths = grown(this.#lengths)
    }
    this.#starts[this.#count] = start
    this.#lengths[this.#count++] = end - start
  }

  pieces (): Pieces {
    const count = this.#count
    return { count, starts: this.#starts.subarray(0, count), lengths: this.#lengths.subarray(0, count) }
  }
}

function grown (array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}

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
