/**
 * Where the records of MessagePack input begin and end.
 *
 * What can be saved: every value before the first whose framing is broken, and within an array every element
 * whose framing is sound; one that is no map is a piece of its own, which decodeRecord refuses. What cannot:
 * a value says how long it is and nothing marks where the next begins, so from the first broken one on the
 * rest of the input is one piece, with all its bytes, however many whole records it may hold. A wrong length
 * that still makes sense takes as many neighbours with it as it covers, or leaves fragments of its own
 * record, each refused, until a map begins again.
 */
import { memberCount, isArray, isMap, MALFORMED, membersOf, skipValue } from './messagepack.ts'
import type { PieceList } from './pieces.ts'

/**
 * Maps are records; the header of an array around them is passed over. Outside of an array anything else ends
 * what can be relied on. An array that promises more elements than there are was cut off: its header is the
 * last piece, unless the broken end says so itself.
 * @param elements the input begins within an array that has so many left.
 */
export function splitMessagePack (bytes: Uint8Array, into: PieceList, elements = 0): void {
  const end = bytes.length
  let left = elements // of the array around
  let header = -1
  let headerEnd = -1
  for (let at = 0; at < end;) {
    if (left === 0 && isArray(bytes[at]!)) {
      const after = membersOf(bytes, at, end)
      if (after === MALFORMED) return into.add(at, end)
      left = memberCount()
      header = at
      headerEnd = after
      at = after
      continue
    }
    const after = left > 0 || isMap(bytes[at]!) ? skipValue(bytes, at, end) : MALFORMED
    if (after === MALFORMED) return into.add(at, end)
    into.add(at, after)
    if (left > 0) left--
    at = after
  }
  if (left > 0 && header >= 0) into.add(header, headerEnd)
}
