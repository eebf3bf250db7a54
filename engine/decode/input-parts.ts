/**
 * A long file is judged in parts, each an input by itself. NDJSON is cut at the ends of lines, values laid end
 * to end between two of them. An array is cut between two elements, and each part gets brackets (or a header)
 * of its own: without them a part could not be told from an array that was cut off by accident, and with the
 * array's own the last part still can.
 */
import type { Format } from '../core/ports.ts'
import { afterBlanks, afterMark, CLOSE_LIST, COMMA, isBlank, NEWLINE, OPEN_LIST } from './json-bytes.ts'
import { isArray, isMap, MALFORMED, memberCount, membersOf, skipValue } from './messagepack.ts'
import { splitPart } from './split.ts'

const ARRAY_32 = 0xdd

/** One file's bytes on their way: call `cut` and `whole` in turns, with what is not yet handed over. */
export class InputParts {
  readonly #format: Format
  #begun = false
  /** Whether what comes next is an element of an array. */
  #inArray = false
  /** Elements that the MessagePack array around still promises. */
  #left = 0

  constructor (format: Format) {
    this.#format = format
  }

  /** How much of `bytes` may be handed over before more is known of it; 0 when nothing yet. */
  cut (bytes: Uint8Array): number {
    const head = this.#inArray ? 0 : this.#headOf(bytes)
    if (head === 0 && !this.#inArray) {
      return this.#format === 'json' ? bytes.lastIndexOf(NEWLINE) + 1 : afterMaps(bytes)
    }
    const left = head === 0 || this.#format === 'json' ? this.#left : memberCount()
    const pieces = splitPart(bytes.subarray(head), this.#format, left)
    // What follows a MessagePack array is another input; the end of a JSON list is left to the list itself.
    const ended = this.#format === 'msgpack' && pieces.count > left
    const at = ended ? pieces.starts[left - 1]! + pieces.lengths[left - 1]! : lastStart(pieces)
    return at === 0 ? 0 : head + at
  }

  /** A part as an input by itself: `bytes`, or a copy with brackets of its own. `last`: nothing follows. */
  whole (bytes: Uint8Array, last: boolean): Uint8Array {
    const head = this.#inArray ? 0 : this.#headOf(bytes)
    const starts = head > 0
    if (starts && this.#format === 'msgpack') this.#left = memberCount()
    this.#begun = true
    if (!starts && !this.#inArray) return bytes
    if (starts && last) return bytes
    this.#inArray = true
    return this.#format === 'json' ? bracketed(bytes.subarray(head), last) : this.#headed(bytes.subarray(head), last)
  }

  /** The length of what opens an array at the beginning of `bytes`; 0 when none does. */
  #headOf (bytes: Uint8Array): number {
    if (this.#format === 'msgpack') {
      const after = bytes.length > 0 && isArray(bytes[0]!) ? membersOf(bytes, 0, bytes.length) : MALFORMED
      return after === MALFORMED ? 0 : after
    }
    if (this.#begun) return 0 // an array behind something else is no input that we know
    const at = afterBlanks(bytes, afterMark(bytes, 0), bytes.length)
    return bytes[at] === OPEN_LIST ? at + 1 : 0
  }

  #headed (elements: Uint8Array, last: boolean): Uint8Array {
    const { count } = splitPart(elements, 'msgpack', this.#left)
    const here = last ? this.#left : Math.min(count, this.#left)
    this.#left -= here
    this.#inArray = this.#left > 0
    const part = new Uint8Array(5 + elements.length)
    part[0] = ARRAY_32
    new DataView(part.buffer).setUint32(1, here)
    part.set(elements, 5)
    return part
  }
}

/** After the whole maps that `bytes` begin with: where an array, or one that is not yet whole, begins. */
function afterMaps (bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length && isMap(bytes[at]!)) {
    const after = skipValue(bytes, at, bytes.length)
    if (after === MALFORMED) break
    at = after
  }
  return at
}

/** Where the last piece begins, which may go on in what is still to come. */
function lastStart ({ count, starts }: { count: number, starts: Int32Array }): number {
  return count < 2 ? 0 : starts[count - 1]!
}

/** Elements of a JSON list between brackets; of the last ones the closing bracket is there, or is missing. */
function bracketed (elements: Uint8Array, last: boolean): Uint8Array {
  let end = elements.length
  if (!last) {
    while (end > 0 && isBlank(elements[end - 1]!)) end--
    if (elements[end - 1] === COMMA) end--
  }
  const part = new Uint8Array(end + (last ? 1 : 2))
  part[0] = OPEN_LIST
  part.set(elements.subarray(0, end), 1)
  if (!last) part[end + 1] = CLOSE_LIST
  return part
}
