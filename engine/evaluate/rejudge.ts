/**
 * Judging a person from the store: for claims too late to be judged by what memory has, and when reference data that the
 * person's claims touch have changed. Everything the store has of the person is folded, with the late claims; what the
 * rules then say is compared with the flags that the store shows, and the difference is reported. The fold, less what is
 * too old, becomes the lane's memory of the person.
 */
import type { FlagRow } from '../core/flag.ts'
import type { Settlement } from '../core/claim.ts'
import type { Millis } from '../core/time.ts'
import { copyPerson } from '../memory/copy-person.ts'
import type { Dictionary } from '../memory/dictionary.ts'
import { TOUCHED_ALL } from '../memory/layout.ts'
import type { PersonFact, Standing } from '../memory/memory.ts'
import { TaskMemory } from '../memory/task-memory.ts'
import { Emitter, NEXT } from './emitter.ts'
import type { ReportFlag } from './emitter.ts'
import { Findings } from './findings.ts'
import type { Found } from './findings.ts'
import { activeRow, flagIdOf, person as subjectOf, saysTheSame, takenBack } from './flag-row.ts'
import type { Flagged, RuleSet } from './rule-set.ts'
import type { TaskState } from './task-state.ts'

/** All that the store has of a person. */
export interface StoredPerson {
  readonly psn_no: string
  /** Claims and deaths, in any order. */
  readonly facts: readonly PersonFact[]
  /** As they stand, retracted ones included: their revisions have been used. */
  readonly flags: readonly FlagRow[]
}

export type LateStatus = Standing['status']

export class Rejudge {
  readonly #rules: RuleSet
  readonly #retention: Millis
  /** Empty between calls. It forgets nothing, so its revisions count everything. */
  readonly #scratch: TaskMemory
  readonly #found = new Findings()
  readonly #flagged: Flagged = { lo: 0, hi: 0 }
  readonly #emitter = new Emitter()
  /** Settlements of the person by identity, the winning versions. */
  readonly #settlements = new Map<string, Settlement>()

  constructor (rules: RuleSet, retention: Millis, codes: Dictionary) {
    this.#rules = rules
    this.#retention = retention
    this.#scratch = new TaskMemory(codes, { retentionDays: Infinity })
  }

  /** @param late what is not in the store yet. @returns how each of it stands to what is stored. */
  run (state: TaskState, stored: StoredPerson, late: readonly PersonFact[], report: ReportFlag): LateStatus[] {
    const { psn_no, flags } = stored
    const scratch = this.#scratch
    this.#settlements.clear()
    let person = 0
    for (const fact of stored.facts) person = this.#fold(person, psn_no, fact, state.now).person
    const statuses = late.map(fact => {
      const folded = this.#fold(person, psn_no, fact, state.now)
      person = folded.person
      return folded.status
    })
    const said = Math.max(...flags.map(({ revision }) => revision - revision % 2), this.#forgetLive(state, psn_no))
    if (person === 0) { // all that there was is somebody else's now
      for (const flag of flags) if (flag.status === 'active') report(takenBack(flag, said + NEXT))
      return statuses
    }
    scratch.setSaid(person, said)
    this.#emitter.begin({ memory: scratch, person }, psn_no, report, true)
    const standing = new Map(flags.filter(({ status }) => status === 'active').map(flag => [flag.flag_id, flag]))
    const say = (found: Found): void => {
      const flag_id = flagIdOf(found.rule, subjectOf(psn_no), found.finding.anchor)
      const known = standing.get(flag_id)
      standing.delete(flag_id)
      if (known === undefined || !saysTheSame(known, activeRow(found.rule, subjectOf(psn_no), found.finding, found.items, 0))) this.#emitter.stands(found)
    }
    const wake = this.#rules.judgePerson(scratch.window(person), TOUCHED_ALL, state.now, this.#found)
    for (const [, found] of this.#found.entries()) say(found)
    for (const settlement of this.#settlements.values()) {
      if (scratch.stand(person, settlement).voided) continue
      this.#rules.judgeClaim(settlement, state.now, this.#found, this.#flagged)
      for (const [, found] of this.#found.entries()) say(found)
    }
    for (const flag of standing.values()) this.#emitter.takeBack(flag)
    this.#remember(state, person, wake)
    return statuses
  }

  #fold (person: number, psn_no: string, fact: PersonFact, now: Millis): { person: number, status: LateStatus } {
    const scratch = this.#scratch
    const { status, voided } = scratch.stand(person, fact)
    if (status === 'superseded') {
      scratch.notice(person, fact)
      return { person, status }
    }
    this.#flagged.lo = 0
    this.#flagged.hi = 0
    if (fact.kind === 'settlement') {
      this.#settlements.set(`${fact.fixmedins_code}|${fact.setlinfo.setl_id}`, fact)
      if (!voided) this.#rules.judgeClaim(fact, now, this.#found, this.#flagged)
    }
    return { person: scratch.apply(person, psn_no, fact, this.#flagged.lo, this.#flagged.hi), status }
  }

  /** What the lane knew of the person goes. @returns the revision it had last said, 0 for none. */
  #forgetLive ({ memory }: TaskState, psn_no: string): number {
    const person = memory.find(psn_no)
    if (person === 0) return 0
    const said = memory.saidOf(person)
    memory.forget(person)
    return said
  }

  /** The fold, less what is too old to be remembered, is what the lane knows of the person from now on. */
  #remember (state: TaskState, folded: number, wake: Millis): void {
    const { memory } = state
    const person = copyPerson(this.#scratch.shelves, folded, memory.shelves)
    this.#scratch.forget(folded)
    memory.expire(person, state.watermark - this.#retention)
    memory.trim(person)
    if (memory.forgetIfEmpty(person)) return
    memory.setJudgedAt(person, state.now)
    memory.setWake(person, wake)
  }
}
