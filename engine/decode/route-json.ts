/**
 * Finds a JSON record's route by scanning its bytes: members of the record and of two of its nodes, nothing
 * deeper.
 */
import {
  afterBlanks, afterMark, BACKSLASH, CLOSE, CLOSE_LIST, COLON, COMMA, isBlank, OPEN, OPEN_LIST, QUOTE
} from './json-bytes.ts'
import type { OwnerNode } from './kinds.ts'
import { isOwnerNode, type Met, nothingMet, placeOf, routeOf } from './route-members.ts'
import { trimmed } from './plain-text.ts'
import type { Route } from './route-members.ts'

/** Scans bytes[at, end). Guesses where the text is no JSON, and never reads past `end`. */
export function routeJson (bytes: Uint8Array, at: number, end: number): Route | null {
  at = afterBlanks(bytes, afterMark(bytes, at), end)
  if (at >= end || bytes[at] !== OPEN) return null
  const met = nothingMet()
  scan(bytes, at + 1, end, met, null)
  return routeOf(met, true) ?? null
}

/**
 * Reads members until the object closes or the route is known. `node`: the node whose members they are.
 * @returns where it stopped.
 */
function scan (bytes: Uint8Array, at: number, end: number, met: Met, node: OwnerNode | null): number {
  for (;;) {
    at = afterBlanks(bytes, at, end)
    if (at >= end || bytes[at] === CLOSE) return at + 1
    if (bytes[at] === COMMA) {
      at++
      continue
    }
    if (bytes[at] !== QUOTE) return end
    const nameEnd = endOfString(bytes, at, end)
    const name = nameOf(bytes, at, nameEnd)
    at = afterBlanks(bytes, nameEnd, end)
    if (bytes[at] !== COLON) return end
    at = afterBlanks(bytes, at + 1, end)
    const after = value(bytes, at, end, met, node, name)
    if (routeOf(met, false) !== undefined) return end
    at = after
  }
}

function value (
  bytes: Uint8Array, at: number, end: number, met: Met, node: OwnerNode | null, name: string
): number {
  if (node === null && isOwnerNode(name) && bytes[at] === OPEN) {
    const after = scan(bytes, at + 1, end, met, name)
    met[name] ??= ''
    return after
  }
  const after = endOfValue(bytes, at, end)
  const place = placeOf(node, name)
  if (place !== null) met[place] ??= scalarOf(bytes, at, after)
  return after
}

/** Just after the closing quote of the string that opens at `at`. */
function endOfString (bytes: Uint8Array, at: number, end: number): number {
  for (at++; at < end; at++) {
    const byte = bytes[at]!
    if (byte === QUOTE) return at + 1
    if (byte === BACKSLASH) at++
  }
  return end
}

function endOfValue (bytes: Uint8Array, at: number, end: number): number {
  let depth = 0
  while (at < end) {
    const byte = bytes[at]!
    if (byte === QUOTE) {
      at = endOfString(bytes, at, end)
      if (depth === 0) return at
      continue
    }
    if (byte === OPEN || byte === OPEN_LIST) {
      depth++
    } else if (byte === CLOSE || byte === CLOSE_LIST) {
      if (depth === 0) return at
      if (--depth === 0) return at + 1
    } else if (depth === 0 && (byte === COMMA || isBlank(byte))) {
      return at
    }
    at++
  }
  return end
}

/** A member's name; '' for one longer than any we look for, unless it has escapes. */
function nameOf (bytes: Uint8Array, at: number, after: number): string {
  for (let i = at; i < after; i++) if (bytes[i] === BACKSLASH) return unescaped(bytes, at, after)
  return after - at > 16 ? '' : ascii(bytes, at + 1, after - 1)
}

/** A string or number as decodeRecord would read it; '' for anything else. */
function scalarOf (bytes: Uint8Array, at: number, after: number): string {
  const first = bytes[at]!
  if (first === QUOTE) {
    let plain = true
    for (let i = at; i < after && plain; i++) plain = bytes[i] !== BACKSLASH && bytes[i]! < 0x80
    return trimmed(plain ? ascii(bytes, at + 1, after - 1) : unescaped(bytes, at, after))
  }
  const written = ascii(bytes, at, Math.min(after, at + 32))
  return written !== '' && Number.isSafeInteger(Number(written)) ? String(Number(written)) : ''
}

function ascii (bytes: Uint8Array, at: number, end: number): string {
  let text = ''
  for (; at < end; at++) text += String.fromCharCode(bytes[at]!)
  return text
}

/** A JSON string with escapes or other characters than ASCII, by the parser itself; '' when it is none. */
function unescaped (bytes: Uint8Array, at: number, after: number): string {
  try {
    const written = Buffer.from(bytes.buffer, bytes.byteOffset + at, after - at).toString('utf8')
    const text: unknown = JSON.parse(written)
    return typeof text === 'string' ? text : ''
  } catch {
    return '' // decodeRecord will say why
  }
}
