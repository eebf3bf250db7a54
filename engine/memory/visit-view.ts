/** A visit as rules read it, filled from its slot. Pooled: fill() makes it another visit. Ids are decoded when asked for. */
import type { Fen } from '../core/money.ts'
import type { Millis } from '../core/time.ts'
import type { DiagnosisGroup, Visit } from '../core/window.ts'
import { groupSet } from './diagnosis.ts'
import { EXTERNAL, KIND_BYTE, VISIT, VISIT_FLAG } from './layout.ts'
import type { Shelves } from './shelves.ts'

/** pay_loc of a settlement made with the person present; an empty one counts as 2. */
const IN_PERSON = new Set(['1', '2', '3', '4', ''])

export class VisitView implements Visit {
  readonly kind = 'visit'
  fixmedins_code = ''
  setl_time: Millis = 0
  medfee_sumamt: Fen = 0
  fund_pay_sumamt: Fen = 0
  acct_pay: Fen = 0
  pharmacy = false
  insuplc_admdvs = ''
  mdtrtarea_admvs = ''
  med_type = ''
  mdtrt_cert_type = ''
  pay_loc = ''
  in_person = false
  setl_date_only = false
  service_time: Millis = 0
  retroactive = false
  main_diag = ''
  diag_groups: ReadonlySet<DiagnosisGroup> = groupSet(0)
  external = false
  readonly #at: Shelves
  #slot = 0
  #setl_id: string | null = null
  #mdtrt_id: string | null = null

  constructor (at: Shelves) {
    this.#at = at
  }

  get setl_id (): string {
    const { visits } = this.#at
    this.#setl_id ??= visits.text(this.#slot, VISIT.setl_id, visits.byte(this.#slot, VISIT.setlLength))
    return this.#setl_id
  }

  get mdtrt_id (): string {
    const { visits } = this.#at
    this.#mdtrt_id ??= visits.text(this.#slot, VISIT.mdtrt_id, visits.byte(this.#slot, VISIT.mdtrtLength))
    return this.#mdtrt_id
  }

  fill (slot: number): this {
    const { visits, codes } = this.#at
    this.#slot = slot
    this.#setl_id = null
    this.#mdtrt_id = null
    const flags = visits.byte(slot, KIND_BYTE)
    const groups = visits.byte(slot, VISIT.groups)
    this.fixmedins_code = codes.textOf(visits.word(slot, VISIT.fix))
    this.setl_time = visits.double(slot, VISIT.event)
    this.medfee_sumamt = visits.double(slot, VISIT.medfee)
    this.fund_pay_sumamt = visits.double(slot, VISIT.fund)
    this.acct_pay = visits.double(slot, VISIT.account)
    this.pharmacy = (flags & VISIT_FLAG.pharmacy) !== 0
    this.insuplc_admdvs = codes.textOf(visits.word(slot, VISIT.insuplc))
    this.mdtrtarea_admvs = codes.textOf(visits.word(slot, VISIT.area))
    this.med_type = codes.textOf(visits.word(slot, VISIT.medType))
    this.mdtrt_cert_type = codes.textOf(visits.word(slot, VISIT.certificate))
    this.pay_loc = codes.textOf(visits.word(slot, VISIT.payLoc))
    this.in_person = IN_PERSON.has(this.pay_loc)
    this.setl_date_only = (flags & VISIT_FLAG.dateOnly) !== 0
    this.service_time = this.setl_time + 1000 * visits.word(slot, VISIT.service)
    this.retroactive = (flags & VISIT_FLAG.retroactive) !== 0
    this.main_diag = codes.textOf(visits.word(slot, VISIT.diagnosis))
    this.diag_groups = groupSet(groups)
    this.external = (groups & EXTERNAL) !== 0
    return this
  }
}
