/** How records leave memory: replaced, too old, too many. A stay goes as a whole, by its latest event. A death stays. */
import type { Millis } from '../core/time.ts'
import { HEAD, KIND, PERSON, VISIT } from './layout.ts'
import { kindOf } from './shelves.ts'
import type { Shelves } from './shelves.ts'
import { headEvent, removeHead, removePart } from './stay-records.ts'
import { removeOther, removeVisit } from './visit-records.ts'

/** Counts records in or out, of the person and of the task. */
export function count (at: Shelves, person: number, records: number): void {
  at.counters.records += records
  at.persons.slab.setWord(person, PERSON.records, at.persons.slab.word(person, PERSON.records) + records)
}

export function dropVisit (at: Shelves, person: number, slot: number): void {
  removeVisit(at, person, slot)
  count(at, person, -1)
}

/** Drops a reversal. */
export function dropOther (at: Shelves, person: number, slot: number): void {
  removeOther(at, person, slot)
  count(at, person, -1)
}

/** Drops a part, and its stay when nothing else is known of it. */
export function dropPart (at: Shelves, person: number, head: number, part: number): void {
  removePart(at, head, part)
  count(at, person, -1)
  if (at.stays.word(head, HEAD.parts) === 0 && at.stays.word(head, HEAD.seenCount) === 0) removeHead(at, person, head)
}

/** What oldestOf found, for dropOldest. */
const oldest = { slot: 0, kind: 0, event: Infinity }

/** Event time of the person's oldest visit, stay or reversal; Infinity when there is none. */
export function oldestOf (at: Shelves, person: number): Millis {
  const { slab } = at.persons
  oldest.slot = slab.word(person, PERSON.visits)
  oldest.kind = KIND.visit
  oldest.event = oldest.slot === 0 ? Infinity : at.visits.double(oldest.slot, VISIT.event)
  for (let head = slab.word(person, PERSON.stays); head !== 0; head = at.stays.word(head, HEAD.next)) {
    consider(head, KIND.head, headEvent(at, head))
  }
  for (let slot = slab.word(person, PERSON.others); slot !== 0; slot = at.visits.word(slot, VISIT.next)) {
    if (kindOf(at.visits, slot) === KIND.reversal) consider(slot, KIND.reversal, at.visits.double(slot, VISIT.event))
  }
  return oldest.event
}

function consider (slot: number, kind: number, event: Millis): void {
  if (!(event < oldest.event)) return
  oldest.slot = slot
  oldest.kind = kind
  oldest.event = event
}

/** Drops the person's oldest visit, stay or reversal. @returns how many records went. */
export function dropOldest (at: Shelves, person: number): number {
  oldestOf(at, person)
  if (oldest.kind === KIND.visit) {
    dropVisit(at, person, oldest.slot)
    return 1
  }
  if (oldest.kind === KIND.reversal) {
    dropOther(at, person, oldest.slot)
    return 1
  }
  const records = removeHead(at, person, oldest.slot)
  count(at, person, -records)
  return records
}

/** Drops everything, the death too. */
export function dropAll (at: Shelves, person: number): void {
  while (oldestOf(at, person) < Infinity) dropOldest(at, person)
  const { slab } = at.persons
  while (slab.word(person, PERSON.others) !== 0) removeOther(at, person, slab.word(person, PERSON.others))
}
