/** Keyed memory of one task, in typed arrays (layout.ts draws them). */
import { eventTimeOf } from '../core/event-time.ts'
import { dayOf } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import type { PersonWindow } from '../core/window.ts'
import { applyTo } from './applying.ts'
import type { Dictionary } from './dictionary.ts'
import { dropAll, dropOldest, oldestOf } from './forgetting.ts'
import { PERSON, STAY_BYTES, VISIT_BYTES } from './layout.ts'
import type { KeyedMemory, MemoryStats, PersonFact, Standing } from './memory.ts'
import { PersonTable } from './person-table.ts'
import { reachDaysOf, revisionOf } from './revision.ts'
import type { Shelves } from './shelves.ts'
import { Slab } from './slab.ts'
import { newStanding, standOf } from './standing.ts'
import { WakeHeap } from './wake-heap.ts'
import { WindowView } from './window-view.ts'

/** Records kept of one person. */
export const RECORDS_A_PERSON_MAX = 4_096

export interface MemoryOptions {
  readonly retentionDays?: number
  readonly latenessDays?: number
  readonly recordsMax?: number
}

export class TaskMemory implements KeyedMemory {
  /** Open to check.ts and copy-person.ts only. */
  readonly shelves: Shelves
  readonly #wakes: WakeHeap
  readonly #view: WindowView
  readonly #recordsMax: number
  readonly #reachDays: number
  readonly #standing = newStanding()
  #sweepAt = 0

  constructor (codes: Dictionary, options: MemoryOptions = {}) {
    const { retentionDays = 400, latenessDays = 31, recordsMax = RECORDS_A_PERSON_MAX } = options
    const counters = { records: 0, evicted: 0, expired: 0 }
    this.shelves = { persons: new PersonTable(), visits: new Slab(VISIT_BYTES), stays: new Slab(STAY_BYTES), codes, counters }
    this.#wakes = new WakeHeap(this.shelves.persons.slab)
    this.#view = new WindowView(this.shelves)
    this.#recordsMax = recordsMax
    this.#reachDays = reachDaysOf(retentionDays, latenessDays)
  }

  find (psn_no: string): number { return this.shelves.persons.find(psn_no) }
  psnNoOf (person: number): string { return this.shelves.persons.psnNoOf(person) }
  recordsOf (person: number): number { return this.shelves.persons.slab.word(person, PERSON.records) }
  window (person: number): PersonWindow { return this.#view.show(person) }
  refresh (touched: number): PersonWindow { return this.#view.refresh(touched) }
  revision (person: number): number { return revisionOf(this.shelves, person, this.#reachDays) }
  saidOf (person: number): number { return this.shelves.persons.slab.double(person, PERSON.said) }
  setSaid (person: number, revision: number): void { this.shelves.persons.slab.setDouble(person, PERSON.said, revision) }
  judgedAt (person: number): Millis { return this.shelves.persons.slab.double(person, PERSON.judgedAt) }
  setJudgedAt (person: number, at: Millis): void { this.shelves.persons.slab.setDouble(person, PERSON.judgedAt, at) }
  wakeOf (person: number): Millis { return this.#wakes.wakeOf(person) }
  setWake (person: number, at: Millis): void { this.#wakes.set(person, at) }
  nextToWake (): number { return this.#wakes.first }

  get stats (): MemoryStats {
    const { persons, visits, stays } = this.shelves
    const bytes = persons.bytes + visits.bytes + stays.bytes + this.#wakes.bytes
    return { persons: persons.size, bytes, ...this.shelves.counters }
  }

  stand (person: number, fact: PersonFact): Standing {
    return standOf(this.shelves, person, fact, this.#standing)
  }

  apply (person: number, psn_no: string, fact: PersonFact, flaggedLo: number, flaggedHi: number): number {
    if (person === 0) {
      person = this.shelves.persons.add(psn_no)
      this.setJudgedAt(person, -Infinity)
    }
    applyTo(this.shelves, person, fact, flaggedLo, flaggedHi)
    this.notice(person, fact)
    return person
  }

  notice (person: number, fact: PersonFact): void {
    const { slab } = this.shelves.persons
    const day = dayOf(fact.kind === 'master' ? fact.inf_time : eventTimeOf(fact))
    if (day > slab.word(person, PERSON.latestDay)) slab.setWord(person, PERSON.latestDay, day)
  }

  expire (person: number, horizon: Millis): void {
    while (oldestOf(this.shelves, person) < horizon) this.shelves.counters.expired += dropOldest(this.shelves, person)
  }

  trim (person: number): void {
    while (this.recordsOf(person) > this.#recordsMax) this.shelves.counters.evicted += dropOldest(this.shelves, person)
  }

  forgetIfEmpty (person: number): boolean {
    const { slab } = this.shelves.persons
    const empty = slab.word(person, PERSON.visits) === 0 && slab.word(person, PERSON.stays) === 0 && slab.word(person, PERSON.others) === 0
    if (empty) this.#remove(person)
    return empty
  }

  forget (person: number): void {
    dropAll(this.shelves, person)
    this.#remove(person)
  }

  sweep (horizon: Millis, steps: number): void {
    const { slab } = this.shelves.persons
    for (let step = 0; step < steps && slab.end > 1; step++) {
      if (++this.#sweepAt >= slab.end) this.#sweepAt = 1
      if (!slab.inUse(this.#sweepAt)) continue
      this.expire(this.#sweepAt, horizon)
      this.forgetIfEmpty(this.#sweepAt)
    }
  }

  forEach (see: (person: number) => void): void {
    const { slab } = this.shelves.persons
    for (let person = 1; person < slab.end; person++) if (slab.inUse(person)) see(person)
  }

  #remove (person: number): void {
    this.#wakes.set(person, Infinity)
    this.shelves.persons.remove(person)
  }
}
