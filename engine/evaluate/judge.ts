/**
 * Judging one claim of a person: what the rules said before it, what they say after it, and the difference.
 *
 *   wake if due → expire → stand (new, again, older, newer?) → before → apply → after → raise, revise, retract
 *
 * What memory cannot judge is left alone: it is judged, and remembered, from the store (rejudge.ts).
 */
import { subjectKeyOf } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import type { Millis } from '../core/time.ts'
import { TOUCHED_ALL } from '../memory/layout.ts'
import type { PersonFact, Standing } from '../memory/memory.ts'
import { Emitter } from './emitter.ts'
import type { ReportFlag } from './emitter.ts'
import { Findings, compareFindings } from './findings.ts'
import type { Found } from './findings.ts'
import type { Flagged, RuleSet } from './rule-set.ts'
import type { TaskState } from './task-state.ts'

/**
 * 'late' and 'deferred' claims are left alone, to be judged from the store: late ones because memory may have forgotten what they
 * concern, deferred ones because they may take back what a claim rule said, of which memory has no more than a bit.
 */
export type Status = Standing['status'] | 'late' | 'deferred'

export class Judge {
  readonly #rules: RuleSet
  readonly #retention: Millis
  readonly #lateness: Millis
  readonly #before = new Findings()
  readonly #after = new Findings()
  readonly #ofClaim = new Findings()
  readonly #flagged: Flagged = { lo: 0, hi: 0 }
  readonly #emitter = new Emitter()

  /** @param lateness Infinity: nothing is late, everything is judged by what memory has. */
  constructor (rules: RuleSet, retention: Millis, lateness: Millis) {
    this.#rules = rules
    this.#retention = retention
    this.#lateness = lateness
  }

  judge (state: TaskState, fact: PersonFact, report: ReportFlag): Status {
    const { memory } = state
    const psn_no = subjectKeyOf(fact)
    if (fact.kind !== 'master') state.watermark = Math.max(state.watermark, eventTimeOf(fact))
    const person = this.#upToDate(state, psn_no, report)
    const standing = memory.stand(person, fact)
    if (standing.status === 'superseded') {
      memory.notice(person, fact)
      return 'superseded'
    }
    if (standing.status === 'duplicate' || standing.status === 'resent') {
      memory.apply(person, psn_no, fact, 0, 0)
      this.#sayAgain(state, person, psn_no, fact, standing, report)
      return standing.status
    }
    if (this.#isLate(state, fact, standing)) return 'late'
    if (this.#lateness !== Infinity && (standing.flaggedLo | standing.flaggedHi) !== 0) return 'deferred'
    this.#judgeNews(state, person, psn_no, fact, standing, report)
    return standing.status
  }

  /** Reports what the clock alone has changed for a person, and when it may change again; then forgets what is too old. */
  wake (state: TaskState, person: number, report: ReportFlag): void {
    const { memory } = state
    const window = memory.window(person)
    this.#rules.judgePerson(window, TOUCHED_ALL, memory.judgedAt(person), this.#before)
    memory.setWake(person, this.#rules.judgePerson(window, TOUCHED_ALL, state.now, this.#after))
    memory.setJudgedAt(person, state.now)
    this.#emitter.begin({ memory, person }, window.psn_no, report, true)
    compareFindings(this.#before, this.#after, this.#emitter.stands, this.#emitter.gone)
  }

  /** As wake(), and says again what stands, as far as memory still has everything that it may depend on. */
  emit (state: TaskState, person: number, report: ReportFlag): void {
    const { memory } = state
    this.wake(state, person, report)
    // Before memory was lost more may have been known than now, and said: then this is news, above all that.
    const news = memory.revision(person) < memory.saidOf(person)
    this.#emitter.begin({ memory, person }, memory.psnNoOf(person), report, news)
    for (const [key, found] of this.#after.entries()) {
      const said = this.#before.get(key)?.words !== found.words
      if (!said && this.#isWhole(state, found)) this.#emitter.stands(found)
    }
  }

  /**
   * The person with nothing overdue: what a rule waited for is said before the records that it is about are forgotten,
   * however far this claim has moved the watermark. @returns 0 when nothing is known of the person.
   */
  #upToDate (state: TaskState, psn_no: string, report: ReportFlag): number {
    const { memory } = state
    const person = memory.find(psn_no)
    if (person === 0) return 0
    if (memory.wakeOf(person) <= state.now) this.wake(state, person, report)
    memory.expire(person, state.watermark - this.#retention)
    return memory.forgetIfEmpty(person) ? 0 : person
  }

  /** Deaths judge whatever memory has of the time after them, however long ago: only what it has forgotten makes them late. */
  #isLate (state: TaskState, fact: PersonFact, standing: Standing): boolean {
    if (this.#lateness === Infinity) return false
    const reach = fact.kind === 'master' ? this.#retention : this.#lateness
    return standing.eldest < state.watermark - reach || !standing.targetKnown
  }

  #judgeNews (state: TaskState, person: number, psn_no: string, fact: PersonFact, standing: Standing, report: ReportFlag): void {
    const { memory } = state
    const { now } = state
    const { touched } = standing
    if (person === 0) this.#before.clear()
    else this.#rules.judgePerson(memory.window(person), touched, memory.judgedAt(person), this.#before)
    this.#judgeClaim(state, fact, standing)
    const kept = memory.apply(person, psn_no, fact, this.#flagged.lo, this.#flagged.hi)
    const window = person === 0 ? memory.window(kept) : memory.refresh(touched)
    const wake = this.#rules.judgePerson(window, touched, now, this.#after)
    // Rules that did not run still wait for what they asked for.
    memory.setWake(kept, Math.min(memory.wakeOf(kept), wake))
    memory.setJudgedAt(kept, now)
    this.#emitter.begin({ memory, person: kept }, psn_no, report, true)
    compareFindings(this.#before, this.#after, this.#emitter.stands, this.#emitter.gone)
    for (const [, found] of this.#ofClaim.entries()) this.#emitter.stands(found)
    memory.trim(kept)
  }

  /** Runs the claim rules; anything but a settlement that stands is flagged by none. */
  #judgeClaim (state: TaskState, fact: PersonFact, standing: Standing): void {
    if (fact.kind === 'settlement' && !standing.voided) {
      this.#rules.judgeClaim(fact, state.now, this.#ofClaim, this.#flagged)
      return
    }
    this.#ofClaim.clear()
    this.#flagged.lo = 0
    this.#flagged.hi = 0
  }

  /**
   * A repeated claim changes nothing, but what it led to may have been lost on its way to the store, and its sender wants
   * to know.
   */
  #sayAgain (state: TaskState, person: number, psn_no: string, fact: PersonFact, standing: Standing, report: ReportFlag): void {
    const { memory } = state
    this.#rules.judgePerson(memory.window(person), TOUCHED_ALL, memory.judgedAt(person), this.#after)
    this.#judgeClaim(state, fact, standing)
    this.#emitter.begin({ memory, person }, psn_no, report, false)
    for (const [, found] of this.#after.entries()) {
      if (concerns(found, fact) && this.#isWhole(state, found)) this.#emitter.stands(found)
    }
    // A claim older than the lateness may be voided by a reversal that only the store remembers.
    if (standing.eldest < state.watermark - this.#lateness) return
    for (const [, found] of this.#ofClaim.entries()) this.#emitter.stands(found)
  }

  /** Whether memory has all the claims that a finding can depend on; an older one may have lost some to expiry. */
  #isWhole (state: TaskState, found: Found): boolean {
    return found.latest >= state.watermark - this.#lateness
  }
}

/** Whether a finding involves what a claim is about; a reversal's or a death's effect may be any finding. */
function concerns (found: Found, fact: PersonFact): boolean {
  if (fact.kind === 'master' || fact.kind === 'reversal') return true
  const { fixmedins_code } = fact
  const mdtrt_id = fact.kind === 'settlement' ? fact.setlinfo.mdtrt_id : fact.mdtrt_id
  const setl_id = fact.kind === 'settlement' ? fact.setlinfo.setl_id : ''
  return found.items.some(item => item.fixmedins_code === fixmedins_code &&
    (item.mdtrt_id === mdtrt_id || (setl_id !== '' && item.setl_id === setl_id)))
}
