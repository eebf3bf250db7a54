/**
 * A slab: records laid end to end in one transferable buffer, with one row of numbers a record.
 *
 *   bytes  |record 0|record 1  |record 2|…
 *   index  start length task format source offset persist | …     (Float64, STRIDE numbers a record)
 *
 * It crosses to a lane without being copied or decoded.
 */
import type { Format } from '../core/ports.ts'

export const STRIDE = 7
const FORMATS: readonly Format[] = ['json', 'msgpack']

export interface Slab {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly index: Float64Array<ArrayBuffer>
  readonly count: number
  /** Names that `source` numbers refer to. */
  readonly sources: readonly string[]
}

/** One record on its way to a lane. */
export interface SlabRecord {
  readonly bytes: Uint8Array
  readonly format: Format
  readonly task: number
  readonly source: string
  readonly offset: number
  /** False where the record comes from the store, or is stored later. */
  readonly persist: boolean
}

/** Copies records into a fresh slab; the originals may be reused afterwards. */
export function layOut (records: readonly SlabRecord[]): Slab {
  let size = 0
  for (const record of records) size += record.bytes.length
  const bytes = new Uint8Array(size)
  const index = new Float64Array(records.length * STRIDE)
  const sources: string[] = []
  let at = 0
  let row = 0
  for (const record of records) {
    let source = sources.indexOf(record.source)
    if (source < 0) source = sources.push(record.source) - 1
    bytes.set(record.bytes, at)
    index[row] = at
    index[row + 1] = record.bytes.length
    index[row + 2] = record.task
    index[row + 3] = FORMATS.indexOf(record.format)
    index[row + 4] = source
    index[row + 5] = record.offset
    index[row + 6] = record.persist ? 1 : 0
    at += record.bytes.length
    row += STRIDE
  }
  return { bytes, index, count: records.length, sources }
}

/** Where record `i` of a slab lies and whose it is. The result is fresh; lanes call it once a record. */
export function recordAt (slab: Slab, i: number): {
  start: number, length: number, task: number, format: Format, source: string, offset: number, persist: boolean
} {
  const row = i * STRIDE
  const { index } = slab
  return {
    start: index[row]!,
    length: index[row + 1]!,
    task: index[row + 2]!,
    format: FORMATS[index[row + 3]!]!,
    source: slab.sources[index[row + 4]!]!,
    offset: index[row + 5]!,
    persist: index[row + 6] === 1
  }
}
