/**
 * A lane's memory and judgement, task by task. What it says of a person depends only on that person's claims, the
 * task's event time and the clock: never on batches, on other tasks, or, within the lateness, on the order of arrival.
 * A throw leaves memory half changed: the lane must not be used any more.
 */
import type { MasterData, Settlement, StockMovement } from '../core/claim.ts'
import { taskOf } from '../core/fingerprint.ts'
import type { ReferenceChange } from '../core/masterdata.ts'
import type { Rulebook } from '../core/rulebook.ts'
import { DAY } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import { Dictionary } from '../memory/dictionary.ts'
import type { PersonFact } from '../memory/memory.ts'
import { TaskMemory } from '../memory/task-memory.ts'
import type { MemoryOptions } from '../memory/task-memory.ts'
import { Check } from './check.ts'
import type { ReportFlag } from './emitter.ts'
import { Judge } from './judge.ts'
import type { Status } from './judge.ts'
import { ReferenceData } from './reference-data.ts'
import { Rejudge } from './rejudge.ts'
import type { LateStatus, StoredPerson } from './rejudge.ts'
import { RuleSet } from './rule-set.ts'
import { SharedRules } from './shared-rules.ts'
import type { Shown, StoredSubject } from './shared-rules.ts'
import { TaskState } from './task-state.ts'

/** Persons looked at for old records each time the clock advances. */
const SWEEP_STEPS = 256

export interface LaneOptions {
  readonly rulebook: Rulebook
  /** Number of tasks of the whole engine, as taskOf() takes it. */
  readonly tasks: number
  /** Records are remembered for this long by event time. Rules may look back retention less lateness. */
  readonly retentionDays?: number
  readonly latenessDays?: number
  /** Reference data shared with others; its own when absent. */
  readonly reference?: ReferenceData
}

export interface LaneStats {
  readonly tasks: number
  readonly persons: number
  readonly records: number
  /** Held by memory and its dictionary. */
  readonly bytes: number
  /** Records dropped because a person had too many, and by age, since the lane began. */
  readonly evicted: number
  readonly expired: number
}

export class LaneState {
  readonly #tasks: number
  readonly #retention: Millis
  readonly #memoryOptions: MemoryOptions
  readonly #reference: ReferenceData
  readonly #codes = new Dictionary()
  readonly #states = new Map<number, TaskState>()
  readonly #judge: Judge
  readonly #checker: Judge
  readonly #rejudge: Rejudge
  readonly #shared: SharedRules
  /** For checks: empty between them. */
  #scratch: TaskMemory

  constructor (options: LaneOptions) {
    const { rulebook, tasks, retentionDays = 400, latenessDays = 31 } = options
    this.#tasks = tasks
    this.#retention = retentionDays * DAY
    this.#memoryOptions = { retentionDays, latenessDays }
    this.#scratch = this.#newMemory()
    this.#reference = options.reference ?? new ReferenceData()
    const rules = new RuleSet(rulebook, this.#reference)
    this.#judge = new Judge(rules, this.#retention, latenessDays * DAY)
    this.#checker = new Judge(rules, this.#retention, Infinity)
    this.#rejudge = new Rejudge(rules, this.#retention, this.#codes)
    this.#shared = new SharedRules(rulebook, this.#reference)
  }

  /**
   * Remembers a person's claim or death and reports what it raises, revises or retracts.
   * @returns 'late' when it must be judged from the store: nothing has happened yet, hand it to rejudge().
   */
  judge (task: number, fact: PersonFact, report: ReportFlag): Status {
    return this.#judge.judge(this.#stateOf(task), fact, report)
  }

  /**
   * Remembers a stored claim, for recovery: nothing is late, whatever order the store gives persons in. What is reported
   * on the way is as true as what was reported live; of each flag the row with the greatest revision counts.
   */
  fold (task: number, fact: PersonFact, report: ReportFlag): Status {
    return this.#checker.judge(this.#stateOf(task), fact, report)
  }

  /**
   * Runs a check: claims judged as judge() would, by what memory has, and forgotten again. Memory is only read, so even a throw
   * leaves the lane as it was.
   */
  check<T> (work: (check: Check) => T): T {
    const check = new Check(this.#states, this.#scratch, { live: this.#judge, unhurried: this.#checker })
    let done = false
    try {
      const result = work(check)
      check.end()
      done = true
      return result
    } finally {
      if (!done) this.#scratch = this.#newMemory() // copies may be half changed
    }
  }

  /** Takes in reference data (any master data but deaths). @returns what they change: persons whom that touches are for rejudge(). */
  learn (master: MasterData): ReferenceChange | null {
    return this.#reference.learn(master)
  }

  /**
   * Tells how far the world has come. Persons for whom a rule waited until then are judged again. Lateness and expiry
   * do not go by it, but by the task's own claims. Also forgets some of what is too old.
   */
  advance (task: number, clock: Millis, report: ReportFlag): void {
    const state = this.#stateOf(task)
    const { memory } = state
    state.clock = Math.max(state.clock, clock)
    for (let person = memory.nextToWake(); person !== 0 && memory.wakeOf(person) <= state.now; person = memory.nextToWake()) {
      this.#judge.wake(state, person, report)
    }
    // After the waking: nobody is forgotten who still has something to say.
    memory.sweep(state.watermark - this.#retention, SWEEP_STEPS)
  }

  /**
   * Judges a person from the store, with claims that judge() called late, or because reference data have changed.
   * @param stored everything that the store has; nothing that this lane has reported may be missing from it.
   * @returns how each late claim stands to what is stored.
   */
  rejudge (stored: StoredPerson, late: readonly PersonFact[], report: ReportFlag): LateStatus[] {
    return this.#rejudge.run(this.#stateOf(taskOf(stored.psn_no, this.#tasks)), stored, late, report)
  }

  /** Which shared subjects a settlement shows. */
  shownBy (claim: Settlement): Shown[] {
    return this.#shared.shownBy(claim)
  }

  /** The rules that have the item of a stock record looked at. */
  minding (movement: StockMovement): string[] {
    return this.#shared.minding(movement)
  }

  /**
   * Judges a shared subject by all that the store has of it; nothing of it is remembered.
   * @returns how much more of it must be counted before it is worth another look
   */
  judgeSubject (stored: StoredSubject, report: ReportFlag): number {
    return this.#shared.judge(stored, report)
  }

  /** Tells that a revision of this person's flags was written before memory was lost: what is said from now on is above it. */
  heard (psn_no: string, revision: number): void {
    const memory = this.#states.get(taskOf(psn_no, this.#tasks))?.memory
    const person = memory?.find(psn_no) ?? 0
    if (memory === undefined || person === 0) return
    memory.setSaid(person, Math.max(memory.saidOf(person), revision - revision % 2))
  }

  /**
   * Ends a recovery, whose claims were judged without a report: says again every finding of person rules that stands and
   * that memory still knows whole. Claim rules' findings are only ever reported by judge(), fold() and rejudge().
   */
  emitAll (task: number, report: ReportFlag): void {
    const state = this.#stateOf(task)
    state.memory.forEach(person => { this.#judge.emit(state, person, report) })
  }

  /** Tasks that this lane remembers anything of. */
  tasks (): number[] {
    return [...this.#states.keys()]
  }

  /** Forgets a task that another lane owns from now on. */
  forget (task: number): void {
    this.#states.delete(task)
  }

  stats (): LaneStats {
    const total = { tasks: this.#states.size, persons: 0, records: 0, bytes: this.#codes.bytes, evicted: 0, expired: 0 }
    for (const { memory } of this.#states.values()) {
      const { persons, records, bytes, evicted, expired } = memory.stats
      total.persons += persons
      total.records += records
      total.bytes += bytes
      total.evicted += evicted
      total.expired += expired
    }
    return total
  }

  #stateOf (task: number): TaskState {
    let state = this.#states.get(task)
    if (state === undefined) {
      state = new TaskState(this.#newMemory())
      this.#states.set(task, state)
    }
    return state
  }

  #newMemory (): TaskMemory {
    return new TaskMemory(this.#codes, this.#memoryOptions)
  }
}
