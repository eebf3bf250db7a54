/** Takes claims into memory: a newer version takes the place of the older one, a reversal voids what it names. */
import type { MasterData, Reversal, Settlement, StayEvent, StayLines } from '../core/claim.ts'
import { hasSeen } from './day-chain.ts'
import { isStay } from '../core/event-time.ts'
import { count, dropOther, dropPart, dropVisit } from './forgetting.ts'
import { HEAD, KIND, KIND_BYTE, PART, PART_FLAG, VISIT, VISIT_FLAG } from './layout.ts'
import type { PersonFact } from './memory.ts'
import { sameAsKept, raiseVersion } from './shelves.ts'
import type { Shelves } from './shelves.ts'
import * as stay from './stay-records.ts'
import * as visit from './visit-records.ts'

export function applyTo (at: Shelves, person: number, fact: PersonFact, flaggedLo: number, flaggedHi: number): void {
  switch (fact.kind) {
    case 'settlement': applySettlement(at, person, fact, flaggedLo, flaggedHi); break
    case 'reversal': applyReversal(at, person, fact); break
    case 'lines': applyLines(at, person, fact); break
    case 'master': applyDeath(at, person, fact); break
    default: applyStayEvent(at, person, fact)
  }
}

function applySettlement (at: Shelves, person: number, claim: Settlement, flaggedLo: number, flaggedHi: number): void {
  const { visits, stays } = at
  const { setl_id } = claim.setlinfo
  const visitSlot = visit.findVisit(at, person, claim.fixmedins_code, setl_id)
  const part = visitSlot === 0 ? stay.findSettlement(at, person, claim.fixmedins_code, setl_id) : 0
  if (visitSlot !== 0) {
    if (sameAsKept(visits, visitSlot, VISIT, claim.version)) return raiseVersion(visits, visitSlot, VISIT, claim.version)
    dropVisit(at, person, visitSlot)
  } else if (part !== 0) {
    if (sameAsKept(stays, part, PART, claim.version)) return raiseVersion(stays, part, PART, claim.version)
    dropPart(at, person, stay.found.head, part)
  }
  const voided = visit.findReversal(at, person, claim.fixmedins_code, setl_id) !== 0
  if (isStay(claim)) {
    const head = stay.headFor(at, person, claim.fixmedins_code, claim.setlinfo.mdtrt_id)
    const added = stay.addSettlement(at, head, claim, voided)
    stays.setWord(added, PART.flaggedLo, flaggedLo)
    stays.setWord(added, PART.flaggedHi, flaggedHi)
  } else {
    const added = visit.addVisit(at, person, claim, voided)
    visits.setWord(added, VISIT.flaggedLo, flaggedLo)
    visits.setWord(added, VISIT.flaggedHi, flaggedHi)
  }
  count(at, person, 1)
}

function applyReversal (at: Shelves, person: number, claim: Reversal): void {
  const { visits, stays } = at
  const slot = visit.findReversal(at, person, claim.fixmedins_code, claim.setl_id)
  if (slot !== 0) {
    if (sameAsKept(visits, slot, VISIT, claim.version)) return raiseVersion(visits, slot, VISIT, claim.version)
    dropOther(at, person, slot)
  }
  visit.addReversal(at, person, claim)
  count(at, person, 1)
  const visitSlot = visit.findVisit(at, person, claim.fixmedins_code, claim.setl_id)
  if (visitSlot !== 0) {
    visits.setByte(visitSlot, KIND_BYTE, visits.byte(visitSlot, KIND_BYTE) | VISIT_FLAG.void)
    visits.setWord(visitSlot, VISIT.flaggedLo, 0)
    visits.setWord(visitSlot, VISIT.flaggedHi, 0)
    return
  }
  const part = stay.findSettlement(at, person, claim.fixmedins_code, claim.setl_id)
  if (part === 0) return
  stays.setWord(part, PART.flags, stays.word(part, PART.flags) | PART_FLAG.void)
  stays.setWord(part, PART.flaggedLo, 0)
  stays.setWord(part, PART.flaggedHi, 0)
}

function applyLines (at: Shelves, person: number, claim: StayLines): void {
  const head = stay.headFor(at, person, claim.fixmedins_code, claim.mdtrt_id)
  const chain = at.stays.word(head, HEAD.seen)
  if (hasSeen(at.stays, chain, claim.version.contentHi | 0, claim.version.contentLo | 0)) return
  if (at.stays.word(head, HEAD.seenCount) === 0) count(at, person, 1)
  stay.addLines(at, head, claim)
}

function applyStayEvent (at: Shelves, person: number, claim: StayEvent): void {
  const { stays } = at
  const head = stay.headFor(at, person, claim.fixmedins_code, claim.mdtrt_id)
  const part = stay.findPart(at, head, KIND[claim.kind])
  if (part !== 0) {
    if (sameAsKept(stays, part, PART, claim.version)) return raiseVersion(stays, part, PART, claim.version)
    count(at, person, -1)
    stay.removePart(at, head, part)
  }
  stay.addStayEvent(at, head, claim)
  count(at, person, 1)
}

function applyDeath (at: Shelves, person: number, master: MasterData): void {
  const { visits } = at
  const slot = visit.findDeath(at, person)
  if (slot !== 0) {
    if (sameAsKept(visits, slot, VISIT, master.version)) return raiseVersion(visits, slot, VISIT, master.version)
    visit.removeOther(at, person, slot)
  }
  visit.addDeath(at, person, master)
}
