/** Where the records of JSON input begin and end, also when some of them are broken. */
import type { PieceList } from './pieces.ts'

const NEWLINE = 0x0a
const RETURN = 0x0d
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN = 0x7b
const CLOSE = 0x7d

/** What a byte means outside strings; 0: nothing. */
const BLANK = 1
const OPENS = 2
const CLOSES = 3
const QUOTES = 4
const MEANING = new Uint8Array(256)
for (const blank of [0x20, 0x09, NEWLINE, RETURN]) MEANING[blank] = BLANK
MEANING[OPEN] = OPENS
MEANING[OPEN_LIST] = OPENS
MEANING[CLOSE] = CLOSES
MEANING[CLOSE_LIST] = CLOSES
MEANING[QUOTE] = QUOTES

/** The end of an object that is not whole is told by its complement (~end). */
type End = number

/**
 * Objects are records. A broken one must not swallow its neighbours. So an object ends, broken, at a line's
 * end within a string, and before a `{` on a new line where JSON allows none. By then it may have swallowed
 * others, or it never ends: so the first broken one is scanned again, and from it on every line that begins
 * with `{` is taken for a new record.
 */
export function splitJson (bytes: Uint8Array, into: PieceList): void {
  const end = bytes.length
  let wary = false
  for (let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0; at < end;) {
    const byte = bytes[at]!
    if (MEANING[byte] === BLANK || byte === COMMA || byte === OPEN_LIST || byte === CLOSE_LIST) {
      at++
      continue
    }
    if (byte !== OPEN) {
      const after = endOfStray(bytes, at, end)
      into.add(at, trimmedEnd(bytes, after))
      at = after
      continue
    }
    const reached = endOfObject(bytes, at, end, wary)
    if (reached < 0 && !wary) {
      wary = true // and the same object once more
      continue
    }
    const after = reached < 0 ? ~reached : reached
    into.add(at, trimmedEnd(bytes, after))
    at = after
  }
}

function endOfObject (bytes: Uint8Array, start: number, end: number, wary: boolean): End {
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
        if (--depth === 0) return at + 1
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

/** What is no object goes on to the end of its line, or to where an object begins. */
function endOfStray (bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at] !== NEWLINE && bytes[at] !== OPEN) at++
  return at
}

function trimmedEnd (bytes: Uint8Array, end: number): number {
  while (MEANING[bytes[end - 1]!] === BLANK) end--
  return end
}
