/**
 * A flag's revision: a number made only of what is known of the person, greater whenever more is known.
 *
 *   53 bits =  day of the latest inf_time | sum over the recent records of the age of their inf_time | 1 bit
 *              14 bits, since 2020-01-01  | 38 bits, seconds since that day - 400 d                  | active or retracted
 *
 * The sum grows with every record, every winning correction (its inf_time is later) and every reversal. It counts the
 * records of the 366 days before the latest inf_time's day only, because older ones are forgotten one after the other and
 * the sum must not shrink by that; the day in front makes up for those that leave it. The last bit, set by flag-row.ts,
 * puts a raise that only time brought about above the retraction that the same records had caused before.
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
const DAY_MAX = 2 ** 14 - 1
const SUM_MAX = 2 ** 38 - 1
/** Records further back than this do not count: a month less than the retention, which is the lateness. */
const REACH_DAYS = 366
/** Weights start here, so that every counted record's is above 0. */
const WEIGHT_DAYS = 400
const WEIGHT_MAX = 2 ** 26
/** A sender's clock may be wrong by years; only the records' own times then say what is recent. */
const CLOCK_TRUST_DAYS = 31

const facts = new DayFacts()

/** The revision without its last bit; a multiple of 2. */
export function revisionOf (at: Shelves, person: number): number {
  const latest = new Latest()
  walk(at, person, latest)
  const day = Math.max(0, Math.min(DAY_MAX, latest.inf - FIRST_DAY))
  const sum = new Sum(latest.inf, Math.min(latest.inf, latest.event + CLOCK_TRUST_DAYS))
  walk(at, person, sum)
  return (day * (SUM_MAX + 1) + Math.min(SUM_MAX, sum.total)) * 2
}

interface Visitor {
  record: (inf_time: Millis, event: DayNumber) => void
  lines: (rank: number, event: DayNumber) => void
}

class Latest implements Visitor {
  inf = FIRST_DAY
  event = -Infinity

  record (inf_time: Millis, event: DayNumber): void {
    const inf = dayOf(inf_time)
    if (inf > this.inf) this.inf = inf
    if (event > this.event) this.event = event
  }

  lines (_rank: number, event: DayNumber): void {
    if (event > this.event) this.event = event
  }
}

class Sum implements Visitor {
  total = 0
  readonly #start: Millis
  readonly #oldest: DayNumber

  constructor (infDay: DayNumber, recentDay: DayNumber) {
    this.#start = (infDay - WEIGHT_DAYS) * DAY
    this.#oldest = recentDay - REACH_DAYS
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
