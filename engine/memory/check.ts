/** Walks a whole memory and asserts what must always hold: every slot in use hangs on exactly one person, in order. */
import assert from 'node:assert/strict'
import { DAYS, HEAD, KIND, PART, PERSON, VISIT } from './layout.ts'
import { kindOf } from './shelves.ts'
import type { Shelves } from './shelves.ts'
import { recordsOf } from './stay-records.ts'
import { orderOfVisits } from './visit-records.ts'

/** For tests: throws when an invariant is broken. Work grows with the memory. */
export function checkMemory (at: Shelves): void {
  let visits = 0
  let records = 0
  const stays = { used: 0 }
  const { slab } = at.persons
  assert.equal(at.persons.countPairs(), at.persons.size, 'every person is in the table once')
  for (let person = 1; person < slab.end; person++) {
    if (!slab.inUse(person)) continue
    assert.equal(at.persons.find(at.persons.psnNoOf(person)), person, 'a person is found by psn_no')
    const own = checkVisits(at, person)
    visits += own.slots
    const ofStays = checkStays(at, person, stays)
    assert.equal(slab.word(person, PERSON.records), own.records + ofStays, 'records are counted')
    records += own.records + ofStays
  }
  assert.equal(visits, at.visits.live, 'no visit slot leaks')
  assert.equal(stays.used, at.stays.live, 'no stay slot leaks')
  assert.equal(records, at.counters.records, 'records of the task are counted')
}

function checkVisits (at: Shelves, person: number): { slots: number, records: number } {
  let slots = 0
  let records = 0
  let previous = 0
  for (let slot = at.persons.slab.word(person, PERSON.visits); slot !== 0; slot = at.visits.word(slot, VISIT.next)) {
    assert(at.visits.inUse(slot) && kindOf(at.visits, slot) === KIND.visit)
    if (previous !== 0) assert(orderOfVisits(at, previous, slot) < 0, 'visits are in canonical order')
    previous = slot
    slots++
    records++
  }
  for (let slot = at.persons.slab.word(person, PERSON.others); slot !== 0; slot = at.visits.word(slot, VISIT.next)) {
    assert(at.visits.inUse(slot))
    if (kindOf(at.visits, slot) === KIND.reversal) records++
    else assert.equal(kindOf(at.visits, slot), KIND.death)
    slots++
  }
  return { slots, records }
}

function checkStays (at: Shelves, person: number, stays: { used: number }): number {
  let records = 0
  for (let head = at.persons.slab.word(person, PERSON.stays); head !== 0; head = at.stays.word(head, HEAD.next)) {
    assert(at.stays.inUse(head) && kindOf(at.stays, head) === KIND.head)
    stays.used += 1 + chainLength(at, at.stays.word(head, HEAD.days)) + chainLength(at, at.stays.word(head, HEAD.seen))
    for (let part = at.stays.word(head, HEAD.parts); part !== 0; part = at.stays.word(part, PART.next)) {
      assert(at.stays.inUse(part) && kindOf(at.stays, part) >= KIND.settlement && kindOf(at.stays, part) <= KIND.discharge)
      stays.used += 1 + chainLength(at, at.stays.word(part, PART.days))
    }
    assert(recordsOf(at, head) > 0, 'a stay without records is forgotten')
    records += recordsOf(at, head)
  }
  return records
}

function chainLength (at: Shelves, chain: number): number {
  let length = 0
  for (let slot = chain; slot !== 0; slot = at.stays.word(slot, DAYS.next)) {
    assert(at.stays.inUse(slot) && kindOf(at.stays, slot) === KIND.days)
    length++
  }
  return length
}
