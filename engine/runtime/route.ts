/** Finds the records of a piece of input and the task of each, without decoding any. */
import { taskOf } from '../core/fingerprint.ts'
import type { Format } from '../core/ports.ts'
import { routeKey } from '../decode/route-key.ts'
import { splitRecords } from '../decode/split.ts'
import { BROADCAST, ROUTE_STRIDE } from './protocol.ts'

/** @returns numbers of the records, ROUTE_STRIDE each: start, length, task (BROADCAST for master data). */
export function routePiece (bytes: Uint8Array, format: Format, tasks: number): Float64Array<ArrayBuffer> {
  const { starts, lengths, count } = splitRecords(bytes, format)
  const records = new Float64Array(count * ROUTE_STRIDE)
  for (let i = 0; i < count; i++) {
    const start = starts[i]!
    const length = lengths[i]!
    const key = routeKey(bytes, start, length, format)
    // Without a key the record is most likely broken: task 0's lane will say so, or say whose it is.
    const task = key === null ? 0 : key.broadcast ? BROADCAST : taskOf(key.key, tasks)
    records.set([start, length, task], i * ROUTE_STRIDE)
  }
  return records
}
