/** Copies a person into another memory with the same dictionary: to judge a claim without recording it. */
import { DAYS, HEAD, KIND, PART, PERSON, VISIT } from './layout.ts'
import { kindOf } from './shelves.ts'
import type { Shelves } from './shelves.ts'
import type { Slab } from './slab.ts'
import { recordsOf } from './stay-records.ts'
import { count } from './forgetting.ts'

/** @returns the person in `to`, which must not know it yet. */
export function copyPerson (from: Shelves, person: number, to: Shelves): number {
  const copy = newCopy(from, person, to)
  copyVisits(from, person, to, copy, PERSON.visits, false)
  copyVisits(from, person, to, copy, PERSON.others, false)
  const heads = from.persons.slab.word(person, PERSON.stays)
  const copied = copyList(from.stays, heads, to.stays, HEAD.next, head => { copyStay(from.stays, to.stays, head) })
  to.persons.slab.setWord(copy, PERSON.stays, copied)
  for (let head = copied; head !== 0; head = to.stays.word(head, HEAD.next)) count(to, copy, recordsOf(to, head))
  return copy
}

/** Copies a person with nothing but the death. @returns the person in `to`. */
export function copyDeath (from: Shelves, person: number, to: Shelves): number {
  const copy = newCopy(from, person, to)
  copyVisits(from, person, to, copy, PERSON.others, true)
  return copy
}

function newCopy (from: Shelves, person: number, to: Shelves): number {
  const copy = to.persons.add(from.persons.psnNoOf(person))
  to.persons.slab.setDouble(copy, PERSON.judgedAt, from.persons.slab.double(person, PERSON.judgedAt))
  to.persons.slab.setDouble(copy, PERSON.said, from.persons.slab.double(person, PERSON.said))
  to.persons.slab.setWord(copy, PERSON.latestDay, from.persons.slab.word(person, PERSON.latestDay))
  return copy
}

function copyVisits (from: Shelves, person: number, to: Shelves, copy: number, list: number, deathOnly: boolean): void {
  let last = 0
  for (let slot = from.persons.slab.word(person, list); slot !== 0; slot = from.visits.word(slot, VISIT.next)) {
    const death = kindOf(from.visits, slot) === KIND.death
    if (deathOnly && !death) continue
    const copied = to.visits.allocate()
    to.visits.copyFrom(from.visits, slot, copied)
    to.visits.setWord(copied, VISIT.next, 0)
    if (last === 0) to.persons.slab.setWord(copy, list, copied)
    else to.visits.setWord(last, VISIT.next, copied)
    if (!death) count(to, copy, 1)
    last = copied
  }
}

function copyStay (from: Slab, to: Slab, head: number): void {
  to.setWord(head, HEAD.days, copyList(from, to.word(head, HEAD.days), to, DAYS.next, () => {}))
  to.setWord(head, HEAD.seen, copyList(from, to.word(head, HEAD.seen), to, DAYS.next, () => {}))
  to.setWord(head, HEAD.parts, copyList(from, to.word(head, HEAD.parts), to, PART.next, part => {
    to.setWord(part, PART.days, copyList(from, to.word(part, PART.days), to, DAYS.next, () => {}))
  }))
}

/** Copies a list in order; `finish` gets each copy, whose links still are those of the original. @returns the copy's first. */
function copyList (from: Slab, first: number, to: Slab, next: number, finish: (copy: number) => void): number {
  let start = 0
  let last = 0
  for (let slot = first; slot !== 0; slot = from.word(slot, next)) {
    const copied = to.allocate()
    to.copyFrom(from, slot, copied)
    to.setWord(copied, next, 0)
    finish(copied)
    if (last === 0) start = copied
    else to.setWord(last, next, copied)
    last = copied
  }
  return start
}
