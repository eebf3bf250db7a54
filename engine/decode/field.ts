/**
 * Typed field readers. Each takes a value as parsed and the field's name, returns the value as claims hold
 * it, adds it to the claim's content, and refuses what cannot be such a value. Absent is null, '' or, where
 * the field has no such value, "0". Readers share the state below: decoding is synchronous and never nested.
 * Values, not names, are handed over, because `node.psn_no` is a fast load and `node[name]` is not.
 */
import { fingerprintHex } from '../core/fingerprint.ts'
import { maskName, maskNumbers } from '../core/mask.ts'
import { COUNT_DECIMALS, type Fen, MONEY_DECIMALS, PRICE_DECIMALS } from '../core/money.ts'
import type { RejectionReason } from '../core/rejection.ts'
import type { Millis } from '../core/time.ts'
import { addCode, addInteger, addNothing, addText } from './content.ts'
import { decimal } from './decimal.ts'
import { parseMillis, wasDateOnly } from './moment.ts'
import { plainText, trimmed, utf8 } from './plain-text.ts'
import { refuse } from './refusal.ts'

/** A JSON object before anything is known of it. */
type Raw = Readonly<Record<string, unknown>>

/** C30: what most identifiers may have. */
export const ID_MAX = 30
/** A name or remark keeps this many characters. */
export const TEXT_MAX = 200
/** Containers within containers, the record itself counted. */
export const DEPTH_MAX = 12

/** Nodes whose readers check them, or that a kind passes over unread. */
const READ_BY_US: ReadonlySet<string> = new Set([
  'setlinfo', 'mdtrtinfo', 'diseinfo', 'feedetail', 'drugtracinfo'
])
const ADMDVS = /^\d{6}$/
const MARKUP = /["&'<>\\`]/g
const PERSONAL_NUMBER = /^\d+[\dXx]$/
const FINGERPRINT_DIGITS = 8
/** Of a text that is refused so much is decoded: more than is ever shown. */
const REFUSED_MAX = 4000

let path = ''
let index = -1
let known = 0
let unknown = 0
let read = 0
let membersTold = -1
let utf8InLatin1 = false

/**
 * Starts a record. `latin1`: its strings are UTF-8 bytes read as Latin-1 (see raw.ts) and names must be
 * decoded. `members`: those of all its objects, where the parser has counted them and checked their nesting;
 * -1 where `leave` must.
 */
export function beginRecord (latin1: boolean, members: number): void {
  unknown = 0
  read = 0
  membersTold = members
  utf8InLatin1 = latin1
  enter('')
}

/** Members that no reader asked for, those within such members included. */
export const unknownFields = (): number => membersTold < 0 ? unknown : membersTold - read

/** Reads the members of one node from here on; `at` is its place in a list. */
export function enter (node: string, at = -1): void {
  path = node
  index = at
  known = 0
}

/** Ends a node: what it has besides the fields read is counted, and must not be nested too deeply. */
export function leave (node: object, depth: number): void {
  read += known
  if (membersTold >= 0) return
  const raw = node as Raw
  let members = 0
  for (const _ in raw) members++
  if (members === known) return
  unknown += members - known
  for (const name in raw) {
    const value = raw[name]
    if (typeof value === 'object' && value !== null && !READ_BY_US.has(name)) pass(value, DEPTH_MAX - depth)
  }
}

/** Counts the members of an ignored value; the recursion ends where containers go more than `levels` deep. */
function pass (value: object, levels: number): void {
  if (levels <= 0) refuse('hostile_value', at(''), value)
  const members = Object.values(value)
  if (!Array.isArray(value)) unknown += members.length
  for (const member of members) if (typeof member === 'object' && member !== null) pass(member, levels - 1)
}

/** A field's path as rejections name it: "feedetail[3].cnt". */
export function at (field: string): string {
  const node = index < 0 ? path : `${path}[${index}]`
  return node === '' || field === '' ? node + field : `${node}.${field}`
}

/** Refuses the value of a field as it was parsed; what is shown of it is its text, whatever way it was read. */
export function refuseValue (reason: RejectionReason, field: string, value: unknown): never {
  const garbled = utf8InLatin1 && typeof value === 'string'
  return refuse(reason, at(field), garbled ? utf8(value.slice(0, REFUSED_MAX)) : value)
}

/** Counts a member as known though its value is read elsewhere, or deliberately not at all. */
export function touch (value: unknown): void {
  if (value !== undefined) known++
}

/** A node that is an object, its members unchecked; null when absent. */
export function node<T extends object> (value: unknown, field: string): T | null {
  touch(value)
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'object' || Array.isArray(value)) return refuseValue('hostile_value', field, value)
  return value as T
}

/** A list; empty when absent. Its members are unchecked. */
export function list (value: unknown, field: string): readonly unknown[] {
  touch(value)
  if (value === undefined || value === null || value === '') return []
  return Array.isArray(value) ? value : refuseValue('hostile_value', field, value)
}

/** Letters and digits of a scalar, trimmed; '' when absent. */
function written (value: unknown, field: string): string {
  if (typeof value === 'string') {
    known++
    return trimmed(value)
  }
  if (value === undefined) return ''
  known++
  if (value === null) return ''
  if (typeof value !== 'number') return refuseValue('hostile_value', field, value)
  if (!Number.isSafeInteger(value)) refuseValue('bad_identifier', field, value) // its last digits are lost
  return String(value)
}

/** An identifier or code that must be there: printable ASCII without blanks or markup. */
export function id (value: unknown, field: string, max = ID_MAX): string {
  const text = written(value, field)
  if (text === '' || text === '0') refuseValue('missing_field', field, value)
  return checkedId(text, field, max)
}

/** An identifier or code that may be missing: ''. */
export function optionalId (value: unknown, field: string, max = ID_MAX): string {
  const text = written(value, field)
  return checkedId(text === '0' ? '' : text, field, max)
}

function checkedId (text: string, field: string, max: number): string {
  if (text.length <= max && addCode(text)) return text
  return refuseValue('bad_identifier', field, text)
}

/** A barcode as scanned, '' when absent: any printable ASCII, as GS1 allows nearly all of it. */
export function barcode (value: unknown, field: string, max: number): string {
  const text = written(value, field)
  const scanned = text === '0' ? '' : text
  if (addText(scanned) && scanned.length <= max) return scanned
  return refuseValue('bad_identifier', field, scanned)
}

/**
 * A code that says who or where: an operator, a device, a doctor, a department; '' when absent. Some senders
 * put a name there, or their own telephone number, and a claim about money is not refused for it: what is no
 * code keeps its first character and a fingerprint (张*~1f3a9c02), so that one operator stays one and nobody's
 * name is shown. The text itself stays where it was sent, in the record's bytes.
 */
export function whose (value: unknown, field: string, max = ID_MAX): string {
  const text = written(value, field)
  const sent = text === '0' ? '' : text
  if (sent.length <= max && !isPersonal(sent) && addCode(sent)) return sent
  const result = disguised(sent)
  addText(result)
  return result
}

/** Whether a text is the number of a person's telephone or certificate. */
function isPersonal (text: string): boolean {
  const { length } = text
  return (length === 11 || length === 15 || length === 18) && PERSONAL_NUMBER.test(text) && maskNumbers(text) !== text
}

function disguised (sent: string): string {
  const text = plainText(sent, utf8InLatin1, TEXT_MAX)
  const shown = isPersonal(text) ? maskNumbers(text) : maskName(text.replace(MARKUP, ''))
  return `${shown}~${fingerprintHex(text).slice(0, FINGERPRINT_DIGITS)}`
}

/** A number or code of a thing, in any script (a bed may be 加3床), at most TEXT_MAX characters, without markup. */
export function thing (value: unknown, field: string): string {
  const sent = written(value, field)
  if (sent.length <= TEXT_MAX && addCode(sent)) return sent
  const result = plainText(sent, utf8InLatin1, TEXT_MAX).replace(MARKUP, '').trim()
  addText(result)
  return result
}

/** A code of a closed list; '' when absent and not itself a code. */
export function code (value: unknown, field: string, codes: ReadonlySet<string>): string {
  const text = written(value, field)
  if (codes.has(text)) {
    addText(text)
    return text
  }
  if (text !== '' && text !== '0') refuseValue('unknown_code', field, text)
  addText('')
  return ''
}

/** Six digits of GB/T 2260; '' when absent. */
export function admdvs (value: unknown, field: string): string {
  const text = optionalId(value, field)
  return text === '' || ADMDVS.test(text) ? text : refuseValue('bad_identifier', field, text)
}

/** A name or other text, at most TEXT_MAX characters of it; '' when absent. */
export function text (value: unknown, field: string): string {
  const result = plainText(written(value, field), utf8InLatin1, TEXT_MAX)
  addText(result)
  return result
}

/** 1 or true; 0, false or absent. */
export function flag (value: unknown, field: string): boolean {
  if (value === '0') {
    known++
    addInteger(0)
    return false
  }
  const yes = value === true || (value !== false && isOne(value, field))
  if (typeof value === 'boolean') known++
  addInteger(yes ? 1 : 0)
  return yes
}

function isOne (value: unknown, field: string): boolean {
  const text = written(value, field)
  if (text === '1') return true
  return text === '' || text === '0' ? false : refuseValue('unknown_code', field, text)
}

/** A moment that must be there. `wasDateOnly` (moment.ts) says of it whether it had a time of day. */
export function time (value: unknown, field: string): Millis {
  return optionalTime(value, field) ?? refuseValue('missing_field', field, value)
}

/** A moment; null when absent, and then `cameDateOnly` is false. */
export function optionalTime (value: unknown, field: string): Millis | null {
  const text = written(value, field)
  if (text === '' || text === '0') {
    dateOnly = false
    addNothing()
    return null
  }
  const moment = parseMillis(text)
  if (Number.isNaN(moment)) refuseValue('bad_time', field, text)
  dateOnly = wasDateOnly()
  addInteger(dateOnly ? moment + 1 : moment) // moments are whole seconds
  return moment
}

let dateOnly = false
/** Whether the time read last came without a time of day. */
export const cameDateOnly = (): boolean => dateOnly

/** Money in 分; 0 when absent. */
export const fen = (value: unknown, field: string): Fen => orZero(value, field, MONEY_DECIMALS)
/** Money in 分 that must be there. */
export const requiredFen = (value: unknown, field: string): Fen => required(value, field, MONEY_DECIMALS)
/** A price × 10^6 yuan; 0 when absent. */
export const price = (value: unknown, field: string): number => orZero(value, field, PRICE_DECIMALS)
/** A price × 10^6 yuan that must be there. */
export const requiredPrice = (value: unknown, field: string): number => required(value, field, PRICE_DECIMALS)
/** A quantity × 10^4 that must be there. */
export const requiredCount = (value: unknown, field: string): number => required(value, field, COUNT_DECIMALS)
/** A whole number that must be there. */
export const requiredInteger = (value: unknown, field: string): number => required(value, field, 0)

/** A decimal times 10^decimals that must be there; "0" is. */
function required (value: unknown, field: string, decimals: number): number {
  const result = numeric(value, field, decimals) ?? refuseValue('missing_field', field, '')
  addInteger(result)
  return result
}

/** A decimal times 10^decimals; 0 when absent. */
export function orZero (value: unknown, field: string, decimals: number): number {
  const result = numeric(value, field, decimals) ?? 0
  addInteger(result)
  return result
}

/** A decimal times 10^decimals; null when absent, and "0" is 0. */
export function orNull (value: unknown, field: string, decimals: number): number | null {
  const result = numeric(value, field, decimals)
  if (result === null) addNothing()
  else addInteger(result)
  return result
}

function numeric (value: unknown, field: string, decimals: number): number | null {
  if (value === undefined) return null
  known++
  if (value === null || value === '') return null
  const result = decimal(value, decimals)
  if (result !== null) return result
  return refuseValue(typeof value === 'object' ? 'hostile_value' : 'bad_number', field, value)
}

const DEGREES = /^-?\d{1,3}(?:\.\d{1,20})?$/

/**
 * Degrees within ±limit; null when absent, and at 0, which stands for absent: no institution lies on the
 * equator.
 */
export function coordinate (value: unknown, field: string, limit: number): number | null {
  const text = typeof value === 'number' ? String(value) : written(value, field)
  if (typeof value === 'number') known++
  if (text === '' || Number(text) === 0) {
    addNothing()
    return null
  }
  const degrees = Number(text)
  if (!DEGREES.test(text) || Math.abs(degrees) > limit) refuseValue('bad_number', field, text)
  addInteger(Math.round(degrees * 1e7)) // a centimetre
  return degrees
}
