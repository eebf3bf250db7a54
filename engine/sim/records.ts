/** Raw records for histories and tests, complete and consistent unless told otherwise. */
import type { Raw } from './oracle/read.ts'

/** Parts laid over the defaults, node by node. */
export interface Parts {
  readonly header?: Raw
  readonly setlinfo?: Raw
  readonly mdtrtinfo?: Raw
  readonly diseinfo?: readonly Raw[]
  readonly feedetail?: readonly Raw[]
}

export type Claimed = Readonly<Record<'fix' | 'setl_id' | 'mdtrt_id' | 'psn_no' | 'at', string>>

/** A stay's facts where a history does not give them. */
const STAYED: Raw = { adm_way: '2', dscg_way: '1', ipt_med_type: '1', adm_dept_codg: 'A03', dscg_dept_codg: 'A03', nwb_flag: '0' }

let serial = 0
/** Restarts the numbering of msgid, so that a history is the same however often it is made. */
export function restartSerial (): void {
  serial = 0
}

function header (infno: string, fix: string, at: string, more: Raw | undefined): Raw {
  const inf_time = String(more?.['inf_time'] ?? (at.length === 10 ? `${at} 23:00:00` : at))
  const msgid = fix + inf_time.replace(/\D/g, '').slice(0, 14) + String(serial++ % 10000).padStart(4, '0')
  return {
    infno, msgid, mdtrtarea_admvs: '341702', insuplc_admdvs: '341702', dev_no: 'D-01', opter_type: '1', opter: 'op1',
    inf_time, fixmedins_code: fix, ...more
  }
}

/** A fee line worth `fen` 分 in all; negative `cnt` and `fen` for a refund. */
export function line (sn: number | string, at: string, fen: number, more: Raw = {}): Raw {
  const cnt = Number(more['cnt'] ?? 1)
  return {
    feedetl_sn: String(sn), fee_ocur_time: at, med_list_codg: 'XC08CAA259A001010102180', medins_list_codg: 'Y1', list_type: '101',
    med_chrgitm_type: '09', chrgitm_lv: '01', cnt: String(cnt), pric: (fen / cnt / 100).toFixed(6),
    det_item_fee_sumamt: (fen / 100).toFixed(2), bilg_dept_codg: 'A03', ...more
  }
}

export function diagnosis (diag_code: string, main = true): Raw {
  return { diag_type: '1', maindiag_flag: main ? '1' : '0', diag_srt_no: '1', diag_code, diag_name: '诊断', dise_dor_no: 'D341702000123' }
}

/** A settlement whose money adds up to its lines: 70 % pooled, half of the rest from the personal account. */
export function settlement (infno: '2102' | '2207' | '2304', of: Claimed, parts: Parts = {}): Raw {
  const feedetail = parts.feedetail ?? [line(1, of.at, 5000)]
  const medfee = feedetail.reduce((sum, one) => sum + Math.round(Number(one['det_item_fee_sumamt']) * 100), 0)
  const fund = Math.floor(medfee * 0.7)
  const acct = Math.floor((medfee - fund) / 2)
  const yuan = (fen: number): string => (fen / 100).toFixed(2)
  const day = of.at.slice(0, 10)
  return {
    ...header(infno, of.fix, of.at, parts.header),
    setlinfo: {
      setl_id: of.setl_id, mdtrt_id: of.mdtrt_id, psn_no: of.psn_no, psn_name: '张某', psn_cert_type: '01',
      certno: '341702198001010019', gend: '1', brdy: '1980-01-01', insutype: '310', psn_type: '11',
      med_type: infno === '2102' ? '41' : infno === '2207' ? '11' : '21', mdtrt_cert_type: '03', pay_loc: '2',
      setl_time: of.at, begndate: day, enddate: day, medfee_sumamt: yuan(medfee), inscp_scp_amt: yuan(medfee),
      hifp_pay: yuan(fund), fund_pay_sumamt: yuan(fund), psn_part_amt: yuan(medfee - fund), acct_pay: yuan(acct),
      psn_cash_pay: yuan(medfee - fund - acct), hosp_part_amt: '0', acct_mulaid_pay: '0',
      clr_type: infno === '2304' ? '21' : '11', clr_way: '1',
      refd_setl_flag: '0', mid_setl_flag: '0', ars_year_ipt_flag: '0',
      ...parts.setlinfo
    },
    ...(infno === '2304' ? { mdtrtinfo: { ...STAYED, ...parts.mdtrtinfo } } : {}),
    diseinfo: parts.diseinfo ?? [diagnosis('I10.x00')],
    feedetail
  }
}

/** 2401, 2402 or 4101. */
export function stayEvent (infno: '2401' | '2402' | '4101', of: Omit<Claimed, 'setl_id'> & { setl_id?: string }, parts: Parts = {}): Raw {
  const { mdtrt_id, psn_no } = of
  return {
    ...header(infno, of.fix, of.at, parts.header),
    ...(infno === '4101' ? { setlinfo: { setl_id: of.setl_id ?? '', mdtrt_id, psn_no } } : {}),
    mdtrtinfo: { mdtrt_id, psn_no, ...parts.mdtrtinfo },
    ...(parts.diseinfo === undefined ? {} : { diseinfo: parts.diseinfo })
  }
}

/** 2301 */
export function dailyLines (of: Omit<Claimed, 'setl_id'>, feedetail: readonly Raw[], parts: Parts = {}): Raw {
  return { ...header('2301', of.fix, of.at, parts.header), mdtrtinfo: { mdtrt_id: of.mdtrt_id, psn_no: of.psn_no }, feedetail }
}

/** Voids `of.setl_id` at `of.at`. */
export function reversal (infno: '2103' | '2208' | '2305', of: Claimed, parts: Parts = {}): Raw {
  const { setl_id, mdtrt_id, psn_no, at } = of
  return { ...header(infno, of.fix, at, parts.header), setlinfo: { setl_id, mdtrt_id, psn_no, refd_setl_id: `${setl_id}R`, setl_time: at } }
}

export function death (psn_no: string, die_date: string, inf_time: string): Raw {
  return { type: 'death', psn_no, die_date, source: '户籍', inf_time, valid_from: die_date }
}

export function institution (fixmedins_code: string, more: Raw = {}): Raw {
  return {
    type: 'institution', fixmedins_code, fixmedins_name: '医院', uscc: '', fixmedins_type: '1', hosp_lv: '05',
    admdvs: '341702', aprv_bed_cnt: '120',
    lng: '117.48', lat: '30.66', fix_onln_open_flag: '1', valid_from: '2020-01-01', valid_to: null, inf_time: '2020-01-01 00:00:00', ...more
  }
}

export function catalogueItem (med_list_codg: string, more: Raw = {}): Raw {
  return {
    type: 'catalogue', med_list_codg, name: '项目', list_type: '101', chrgitm_lv: '01', gend_limit: null, age_min: null, age_max: null,
    valid_from: '2020-01-01', valid_to: null, inf_time: '2020-01-01 00:00:00', ...more
  }
}

/** Whose trace codes begin so. */
export function tracePrefix (prefix: string, med_list_codg: string, more: Raw = {}): Raw {
  return { type: 'trace_prefix', prefix, med_list_codg, valid_from: '2020-01-01', valid_to: null, inf_time: '2020-01-01 00:00:00', ...more }
}

export function peerMedian (hosp_lv: string, dept_codg: string, diag_group: string, day_cost: string, sample = '50'): Raw {
  const dated = { valid_from: '2020-01-01', valid_to: null, inf_time: '2020-01-01 00:00:00' }
  return { type: 'peer_median', hosp_lv, dept_codg, diag_group, day_cost, sample, ...dated }
}
