/** What the oracle makes of single records: which version of each stands, and its fields in plain objects. */
import { fen, flag, list, node, scaledBy, text, when } from './read.ts'
import type { Raw, When } from './read.ts'

export interface FeeLine {
  sn: string
  /** feedetl_sn of the line this one refunds, '' for an ordinary line. */
  refunds: string
  time: When
  code: string
  charge: string
  /** × 10^4 */
  cnt: number
  /** × 10^6 yuan */
  pric: number
  amount: number
  external: boolean
  /** list_type */
  list: string
  /** Days of supply × 100. */
  days: number
  /** rxno */
  prescription: string
  /** medins_list_codg */
  own: string
  inParts: boolean
  scanned: string[]
  /** chrgitm_lv */
  level: string
  /** Price limit returned with the line × 10^6 yuan, 0 for none. */
  limit: number
  takeHome: boolean
}

/** What a record says about a stay; null and '' where it says nothing. */
export interface StayFacts {
  adm: When | null
  dscg: When | null
  adm_way: string
  dscg_way: string
  ipt_med_type: string
  med_type: string
  adm_dept: string
  dscg_dept: string
  disease: string
  ward: string
  adm_bed: string
  dscg_bed: string
  planned: boolean
  planned_purpose: string
  newborn: boolean
}

export interface Diagnosed { code: string, main: boolean, number: number }

export interface Settled {
  infno: string
  fix: string
  setl_id: string
  mdtrt_id: string
  psn_no: string
  area: string
  /** dev_no */
  device: string
  operator: string
  /** opter_type */
  how: string
  /** refd_setl_flag */
  isRefund: boolean
  time: When
  begin: When | null
  end: When | null
  med_type: string
  pay_loc: string
  /** mdtrt_cert_type */
  credential: string
  psn_type: string
  cert_type: string
  certno: string
  gend: string
  brdy: When | null
  mid: boolean
  /** A refund that was settled by itself. */
  refund: boolean
  medfee: number
  fund: number
  fundParts: number
  acct: number
  familyAcct: number
  stay: StayFacts | null
  diagnoses: Diagnosed[]
  lines: FeeLine[]
}

export interface StayRecord {
  infno: string
  fix: string
  mdtrt_id: string
  psn_no: string
  area: string
  facts: StayFacts
  diagnoses: Diagnosed[]
}
export interface DayLines { fix: string, mdtrt_id: string, psn_no: string, area: string, lines: FeeLine[] }

/** Order of versions: inf_time, then the last nine digits of msgid. */
export function versionOf (raw: Raw): [number, number] {
  return [when(raw, 'inf_time')?.at ?? 0, Number(text(raw, 'msgid').slice(-9)) || 0]
}

/** Of the records that share an identity, the greatest version. */
export function newest (records: readonly Raw[], identity: (raw: Raw) => string): Raw[] {
  const standing = new Map<string, Raw>()
  for (const raw of records) {
    const key = identity(raw)
    const other = standing.get(key)
    if (other === undefined) {
      standing.set(key, raw)
      continue
    }
    const [time, order] = versionOf(raw)
    const [otherTime, otherOrder] = versionOf(other)
    if (time > otherTime || (time === otherTime && order > otherOrder)) standing.set(key, raw)
  }
  return [...standing.values()]
}

export function settled (raw: Raw): Settled {
  const info = node(raw, 'setlinfo')
  const parts = ['hifp_pay', 'cvlserv_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'maf_pay', 'oth_pay']
  return {
    infno: text(raw, 'infno'),
    fix: text(raw, 'fixmedins_code'),
    setl_id: text(info, 'setl_id'),
    mdtrt_id: text(info, 'mdtrt_id'),
    psn_no: text(info, 'psn_no'),
    area: text(raw, 'insuplc_admdvs'),
    device: text(raw, 'dev_no').replace(/^0$/, ''),
    operator: text(raw, 'opter').replace(/^0$/, ''),
    how: text(raw, 'opter_type'),
    isRefund: flag(info, 'refd_setl_flag'),
    time: when(info, 'setl_time')!,
    begin: when(info, 'begndate'),
    end: when(info, 'enddate'),
    med_type: text(info, 'med_type'),
    pay_loc: text(info, 'pay_loc'),
    credential: text(info, 'mdtrt_cert_type'),
    psn_type: text(info, 'psn_type'),
    cert_type: text(info, 'psn_cert_type'),
    certno: text(info, 'certno'),
    gend: text(info, 'gend'),
    brdy: when(info, 'brdy'),
    mid: flag(info, 'mid_setl_flag'),
    refund: flag(info, 'refd_setl_flag'),
    medfee: fen(info, 'medfee_sumamt'),
    fund: fen(info, 'fund_pay_sumamt'),
    fundParts: parts.reduce((sum, name) => sum + fen(info, name), 0),
    acct: fen(info, 'acct_pay'),
    familyAcct: fen(info, 'acct_mulaid_pay'),
    stay: text(raw, 'infno') === '2304' ? stayFacts(node(raw, 'mdtrtinfo')) : null,
    diagnoses: diagnosed(raw),
    lines: feeLines(raw)
  }
}

export function stayRecord (raw: Raw): StayRecord {
  const info = node(raw, 'mdtrtinfo')
  const setl = node(raw, 'setlinfo')
  return {
    infno: text(raw, 'infno'),
    fix: text(raw, 'fixmedins_code'),
    mdtrt_id: text(info, 'mdtrt_id') || text(setl, 'mdtrt_id'),
    psn_no: personOf(raw),
    area: text(raw, 'insuplc_admdvs'),
    facts: stayFacts(info),
    diagnoses: diagnosed(raw)
  }
}

export function dayLines (raw: Raw): DayLines {
  return {
    fix: text(raw, 'fixmedins_code'),
    mdtrt_id: text(node(raw, 'mdtrtinfo'), 'mdtrt_id'),
    psn_no: personOf(raw),
    area: text(raw, 'insuplc_admdvs'),
    lines: feeLines(raw)
  }
}

/** psn_no wherever a record of its kind carries it. */
export function personOf (raw: Raw): string {
  return text(node(raw, 'setlinfo'), 'psn_no') || text(node(raw, 'mdtrtinfo'), 'psn_no') || text(raw, 'psn_no')
}

/** 3501–3507 and 3301: whose they are is an institution. */
export function isStockRecord (raw: Raw): boolean {
  return ['3301', '3501', '3502', '3503', '3504', '3505', '3506', '3507'].includes(text(raw, 'infno'))
}

/** By what a record is handed to its task: the person, or the institution of stock records. */
export function ownerOf (raw: Raw): string {
  return isStockRecord(raw) ? text(raw, 'fixmedins_code') : personOf(raw)
}

function stayFacts (info: Raw): StayFacts {
  return {
    adm: when(info, 'adm_time'),
    dscg: when(info, 'dscg_time'),
    adm_way: text(info, 'adm_way'),
    dscg_way: text(info, 'dscg_way'),
    ipt_med_type: text(info, 'ipt_med_type'),
    med_type: text(info, 'med_type'),
    adm_dept: text(info, 'adm_dept_codg'),
    dscg_dept: text(info, 'dscg_dept_codg'),
    disease: text(info, 'dise_codg'),
    ward: text(info, 'wardarea_codg'),
    adm_bed: text(info, 'adm_bed'),
    dscg_bed: text(info, 'dscg_bed'),
    planned: flag(info, 'days_rinp_flag_31'),
    planned_purpose: text(info, 'days_rinp_pup_31'),
    newborn: flag(info, 'nwb_flag')
  }
}

function diagnosed (raw: Raw): Diagnosed[] {
  return list(raw, 'diseinfo').map(one => ({
    code: text(one, 'diag_code'), main: flag(one, 'maindiag_flag'), number: Number(text(one, 'diag_srt_no') || '0')
  }))
}

function feeLines (raw: Raw): FeeLine[] {
  return list(raw, 'feedetail').map(line => ({
    sn: text(line, 'feedetl_sn'),
    refunds: text(line, 'init_feedetl_sn') === '0' ? '' : text(line, 'init_feedetl_sn'),
    time: when(line, 'fee_ocur_time')!,
    code: text(line, 'med_list_codg'),
    charge: text(line, 'med_chrgitm_type'),
    cnt: scaledBy(line, 'cnt', 4),
    pric: scaledBy(line, 'pric', 6),
    amount: fen(line, 'det_item_fee_sumamt'),
    external: flag(line, 'etip_flag'),
    list: text(line, 'list_type'),
    days: scaledBy(line, 'prd_days', 2),
    prescription: text(line, 'rxno'),
    own: text(line, 'medins_list_codg'),
    inParts: flag(line, 'trdn_flag'),
    scanned: [line, ...list(line, 'drugtracinfo')].map(one => text(one, 'drug_trac_codg')).filter(code => code !== ''),
    level: text(line, 'chrgitm_lv'),
    limit: scaledBy(line, 'pric_uplmt_amt', 6),
    takeHome: flag(line, 'dscg_tkdrug_flag')
  }))
}

/** When the record's subject matter happened, by kind; null when it says nothing. */
export function eventTime (raw: Raw): number | null {
  const info = node(raw, 'setlinfo')
  const stay = node(raw, 'mdtrtinfo')
  switch (text(raw, 'infno')) {
    case '2102': case '2207': case '2103': case '2208': case '2305': return when(info, 'setl_time')?.at ?? null
    case '2304': return (when(stay, 'dscg_time') ?? when(info, 'enddate') ?? when(info, 'setl_time'))?.at ?? null
    case '2401': return when(stay, 'adm_time')?.at ?? null
    case '2402': return when(stay, 'dscg_time')?.at ?? null
    case '4101': return (when(stay, 'dscg_time') ?? when(stay, 'adm_time'))?.at ?? null
    case '2301': {
      const times = feeLines(raw).map(line => line.time.at)
      return times.length === 0 ? null : Math.max(...times)
    }
  }
  return text(raw, 'type') === 'death' ? when(raw, 'inf_time')?.at ?? null : null
}

/** Whether the record breaks one of the laws that keep it from being a claim at all. */
export function malformed (raw: Raw): boolean {
  if (text(raw, 'type') !== '') return false
  if (when(raw, 'inf_time') === null || ownerOf(raw) === '') return true
  const stay = node(raw, 'mdtrtinfo')
  const adm = when(stay, 'adm_time')
  const dscg = when(stay, 'dscg_time')
  if (adm !== null && dscg !== null && !inOrder(adm, dscg)) return true
  if (!['2102', '2207', '2304'].includes(text(raw, 'infno'))) return false
  const info = node(raw, 'setlinfo')
  const setl = when(info, 'setl_time')
  const begin = when(info, 'begndate')
  const end = when(info, 'enddate')
  const brdy = when(info, 'brdy')
  if (setl === null || setl.at > when(raw, 'inf_time')!.at + 86_400_000) return true
  if (begin !== null && end !== null && begin.day > end.day) return true
  if (brdy !== null && brdy.day > setl.day) return true
  return fen(info, 'medfee_sumamt') !== fen(info, 'fund_pay_sumamt') + fen(info, 'psn_part_amt') + fen(info, 'hosp_part_amt') ||
    fen(info, 'psn_part_amt') !== fen(info, 'acct_pay') + fen(info, 'psn_cash_pay')
}

function inOrder (earlier: When, later: When): boolean {
  return earlier.dateOnly || later.dateOnly ? earlier.day <= later.day : earlier.at <= later.at
}

