/**
 * Judging one claim of a person: what the rules said before it, what they say after it, and the difference.
 *
 *   wake if due → expire → stand (new, again, older, newer?) → before → apply → after → raise, revise, retract
 *
 * A claim that concerns something older than the lateness is only remembered: what it changes may lie among claims that
 * memory no longer has, so its effect is judged from the store (rejudge.ts).
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
import { claimAnchor } from './rule-set.ts'
import type { Flagged, RuleSet } from './rule-set.ts'
import type { TaskState } from './task-state.ts'

export type Status = 'judged' | 'corrected' | 'duplicate' | 'superseded' | 'late'

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
      if (this.#isLate(state, fact, psn_no, standing)) state.addPending(psn_no, fact, true)
      return 'superseded'
    }
    if (this.#isLate(state, fact, psn_no, standing)) return this.#remember(state, person, psn_no, fact, standing)
    if (standing.status === 'duplicate') {
      memory.apply(person, psn_no, fact, 0, 0)
      this.#sayAgain(state, person, psn_no, fact, standing, report)
      return 'duplicate'
    }
    this.#judgeNews(state, person, psn_no, fact, standing, report)
    return standing.status
  }

  /** Reports what the clock alone has changed for a person, and when it may change again; then forgets what is too old. */
  wake (state: TaskState, person: number, report: ReportFlag): void {
    const { memory } = state
    // What memory says of a person with late claims waiting is not what was reported: rejudge() wakes them afterwards.
    if (state.isPending(memory.psnNoOf(person))) {
      memory.setWake(person, Infinity)
      return
    }
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

  #isLate (state: TaskState, fact: PersonFact, psn_no: string, standing: Standing): boolean {
    if (fact.kind === 'master' || this.#lateness === Infinity) return false
    const old = standing.eldest < state.watermark - this.#lateness || !standing.targetKnown || state.isPending(psn_no)
    // What a repeated claim led to was said, unless its first time was before a recovery: then nobody knows.
    return old && (state.recovered || (standing.status !== 'duplicate' && standing.status !== 'superseded'))
  }

  /** Keeps a late claim without a word; the next advance() looks at the person again, because rules may want to wait. */
  #remember (state: TaskState, person: number, psn_no: string, fact: PersonFact, standing: Standing): 'late' {
    const { memory } = state
    const forgotten = standing.eldest < state.watermark - this.#retention
    // A reversal of what memory does not have changes nothing in memory: others need not wait for it.
    if (standing.targetKnown) state.addPending(psn_no, fact, standing.status === 'duplicate' || forgotten)
    this.#judgeClaim(state, fact, standing)
    const kept = memory.apply(person, psn_no, fact, this.#flagged.lo, this.#flagged.hi)
    if (person === 0) memory.setJudgedAt(kept, state.now)
    memory.expire(kept, state.watermark - this.#retention)
    memory.trim(kept)
    if (!memory.forgetIfEmpty(kept)) memory.setWake(kept, Math.min(memory.wakeOf(kept), state.now))
    return 'late'
  }

  #judgeNews (state: TaskState, person: number, psn_no: string, fact: PersonFact, standing: Standing, report: ReportFlag): void {
    const { memory } = state
    // A death is judged even while late claims wait; what is overdue by then is left for the wake that follows them.
    const now = person !== 0 && state.isPending(psn_no) ? memory.judgedAt(person) : state.now
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
    this.#sayOfClaim(fact, standing)
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

  /** Claim rules' findings that stand now, and those that the older version, or the settlement just voided, had. */
  #sayOfClaim (fact: PersonFact, standing: Standing): void {
    if (this.#ofClaim.size > 0) for (const [, found] of this.#ofClaim.entries()) this.#emitter.stands(found)
    const lo = standing.flaggedLo & ~this.#flagged.lo
    const hi = standing.flaggedHi & ~this.#flagged.hi
    if ((lo | hi) === 0 || (fact.kind !== 'settlement' && fact.kind !== 'reversal')) return
    const { fixmedins_code } = fact
    const anchor = claimAnchor(fixmedins_code, fact.kind === 'settlement' ? fact.setlinfo.setl_id : fact.setl_id)
    const { at, area } = standing
    for (const rule of this.#rules.claimRulesOf(lo, hi)) {
      this.#emitter.retract(rule, { anchor, at, area, fixmedins_code, severity: rule.severity })
    }
  }

  /**
   * A repeated claim changes nothing, but what it led to may have been lost on its way to the store. Nothing is said of a
   * person with late claims still to be judged: what memory says of them has not been reported yet.
   */
  #sayAgain (state: TaskState, person: number, psn_no: string, fact: PersonFact, standing: Standing, report: ReportFlag): void {
    if (state.isPending(psn_no)) return
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
