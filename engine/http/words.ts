/** The words that answers and pages use for codes, Chinese first. What is not confirmed is called 疑点 and nothing else. */
import type { FlagStatus, Severity } from '../core/flag.ts'
import type { Bilingual } from '../core/rulebook.ts'
import { yuan, type Fen } from '../core/money.ts'

/** Severity is never shown by colour alone: text and shape carry it. */
export const SEVERITIES: Readonly<Record<Severity, Bilingual & { readonly shape: string }>> = {
  1: { zh: '高', en: 'high', shape: '■' },
  2: { zh: '中', en: 'medium', shape: '▲' },
  3: { zh: '低', en: 'low', shape: '●' }
}

export const STATUSES: Readonly<Record<FlagStatus, Bilingual>> = {
  active: { zh: '待核查', en: 'to be checked' },
  retracted: { zh: '已撤回', en: 'retracted' }
}

/** What every page ends with. */
export const CAUTION: Bilingual = {
  zh: '疑点仅为线索，须经核查认定。',
  en: 'A flag is a lead only. What it means is decided by an inspection.'
}

/** Kinds of record by infno. */
export const KINDS: Readonly<Record<string, Bilingual>> = {
  2102: { zh: '药店购药结算', en: 'pharmacy settlement' },
  2207: { zh: '门诊结算', en: 'outpatient settlement' },
  2304: { zh: '住院结算', en: 'inpatient settlement' },
  2301: { zh: '住院费用明细', en: 'stay’s daily lines' },
  2401: { zh: '入院办理', en: 'admission' },
  2402: { zh: '出院办理', en: 'discharge' },
  4101: { zh: '结算清单', en: 'settlement list' },
  2103: { zh: '药店结算撤销', en: 'pharmacy reversal' },
  2208: { zh: '门诊结算撤销', en: 'outpatient reversal' },
  2305: { zh: '住院结算撤销', en: 'inpatient reversal' }
}

/** Roles in which the records name somebody or something. */
export const ROLES: Readonly<Record<string, Bilingual>> = {
  billing_doctor: { zh: '开单医师', en: 'billing doctor' },
  ordering_doctor: { zh: '受单医师', en: 'executing doctor' },
  diagnosing_doctor: { zh: '诊断医师', en: 'diagnosing doctor' },
  operator: { zh: '经办人', en: 'operator' },
  device: { zh: '设备', en: 'device' }
}

/** Money for readers: "¥1,234.05". */
export function money (fen: Fen): string {
  const [whole = '0', fraction = '00'] = yuan(fen).split('.')
  return `¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`
}

/** A count for readers: "12,345". */
export function count (value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A scaled integer as the decimal it stands for, without trailing zeros: 617000 at 4 places is "61.7". */
export function decimal (scaled: number, places: number): string {
  const digits = String(Math.abs(scaled)).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${scaled < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`
}
