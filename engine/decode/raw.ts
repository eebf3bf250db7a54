/** Bytes of one record → its object, still unchecked. Everything a parser could do to us is refused here. */
import { isUtf8 } from 'node:buffer'
import type { Format } from '../core/ports.ts'
import { DEPTH_MAX } from './field.ts'
import { afterMark } from './json-bytes.ts'
import { jsonFault } from './json-fault.ts'
import { isArray, memberCount, membersOf } from './messagepack.ts'
import { utf8 } from './plain-text.ts'
import { membersRead, readMessagePack } from './read-messagepack.ts'
import { refuse, refuseSaying } from './refusal.ts'
import type { RecordNode } from './shapes.ts'

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
export function parse (bytes: Uint8Array, start: number, length: number, format: Format): RecordNode {
  latin1 = false
  members = -1
  const value = format === 'json' ? parseJson(bytes, start, length) : parseMessagePack(bytes, start, length)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as RecordNode
  return refuse('not_an_object', '', latin1 && typeof value === 'string' ? utf8(value) : value)
}

/**
 * JSON's own characters are ASCII, and in UTF-8 no other character contains such a byte. So a record may be
 * parsed as Latin-1, which is a third faster than decoding all its names first; the few that are kept are
 * decoded when read. An escape could name a character that then looks like such a byte: records with one take
 * the ordinary way.
 */
function parseJson (bytes: Uint8Array, start: number, length: number): unknown {
  const record = Buffer.from(bytes.buffer, bytes.byteOffset + start, length)
  if (!isUtf8(record)) refuseSaying('not_json', '不是 UTF-8 编码 · not UTF-8')
  latin1 = record.indexOf(ESCAPE) < 0
  const text = record.toString(latin1 ? 'latin1' : 'utf8', afterMark(record, 0))
  try {
    return JSON.parse(text)
  } catch {
    const sentence = OUT_OF_PLACE.get(text.trim()) ?? jsonFault(bytes, start, start + length)
    return refuseSaying('not_json', sentence === '' ? '不是有效的 JSON · not valid JSON' : sentence)
  }
}

/** What is around records and made pieces of by json-list.ts. */
const OUT_OF_PLACE: ReadonlyMap<string, string> = new Map([
  ['[', '数组没有结束，或其前已有内容 · a list that is not closed, or not the first thing sent'],
  [']', '没有可结束的数组，或其后还有内容 · no list to close here, or more follows it'],
  [',', '多余的逗号 · a comma out of place']
])

/** Also of the header that split-messagepack.ts makes a piece of when an array was cut off. */
function parseMessagePack (bytes: Uint8Array, start: number, length: number): unknown {
  const end = start + length
  if (length > 0 && isArray(bytes[start]!) && membersOf(bytes, start, end) === end && memberCount() > 0) {
    const count = memberCount()
    refuseSaying('not_msgpack', `数组应有 ${count} 项，未收全 · an array of ${count} that is cut off`)
  }
  latin1 = true
  const value = readMessagePack(bytes, start, end, DEPTH_MAX)
  members = membersRead()
  return value
}
