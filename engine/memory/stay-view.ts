/**
 * A stay put together from its parts (sources in engine/ARCHITECTURE.md, "a stay"). Who is believed, first non-empty:
 *
 *   admission          settlements (latest setl_time first), list, admission
 *   discharge          settlements but those in mid-stay, list, discharge
 *   everything else    settlements, list, admission, discharge; diagnoses from the first that has any
 *   flags              true when any part says so
 *   money              sum of the settlements
 *   days               settlements' lines; after the last settled day 2301 as well
 *
 * A voided settlement says nothing. A settlement that lacks a time of admission or discharge means its begndate and
 * enddate, as dates without a time; a mid-stay settlement tells of no discharge.
 */
import type { Fen } from '../core/money.ts'
import { dayOf } from '../core/time.ts'
import type { DayNumber, Millis } from '../core/time.ts'
import type { DiagnosisGroup, Stay, StayDay } from '../core/window.ts'
import { readDays } from './day-chain.ts'
import { DAY_FLAG, DayFacts, momentOf } from './day-facts.ts'
import { groupSet } from './diagnosis.ts'
import { HEAD, HEAD_LINES, KIND, PART, PART_FLAG } from './layout.ts'
import { SettledView } from './settled-view.ts'
import { kindOf } from './shelves.ts'
import type { Shelves } from './shelves.ts'

type DayView = { -readonly [K in keyof StayDay]: StayDay[K] }

/** Parts of the stay being filled, each list in the order of belief. */
const settlements: number[] = []
const ofAdmission: number[] = []
const ofDischarge: number[] = []
const parts: number[] = []
const facts = new DayFacts()
const unsettled = new DayFacts()

export class StayView implements Stay {
  readonly kind = 'stay'
  fixmedins_code = ''
  insuplc_admdvs = ''
  mdtrtarea_admvs = ''
  med_type = ''
  adm_time: Millis = 0
  adm_date_only = false
  dscg_time: Millis | null = null
  dscg_date_only = false
  adm_way = ''
  dscg_way = ''
  ipt_med_type = ''
  adm_dept_codg = ''
  dscg_dept_codg = ''
  mdtrt_cert_type = ''
  dise_codg = ''
  main_diag = ''
  diag_groups: ReadonlySet<DiagnosisGroup> = groupSet(0)
  days_rinp_flag_31 = false
  days_rinp_purpose = false
  mid_setl_flag = false
  ars_year_ipt_flag = false
  nwb_flag = false
  medfee_sumamt: Fen = 0
  fund_pay_sumamt: Fen = 0
  acct_pay: Fen = 0
  readonly settlements: SettledView[] = []
  readonly days: DayView[] = []
  has_lines = false
  readonly #at: Shelves
  #head = 0
  #mdtrt_id: string | null = null
  readonly #spareSettled: SettledView[] = []
  readonly #spareDays: DayView[] = []

  constructor (at: Shelves) {
    this.#at = at
  }

  get mdtrt_id (): string {
    const { stays } = this.#at
    this.#mdtrt_id ??= stays.text(this.#head, HEAD.mdtrt_id, stays.byte(this.#head, HEAD.mdtrtLength))
    return this.#mdtrt_id
  }

  /** @returns false when there is no stay to see: its admission is not known, or everything known is voided. */
  fill (head: number): boolean {
    const at = this.#at
    this.#head = head
    this.#mdtrt_id = null
    this.fixmedins_code = at.codes.textOf(at.stays.word(head, HEAD.fix))
    gather(at, head)
    if (!this.#fillAdmission()) return false
    this.#fillDischarge()
    this.#fillCodes()
    this.#fillFlags()
    this.#fillDiagnoses()
    this.#fillSettlements()
    this.#fillDays()
    return true
  }

  #fillAdmission (): boolean {
    const { stays } = this.#at
    for (const part of ofAdmission) {
      const adm = stays.double(part, PART.adm)
      const begn = stays.double(part, PART.begn)
      if (Number.isNaN(adm) && Number.isNaN(begn)) continue
      this.adm_time = Number.isNaN(adm) ? begn : adm
      this.adm_date_only = Number.isNaN(adm) || (stays.word(part, PART.flags) & PART_FLAG.admDateOnly) !== 0
      return true
    }
    return false
  }

  #fillDischarge (): void {
    const { stays } = this.#at
    this.dscg_time = null
    this.dscg_date_only = false
    for (const part of ofDischarge) {
      const dscg = stays.double(part, PART.dscg)
      const end = stays.double(part, PART.end)
      if (Number.isNaN(dscg) && Number.isNaN(end)) continue
      this.dscg_time = Number.isNaN(dscg) ? end : dscg
      this.dscg_date_only = Number.isNaN(dscg) || (stays.word(part, PART.flags) & PART_FLAG.dscgDateOnly) !== 0
      return
    }
  }

  #fillCodes (): void {
    this.insuplc_admdvs = this.#first(parts, PART.insuplc)
    this.mdtrtarea_admvs = this.#first(parts, PART.area)
    this.med_type = this.#first(parts, PART.medType)
    this.mdtrt_cert_type = this.#first(parts, PART.certificate)
    this.ipt_med_type = this.#first(parts, PART.iptMedType)
    this.dise_codg = this.#first(parts, PART.disease)
    this.adm_way = this.#first(parts, PART.admWay)
    this.adm_dept_codg = this.#first(parts, PART.admDept)
    this.dscg_way = this.#first(ofDischarge, PART.dscgWay)
    this.dscg_dept_codg = this.#first(ofDischarge, PART.dscgDept)
  }

  /** First code that is not empty. */
  #first (believed: readonly number[], field: number): string {
    const { stays, codes } = this.#at
    for (const part of believed) {
      const code = stays.word(part, field)
      if (code !== 0) return codes.textOf(code)
    }
    return ''
  }

  #fillFlags (): void {
    const { stays } = this.#at
    let flags = 0
    for (const part of parts) flags |= stays.word(part, PART.flags)
    this.days_rinp_flag_31 = (flags & PART_FLAG.planned) !== 0
    this.days_rinp_purpose = (flags & PART_FLAG.purpose) !== 0
    this.mid_setl_flag = (flags & PART_FLAG.mid) !== 0
    this.ars_year_ipt_flag = (flags & PART_FLAG.crossYear) !== 0
    this.nwb_flag = (flags & PART_FLAG.newborn) !== 0
    this.has_lines = (flags & PART_FLAG.lines) !== 0 || stays.byte(this.#head, HEAD.lines) === HEAD_LINES
  }

  #fillDiagnoses (): void {
    const { stays, codes } = this.#at
    const source = parts.find(part => (stays.word(part, PART.flags) & PART_FLAG.diagnoses) !== 0)
    this.main_diag = source === undefined ? '' : codes.textOf(stays.word(source, PART.diagnosis))
    this.diag_groups = groupSet(source === undefined ? 0 : stays.byte(source, PART.groups))
  }

  #fillSettlements (): void {
    const at = this.#at
    this.#spareSettled.push(...this.settlements)
    this.settlements.length = 0
    this.medfee_sumamt = 0
    this.fund_pay_sumamt = 0
    this.acct_pay = 0
    for (let i = settlements.length - 1; i >= 0; i--) {
      const view = (this.#spareSettled.pop() ?? new SettledView(at)).fill(this.#head, settlements[i]!)
      this.settlements.push(view)
      this.medfee_sumamt += view.medfee_sumamt
      this.fund_pay_sumamt += view.fund_pay_sumamt
      this.acct_pay += view.acct_pay
    }
  }

  #fillDays (): void {
    const { stays } = this.#at
    facts.clear()
    let settledTo = -Infinity
    for (const part of settlements) {
      settledTo = Math.max(settledTo, lastDayOf(this.#at, part))
      readDays(stays, stays.word(part, PART.days), facts)
    }
    unsettled.clear()
    readDays(stays, stays.word(this.#head, HEAD.days), unsettled)
    for (let i = 0; i < unsettled.length; i++) {
      if (unsettled.days[i]! <= settledTo) continue
      facts.add(unsettled.days[i]!, unsettled.first[i]!, unsettled.last[i]!, unsettled.flags[i]!)
    }
    while (this.days.length > facts.length) this.#spareDays.push(this.days.pop()!)
    while (this.days.length < facts.length) this.days.push(this.#spareDays.pop() ?? newDay())
    for (let i = 0; i < facts.length; i++) fillDay(this.days[i]!, i)
  }
}

function newDay (): DayView {
  return { day: 0, first: 0, last: 0, substantive: false, external: false, dateOnly: false }
}

function fillDay (view: DayView, i: number): void {
  const flags = facts.flags[i]!
  view.day = facts.days[i]!
  view.first = momentOf(view.day, facts.first[i]!)
  view.last = momentOf(view.day, facts.last[i]!)
  view.substantive = (flags & DAY_FLAG.substantive) !== 0
  view.external = (flags & DAY_FLAG.external) !== 0
  view.dateOnly = (flags & DAY_FLAG.dateOnly) !== 0
}

/** The last day that a settlement settles: its enddate's or its discharge's, the later; without both that of settling. */
function lastDayOf (at: Shelves, part: number): DayNumber {
  const { stays } = at
  const end = stays.double(part, PART.end)
  const dscg = (stays.word(part, PART.flags) & PART_FLAG.mid) !== 0 ? NaN : stays.double(part, PART.dscg)
  if (Number.isNaN(end)) return dayOf(Number.isNaN(dscg) ? stays.double(part, PART.setl) : dscg)
  return dayOf(Number.isNaN(dscg) ? end : Math.max(end, dscg))
}

function gather (at: Shelves, head: number): void {
  const { stays } = at
  settlements.length = 0
  ofAdmission.length = 0
  ofDischarge.length = 0
  parts.length = 0
  let list = 0
  let admission = 0
  let discharge = 0
  for (let part = stays.word(head, HEAD.parts); part !== 0; part = stays.word(part, PART.next)) {
    const kind = kindOf(stays, part)
    if (kind === KIND.list) list = part
    else if (kind === KIND.admission) admission = part
    else if (kind === KIND.discharge) discharge = part
    else if ((stays.word(part, PART.flags) & PART_FLAG.void) === 0) insertLatestFirst(at, part)
  }
  for (const part of settlements) {
    parts.push(part)
    ofAdmission.push(part)
    if ((stays.word(part, PART.flags) & PART_FLAG.mid) === 0) ofDischarge.push(part)
  }
  if (list !== 0) parts.push(list)
  if (list !== 0) ofAdmission.push(list)
  if (list !== 0) ofDischarge.push(list)
  if (admission !== 0) parts.push(admission)
  if (admission !== 0) ofAdmission.push(admission)
  if (discharge !== 0) parts.push(discharge)
  if (discharge !== 0) ofDischarge.push(discharge)
}

/** Keeps `settlements` by setl_time, then setl_id, descending. */
function insertLatestFirst (at: Shelves, part: number): void {
  const { stays } = at
  const time = stays.double(part, PART.setl)
  const id = stays.text(part, PART.setl_id, stays.byte(part, PART.setlLength))
  let place = settlements.length
  while (place > 0) {
    const other = settlements[place - 1]!
    const byTime = stays.double(other, PART.setl) - time
    if (byTime > 0) break
    if (byTime === 0 && stays.compareText(other, PART.setl_id, stays.byte(other, PART.setlLength), id) > 0) break
    settlements[place] = other
    place--
  }
  settlements[place] = part
}
