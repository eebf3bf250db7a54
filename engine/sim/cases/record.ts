/** One row of a case as a record of the national interface: what the row says, and sensible defaults for the rest. */
import { DAY, formatDate, formatTime, HOUR, type Millis, MINUTE, parseMoment } from '../../core/time.ts'
import { balance } from './balance.ts'
import { ADMISSION, DISCHARGE, HEADER, MDTRTINFO, RECORD_COLUMNS, SETLINFO, STOCK } from './columns.ts'
import { claimLines, type RawLine, singleLine, stayLines, usualDays } from './lines.ts'
import type { Row } from './parse.ts'
import { isStockKind, stockNode } from './stock.ts'

export type RawRecord = Record<string, unknown>

const SETTLED: Readonly<Record<string, string>> = { stay: '2304', visit: '2207', pharmacy: '2102' }
const EVENTS: Readonly<Record<string, string>> = { admission: '2401', discharge: '2402', list: '4101' }
const EVENT_MOMENTS: Readonly<Record<string, string[]>> = {
  admission: ['adm_time'], discharge: ['dscg_time'], list: ['dscg_time', 'adm_time']
}
const REVERSALS: Readonly<Record<string, string>> = { stay: '2305', visit: '2208', pharmacy: '2103' }
const MASTER = new Set(['institution', 'department', 'practitioner', 'death', 'catalogue', 'peer_median', 'trace_prefix'])

/** The row's institution, where it says none. */
const INSTITUTION = 'H34170200001'
const PHARMACY = 'P34170200001'

/** What a row needs to know of the others: its number, and the row that introduced a claim label. */
export interface Around { readonly index: number, readonly named: (claim: string) => Row | undefined }

/** Builds the record. Throws an Error naming what the row lacks or has too much. */
export function buildRecord (row: Row, around: Around): RawRecord {
  const kind = cell(row, 'kind')
  if (MASTER.has(kind)) return masterRecord(kind, row)
  for (const column of row.keys()) {
    if (!RECORD_COLUMNS.has(column) && cell(row, column) !== '') throw new Error(`"${column}" is not a column for ${kind}`)
  }
  if (kind in SETTLED) return settlement(kind, row, around)
  if (kind in EVENTS) return stayEvent(kind, row, around)
  if (kind === 'lines') return dailyLines(row, around)
  if (kind === 'reversal') return reversal(row, around)
  if (isStockKind(kind)) {
    const moment = required(row, 'at_time')
    return {
      ...header(row, STOCK[kind].infno, moment, around),
      ...stockNode(row, kind, cell(row, 'at_time').length === 10 ? formatDate(moment) : formatTime(moment))
    }
  }
  throw new Error(`"${kind}" is not a kind of record`)
}

/** A cell, '' when blank or absent. */
export function cell (row: Row, column: string): string {
  return row.get(column) ?? ''
}

/** The institution a row is laid against. */
export function institutionOf (row: Row): string {
  return cell(row, 'fixmedins_code') || (cell(row, 'kind') === 'pharmacy' ? PHARMACY : INSTITUTION)
}

export function stayIdOf (row: Row): string {
  return cell(row, 'mdtrt_id') || cell(row, 'claim')
}

function at (row: Row, column: string): Millis | null {
  const text = cell(row, column)
  if (text === '' || text === '-') return null
  const moment = parseMoment(text)
  if (moment === null) throw new Error(`${column}: "${text}" is not a date or time`)
  return moment.at
}

function required (row: Row, ...columns: string[]): Millis {
  for (const column of columns) {
    const found = at(row, column)
    if (found !== null) return found
  }
  throw new Error(`a row of kind ${cell(row, 'kind')} needs ${columns.join(' or ')}`)
}

/** Times are written with seconds, dates stay dates; '-' is null; blank takes the default. */
function stated (row: Row, names: readonly string[], defaults: Readonly<Record<string, string>>): Record<string, string | null> {
  const node: Record<string, string | null> = {}
  for (const name of names) {
    const text = cell(row, name) || (defaults[name] ?? '')
    if (text !== '') node[name] = text === '-' ? null : /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(text) ? `${text}:00` : text
  }
  return node
}

function header (row: Row, infno: string, sent: Millis, around: Around): Record<string, string | null> {
  const fixmedins_code = institutionOf(row)
  const inf_time = at(row, 'inf_time') ?? sent + HOUR + around.index * MINUTE
  return stated(row, HEADER, {
    infno,
    msgid: `${fixmedins_code}${formatTime(inf_time).replaceAll(/\D/g, '')}${String(around.index + 1).padStart(4, '0')}`,
    mdtrtarea_admvs: '341702',
    insuplc_admdvs: '341702',
    dev_no: 'D-01',
    opter_type: '1',
    opter: 'op01',
    inf_time: formatTime(inf_time),
    fixmedins_code
  })
}

function settlement (kind: string, row: Row, around: Around): RawRecord {
  const stay = kind === 'stay'
  const pharmacy = kind === 'pharmacy'
  const begun = stay ? required(row, 'adm_time', 'begndate', 'enddate', 'dscg_time') : required(row, 'setl_time')
  const ended = stay ? at(row, 'enddate') ?? required(row, 'dscg_time', 'setl_time') : begun
  const settled = at(row, 'setl_time') ?? ended + HOUR
  const total = cell(row, 'medfee_sumamt')
  const feedetail = linesOf(row, kind, begun, ended, formatTime(settled), total === '' ? null : Math.round(Number(total) * 100))
  const sum = feedetail.reduce((money, line) => money + Math.round(Number(line.det_item_fee_sumamt) * 100), 0)
  const gend = cell(row, 'gend') || '2'
  const brdy = cell(row, 'brdy') || '1951-04-02'
  return {
    ...header(row, SETTLED[kind]!, settled, around),
    setlinfo: stated(row, SETLINFO, {
      ...balance(row, sum, pharmacy),
      setl_id: cell(row, 'claim'),
      mdtrt_id: stayIdOf(row),
      psn_no: 'P1',
      psn_name: '张某',
      psn_cert_type: '01',
      certno: `340000${brdy.length === 10 ? brdy.replaceAll('-', '') : '19510402'}00${gend === '1' ? '1' : '2'}0`,
      gend,
      brdy,
      insutype: '310',
      psn_type: '12',
      med_type: stay ? '21' : pharmacy ? '41' : '11',
      mdtrt_cert_type: '03',
      pay_loc: '2',
      setl_time: formatTime(settled),
      begndate: formatDate(begun),
      enddate: formatDate(ended),
      clr_type: stay ? '21' : pharmacy ? '41' : '11',
      clr_way: '1',
      refd_setl_flag: '0',
      mid_setl_flag: '0',
      ars_year_ipt_flag: '0'
    }),
    ...(stay ? { mdtrtinfo: stayInfo(row, MDTRTINFO) } : {}),
    diseinfo: diagnoses(row, pharmacy ? '' : 'I10.x00', formatTime(begun)),
    feedetail
  }
}

function stayInfo (row: Row, names: readonly string[]): Record<string, string | null> {
  const discharged = cell(row, 'dscg_time') !== ''
  return stated(row, names, {
    adm_way: '2',
    ipt_med_type: '1',
    ipt_no: 'Z1',
    adm_dept_codg: 'A03',
    wardarea_codg: 'W3',
    adm_bed: 'W3-12',
    nwb_flag: '0',
    etip_flag: '0',
    days_rinp_flag_31: '0',
    ...(discharged ? { dscg_way: '1', dscg_dept_codg: cell(row, 'adm_dept_codg') || 'A03', dscg_bed: 'W3-12' } : {})
  })
}

function linesOf (row: Row, kind: string, from: Millis, to: Millis, settled: string, total: number | null): RawLine[] {
  if (cell(row, 'lines') !== '') return claimLines(cell(row, 'lines'), settled)
  if (cell(row, 'days') !== '') return stayLines(cell(row, 'days'), from)
  return kind === 'stay' ? usualDays(from, to, total) : singleLine(settled, total ?? 12000)
}

/** `diag_code`: one or several codes; the first is the main one unless some are marked with '*'. */
function diagnoses (row: Row, usual: string, time: string): Array<Record<string, string>> {
  const text = cell(row, 'diag_code') || usual
  if (text === '-' || text === '') return []
  const marked = text.includes('*')
  return text.split(/\s+/).map((code, i) => ({
    diag_type: '1',
    maindiag_flag: cell(row, 'maindiag_flag') || ((marked ? code.endsWith('*') : i === 0) ? '1' : '0'),
    diag_srt_no: String(i + 1),
    diag_code: code.replace('*', ''),
    diag_name: `诊断${code.replace('*', '')}`,
    dise_dor_no: 'D341702000123',
    diag_time: time
  }))
}

function stayEvent (kind: string, row: Row, around: Around): RawRecord {
  const moment = required(row, ...EVENT_MOMENTS[kind]!)
  const ids = { mdtrt_id: stayIdOf(row), psn_no: cell(row, 'psn_no') || 'P1' }
  const names = kind === 'list' ? MDTRTINFO : kind === 'admission' ? ADMISSION : DISCHARGE
  const type = kind === 'admission' ? { med_type: '21', mdtrt_cert_type: '03' } : {}
  const info = { ...stayInfo(row, names), ...stated(row, Object.keys(type), type) }
  return {
    ...header(row, EVENTS[kind]!, moment, around),
    ...(kind === 'list' ? { setlinfo: { ...ids, setl_id: cell(row, 'setl_id') || cell(row, 'claim') } } : {}),
    mdtrtinfo: kind === 'list' ? info : { ...ids, ...info },
    diseinfo: diagnoses(row, 'I10.x00', formatTime(moment))
  }
}

function dailyLines (row: Row, around: Around): RawRecord {
  const admission = at(row, 'adm_time') ?? at(around.named(cell(row, 'claim')) ?? row, 'adm_time')
  if (admission === null && !/\d{4}-/.test(cell(row, 'days'))) throw new Error('lines need adm_time or dates with a year')
  const lines = cell(row, 'lines')
  const feedetail = lines === '' ? stayLines(cell(row, 'days'), admission ?? 0) : claimLines(lines, '')
  const latest = Math.max(...feedetail.map(line => parseMoment(line.fee_ocur_time ?? '')?.at ?? 0))
  return {
    ...header(row, '2301', latest, around),
    mdtrtinfo: { mdtrt_id: stayIdOf(row), psn_no: cell(row, 'psn_no') || 'P1' },
    feedetail
  }
}

function reversal (row: Row, around: Around): RawRecord {
  const original = around.named(cell(row, 'claim'))
  if (original === undefined) throw new Error(`reversal of "${cell(row, 'claim')}", which no row introduces`)
  const settled = at(row, 'setl_time') ?? required(original, 'setl_time', 'dscg_time', 'enddate') + DAY
  const merged = new Map([...row, ['fixmedins_code', cell(row, 'fixmedins_code') || institutionOf(original)]])
  return {
    ...header(merged, REVERSALS[cell(original, 'kind')] ?? '2305', settled, around),
    setlinfo: {
      setl_id: cell(original, 'setl_id') || cell(original, 'claim'),
      mdtrt_id: stayIdOf(original),
      psn_no: cell(original, 'psn_no') || 'P1',
      refd_setl_id: cell(row, 'refd_setl_id') || `${cell(row, 'claim')}R`,
      setl_time: formatTime(settled)
    }
  }
}

/** Master data are flat: the row's own columns, with dates that always hold unless it says otherwise. */
function masterRecord (kind: string, row: Row): RawRecord {
  const given: Record<string, string | null> = {}
  for (const [column, text] of row) {
    if (text !== '' && !['kind', 'claim', 'flag', 'values'].includes(column)) given[column] = text === '-' ? null : text
  }
  const defaults: Record<string, Record<string, string>> = {
    institution: {
      fixmedins_code: INSTITUTION,
      fixmedins_name: '某医院',
      uscc: '91340000000000000X',
      fixmedins_type: '1',
      hosp_lv: '05',
      admdvs: '341702',
      fix_onln_open_flag: '1'
    },
    death: { psn_no: 'P1', source: '户籍' },
    catalogue: { name: '某项目', list_type: '101', chrgitm_lv: '01' }
  }
  const dated = kind === 'death'
    ? { inf_time: formatTime(required(row, 'die_date') + 30 * DAY) }
    : { valid_from: '2020-01-01', inf_time: '2020-01-01 00:00:00' }
  return { type: kind, ...defaults[kind], ...dated, ...given }
}
