/** How a claim stands to what is known of its person: new, the same again, older or newer; what it would touch. */
import type { MasterData, Reversal, Settlement, StayEvent, StayLines } from '../core/claim.ts'
import { hasSeen } from './day-chain.ts'
import { eventTimeOf, isStay } from '../core/event-time.ts'
import { HEAD, KIND, PART, TOUCHED, VISIT } from './layout.ts'
import type { PersonFact, Standing } from './memory.ts'
import { compareKept } from './shelves.ts'
import type { Shelves } from './shelves.ts'
import * as stay from './stay-records.ts'
import * as visit from './visit-records.ts'

export function newStanding (): Standing {
  return { status: 'judged', touched: 0, eldest: 0, targetKnown: true, voided: false, flaggedLo: 0, flaggedHi: 0 }
}

/** Fills `standing`. `person` 0 = unknown. */
export function standOf (at: Shelves, person: number, fact: PersonFact, standing: Standing): Standing {
  standing.status = 'judged'
  standing.eldest = fact.kind === 'master' ? Number(fact.fields['die_date']) : eventTimeOf(fact)
  standing.targetKnown = true
  standing.voided = false
  standing.flaggedLo = 0
  standing.flaggedHi = 0
  switch (fact.kind) {
    case 'settlement': standSettlement(at, person, fact, standing); break
    case 'reversal': standReversal(at, person, fact, standing); break
    case 'lines': standLines(at, person, fact, standing); break
    case 'master': standDeath(at, person, fact, standing); break
    default: standStayEvent(at, person, fact, standing)
  }
  return standing
}

function standSettlement (at: Shelves, person: number, claim: Settlement, standing: Standing): void {
  standing.touched = isStay(claim) ? TOUCHED.stays : TOUCHED.visits
  if (person === 0) return
  standing.voided = visit.findReversal(at, person, claim.fixmedins_code, claim.setlinfo.setl_id) !== 0
  const visitSlot = visit.findVisit(at, person, claim.fixmedins_code, claim.setlinfo.setl_id)
  const part = visitSlot === 0 ? stay.findSettlement(at, person, claim.fixmedins_code, claim.setlinfo.setl_id) : 0
  if (visitSlot === 0 && part === 0) return
  const { visits, stays } = at
  standing.status = visitSlot === 0
    ? compareKept(stays, part, PART, claim.version)
    : compareKept(visits, visitSlot, VISIT, claim.version)
  standOn(at, visitSlot, part, standing)
}

/** What a kept settlement adds to a standing: it is touched, it may be older, it may have been flagged. */
function standOn (at: Shelves, visitSlot: number, part: number, standing: Standing): void {
  const { visits, stays } = at
  let event: number
  if (visitSlot !== 0) {
    event = visits.double(visitSlot, VISIT.event)
    standing.flaggedLo = visits.word(visitSlot, VISIT.flaggedLo)
    standing.flaggedHi = visits.word(visitSlot, VISIT.flaggedHi)
    standing.touched |= TOUCHED.visits
  } else {
    event = stay.partEvent(at, part)
    standing.flaggedLo = stays.word(part, PART.flaggedLo)
    standing.flaggedHi = stays.word(part, PART.flaggedHi)
    standing.touched |= TOUCHED.stays
  }
  if (event < standing.eldest) standing.eldest = event
}

function standReversal (at: Shelves, person: number, claim: Reversal, standing: Standing): void {
  standing.touched = TOUCHED.none
  standing.targetKnown = false
  if (person === 0) return
  const slot = visit.findReversal(at, person, claim.fixmedins_code, claim.setl_id)
  if (slot !== 0) standing.status = compareKept(at.visits, slot, VISIT, claim.version)
  const visitSlot = visit.findVisit(at, person, claim.fixmedins_code, claim.setl_id)
  const part = visitSlot === 0 ? stay.findSettlement(at, person, claim.fixmedins_code, claim.setl_id) : 0
  if (visitSlot === 0 && part === 0) return
  standing.targetKnown = true
  standOn(at, visitSlot, part, standing)
}

function standLines (at: Shelves, person: number, claim: StayLines, standing: Standing): void {
  standing.touched = TOUCHED.stays
  const head = person === 0 ? 0 : stay.findHead(at, person, claim.fixmedins_code, claim.mdtrt_id)
  if (head === 0) return
  const chain = at.stays.word(head, HEAD.seen)
  if (hasSeen(at.stays, chain, claim.version.contentHi | 0, claim.version.contentLo | 0)) standing.status = 'duplicate'
}

function standStayEvent (at: Shelves, person: number, claim: StayEvent, standing: Standing): void {
  standing.touched = TOUCHED.stays
  const head = person === 0 ? 0 : stay.findHead(at, person, claim.fixmedins_code, claim.mdtrt_id)
  const part = stay.findPart(at, head, KIND[claim.kind])
  if (part === 0) return
  standing.status = compareKept(at.stays, part, PART, claim.version)
  const event = stay.partEvent(at, part)
  if (event < standing.eldest) standing.eldest = event
}

function standDeath (at: Shelves, person: number, master: MasterData, standing: Standing): void {
  standing.touched = TOUCHED.death
  const slot = person === 0 ? 0 : visit.findDeath(at, person)
  if (slot === 0) return
  standing.status = compareKept(at.visits, slot, VISIT, master.version)
  const event = at.visits.double(slot, VISIT.event)
  if (event < standing.eldest) standing.eldest = event
}
