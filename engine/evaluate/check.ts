/**
 * Judging claims without recording them: one after another, as judge() would take them, over copies of the persons that memory
 * knows. What the lane remembers is only read. The copies live until the check ends, so a later claim of the same check sees the
 * earlier ones.
 */
import { subjectKeyOf } from '../core/claim.ts'
import type { Settlement } from '../core/claim.ts'
import type { PassOver } from '../core/ports.ts'
import { dayOf } from '../core/time.ts'
import { copyPerson } from '../memory/copy-person.ts'
import type { PersonFact } from '../memory/memory.ts'
import type { TaskMemory } from '../memory/task-memory.ts'
import type { ReportFlag } from './emitter.ts'
import type { Judge, Status } from './judge.ts'
import { TaskState } from './task-state.ts'

export interface Judges {
  /** Tells what is late, as the lane's own does. */
  readonly live: Judge
  /** Takes nothing for late. */
  readonly unhurried: Judge
}

export class Check {
  readonly #live: ReadonlyMap<number, TaskState>
  /** Empty before the check begins and after it has ended. */
  readonly #scratch: TaskMemory
  readonly #judges: Judges
  readonly #states = new Map<number, TaskState>()
  readonly #persons = new Set<string>()

  constructor (live: ReadonlyMap<number, TaskState>, scratch: TaskMemory, judges: Judges) {
    this.#live = live
    this.#scratch = scratch
    this.#judges = judges
  }

  /**
   * Judges a claim by what memory has and by the claims of this check before it.
   * @returns 'late' when judge() would have handed it on to the store: what is reported then lacks what memory has forgotten.
   * What a claim rule said of the settlement before is not taken back here: memory has no more than a bit of it.
   */
  judge (task: number, fact: PersonFact, report: ReportFlag): Exclude<Status, 'deferred'> {
    const state = this.#stateOf(task)
    this.#bringIn(task, subjectKeyOf(fact))
    const status = this.#judges.live.judge(state, fact, report)
    if (status !== 'late' && status !== 'deferred') return status
    const judged = this.#judges.unhurried.judge(state, fact, report)
    return status === 'late' || judged === 'deferred' ? 'late' : judged
  }

  /** Whether memory, or this check, has what a settlement that nobody has numbered yet is about; see PassOver. */
  knows (task: number, { fixmedins_code, setlinfo, mdtrtinfo }: Settlement, passOver: PassOver): boolean {
    if (passOver === 'never') return false
    const history = passOver === 'history'
    this.#bringIn(task, setlinfo.psn_no)
    const person = this.#scratch.find(setlinfo.psn_no)
    if (person === 0) return false
    const { stays, visits } = this.#scratch.window(person)
    if (mdtrtinfo === null) {
      return visits.some(visit => visit.fixmedins_code === fixmedins_code &&
        (visit.mdtrt_id === setlinfo.mdtrt_id || (history && dayOf(visit.setl_time) === dayOf(setlinfo.setl_time))))
    }
    return history && stays.some(stay => stay.fixmedins_code === fixmedins_code &&
      (stay.mdtrt_id === setlinfo.mdtrt_id || dayOf(stay.adm_time) === dayOf(mdtrtinfo.adm_time ?? setlinfo.setl_time)))
  }

  /** Forgets everything that was judged here. */
  end (): void {
    for (const psn_no of this.#persons) {
      const person = this.#scratch.find(psn_no)
      if (person !== 0) this.#scratch.forget(person)
    }
    this.#persons.clear()
  }

  #stateOf (task: number): TaskState {
    let state = this.#states.get(task)
    if (state === undefined) {
      state = this.#asLive(task)
      this.#states.set(task, state)
    }
    return state
  }

  /** The copies' state, as far in time as the lane has come. */
  #asLive (task: number): TaskState {
    const live = this.#live.get(task)
    const state = new TaskState(this.#scratch)
    state.watermark = live?.watermark ?? -Infinity
    state.clock = live?.clock ?? -Infinity
    return state
  }

  #bringIn (task: number, psn_no: string): void {
    if (this.#persons.has(psn_no)) return
    this.#persons.add(psn_no)
    const memory = this.#live.get(task)?.memory
    const known = memory?.find(psn_no) ?? 0
    if (memory === undefined || known === 0) return
    const copy = copyPerson(memory.shelves, known, this.#scratch.shelves)
    // What time alone has changed by now is not this check's news.
    this.#judges.unhurried.wake(this.#asLive(task), copy, () => {})
  }
}
