/** Bytes of one record → its object, still unchecked. Everything a parser could do to us is refused here. */
import { isUtf8 } from 'node:buffer'
import { Unpackr } from 'msgpackr'
import type { Format } from '../core/ports.ts'
import { DEPTH_MAX, type Raw } from './field.ts'
import { entryCount, FORBIDDEN, inspect, MALFORMED } from './messagepack.ts'
import { refuse } from './refusal.ts'

/**
 * Only `unpack`, and only of bytes that `inspect` has passed: of msgpackr's extensions none is ever reached.
 * 64-bit integers become text, so that an identifier sent as one keeps all its digits.
 */
const unpackr = new Unpackr({
  useRecords: false, mapsAsObjects: true, int64AsType: 'string', structuredClone: false, copyBuffers: true
})

const ESCAPE = '\\u'

let latin1 = false
/** Whether the strings of the object parsed last are UTF-8 read as Latin-1. */
export const readAsLatin1 = (): boolean => latin1

let members = -1
/**
 * Members of all objects within the one parsed last, when counted on the way (then their nesting is checked
 * too); else -1.
 */
export const membersParsed = (): number => members

/** Parses one record. Throws a Refusal: not_json, not_msgpack, hostile_value or not_an_object. */
export function parse (bytes: Uint8Array, start: number, length: number, format: Format): Raw {
  latin1 = false
  members = -1
  const value = format === 'json' ? parseJson(bytes, start, length) : parseMessagePack(bytes, start, length)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Raw
  return refuse('not_an_object', '', value)
}

/**
 * JSON's own characters are ASCII, and in UTF-8 no other character contains such a byte. So a record may be
 * parsed as Latin-1, which is a third faster than decoding all its names first; the few that are kept are
 * decoded when read. An escape could name a character that then looks like such a byte: records with one take
 * the ordinary way.
 */
function parseJson (bytes: Uint8Array, start: number, length: number): unknown {
  const record = Buffer.from(bytes.buffer, bytes.byteOffset + start, length)
  if (!isUtf8(record)) refuse('not_json', '', 'not UTF-8')
  const marked = record[0] === 0xef && record[1] === 0xbb && record[2] === 0xbf // byte order mark
  latin1 = record.indexOf(ESCAPE) < 0
  const text = record.toString(latin1 ? 'latin1' : 'utf8', marked ? 3 : 0)
  try {
    return JSON.parse(text)
  } catch (error) {
    return refuse('not_json', '', withoutContent(error))
  }
}

/**
 * A parser's message quotes the record, which may hold names: only its first words and the position are kept.
 */
function withoutContent (error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const words = /^[A-Za-z ]+/.exec(message)?.[0].trim() ?? ''
  const position = / at position \d+/.exec(message)?.[0] ?? ''
  return words.endsWith(position) ? words : words + position
}

function parseMessagePack (bytes: Uint8Array, start: number, length: number): unknown {
  const verdict = inspect(bytes, start, start + length, DEPTH_MAX)
  if (verdict === FORBIDDEN) refuse('hostile_value', '', '')
  if (verdict === MALFORMED) refuse('not_msgpack', '', '')
  members = entryCount()
  try {
    return unpackr.unpack(bytes.subarray(start, start + length))
  } catch {
    return refuse('not_msgpack', '', '') // a container as the key of a map
  }
}
