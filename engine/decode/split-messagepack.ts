/** Where the records of MessagePack input begin and end. */
import { isArray, isMap, MALFORMED, membersOf, skipValue } from './messagepack.ts'
import type { PieceList } from './pieces.ts'

/**
 * Maps are records; the header of an array around them is passed over. Anything else ends what can be relied
 * on: there is no way to find the next record, so the rest is one piece.
 */
export function splitMessagePack (bytes: Uint8Array, into: PieceList): void {
  const end = bytes.length
  for (let at = 0; at < end;) {
    const first = bytes[at]!
    let after = MALFORMED
    if (isMap(first)) after = skipValue(bytes, at, end)
    else if (isArray(first)) after = membersOf(bytes, at, end)
    const next = after === MALFORMED ? end : after
    if (isMap(first) || after === MALFORMED) into.add(at, next)
    at = next
  }
}
