/** The header that every record carries, and the version of a record that follows from it. */
import type { Header, Version } from '../core/claim.ts'
import { DAY, formatTime, type Millis } from '../core/time.ts'
import { OPTER_TYPE } from './code-tables.ts'
import { contentHi, contentLo, resetContent } from './content.ts'
import { admdvs, code, id, time, whose } from './field.ts'
import { refuse } from './refusal.ts'
import type { RecordNode } from './shapes.ts'

export const FIXMEDINS_MAX = 12
const DEV_NO_MAX = 100
const ORDER_DIGITS = 9
const ORDER_BITS = 0x3fffffff

/**
 * Reads the header of a record about a person or stock. msgid and inf_time say which version wins, so they
 * are read before the content begins: a message sent again with new ones has the same content.
 */
export function readHeader (raw: RecordNode, infno: string): Header {
  const msgid = id(raw.msgid, 'msgid')
  const inf_time = time(raw.inf_time, 'inf_time')
  resetContent()
  return {
    infno: id(infno, 'infno'),
    msgid,
    mdtrtarea_admvs: admdvs(raw.mdtrtarea_admvs, 'mdtrtarea_admvs'),
    insuplc_admdvs: admdvs(raw.insuplc_admdvs, 'insuplc_admdvs'),
    dev_no: whose(raw.dev_no, 'dev_no', DEV_NO_MAX),
    opter_type: code(raw.opter_type, 'opter_type', OPTER_TYPE),
    opter: whose(raw.opter, 'opter'),
    inf_time,
    fixmedins_code: id(raw.fixmedins_code, 'fixmedins_code', FIXMEDINS_MAX)
  }
}

/** The version of the record read: call it when every field has been read. */
export function versionOf (inf_time: Millis, msgid: string): Version {
  return { inf_time, order: orderOf(msgid), contentHi: contentHi(), contentLo: contentLo() }
}

/**
 * The last nine digits of msgid as an integer; of one that ends otherwise a 30-bit hash, so that every
 * machine agrees.
 */
export function orderOf (msgid: string): number {
  const from = msgid.length - ORDER_DIGITS
  let order = 0
  for (let i = from; i < msgid.length; i++) {
    const digit = msgid.charCodeAt(i) - 0x30
    if (!(digit >= 0 && digit <= 9)) return hash30(msgid)
    order = order * 10 + digit
  }
  return order
}

function hash30 (text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 15)) & ORDER_BITS
}

/**
 * Refuses a moment more than a day after its record was sent: it would carry event time away. `field` is the
 * whole path.
 */
export function notAfterSending (moment: Millis | null, field: string, inf_time: Millis): void {
  if (moment === null || moment <= inf_time + DAY) return
  refuse('impossible_dates', field, `${formatTime(moment)} > ${formatTime(inf_time)}`)
}
