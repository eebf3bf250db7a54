/** The words that answers and pages use for codes, Chinese first. What is not confirmed is called 疑点 and nothing else. */
import type { FlagStatus, Severity } from '../core/flag.ts'
import type { Bilingual, ParameterValue } from '../core/rulebook.ts'
import { yuan, type Fen } from '../core/money.ts'
import type { subjectOf } from '../core/rule.ts'

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

/** Money of a stay that is still to be settled: not known, which is not nothing. */
export const NOT_SETTLED: Bilingual = { zh: '尚未结算', en: 'not yet settled' }

/** The bands of a candidate's amount, by what they would be under the regime's articles if it were established. */
export const BANDS = {
  general: { zh: '一般档', en: 'general band' },
  serious: { zh: '较高档', en: 'higher band' },
  unknown: { zh: '机构等级未知，未对应', en: 'institution’s level not known' }
} as const satisfies Readonly<Record<string, Bilingual>>

/** The regimes' names of the bands say what only an established finding may: in the store's reasons they become ours. */
export function neutral (text: string): string {
  return text.replaceAll('严重失信档金额', `${BANDS.serious.zh}起点金额`).replaceAll('严重失信档', BANDS.serious.zh).replaceAll('一般失信档', BANDS.general.zh)
}

/** Kinds of whom or what a rule looks at. */
export const SUBJECTS: Readonly<Record<ReturnType<typeof subjectOf>, Bilingual>> = {
  person: { zh: '参保人', en: 'a person over time' },
  claim: { zh: '单笔结算', en: 'one settlement' },
  trace: { zh: '药品追溯码', en: 'a trace code' },
  bed: { zh: '病床', en: 'a bed' },
  terminal: { zh: '结算终端', en: 'a terminal' },
  institution: { zh: '医药机构', en: 'an institution' },
  item: { zh: '机构的药品或耗材', en: 'an item of an institution' },
  medicine: { zh: '参保人所用的药品', en: 'a medicine of a person' }
}

/** When a rule can be used, as the national library divides it. */
export const STAGES: Readonly<Record<string, Bilingual>> = {
  pre: { zh: '事前', en: 'before' }, in: { zh: '事中', en: 'during' }, post: { zh: '事后', en: 'after' }
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

/** Units of thresholds; money (fen) and switches (flag) are written in a way of their own. */
export const UNITS: Readonly<Record<string, Bilingual>> = {
  days: { zh: '天', en: 'days' },
  hours: { zh: '小时', en: 'hours' },
  minutes: { zh: '分钟', en: 'minutes' },
  stays: { zh: '次住院', en: 'stays' },
  visits: { zh: '次', en: 'visits' },
  times: { zh: '次', en: 'times' },
  institutions: { zh: '家', en: 'institutions' },
  persons: { zh: '人', en: 'persons' },
  lines: { zh: '条', en: 'lines' },
  samples: { zh: '例', en: 'samples' },
  units: { zh: '个计价单位', en: 'units' },
  percent: { zh: '%', en: '%' },
  characters: { zh: '位', en: 'characters' },
  km: { zh: '公里', en: 'km' },
  'km/h': { zh: '公里/小时', en: 'km/h' },
  years: { zh: '年', en: 'years' }
}

/** Who states a threshold's number. */
export const BASES: Readonly<Record<ParameterValue['basis'], Bilingual>> = {
  official: { zh: '国家规定', en: 'official' },
  local: { zh: '统筹区文件', en: 'local' },
  derived: { zh: '本系统取值', en: 'derived' }
}

/** Charge categories of fee lines by med_chrgitm_type of the national interface. */
export const CHARGE_TYPES: Readonly<Record<string, Bilingual>> = {
  '01': { zh: '床位费', en: 'bed' },
  '02': { zh: '诊察费', en: 'consultation' },
  '03': { zh: '检查费', en: 'examination' },
  '04': { zh: '化验费', en: 'laboratory' },
  '05': { zh: '治疗费', en: 'treatment' },
  '06': { zh: '手术费', en: 'operation' },
  '07': { zh: '护理费', en: 'nursing' },
  '08': { zh: '卫生材料费', en: 'materials' },
  '09': { zh: '西药费', en: 'western medicine' },
  10: { zh: '中药饮片费', en: 'herbal pieces' },
  11: { zh: '中成药费', en: 'patent Chinese medicine' },
  12: { zh: '一般诊疗费', en: 'general treatment' },
  13: { zh: '挂号费', en: 'registration' },
  14: { zh: '其他费', en: 'other' }
}

/** A number with its English noun, given in the plural: "1 day", "2 days". */
export function plural (value: number, noun: string): string {
  return `${value} ${value === 1 ? noun.replace(/s$/, '') : noun}`
}

const ORDINALS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** An item of a credit regime as its document is cited: ('yangzhou-2020', '8.1.4') is 扬医保规〔2020〕1号第八条第一款第四项. */
export function citedItem (regime: string, item: string): string {
  const [name = '', kind] = regime.split('/')
  const places = item.split('.').map(place => ORDINALS[Number(place)])
  if (name !== 'yangzhou-2020' || places.length !== 3 || places.includes(undefined)) return `${regime} ${item}`
  return `扬医保规〔2020〕1号第${places[0]}条第${places[1]}款第${places[2]}项${kind === 'pharmacy' ? '（零售药店）' : ''}`
}

/** Money for readers: "1,234.05 元", as the sentences of flags have it. */
export function money (fen: Fen): string {
  return `${yuanWritten(fen)} 元`
}

/** The same in English: "1,234.05 yuan". */
export function moneyInEnglish (fen: Fen): string {
  return `${yuanWritten(fen)} yuan`
}

function yuanWritten (fen: Fen): string {
  const [whole = '0', fraction = '00'] = yuan(fen).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`
}

/** A decimal for readers with at least two places, so that columns of prices line up: "61.7" is "61.70". */
export function price (decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return `${whole}.${fraction.padEnd(2, '0')}`
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
