/** A person's stays: a head for each (institution, mdtrt_id), its parts as they came, and the days that 2301 told of. */
import type { Settlement, StayEvent, StayInfo, StayLines } from '../core/claim.ts'
import type { Millis } from '../core/time.ts'
import { addSeen, freeChain, readDays, writeDays } from './day-chain.ts'
import { DayFacts } from './day-facts.ts'
import { groupsOf, mainDiagnosisOf } from './diagnosis.ts'
import { eventTimeOf } from '../core/event-time.ts'
import { HEAD, HEAD_LINES, KIND, KIND_BYTE, PART, PART_FLAG, PERSON } from './layout.ts'
import { kindOf, unlink, writeVersion } from './shelves.ts'
import type { Shelves } from './shelves.ts'
import { checkId } from './slab.ts'

/** 2301 messages remembered of one stay, to tell a repeated one; a longer stay's later ones are judged like new ones. */
const SEEN_A_STAY_MAX = 1_024

const facts = new DayFacts()

export function findHead (at: Shelves, person: number, fixmedins_code: string, mdtrt_id: string): number {
  const fix = at.codes.peek(fixmedins_code)
  const { stays } = at
  for (let head = at.persons.slab.word(person, PERSON.stays); head !== 0; head = stays.word(head, HEAD.next)) {
    if (stays.word(head, HEAD.fix) !== fix) continue
    if (stays.compareText(head, HEAD.mdtrt_id, stays.byte(head, HEAD.mdtrtLength), mdtrt_id) === 0) return head
  }
  return 0
}

/** The list, admission or discharge of a stay. */
export function findPart (at: Shelves, head: number, kind: number): number {
  let part = head === 0 ? 0 : at.stays.word(head, HEAD.parts)
  while (part !== 0 && kindOf(at.stays, part) !== kind) part = at.stays.word(part, PART.next)
  return part
}

/** Where a stay's settlement lies: its part and the head it hangs on. */
export const found = { head: 0, part: 0 }

/** Looks for a settlement in every stay of the person and fills `found`. @returns its part, 0 when there is none. */
export function findSettlement (at: Shelves, person: number, fixmedins_code: string, setl_id: string): number {
  const fix = at.codes.peek(fixmedins_code)
  const { stays } = at
  for (let head = at.persons.slab.word(person, PERSON.stays); head !== 0; head = stays.word(head, HEAD.next)) {
    if (stays.word(head, HEAD.fix) !== fix) continue
    for (let part = stays.word(head, HEAD.parts); part !== 0; part = stays.word(part, PART.next)) {
      if (kindOf(stays, part) !== KIND.settlement) continue
      if (stays.compareText(part, PART.setl_id, stays.byte(part, PART.setlLength), setl_id) !== 0) continue
      found.head = head
      found.part = part
      return part
    }
  }
  found.head = 0
  found.part = 0
  return 0
}

/** The head of a stay, made now if there is none. */
export function headFor (at: Shelves, person: number, fixmedins_code: string, mdtrt_id: string): number {
  const known = findHead(at, person, fixmedins_code, mdtrt_id)
  if (known !== 0) return known
  const { stays } = at
  const head = stays.allocate()
  stays.setByte(head, KIND_BYTE, KIND.head)
  stays.setWord(head, HEAD.fix, at.codes.numberOf(fixmedins_code))
  stays.setByte(head, HEAD.mdtrtLength, checkId(mdtrt_id).length)
  stays.setText(head, HEAD.mdtrt_id, mdtrt_id)
  stays.setDouble(head, HEAD.event, NaN)
  stays.setWord(head, HEAD.next, at.persons.slab.word(person, PERSON.stays))
  at.persons.slab.setWord(person, PERSON.stays, head)
  return head
}

export function addSettlement (at: Shelves, head: number, claim: Settlement, voided: boolean): number {
  const { stays, codes } = at
  const { setlinfo, mdtrtinfo } = claim
  const part = addPart(at, head, KIND.settlement, claim)
  let flags = (voided ? PART_FLAG.void : 0) | diagnosed(claim)
  if (setlinfo.mid_setl_flag) flags |= PART_FLAG.mid
  if (setlinfo.ars_year_ipt_flag) flags |= PART_FLAG.crossYear
  if (claim.feedetail.length > 0) flags |= PART_FLAG.lines
  writeStayInfo(at, part, mdtrtinfo, flags)
  stays.setWord(part, PART.medType, codes.numberOf(setlinfo.med_type || (mdtrtinfo?.med_type ?? '')))
  stays.setWord(part, PART.certificate, codes.numberOf(setlinfo.mdtrt_cert_type || (mdtrtinfo?.mdtrt_cert_type ?? '')))
  stays.setDouble(part, PART.setl, setlinfo.setl_time)
  stays.setDouble(part, PART.medfee, setlinfo.medfee_sumamt)
  stays.setDouble(part, PART.fund, setlinfo.fund_pay_sumamt)
  stays.setDouble(part, PART.account, setlinfo.acct_pay)
  stays.setDouble(part, PART.begn, setlinfo.begndate ?? NaN)
  stays.setDouble(part, PART.end, setlinfo.enddate ?? NaN)
  stays.setByte(part, PART.setlLength, checkId(setlinfo.setl_id).length)
  stays.setText(part, PART.setl_id, setlinfo.setl_id)
  facts.clear()
  facts.addLines(claim.feedetail)
  stays.setWord(part, PART.days, writeDays(stays, 0, facts))
  return part
}

/** An admission, a discharge or a settlement list. */
export function addStayEvent (at: Shelves, head: number, claim: StayEvent): number {
  const part = addPart(at, head, KIND[claim.kind], claim)
  writeStayInfo(at, part, claim.mdtrtinfo, diagnosed(claim))
  at.stays.setWord(part, PART.medType, at.codes.numberOf(claim.mdtrtinfo.med_type))
  at.stays.setWord(part, PART.certificate, at.codes.numberOf(claim.mdtrtinfo.mdtrt_cert_type))
  at.stays.setDouble(part, PART.begn, NaN)
  at.stays.setDouble(part, PART.end, NaN)
  at.stays.setDouble(part, PART.setl, claim.inf_time)
  return part
}

/** Adds what a 2301 says to what earlier ones said. */
export function addLines (at: Shelves, head: number, claim: StayLines): void {
  const { stays } = at
  facts.clear()
  readDays(stays, stays.word(head, HEAD.days), facts)
  facts.addLines(claim.feedetail)
  stays.setWord(head, HEAD.days, writeDays(stays, stays.word(head, HEAD.days), facts))
  const event = eventTimeOf(claim)
  if (!(stays.double(head, HEAD.event) >= event)) stays.setDouble(head, HEAD.event, event)
  if (claim.inf_time > stays.double(head, HEAD.inf)) stays.setDouble(head, HEAD.inf, claim.inf_time)
  if (claim.feedetail.length > 0) stays.setByte(head, HEAD.lines, HEAD_LINES)
  const seen = stays.word(head, HEAD.seenCount)
  if (seen === SEEN_A_STAY_MAX) return
  stays.setWord(head, HEAD.seen, addSeen(stays, stays.word(head, HEAD.seen), claim.version.contentHi | 0, claim.version.contentLo | 0))
  stays.setWord(head, HEAD.seenCount, seen + 1)
}

export function removePart (at: Shelves, head: number, part: number): void {
  unlink(at.stays, head, HEAD.parts, at.stays, part)
  freeChain(at.stays, at.stays.word(part, PART.days))
  at.stays.release(part)
}

/** Forgets a stay with all that belongs to it. @returns how many records went. */
export function removeHead (at: Shelves, person: number, head: number): number {
  const { stays } = at
  const records = recordsOf(at, head)
  while (stays.word(head, HEAD.parts) !== 0) removePart(at, head, stays.word(head, HEAD.parts))
  freeChain(stays, stays.word(head, HEAD.days))
  freeChain(stays, stays.word(head, HEAD.seen))
  unlink(at.persons.slab, person, PERSON.stays, stays, head)
  stays.release(head)
  return records
}

/** Records of a stay: its parts, and one for what 2301 said. */
export function recordsOf (at: Shelves, head: number): number {
  let records = at.stays.word(head, HEAD.seenCount) > 0 ? 1 : 0
  for (let part = at.stays.word(head, HEAD.parts); part !== 0; part = at.stays.word(part, PART.next)) records++
  return records
}

/** Event time of a stay: its latest record's. A stay is forgotten as a whole, never by halves. */
export function headEvent (at: Shelves, head: number): Millis {
  let latest = at.stays.double(head, HEAD.event)
  for (let part = at.stays.word(head, HEAD.parts); part !== 0; part = at.stays.word(part, PART.next)) {
    const event = partEvent(at, part)
    if (!(latest >= event)) latest = event
  }
  return latest
}

/** Event time of a part, the same as eventTimeOf its claim. */
export function partEvent (at: Shelves, part: number): Millis {
  const { stays } = at
  const kind = kindOf(stays, part)
  const dscg = stays.double(part, PART.dscg)
  const adm = stays.double(part, PART.adm)
  const otherwise = stays.double(part, PART.setl)
  if (kind === KIND.settlement) return known(dscg, known(stays.double(part, PART.end), otherwise))
  if (kind === KIND.admission) return known(adm, otherwise)
  if (kind === KIND.discharge) return known(dscg, otherwise)
  return known(dscg, known(adm, otherwise))
}

function known (time: number, otherwise: number): number {
  return Number.isNaN(time) ? otherwise : time
}

function diagnosed (claim: Settlement | StayEvent): number {
  return claim.diseinfo.length > 0 ? PART_FLAG.diagnoses : 0
}

function addPart (at: Shelves, head: number, kind: number, claim: Settlement | StayEvent): number {
  const { stays } = at
  const part = stays.allocate()
  stays.setByte(part, KIND_BYTE, kind)
  stays.setByte(part, PART.groups, groupsOf(claim.diseinfo))
  writeVersion(stays, part, PART, claim.version)
  stays.setWord(part, PART.insuplc, at.codes.numberOf(claim.insuplc_admdvs))
  stays.setWord(part, PART.area, at.codes.numberOf(claim.mdtrtarea_admvs))
  stays.setWord(part, PART.diagnosis, at.codes.numberOf(mainDiagnosisOf(claim.diseinfo)))
  stays.setWord(part, PART.next, stays.word(head, HEAD.parts))
  stays.setWord(head, HEAD.parts, part)
  return part
}

function writeStayInfo (at: Shelves, part: number, info: StayInfo | null, flags: number): void {
  const { stays, codes } = at
  stays.setDouble(part, PART.adm, info?.adm_time ?? NaN)
  stays.setDouble(part, PART.dscg, info?.dscg_time ?? NaN)
  if (info !== null) {
    stays.setWord(part, PART.admWay, codes.numberOf(info.adm_way))
    stays.setWord(part, PART.dscgWay, codes.numberOf(info.dscg_way))
    stays.setWord(part, PART.iptMedType, codes.numberOf(info.ipt_med_type))
    stays.setWord(part, PART.admDept, codes.numberOf(info.adm_dept_codg))
    stays.setWord(part, PART.dscgDept, codes.numberOf(info.dscg_dept_codg))
    stays.setWord(part, PART.disease, codes.numberOf(info.dise_codg))
    if (info.adm_date_only) flags |= PART_FLAG.admDateOnly
    if (info.dscg_date_only) flags |= PART_FLAG.dscgDateOnly
    if (info.nwb_flag) flags |= PART_FLAG.newborn
    if (info.days_rinp_flag_31) flags |= PART_FLAG.planned
    if (info.days_rinp_pup_31 !== '') flags |= PART_FLAG.purpose
  }
  stays.setWord(part, PART.flags, flags)
}
