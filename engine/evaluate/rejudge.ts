/**
 * Judging a late claim from the store: the person's stored claims are folded without and with it, and the difference
 * is reported. Late claims of the person that nobody has reported yet are left out together with it, or two of them
 * could each hide what the other one changes. Where it is not known what was reported (a repeated claim, after a recovery)
 * there are several "withouts": whatever stood in any of them is put right.
 */
import { compareVersions, subjectKeyOf } from '../core/claim.ts'
import type { Reversal, Settlement } from '../core/claim.ts'
import type { Millis } from '../core/time.ts'
import { copyDeath } from '../memory/copy-person.ts'
import type { Dictionary } from '../memory/dictionary.ts'
import { TOUCHED_ALL } from '../memory/layout.ts'
import type { PersonFact } from '../memory/memory.ts'
import { TaskMemory } from '../memory/task-memory.ts'
import { Emitter } from './emitter.ts'
import type { ReportFlag } from './emitter.ts'
import { Findings, compareFindings } from './findings.ts'
import type { Flagged, RuleSet } from './rule-set.ts'
import { factKey } from './task-state.ts'
import type { TaskState } from './task-state.ts'

/** Possibilities asked about a person's repeated claims; beyond, claims are taken not to have been reported. */
const POSSIBILITIES_MAX = 16

export class Rejudge {
  readonly #rules: RuleSet
  /** Both are empty between calls. They forget nothing, so their revisions count everything. */
  readonly #without: TaskMemory
  readonly #with: TaskMemory
  readonly #before = new Findings()
  readonly #after = new Findings()
  readonly #flagged: Flagged = { lo: 0, hi: 0 }
  readonly #emitter = new Emitter()

  constructor (rules: RuleSet, codes: Dictionary) {
    this.#rules = rules
    this.#without = new TaskMemory(codes, { retentionDays: Infinity })
    this.#with = new TaskMemory(codes, { retentionDays: Infinity })
  }

  /** @param stored the person's claims in the store, in any order, `changed` among them or not. */
  run (state: TaskState, stored: readonly PersonFact[], changed: PersonFact, report: ReportFlag): void {
    const psn_no = subjectKeyOf(changed)
    const pending = state.takePending(psn_no)
    if (!pending.has(factKey(changed))) pending.set(factKey(changed), false)
    const all = [...stored, changed]
    const whole = this.#fold(this.#with, state, psn_no, all)
    const live = { memory: state.memory, person: state.memory.find(psn_no) }
    this.#emitter.begin(live, psn_no, report, true, { memory: this.#with, person: whole })
    for (const left of leftOut(pending)) {
      const rest = all.filter(fact => !left.has(factKey(fact)))
      const person = this.#fold(this.#without, state, psn_no, rest)
      this.#judge(this.#without, person, state.now, this.#before)
      this.#judge(this.#with, whole, state.now, this.#after)
      compareFindings(this.#before, this.#after, this.#emitter.stands, this.#emitter.gone)
      this.#compareSettlements(state.now, rest, all, left)
      if (person !== 0) this.#without.forget(person)
    }
    this.#with.forget(whole)
    if (live.person !== 0) state.memory.setWake(live.person, Math.min(state.memory.wakeOf(live.person), state.now))
  }

  /** Starts from the live memory's death: the store's claims hold none, and memory never forgets one. */
  #fold (scratch: TaskMemory, state: TaskState, psn_no: string, facts: readonly PersonFact[]): number {
    const live = state.memory.find(psn_no)
    let person = live === 0 ? 0 : copyDeath(state.memory.shelves, live, scratch.shelves)
    for (const fact of facts) {
      if (scratch.stand(person, fact).status === 'superseded') scratch.notice(person, fact)
      else person = scratch.apply(person, psn_no, fact, 0, 0)
    }
    return person
  }

  #judge (scratch: TaskMemory, person: number, now: Millis, into: Findings): void {
    if (person === 0) into.clear()
    else this.#rules.judgePerson(scratch.window(person), TOUCHED_ALL, now, into)
  }

  /** Claim rules, over the settlements that the claims left out are or void. */
  #compareSettlements (now: Millis, rest: readonly PersonFact[], all: readonly PersonFact[], left: ReadonlySet<string>): void {
    const identities = new Set<string>()
    for (const fact of all) {
      if ((fact.kind === 'settlement' || fact.kind === 'reversal') && left.has(factKey(fact))) identities.add(settlementKey(fact))
    }
    for (const identity of identities) {
      this.#judgeStanding(now, rest, identity, this.#before)
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

/**
 * What may not have been reported yet, one set for each possibility. Nothing new was. Of the repeated claims any may have
 * been; of many only the likely ones are asked: they were reported in the order in which they come again.
 */
function leftOut (pending: ReadonlyMap<string, boolean>): Array<ReadonlySet<string>> {
  const repeated = [...pending].filter(([, again]) => again).map(([key]) => key)
  const sets = [new Set(pending.keys())]
  const every = 2 ** repeated.length <= POSSIBILITIES_MAX
  for (const key of repeated.slice(0, POSSIBILITIES_MAX)) {
    for (const set of every ? [...sets] : sets.slice(-1)) sets.push(new Set([...set].filter(other => other !== key)))
  }
  return sets.filter(set => set.size > 0)
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
