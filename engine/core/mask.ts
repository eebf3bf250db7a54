/**
 * Names, certificate numbers and telephone numbers as they may be shown (个人信息保护法 第五十一条: 去标识化): a name keeps
 * its first character (张*), a certificate number its area and its end. Pure text work, on purpose also on
 * records that are broken: a record that could not be read is the one that gets looked at.
 */
import type { Format } from './ports.ts'
import { messagePackText } from './mask-messagepack.ts'

const STARS_MAX = 3
const CERT_HEAD = 6
const CERT_TAIL = 2
/** Shown of a record at most, in characters. */
const SHOWN_MAX = 16_384

/** 张三 → 张*, 欧阳小明 → 欧***. A single character is hidden altogether. */
export function maskName (name: string): string {
  const characters = [...name.trim()]
  if (characters.length === 0) return ''
  if (characters.length === 1) return '*'
  return characters[0] + '*'.repeat(Math.min(characters.length - 1, STARS_MAX))
}

/**
 * 340000195104020020 → 340000**********20: birth date and sequence are hidden. Shorter than ten characters:
 * all of it.
 */
export function maskCertno (certno: string): string {
  const text = certno.trim()
  if (text.length < 10) return '*'.repeat(text.length)
  return text.slice(0, CERT_HEAD) + '*'.repeat(text.length - CERT_HEAD - CERT_TAIL) + text.slice(-CERT_TAIL)
}

/** 13812345678 → 138****5678. */
function maskPhone (phone: string): string {
  return phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`
}

/**
 * Resident numbers of 18 and 15 characters with a plausible birth date, and mobile numbers, wherever they
 * stand.
 */
const MONTH_DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])'
const BORN = String.raw`(?:18|19|2[01])\d{2}${MONTH_DAY}\d{3}[\dXx]|\d{2}${MONTH_DAY}\d{3}`
const CERTNO = new RegExp(String.raw`(?<!\d)[1-9]\d{5}(?:${BORN})(?!\d)`, 'g')
const PHONE = /(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])/g
const HAN_RUN = /\p{Script=Han}[\p{Script=Han}·]*/gu

/** Certificate and telephone numbers in a text, masked where they stand. */
export function maskNumbers (text: string): string {
  return text.replace(CERTNO, maskCertno).replace(PHONE, maskPhone)
}

/**
 * Written like a resident number, whatever its month, day and check digit say: a slip of the pen exposes its holder no less.
 * A year in which nobody can be born tells a number of the fund that has as many digits.
 */
const CERTNO_SHAPE = /(?<![0-9A-Za-z])(?:\d{6}(?:18|19|2[01])\d{9}[\dXx]|\d{17}[Xx])(?![0-9A-Za-z])/g

/** A person's number in the fund (psn_no) is shown as it is, unless a sender put a certificate or telephone number there. */
export function maskPersonNo (psn_no: string): string {
  return maskNumbers(psn_no.replace(CERTNO_SHAPE, maskCertno))
}

/** What would break a line, hide or reorder text: controls, format characters, halves of pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu
const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * A value out of its place, for messages: numbers of persons and every run of Han characters masked, controls
 * escaped (\n, \u0000).
 */
export function maskText (text: string): string {
  return maskNumbers(text).replace(HAN_RUN, maskName).replace(UNSEEN, escaped)
}

function escaped (character: string): string {
  return ESCAPES[character] ??
    character.replace(/[\s\S]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A text of at most `max` characters (UTF-16 units), "…" at its end when cut, never within a character or an escape. */
export function shortened (text: string, max: number): string {
  if (text.length <= max) return text
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$|\\(?:u[0-9a-f]{0,3})?$/, '')}…`
}

/**
 * Members that say who a person is: names of persons (institutions, drugs and diagnoses keep theirs), their
 * certificates and telephones.
 */
const PERSONS = 'psn|patn|opter|coner|emp|chfpdr|atddr|inv_chg_opter|agnter|duty|user'
const NAMES = String.raw`name|(?:${PERSONS})_name|\w{0,20}(?:dr|nurs|phar|dor)_name`
const CERTNOS = String.raw`\w{0,20}certno|\w{0,20}cert_no|card_sn|\w{0,20}idcard\w{0,20}`
const PHONES = String.raw`\w{0,20}(?:tel|phone|mobile|tel_no)`
const PERSON_NOS = String.raw`\w{0,20}psn_no`

/**
 * Such a member, quoted, escaped or bare: its name, what stands between, and its value, whose closing quote
 * may be missing.
 */
const BETWEEN = String.raw`\\*["']?\s*[:=]\s*\\*`
const VALUE = String.raw`"(?:[^"\\]|\\.)*|'(?:[^'\\]|\\.)*|[^\s"',[\]{}]+`
const MEMBER = new RegExp(String.raw`\b(?:(${NAMES})|(${CERTNOS})|(${PHONES})|(${PERSON_NOS}))(${BETWEEN})(${VALUE})`, 'gi')

/**
 * Names that are nobody's, in a member that is whole. Every other run of Han characters is masked, whatever it is called:
 * where bytes are damaged, the member that would tell a person's name may be the very thing that cannot be read.
 */
const PUBLIC = String.raw`"\w{0,20}(?:fixmedins|dept|ward|diag|dise|list|item|drug|spler|entp)_name"\s*:\s*"(?:[^"\\]|\\.)*"`
const PUBLIC_OR_HAN = new RegExp(String.raw`(${PUBLIC})|\p{Script=Han}[\p{Script=Han}·]+`, 'gu')

const ESCAPED = /\\u([0-9a-fA-F]{4})/g

/**
 * A record as text in which no name, certificate or telephone number can be read: JSON as it stands (a broken
 * one too, its \u escapes spelled out), MessagePack in JSON's notation as far as it can be read. At most
 * 16,384 characters.
 */
export function maskBytesForShow (bytes: Uint8Array, format: Format): string {
  const some = bytes.subarray(0, SHOWN_MAX * 3)
  const text = format === 'json' ? spelledOut(new TextDecoder().decode(some)) : messagePackText(some)
  const masked = text.replace(MEMBER, (all, name, certno, phone, psn_no, between: string, value: string) => {
    if (value === 'null') return all
    const mask = name !== undefined ? maskName : certno !== undefined ? maskCertno : phone !== undefined ? maskPhone : maskPersonNo
    const quote = value.startsWith('"') || value.startsWith("'") ? value.slice(0, 1) : ''
    return `${name ?? certno ?? phone ?? psn_no}${between}${quote}${mask(value.slice(quote.length))}`
  })
  const hidden = masked.replace(PUBLIC_OR_HAN, (all, shown: string | undefined) => shown ?? maskName(all))
  return maskNumbers(hidden).slice(0, SHOWN_MAX).replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '\ufffd')
}

/** \u escapes as the characters they name, so that none hides a name; those that JSON needs escaped stay. */
function spelledOut (text: string): string {
  return text.replace(ESCAPED, (all, hex: string) => {
    const code = Number.parseInt(hex, 16)
    return code < 0x20 || code === 0x22 || code === 0x5c ? all : String.fromCharCode(code)
  })
}
