/**
 * A stay in hospital: its plan, the fee lines of each of its days, and its records. Everything follows from the plan,
 * so nothing is kept.
 */
import type { Fen } from '../../engine/core/money.ts'
import { DAY, dayOf, HOUR, MINUTE, startOfDay } from '../../engine/core/time.ts'
import type { Millis } from '../../engine/core/time.ts'
import type { Catalogue } from './catalogue.ts'
import type { Place } from './city.ts'
import { feeOf, priceAt, refundOf, sumOf } from './fees.ts'
import type { Fee } from './fees.ts'
import { splitFunds } from './funds.ts'
import type { Person } from './people.ts'
import { mix, Random } from './prng.ts'
import { blank, diseinfo, feedetail, linesRecord, settlementRecord, stayRecord } from './records.ts'
import type { Diagnosis } from './records.ts'
import { dateText, timeText } from './stamp.ts'
import type { Raw } from './types.ts'

/** full: drugs, tests and treatment; nursing: bed, consultation and nursing only; none: nothing at all. */
export type DayKind = 'full' | 'nursing' | 'none'

export interface StayPlan {
  readonly seed: number
  readonly person: Person
  readonly place: Place
  readonly mdtrt_id: string
  readonly from: Millis
  readonly fromDateOnly: boolean
  /** null while in hospital. */
  readonly to: Millis | null
  readonly toDateOnly: boolean
  /** Last calendar day with fees, counted from 0. */
  readonly lastDay: number
  readonly dept: string
  /** Where the patient lies: a ward and one of its beds. */
  readonly ward: string
  readonly bed: string
  readonly doctor: string
  readonly diagnoses: readonly Diagnosis[]
  readonly med_type: string
  readonly cert: string
  /** What a day costs, about. */
  readonly dayCost: Fen
  /** Fields of mdtrtinfo that replace the usual ones. */
  readonly info: Raw
}

/** The hours of a stay's day in which fees occur: 8:00–17:00, cut off by admission and discharge. */
export function hoursOf (plan: StayPlan, k: number): readonly [from: Millis, to: Millis] {
  const day = startOfDay(dayOf(plan.from) + k)
  const first = plan.fromDateOnly ? day : plan.from
  const last = plan.to === null || plan.toDateOnly ? day + DAY - 1000 : plan.to
  const lo = Math.max(first + 5 * MINUTE, day + 8 * HOUR)
  const hi = Math.min(last - MINUTE, day + 17 * HOUR)
  return lo < hi ? [lo, hi] : [Math.max(first, day), Math.min(last, day + DAY - 1000)]
}

/** A day as a real ward charges it: routine lines, then drugs, tests and treatment up to about the day's cost. */
export function wardDay (plan: StayPlan, k: number, catalogue: Catalogue): Fee[] {
  const random = new Random(mix(plan.seed, 0x57a, k))
  const [lo, hi] = hoursOf(plan, k)
  const fees = routine(catalogue, lo)
  const lines = random.between(3, 9)
  const step = Math.floor((hi - lo) / (lines + 2) / 1000) * 1000
  let left = Math.floor(plan.dayCost * random.between(85, 120) / 100) - sumOf(fees)
  for (let i = 0; i < lines; i++) {
    const kind = random.below(10)
    const from = kind < 5 ? catalogue.drugs
      : kind < 7 ? catalogue.labs
        : kind < 8 ? catalogue.exams
          : kind < 9 ? catalogue.treatments : catalogue.consumables
    const item = random.pick(from)
    const aim = i === lines - 1 ? left : Math.floor(left / (lines - i))
    const quantity = Math.max(1, Math.min(60, Math.round(aim / (item.pric / 10_000))))
    const fee = feeOf(item, lo + (i + 1) * step, item.list_type === '102' ? quantity * 0.5 : quantity)
    left -= fee.fee
    fees.push(fee)
  }
  if (left > 0) fees.push(sized(feeOf(catalogue.named.treatment, lo + lines * step), left))
  numberDay(fees, k)
  if (random.chance(2)) {
    const back = fees.find(fee => fee.item.list_type === '101')
    if (back !== undefined) fees.push({ ...refundOf(back, back.at + 1000), sn: String((k + 1) * 100 + fees.length + 1) })
  }
  return fees
}

/** A day as scenarios want it: few lines, and one whose price settles the day's cost. */
export function plainDay (plan: StayPlan, k: number, catalogue: Catalogue, kind: DayKind): Fee[] {
  if (kind === 'none') return []
  const [lo, hi] = hoursOf(plan, k)
  const fees = routine(catalogue, lo)
  if (kind === 'full') {
    const middle = lo + Math.floor((hi - lo) / 2000) * 1000
    fees.push(feeOf(catalogue.named.laboratory, middle), feeOf(catalogue.named.treatment, middle + 1000))
  }
  numberDay(fees, k)
  return fees
}

function routine (catalogue: Catalogue, at: Millis): Fee[] {
  const { bed, consultation, nursing } = catalogue.named
  return [feeOf(bed, at), feeOf(consultation, at), feeOf(nursing, at)]
}

function sized (fee: Fee, amount: Fen): Fee {
  priceAt(fee, amount)
  return fee
}

/** Line numbers tell the day, so that a day's lines have the same numbers in 2301 and 2304. */
function numberDay (fees: readonly Fee[], k: number): void {
  for (const [i, fee] of fees.entries()) fee.sn = String((k + 1) * 100 + i + 1)
}

/**
 * Makes the lines cost `total` exactly through the treatment lines, or the beds' where there is no treatment.
 * @throws RangeError when the other lines alone cost more
 */
export function balance (fees: readonly Fee[], total: Fen, catalogue: Catalogue): void {
  const of = (code: string): Fee[] => fees.filter(fee => fee.item.med_list_codg === code && fee.cnt === 10_000)
  const treatments = of(catalogue.named.treatment.med_list_codg)
  const carriers = treatments.length > 0 ? treatments : of(catalogue.named.bed.med_list_codg)
  if (carriers.length === 0) throw new RangeError('no line of the stay can carry the balance')
  const left = total - sumOf(fees) + sumOf(carriers)
  const each = Math.floor(left / carriers.length)
  if (each <= 0) throw new RangeError(`a stay of ${total} 分 is cheaper than its own routine lines`)
  for (const [i, fee] of carriers.entries()) priceAt(fee, i === 0 ? left - each * (carriers.length - 1) : each)
}

/** mdtrtinfo of the stay as its records repeat it. `known` says how far the stay has come. */
export function stayInfo (plan: StayPlan, known: 'admission' | 'middle' | 'discharge' | 'all'): Raw {
  const info: Raw = {}
  if (known !== 'discharge') {
    Object.assign(info, {
      adm_time: plan.fromDateOnly ? dateText(plan.from) : timeText(plan.from), adm_way: '2', ipt_med_type: '1',
      ipt_no: `Z${plan.mdtrt_id.slice(-8)}`, adm_dept_codg: plan.dept, wardarea_codg: plan.ward, adm_bed: plan.bed
    })
  }
  if (known === 'discharge' || known === 'all') {
    Object.assign(info, {
      dscg_time: plan.to === null ? null : plan.toDateOnly ? dateText(plan.to) : timeText(plan.to), dscg_way: '1',
      dscg_dept_codg: plan.dept, dscg_bed: plan.bed
    })
  }
  if (known === 'admission') Object.assign(info, { med_type: plan.med_type, mdtrt_cert_type: plan.cert })
  if (known === 'all' || known === 'middle') {
    Object.assign(info, { days_rinp_flag_31: '0', nwb_flag: '0', etip_flag: '0' })
    blank(info, plan.place, 'dise_codg', 'days_rinp_pup_31', 'die_date')
    if (plan.place.empty === 'omit') blank(info, plan.place, 'wardarea_codg')
  }
  for (const [field, value] of Object.entries(plan.info)) {
    if (field.startsWith('dscg') ? known === 'discharge' || known === 'all' : known !== 'discharge') info[field] = value
  }
  return info
}

/** One settlement of a stay: the whole of it, or a part settled in the middle. */
export interface StaySettlement {
  readonly setl_id: string
  readonly setl_time: Millis
  readonly fees: readonly Fee[]
  readonly finish: Millis
  readonly mid: boolean
  readonly crossYear: boolean
  readonly sent: Millis
  readonly serial: number
  /** 2304 without the times in mdtrtinfo: the stay is known by begndate and enddate only. */
  readonly bare: boolean
}

/** 2304. */
export function settledStay (plan: StayPlan, one: StaySettlement): Raw {
  const paid = (lv: string): Fen => sumOf(one.fees.filter(fee => fee.item.chrgitm_lv === lv))
  const record = settlementRecord({
    infno: '2304', place: plan.place, area: plan.person.area, at: one.sent, serial: one.serial, person: plan.person,
    setl_id: one.setl_id, mdtrt_id: plan.mdtrt_id, setl_time: one.setl_time, begin: plan.from, finish: one.finish,
    med_type: plan.med_type, pay_loc: plan.place.admdvs.slice(0, 4) === plan.person.area.slice(0, 4) ? '2' : '3',
    cert: plan.cert, clr_type: '21',
    funds: splitFunds({
      medfee: sumOf(one.fees), ownpay: paid('03'), preself: Math.floor(paid('02') / 10), insutype: plan.person.insutype,
      kind: 'stay', draw: mix(plan.seed, 9) % 1000
    }),
    fees: one.fees, diagnoses: plan.diagnoses, dept: plan.dept, doctor: plan.doctor,
    stay: stayInfo(plan, one.mid ? 'middle' : 'all')
  })
  if (one.bare) blank(record.mdtrtinfo as Raw, plan.place, 'adm_time', 'dscg_time')
  const info = record.setlinfo as Raw
  if (one.mid) info.mid_setl_flag = '1'
  if (one.crossYear) info.ars_year_ipt_flag = '1'
  return record
}

/** 2401 or 2402. */
export function stayEvent (plan: StayPlan, infno: '2401' | '2402', sent: Millis, serial: number): Raw {
  const ids = { mdtrt_id: plan.mdtrt_id, psn_no: plan.person.psn_no }
  const info = stayInfo(plan, infno === '2401' ? 'admission' : 'discharge')
  const diagnoses = infno === '2401' ? diseinfo(plan.diagnoses, plan.doctor, plan.from) : []
  return stayRecord(infno, { place: plan.place, area: plan.person.area, at: sent, serial }, ids, info, diagnoses)
}

/** 4101. */
export function stayList (plan: StayPlan, setl_id: string, sent: Millis, serial: number): Raw {
  const ids = { setl_id, mdtrt_id: plan.mdtrt_id, psn_no: plan.person.psn_no }
  return stayRecord('4101', { place: plan.place, area: plan.person.area, at: sent, serial }, ids, stayInfo(plan, 'all'), [])
}

/** 2301. */
export function stayLines (plan: StayPlan, fees: readonly Fee[], sent: Millis, serial: number): Raw {
  return linesRecord({ place: plan.place, area: plan.person.area, at: sent, serial }, plan.mdtrt_id, plan.person.psn_no,
    feedetail(plan.place, fees, plan.dept, plan.doctor, true))
}
