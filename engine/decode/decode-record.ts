/** One record's bytes → a claim, or why it is none. The only way in for anything from outside. */
import type { Claim } from '../core/claim.ts'
import type { Format } from '../core/ports.ts'
import type { Rejection } from '../core/rejection.ts'
import type { Millis } from '../core/time.ts'
import { refuseBadRow, withLine } from './bad-row.ts'
import { beginRecord, refuseValue, touch, unknownFields } from './field.ts'
import { FIXMEDINS_MAX } from './header.ts'
import { KIND_OF_INFNO } from './kinds.ts'
import { isMasterType, readMaster } from './master.ts'
import { parseMillis } from './moment.ts'
import { trimmed } from './plain-text.ts'
import { membersParsed, parse, readAsLatin1 } from './raw.ts'
import { Refusal, refuse } from './refusal.ts'
import { readReversal, readSettlement } from './settlement.ts'
import type { RecordNode } from './shapes.ts'
import { readStayEvent, readStayLines } from './stay.ts'
import { readStock } from './stock.ts'

/** Bytes a record may have unless the caller says otherwise. */
export const RECORD_BYTES_MAX = 1024 * 1024
/** Entries any list of a record may have: fee lines, diagnoses, trace codes of one line. */
export const LINES_MAX = 5000

/**
 * A claim with the number of members that were ignored; or the reason for none, with what the dead letter is
 * filed under: fixmedins_code ('' when it could not be read) and inf_time (0 likewise).
 */
export type Decoded =
  | { readonly ok: true, readonly claim: Claim, readonly unknownFields: number }
  | {
    readonly ok: false
    readonly rejection: Rejection
    readonly fixmedins_code: string
    readonly inf_time: Millis
  }

/**
 * Decodes and validates the record in `bytes[start, start + length)`. Never throws for what the bytes hold;
 * equal bytes give equal results, and JSON and MessagePack of one object give equal claims.
 */
export function decodeRecord (
  bytes: Uint8Array, start: number, length: number, format: Format,
  bytesMax = RECORD_BYTES_MAX, linesMax = LINES_MAX
): Decoded {
  let raw: RecordNode | null = null
  try {
    if (length > bytesMax) refuse('oversized', '', length)
    raw = parse(bytes, start, length, format)
    beginRecord(readAsLatin1(), membersParsed())
    const claim = readClaim(raw, linesMax)
    return { ok: true, claim, unknownFields: unknownFields() }
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    const { reason, field, seen } = refusal
    const rejection: Rejection = { reason, field: raw === null ? field : withLine(raw, field), seen }
    return { ok: false, rejection, fixmedins_code: institutionOf(raw), inf_time: sentAt(raw) }
  }
}

function readClaim (raw: RecordNode, linesMax: number): Claim {
  touch(raw.csv_line)
  const infno = scalar(raw.infno)
  if (infno === '') {
    const type = scalar(raw.type)
    if (isMasterType(type)) return readMaster(raw, type)
    if (type === 'bad_row') return refuseBadRow(raw)
    return refuseValue('unknown_kind', type === '' ? 'infno' : 'type', raw.type)
  }
  switch (KIND_OF_INFNO.get(infno)?.kind) {
    case 'settlement': return readSettlement(raw, infno, linesMax)
    case 'reversal': return readReversal(raw, infno)
    case 'lines': return readStayLines(raw, infno, linesMax)
    case 'admission': case 'discharge': case 'list': return readStayEvent(raw, infno, linesMax)
    case 'inventory': case 'sale': case 'mapping': return readStock(raw, infno, linesMax)
    case undefined: return refuseValue('unknown_kind', 'infno', infno)
  }
}

/** A text or integer, trimmed; '' for all else. */
function scalar (value: unknown): string {
  return typeof value === 'string' ? trimmed(value) : typeof value === 'number' ? String(value) : ''
}

function institutionOf (raw: RecordNode | null): string {
  const text = raw === null ? '' : scalar(raw.fixmedins_code)
  return text.length <= FIXMEDINS_MAX && /^[\x21-\x7e]*$/.test(text) ? text : ''
}

function sentAt (raw: RecordNode | null): Millis {
  const at = raw === null ? NaN : parseMillis(scalar(raw.inf_time))
  return Number.isNaN(at) ? 0 : at
}
