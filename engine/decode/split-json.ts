/**
 * Where the records of JSON input begin and end, also when some of them are broken.
 *
 * What can be saved: every object that is whole, whatever stands around it. What cannot: a record that is cut
 * off or broken becomes a piece of its own, up to the end of its line or to where the next one surely begins
 * (a line that begins with `{`); what shares its line with it may go with it. What is no object (an element
 * that is a number, a text or an array, or plain garbage) is a piece too, and so is a bracket or comma of the
 * list around the records that does not belong where it stands (json-list.ts).
 */
import {
  afterMark, BACKSLASH, CLOSE, CLOSE_LIST, COLON, COMMA, isBlank, NEWLINE, OPEN, OPEN_LIST, QUOTE, RETURN
} from './json-bytes.ts'
import { JsonList } from './json-list.ts'
import type { PieceList } from './pieces.ts'

/** What a byte means outside strings; 0: nothing. */
const BLANK = 1
const OPENS = 2
const CLOSES = 3
const QUOTES = 4
const MEANING = new Uint8Array(256)
for (let byte = 0; byte < 256; byte++) if (isBlank(byte)) MEANING[byte] = BLANK
MEANING[OPEN] = OPENS
MEANING[OPEN_LIST] = OPENS
MEANING[CLOSE] = CLOSES
MEANING[CLOSE_LIST] = CLOSES
MEANING[QUOTE] = QUOTES

/** The end of a value that is not whole is told by its complement (~end). */
type End = number

/**
 * Objects are records. A broken one must not swallow its neighbours. So an object ends, broken, at a line's
 * end within a string, and before a `{` on a new line where JSON allows none. By then it may have swallowed
 * others, or it never ends: so the first broken one is scanned again, and from it on every line that begins
 * with `{` is taken for a new record.
 * @param inside the input is a part of a list, cut between two records: the list's own brackets are elsewhere.
 */
export function splitJson (bytes: Uint8Array, into: PieceList, inside = false): void {
  const end = bytes.length
  const list = new JsonList(into, inside)
  let wary = false
  let arraysEnd = true // no array is looked for again once one has not ended: time stays linear
  for (let at = afterMark(bytes, 0); at < end;) {
    const byte = bytes[at]!
    let reached: End
    if (byte === OPEN) {
      reached = endOfValue(bytes, at, end, wary)
      if (reached < 0 && !wary) {
        wary = true // and the same object once more
        continue
      }
    } else if (byte === OPEN_LIST && list.isOpen && arraysEnd) {
      reached = endOfValue(bytes, at, end, wary)
      arraysEnd = reached > 0
      if (!arraysEnd) reached = 0 // records in it may be whole: its bracket is passed over, and told
    } else if (MEANING[byte] === BLANK || byte === COMMA || byte === OPEN_LIST || byte === CLOSE_LIST) {
      reached = 0
    } else {
      reached = ~endOfStray(bytes, at, end, list.isOpen)
    }
    if (reached === 0) {
      list.punctuation(byte, at++)
      continue
    }
    const after = reached < 0 ? ~reached : reached
    list.value(byte === OPEN, reached > 0)
    into.add(at, trimmedEnd(bytes, after))
    at = after
  }
  list.end()
}

/** The end of the object or array at `start`. */
function endOfValue (bytes: Uint8Array, start: number, end: number, wary: boolean): End {
  const closing = bytes[start] === OPEN ? CLOSE : CLOSE_LIST
  let depth = 0
  let last = COLON // the last byte that is no blank; at the start as after a colon, where an object may begin
  let line = false // whether a line ended since then
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    switch (MEANING[byte]) {
      case BLANK:
        if (byte === NEWLINE || byte === RETURN) line = true
        continue
      case QUOTES: {
        at = endOfString(bytes, at + 1, end)
        if (at < 0) return at
        break
      }
      case OPENS:
        if (byte === OPEN && line) {
          if (wary && bytes[at - 1] === NEWLINE) return ~at
          if (!mayPrecedeObject(last)) return ~at
        }
        depth++
        break
      case CLOSES:
        if (--depth === 0) return byte === closing ? at + 1 : ~at // else it closes what is around the object
        break
    }
    last = byte
    line = false
  }
  return ~end
}

function mayPrecedeObject (byte: number): boolean {
  return byte === COLON || byte === COMMA || byte === OPEN_LIST || byte === OPEN
}

/** The closing quote of the string whose characters begin at `at`; the complement of where it breaks off. */
function endOfString (bytes: Uint8Array, at: number, end: number): End {
  for (; at < end; at++) {
    const byte = bytes[at]!
    if (byte === QUOTE) return at
    if (byte === BACKSLASH && bytes[at + 1] !== NEWLINE && bytes[at + 1] !== RETURN) at++
    else if (byte === NEWLINE || byte === RETURN) return ~at
  }
  return ~end
}

/**
 * What is no object goes on to the end of its line, to where an object begins or, within a list, to where
 * the element ends.
 */
function endOfStray (bytes: Uint8Array, at: number, end: number, inList: boolean): number {
  for (; at < end; at++) {
    const byte = bytes[at]!
    if (byte === NEWLINE || byte === OPEN) return at
    if (!inList) continue
    if (byte === COMMA || byte === CLOSE_LIST) return at
    if (byte === QUOTE) {
      const closed = endOfString(bytes, at + 1, end)
      if (closed < 0) return ~closed
      at = closed
    }
  }
  return end
}

function trimmedEnd (bytes: Uint8Array, end: number): number {
  while (MEANING[bytes[end - 1]!] === BLANK) end--
  return end
}
