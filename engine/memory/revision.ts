/**
 * A flag's revision: a number made of what is known of the person, greater whenever more is known.
 *
 *   53 bits =  day of the latest inf_time + day of the latest event | sum over the records of the age of inf_time | 1 bit
 *              15 bits, since 2020-01-01                            | 37 bits, seconds                            | stands
 *
 * The sum grows with every record, every winning correction (its inf_time is later) and every reversal. It counts only the
 * records within `reach` before the latest event's day, because older ones are forgotten one after the other and the
 * sum must not shrink by that; the days in front make up for those that leave it. The last bit, set by flag-row.ts,
 * puts a raise that only time brought about above the retraction that the same records had caused before.
 * The latest event counts superseded versions too: a correction may move a record back in time, the number never.
 */
import { DAY, dayOf } from '../core/time.ts'
import type { DayNumber, Millis } from '../core/time.ts'
import { readDays } from './day-chain.ts'
import { DayFacts } from './day-facts.ts'
import { HEAD, KIND, PART, PERSON, VISIT } from './layout.ts'
import { kindOf } from './shelves.ts'
import type { Shelves } from './shelves.ts'
import { headEvent } from './stay-records.ts'

/** 2020-01-01, before the regulation on the fund (2021-05-01) and so before anything judged. */
const FIRST_DAY = 18_262
const DAYS_MAX = 2 ** 15 - 1
const SUM_MAX = 2 ** 37 - 1
/** Days between the reach and what memory certainly still has: whole days, and inf_time a day before the event. */
const MARGIN_DAYS = 3
/** A record's weight is the age of its inf_time, turned round: from 1, this long before the latest inf_time, up. */
const WEIGHT_DAYS = 380
/** 4,096 records of this weight just fill the sum. */
const WEIGHT_MAX = 2 ** 25

const facts = new DayFacts()

/** How far back a revision counts, so that every record counted is still in memory when anything can change. */
export function reachDaysOf (retentionDays: number, latenessDays: number): number {
  return retentionDays - latenessDays - MARGIN_DAYS
}

/** The revision without its last bit; a multiple of 2. */
export function revisionOf (at: Shelves, person: number, reachDays: number): number {
  const latest = new Latest()
  walk(at, person, latest)
  const latestDay = at.persons.slab.word(person, PERSON.latestDay)
  const days = Math.min(DAYS_MAX, latest.inf - FIRST_DAY + Math.max(0, latestDay - FIRST_DAY))
  const sum = new Sum(latest.inf, latestDay - reachDays)
  walk(at, person, sum)
  return (days * (SUM_MAX + 1) + Math.min(SUM_MAX, sum.total)) * 2
}

interface Visitor {
  record: (inf_time: Millis, event: DayNumber) => void
  lines: (rank: number, event: DayNumber) => void
}

class Latest implements Visitor {
  inf = FIRST_DAY

  record (inf_time: Millis): void {
    const inf = dayOf(inf_time)
    if (inf > this.inf) this.inf = inf
  }

  lines (): void {}
}

class Sum implements Visitor {
  total = 0
  readonly #start: Millis
  readonly #oldest: DayNumber

  constructor (infDay: DayNumber, oldest: DayNumber) {
    this.#start = (infDay - WEIGHT_DAYS) * DAY
    this.#oldest = oldest
  }

  record (inf_time: Millis, event: DayNumber): void {
    if (event <= this.#oldest) return
    this.total += Math.max(1, Math.min(WEIGHT_MAX, Math.floor((inf_time - this.#start) / 1000)))
  }

  lines (rank: number, event: DayNumber): void {
    if (event > this.#oldest) this.total += rank
  }
}

function walk (at: Shelves, person: number, visitor: Visitor): void {
  const { visits, stays, persons } = at
  for (let slot = persons.slab.word(person, PERSON.visits); slot !== 0; slot = visits.word(slot, VISIT.next)) {
    visitor.record(visits.double(slot, VISIT.inf), dayOf(visits.double(slot, VISIT.event)))
  }
  for (let slot = persons.slab.word(person, PERSON.others); slot !== 0; slot = visits.word(slot, VISIT.next)) {
    // A death counts from its registration: die_date may lie years before.
    const event = kindOf(visits, slot) === KIND.death ? visits.double(slot, VISIT.inf) : visits.double(slot, VISIT.event)
    visitor.record(visits.double(slot, VISIT.inf), dayOf(event))
  }
  for (let head = persons.slab.word(person, PERSON.stays); head !== 0; head = stays.word(head, HEAD.next)) {
    const event = dayOf(headEvent(at, head))
    for (let part = stays.word(head, HEAD.parts); part !== 0; part = stays.word(part, PART.next)) {
      visitor.record(stays.double(part, PART.inf), event)
    }
    if (stays.word(head, HEAD.seenCount) === 0) continue
    facts.clear()
    readDays(stays, stays.word(head, HEAD.days), facts)
    visitor.record(stays.double(head, HEAD.inf), event)
    visitor.lines(facts.rank(), event)
  }
}
