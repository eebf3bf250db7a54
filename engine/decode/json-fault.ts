/**
 * Where a text stops being JSON and what should stand there: a parser's own words quote the record, which may
 * hold names, and often say no place. Read only when a record has been refused; one step a byte, no recursion.
 */
import {
  afterBlanks, afterMark, BACKSLASH, CLOSE, CLOSE_LIST, COLON, COMMA, OPEN, OPEN_LIST, QUOTE, SPACE
} from './json-bytes.ts'

const EXPECTED = {
  value: ['一个值', 'a value'],
  name: ['带双引号的字段名', 'a field name in double quotes'],
  colon: ['“:”', '":"'],
  inObject: ['“,”或“}”', '"," or "}"'],
  inList: ['“,”或“]”', '"," or "]"'],
  nothing: ['记录结尾', 'the end of the record'],
  plain: ['转义的控制字符', 'an escaped control character'],
  escape: ['有效的转义字符', 'a valid escape'],
  digit: ['数字', 'a digit']
} as const
type Expected = keyof typeof EXPECTED

let expected: Expected = 'value'
let stopped = 0

/** Notes what is missing where. @returns -1, no place. */
function fault (what: Expected, at: number): number {
  expected = what
  stopped = at
  return -1
}

/** A sentence in Chinese and English on the first fault of the JSON in bytes[start, end); '' when there is none. */
export function jsonFault (bytes: Uint8Array, start: number, end: number): string {
  if (isJson(bytes, afterMark(bytes, start), end)) return ''
  if (stopped >= end) return `记录在第 ${end - start} 字节处中断 · cut off after byte ${end - start}`
  const [zh, en] = EXPECTED[expected]
  const place = stopped - start + 1
  return `第 ${place} 字节处应为${zh} · ${en} expected at byte ${place}`
}

function isJson (bytes: Uint8Array, start: number, end: number): boolean {
  const open: number[] = []
  let at = afterBlanks(bytes, start, end)
  for (;;) { // at a value
    const byte = bytes[at]
    if (at < end && (byte === OPEN || byte === OPEN_LIST)) {
      const inner = afterBlanks(bytes, at + 1, end)
      const empty = inner < end && bytes[inner] === (byte === OPEN ? CLOSE : CLOSE_LIST)
      if (!empty) {
        open.push(byte)
        at = byte === OPEN ? afterName(bytes, inner, end) : inner
        if (at < 0) return false
        continue
      }
      at = inner + 1
    } else {
      at = afterScalar(bytes, at, end)
      if (at < 0) return false
    }
    for (;;) { // after a value
      at = afterBlanks(bytes, at, end)
      const around = open.at(-1)
      if (around === undefined) return at === end || fault('nothing', at) > 0
      const next = at < end ? bytes[at] : -1
      if (next === COMMA) {
        at = afterBlanks(bytes, at + 1, end)
        if (around === OPEN) at = afterName(bytes, at, end)
        if (at < 0) return false
        break
      }
      if (next !== (around === OPEN ? CLOSE : CLOSE_LIST)) {
        return fault(around === OPEN ? 'inObject' : 'inList', at) > 0
      }
      open.pop()
      at++
    }
  }
}

/** After the name at `at`, its colon and blanks; -1 at a fault. */
function afterName (bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || bytes[at] !== QUOTE) return fault('name', at)
  const after = afterText(bytes, at, end)
  if (after < 0) return -1
  const colon = afterBlanks(bytes, after, end)
  if (colon >= end || bytes[colon] !== COLON) return fault('colon', colon)
  return afterBlanks(bytes, colon + 1, end)
}

const LITERALS = ['true', 'false', 'null'].map(word => Buffer.from(word))

function afterScalar (bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return fault('value', at)
  const byte = bytes[at]!
  if (byte === QUOTE) return afterText(bytes, at, end)
  if (byte === 0x2d || isDigit(byte)) return afterNumber(bytes, at, end)
  const word = LITERALS.find(literal => literal[0] === byte)
  if (word === undefined) return fault('value', at)
  for (let i = 0; i < word.length; i++) {
    if (at + i >= end) return fault('value', end)
    if (bytes[at + i] !== word[i]) return fault('value', at)
  }
  return at + word.length
}

const ESCAPES = new Set(Buffer.from('"\\/bfnrt'))
const U = 0x75

function afterText (bytes: Uint8Array, at: number, end: number): number {
  for (at++; at < end; at++) {
    const byte = bytes[at]!
    if (byte === QUOTE) return at + 1
    if (byte < SPACE) return fault('plain', at)
    if (byte !== BACKSLASH) continue
    const named = bytes[++at]
    if (at >= end) break
    if (named !== U) {
      if (!ESCAPES.has(named!)) return fault('escape', at - 1)
      continue
    }
    for (let i = 1; i <= 4; i++) {
      if (at + i >= end) return fault('escape', end)
      if (!/[0-9a-fA-F]/.test(String.fromCharCode(bytes[at + i]!))) return fault('escape', at - 1)
    }
    at += 4
  }
  return fault('plain', end)
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

function afterNumber (bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] === 0x2d) at++
  at = at < end && bytes[at] === 0x30 ? at + 1 : afterDigits(bytes, at, end)
  if (at >= 0 && at < end && bytes[at] === 0x2e) at = afterDigits(bytes, at + 1, end)
  if (at < 0 || at >= end || (bytes[at]! | 0x20) !== 0x65) return at
  at++
  if (at < end && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at++
  return afterDigits(bytes, at, end)
}

function afterDigits (bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || !isDigit(bytes[at]!)) return fault('digit', at)
  while (at < end && isDigit(bytes[at]!)) at++
  return at
}
