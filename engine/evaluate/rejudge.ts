/**
 * Judging a late claim from the store: the person's stored claims are folded without and with it, and the difference
 * is reported. Other late claims of the person that nobody has reported yet are left out together with it, or two of them
 * could each hide what the other one changes.
 */
import { compareVersions, subjectKeyOf } from '../core/claim.ts'
import type { Reversal, Settlement } from '../core/claim.ts'
import type { Millis } from '../core/time.ts'
import { copyDeath } from '../memory/copy-person.ts'
import { TOUCHED_ALL } from '../memory/layout.ts'
import type { PersonFact } from '../memory/memory.ts'
import type { TaskMemory } from '../memory/task-memory.ts'
import { Emitter } from './emitter.ts'
import type { ReportFlag } from './emitter.ts'
import { Findings, compareFindings } from './findings.ts'
import type { Flagged, RuleSet } from './rule-set.ts'
import { factKey } from './task-state.ts'
import type { TaskState } from './task-state.ts'

export class Rejudge {
  readonly #rules: RuleSet
  /** Empty between calls. */
  readonly #scratch: TaskMemory
  readonly #before = new Findings()
  readonly #after = new Findings()
  readonly #flagged: Flagged = { lo: 0, hi: 0 }
  readonly #emitter = new Emitter()

  constructor (rules: RuleSet, scratch: TaskMemory) {
    this.#rules = rules
    this.#scratch = scratch
  }

  /** @param stored the person's claims in the store, in any order, `changed` among them or not. */
  run (state: TaskState, stored: readonly PersonFact[], changed: PersonFact, report: ReportFlag): void {
    const psn_no = subjectKeyOf(changed)
    const late = new Set([...state.takePending(psn_no), factKey(changed)])
    const without = stored.filter(fact => !late.has(factKey(fact)))
    const news = [...stored.filter(fact => late.has(factKey(fact))), changed]
    let person = this.#fold(this.#startWithDeath(state, psn_no), without)
    this.#judge(person, state.now, this.#before)
    person = this.#fold(person, news)
    this.#judge(person, state.now, this.#after)
    this.#emitter.begin(this.#scratch, person, psn_no, report)
    compareFindings(this.#before, this.#after, this.#emitter.stands, this.#emitter.gone)
    this.#compareSettlements(state.now, without, [...without, ...news], news)
    this.#scratch.forget(person)
  }

  /** The store's claims hold no deaths; memory never forgets them. */
  #startWithDeath (state: TaskState, psn_no: string): number {
    const live = state.memory.find(psn_no)
    return live === 0 ? 0 : copyDeath(state.memory.shelves, live, this.#scratch.shelves)
  }

  #fold (person: number, facts: readonly PersonFact[]): number {
    for (const fact of facts) {
      if (this.#scratch.stand(person, fact).status === 'superseded') continue
      person = this.#scratch.apply(person, subjectKeyOf(fact), fact, 0, 0)
    }
    return person
  }

  #judge (person: number, now: Millis, into: Findings): void {
    if (person === 0) into.clear()
    else this.#rules.judgePerson(this.#scratch.window(person), TOUCHED_ALL, now, into)
  }

  /** Claim rules, over the settlements that the late claims are or void. */
  #compareSettlements (now: Millis, without: readonly PersonFact[], all: readonly PersonFact[], news: readonly PersonFact[]): void {
    const done = new Set<string>()
    for (const fact of news) {
      if (fact.kind !== 'settlement' && fact.kind !== 'reversal') continue
      const identity = settlementKey(fact)
      if (done.has(identity)) continue
      done.add(identity)
      this.#judgeStanding(now, without, identity, this.#before)
      this.#judgeStanding(now, all, identity, this.#after)
      compareFindings(this.#before, this.#after, this.#emitter.stands, this.#emitter.gone)
    }
  }

  #judgeStanding (now: Millis, facts: readonly PersonFact[], identity: string, into: Findings): void {
    const settlement = standingSettlement(facts, identity)
    if (settlement === null) into.clear()
    else this.#rules.judgeClaim(settlement, now, into, this.#flagged)
  }
}

function settlementKey (fact: Settlement | Reversal): string {
  return `${fact.fixmedins_code}|${fact.kind === 'settlement' ? fact.setlinfo.setl_id : fact.setl_id}`
}

/** The greatest version of a settlement, null when there is none or it is voided. */
function standingSettlement (facts: readonly PersonFact[], identity: string): Settlement | null {
  let standing: Settlement | null = null
  for (const fact of facts) {
    if ((fact.kind !== 'settlement' && fact.kind !== 'reversal') || settlementKey(fact) !== identity) continue
    if (fact.kind === 'reversal') return null
    if (standing === null || compareVersions(fact.version, standing.version) > 0) standing = fact
  }
  return standing
}
