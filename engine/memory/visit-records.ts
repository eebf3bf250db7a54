/** A person's visits in canonical order, and the other records that are not part of a stay: reversals and the death. */
import type { MasterData, Reversal, Settlement } from '../core/claim.ts'
import type { Line } from '../core/claim.ts'
import { dayOf } from '../core/time.ts'
import { groupsOf, mainDiagnosisOf } from './diagnosis.ts'
import { EXTERNAL, KIND, KIND_BYTE, PERSON, VISIT, VISIT_FLAG } from './layout.ts'
import { kindOf, unlink, writeVersion } from './shelves.ts'
import type { Shelves } from './shelves.ts'
import { checkId } from './slab.ts'

/** Seconds that fit a word: sixty-eight years to either side; a fee further away is kept as that far. */
const OFFSET_MAX = 2 ** 31 - 1

export function findVisit (at: Shelves, person: number, fixmedins_code: string, setl_id: string): number {
  return findIn(at, at.persons.slab.word(person, PERSON.visits), KIND.visit, fixmedins_code, setl_id)
}

export function findReversal (at: Shelves, person: number, fixmedins_code: string, setl_id: string): number {
  return findIn(at, at.persons.slab.word(person, PERSON.others), KIND.reversal, fixmedins_code, setl_id)
}

export function findDeath (at: Shelves, person: number): number {
  return findIn(at, at.persons.slab.word(person, PERSON.others), KIND.death, '', '')
}

function findIn (at: Shelves, head: number, kind: number, fixmedins_code: string, setl_id: string): number {
  const fix = at.codes.peek(fixmedins_code)
  const { visits } = at
  for (let slot = head; slot !== 0; slot = visits.word(slot, VISIT.next)) {
    if (visits.word(slot, VISIT.fix) !== fix || kindOf(visits, slot) !== kind) continue
    if (visits.compareText(slot, VISIT.setl_id, visits.byte(slot, VISIT.setlLength), setl_id) === 0) return slot
  }
  return 0
}

/** Adds an outpatient or pharmacy settlement at its place in canonical order. */
export function addVisit (at: Shelves, person: number, claim: Settlement, voided: boolean): number {
  const { visits, codes } = at
  const { setlinfo } = claim
  const slot = visits.allocate()
  let flags = (claim.infno === '2102' ? VISIT_FLAG.pharmacy : 0) | (setlinfo.setl_date_only ? VISIT_FLAG.dateOnly : 0)
  if (voided) flags |= VISIT_FLAG.void
  if (enteredAfterwards(claim.feedetail, dayOf(setlinfo.setl_time))) flags |= VISIT_FLAG.retroactive
  visits.setByte(slot, KIND_BYTE, KIND.visit | flags)
  visits.setByte(slot, VISIT.groups, groupsOf(claim.diseinfo) | (claim.feedetail.some(line => line.etip_flag) ? EXTERNAL : 0))
  writeVersion(visits, slot, VISIT, claim.version)
  visits.setDouble(slot, VISIT.event, setlinfo.setl_time)
  visits.setDouble(slot, VISIT.medfee, setlinfo.medfee_sumamt)
  visits.setDouble(slot, VISIT.fund, setlinfo.fund_pay_sumamt)
  visits.setDouble(slot, VISIT.account, setlinfo.acct_pay)
  visits.setWord(slot, VISIT.fix, codes.numberOf(claim.fixmedins_code))
  visits.setWord(slot, VISIT.insuplc, codes.numberOf(claim.insuplc_admdvs))
  visits.setWord(slot, VISIT.area, codes.numberOf(claim.mdtrtarea_admvs))
  visits.setWord(slot, VISIT.medType, codes.numberOf(setlinfo.med_type))
  visits.setWord(slot, VISIT.certificate, codes.numberOf(setlinfo.mdtrt_cert_type))
  visits.setWord(slot, VISIT.payLoc, codes.numberOf(setlinfo.pay_loc))
  visits.setWord(slot, VISIT.diagnosis, codes.numberOf(mainDiagnosisOf(claim.diseinfo)))
  visits.setWord(slot, VISIT.service, serviceOffset(claim.feedetail, setlinfo.setl_time))
  writeIds(at, slot, setlinfo.setl_id, setlinfo.mdtrt_id)
  linkVisit(at, person, slot)
  return slot
}

export function addReversal (at: Shelves, person: number, claim: Reversal): number {
  const { visits } = at
  const slot = addOther(at, person, KIND.reversal)
  writeVersion(visits, slot, VISIT, claim.version)
  visits.setDouble(slot, VISIT.event, claim.setl_time)
  visits.setWord(slot, VISIT.fix, at.codes.numberOf(claim.fixmedins_code))
  writeIds(at, slot, claim.setl_id, claim.mdtrt_id)
  return slot
}

/** The death keeps die_date as its event time and its source as the institution's diagnosis word. */
export function addDeath (at: Shelves, person: number, master: MasterData): number {
  const { visits } = at
  const slot = addOther(at, person, KIND.death)
  writeVersion(visits, slot, VISIT, master.version)
  visits.setDouble(slot, VISIT.event, Number(master.fields['die_date']))
  visits.setWord(slot, VISIT.diagnosis, at.codes.numberOf(String(master.fields['source'] ?? '')))
  return slot
}

export function removeVisit (at: Shelves, person: number, slot: number): void {
  unlink(at.persons.slab, person, PERSON.visits, at.visits, slot)
  at.visits.release(slot)
}

export function removeOther (at: Shelves, person: number, slot: number): void {
  unlink(at.persons.slab, person, PERSON.others, at.visits, slot)
  at.visits.release(slot)
}

function addOther (at: Shelves, person: number, kind: number): number {
  const slot = at.visits.allocate()
  at.visits.setByte(slot, KIND_BYTE, kind)
  at.visits.setWord(slot, VISIT.next, at.persons.slab.word(person, PERSON.others))
  at.persons.slab.setWord(person, PERSON.others, slot)
  return slot
}

function writeIds (at: Shelves, slot: number, setl_id: string, mdtrt_id: string): void {
  at.visits.setByte(slot, VISIT.setlLength, checkId(setl_id).length)
  at.visits.setText(slot, VISIT.setl_id, setl_id)
  at.visits.setByte(slot, VISIT.mdtrtLength, checkId(mdtrt_id).length)
  at.visits.setText(slot, VISIT.mdtrt_id, mdtrt_id)
}

function linkVisit (at: Shelves, person: number, slot: number): void {
  const { visits } = at
  let previous = 0
  let next = at.persons.slab.word(person, PERSON.visits)
  while (next !== 0 && orderOfVisits(at, next, slot) < 0) {
    previous = next
    next = visits.word(next, VISIT.next)
  }
  visits.setWord(slot, VISIT.next, next)
  if (previous === 0) at.persons.slab.setWord(person, PERSON.visits, slot)
  else visits.setWord(previous, VISIT.next, slot)
}

/** Canonical order: setl_time, fixmedins_code, setl_id. */
export function orderOfVisits (at: Shelves, a: number, b: number): number {
  const { visits, codes } = at
  const byTime = visits.double(a, VISIT.event) - visits.double(b, VISIT.event)
  if (byTime !== 0) return byTime
  const fixA = visits.word(a, VISIT.fix)
  const fixB = visits.word(b, VISIT.fix)
  if (fixA !== fixB) return codes.textOf(fixA) < codes.textOf(fixB) ? -1 : 1
  const setl_id = visits.text(b, VISIT.setl_id, visits.byte(b, VISIT.setlLength))
  return visits.compareText(a, VISIT.setl_id, visits.byte(a, VISIT.setlLength), setl_id)
}

/** Lines that all lie on other days than the settlement's were typed in afterwards. */
function enteredAfterwards (lines: readonly Line[], day: number): boolean {
  for (const line of lines) if (dayOf(line.fee_ocur_time) === day) return false
  return lines.length > 0
}

/** Seconds from settling to the earliest fee: 0 without lines. */
function serviceOffset (lines: readonly Line[], setl_time: number): number {
  let earliest = Infinity
  for (const line of lines) if (line.fee_ocur_time < earliest) earliest = line.fee_ocur_time
  if (earliest === Infinity) return 0
  return Math.max(-OFFSET_MAX, Math.min(OFFSET_MAX, Math.floor((earliest - setl_time) / 1000)))
}
