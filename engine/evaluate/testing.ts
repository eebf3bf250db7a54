/** Small rules, and a desk that does with a lane what the main thread does: for tests only. */
import { compareVersions, subjectKeyOf } from '../core/claim.ts'
import type { MasterData } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import { taskOf } from '../core/fingerprint.ts'
import type { Finding, FlagRow, Severity } from '../core/flag.ts'
import { claimRule, personRule } from '../core/rule.ts'
import type { Rule } from '../core/rule.ts'
import type { LoadedRule, Rulebook } from '../core/rulebook.ts'
import { HOUR, calendarDays, dayOf, monthOf } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import type { PersonFact } from '../memory/memory.ts'
import { LaneState } from './lane-state.ts'
import type { LaneOptions } from './lane-state.ts'
import type { Status } from './judge.ts'
import type { StoredPerson } from './rejudge.ts'

/** A rule as the loader would hand it over, in force always. */
export function loadedRule (id: string, rule: Rule, severity: Severity = 3): LoadedRule {
  return {
    id, version: 1, title: { zh: id, en: id }, official_id: '', severity, behaviour: 1, law_basis: [], negative_items: {},
    exclusions: new Map([['newborn', { zh: '新生儿', en: 'newborn' }]]), facts: new Map(), to_check: [],
    parameters: new Map(), value_labels: new Map(), law: { on: () => ({ limit: 3 }) }, rule,
    sentence: (values, limits) => ({ zh: `${id} ${JSON.stringify(values)} ${limits['limit']}`, en: `${id} ${JSON.stringify(values)}` }),
    cleared: () => ({ zh: '', en: '' })
  }
}

type Rest = Partial<Finding> & Pick<Finding, 'anchor' | 'at' | 'main'>
function finding (rest: Rest): Finding {
  return { area: '341702', fixmedins_code: '', severity: 3, involved: [], values: {}, supports: [], weakens: [], ...rest }
}

/** Three visits of one month: anchor the month, so its content changes with every visit. */
export const busyMonth = personRule({
  reads: ['visits'],
  evaluate: ({ visits }, _setting, report) => {
    for (const month of new Set(visits.map(visit => monthOf(visit.setl_time)))) {
      const main = visits.filter(visit => monthOf(visit.setl_time) === month)
      if (main.length >= 3) report(finding({ anchor: [month], at: main.at(-1)!.setl_time, main, values: { visits: main.length } }))
    }
  }
})

/** A stay soon after the nearest one before it at the same institution: a stay between two others hides what they would be. */
export const soonAgain = personRule({
  reads: ['stays'],
  evaluate: ({ stays }, _setting, report) => {
    stays.forEach((stay, i) => {
      const previous = stays.slice(0, i).filter(other => other.fixmedins_code === stay.fixmedins_code && other.dscg_time !== null && other.dscg_time <= stay.adm_time).at(-1)
      if (previous === undefined) return
      const gap = calendarDays(previous.dscg_time!, stay.adm_time)
      if (gap > 15) return
      report(finding({
        anchor: [stay.fixmedins_code, stay.mdtrt_id], at: stay.adm_time, fixmedins_code: stay.fixmedins_code, severity: gap <= 7 ? 2 : 3,
        main: [stay], involved: [previous], values: { gap, previous: previous.mdtrt_id }
      }))
    })
  }
})

/** A visit at another institution during a stay. */
export const elsewhere = personRule({
  reads: ['stays', 'visits'],
  evaluate: ({ stays, visits }, _setting, report) => {
    for (const visit of visits) {
      const stay = stays.find(one => one.fixmedins_code !== visit.fixmedins_code && dayOf(one.adm_time) < dayOf(visit.setl_time) &&
        (one.dscg_time === null || dayOf(visit.setl_time) < dayOf(one.dscg_time)))
      if (stay !== undefined) report(finding({ anchor: [visit.fixmedins_code, visit.setl_id], at: visit.setl_time, severity: 2, main: [visit], involved: [stay] }))
    }
  }
})

/** 72 hours without a line in an open stay: known only once the watermark has passed them. */
export const quiet = personRule({
  reads: ['stays'],
  evaluate: ({ stays }, setting, report) => {
    for (const stay of stays) {
      if (stay.dscg_time !== null) continue
      const last = Math.max(stay.adm_time, stay.days.at(-1)?.last ?? 0)
      if (setting.watermark < last + 72 * HOUR) setting.wakeAt(last + 72 * HOUR)
      else report(finding({ anchor: [stay.fixmedins_code, stay.mdtrt_id], at: stay.adm_time, main: [stay], values: { last } }))
    }
  }
})

export const afterDeath = personRule({
  reads: ['visits', 'death'],
  evaluate: ({ visits, death }, _setting, report) => {
    if (death === null) return
    for (const visit of visits) {
      if (dayOf(visit.service_time) > dayOf(death.die_date)) report(finding({ anchor: [visit.fixmedins_code, visit.setl_id], at: visit.service_time, severity: 1, main: [visit] }))
    }
  }
})

/** A claim rule: more than 200 yuan; above 300 only the first line is meant. */
export const dear = claimRule({
  evaluate: ({ setlinfo }, _setting, report) => {
    const fee = setlinfo.medfee_sumamt
    if (fee <= 20_000) return
    report({ severity: 3, values: { fee }, supports: [], weakens: [], ...(fee > 30_000 ? { lines: ['1'], line_amount: 10_000 } : {}) })
  }
})

export const RULES: Rulebook = {
  rules: [
    loadedRule('busy-month', busyMonth), loadedRule('soon-again', soonAgain), loadedRule('elsewhere', elsewhere), loadedRule('quiet', quiet),
    loadedRule('after-death', afterDeath), loadedRule('dear', dear)
  ],
  digest: 'test'
}

/** Judges, stores, judges late claims again, and keeps of each flag the row of the greatest revision: of equal ones the last. */
export class Desk {
  readonly rows: FlagRow[] = []
  readonly statuses: Status[] = []
  lane: LaneState
  readonly #options: LaneOptions
  readonly #tasks: number
  readonly #stored: PersonFact[] = []
  readonly #flags = new Map<string, FlagRow>()

  constructor (options: Partial<LaneOptions> = {}) {
    this.#tasks = options.tasks ?? 4
    this.#options = { rulebook: RULES, tasks: this.#tasks, ...options }
    this.lane = new LaneState(this.#options)
  }

  readonly keep = (row: FlagRow): void => {
    this.rows.push(row)
    const known = this.#flags.get(row.flag_id)
    if (known === undefined || row.revision >= known.revision) this.#flags.set(row.flag_id, row)
  }

  /** One batch. @returns the rows that it wrote. */
  batch (...facts: readonly PersonFact[]): FlagRow[] {
    const from = this.rows.length
    this.#judgeLate(this.#judge(facts))
    return this.rows.slice(from)
  }

  /** A batch whose lane died after all but its late claims was stored: the sender sends it again. */
  interruptedBatch (...facts: readonly PersonFact[]): void {
    this.#judge(facts)
    this.recover()
    this.batch(...facts)
  }

  /** The lane's memory is lost and folded anew from what is stored, in the order of events. */
  recover (): void {
    this.lane = new LaneState(this.#options)
    const time = (fact: PersonFact): Millis => fact.kind === 'master' ? fact.inf_time : eventTimeOf(fact)
    const said = [...this.#flags.values()]
    const rank = (fact: PersonFact): number => fact.kind === 'reversal' ? 0 : 1
    const facts = this.#collapsed().sort((a, b) => rank(a) - rank(b) || time(a) - time(b))
    for (const fact of facts) this.lane.fold(this.#taskOf(fact), fact, () => {})
    for (const { subject, revision } of said) this.lane.heard(subject, revision)
    for (const task of this.lane.tasks()) this.lane.emitAll(task, this.keep)
  }

  /** As the store has them: of each settlement the winning version. */
  #collapsed (): PersonFact[] {
    const winners = new Map<string, PersonFact>()
    this.#stored.forEach((fact, i) => {
      const key = fact.kind === 'settlement' ? `${fact.fixmedins_code}|${fact.setlinfo.setl_id}` : String(i)
      const known = winners.get(key)
      if (known === undefined || compareVersions(fact.version, known.version) > 0) winners.set(key, fact)
    })
    return [...winners.values()]
  }

  /** @returns what is to be judged from the store. */
  #judge (facts: readonly PersonFact[]): PersonFact[] {
    return facts.filter(fact => {
      const status = this.lane.judge(this.#taskOf(fact), fact, this.keep)
      this.statuses.push(status)
      const left = status === 'late' || status === 'deferred'
      if (!left) this.#store(status, fact)
      return left
    })
  }

  #judgeLate (late: readonly PersonFact[]): void {
    for (const psn_no of new Set(late.map(subjectKeyOf))) {
      const own = late.filter(fact => subjectKeyOf(fact) === psn_no)
      const statuses = this.lane.rejudge(this.storedOf(psn_no), own, this.keep)
      own.forEach((fact, i) => { this.#store(statuses[i]!, fact) })
    }
  }

  #store (status: Status, fact: PersonFact): void {
    if (status !== 'superseded' && status !== 'duplicate') this.#stored.push(fact)
  }

  /** Reference data are learned, and those whom they may touch (here: everybody) judged again. @returns the rows that it wrote. */
  learn (master: MasterData): FlagRow[] {
    const from = this.rows.length
    if (this.lane.learn(master) === null) return []
    for (const psn_no of new Set(this.#stored.map(subjectKeyOf))) this.lane.rejudge(this.storedOf(psn_no), [], this.keep)
    return this.rows.slice(from)
  }

  #taskOf (fact: PersonFact): number {
    return taskOf(subjectKeyOf(fact), this.#tasks)
  }

  advance (clock: Millis): FlagRow[] {
    const from = this.rows.length
    for (let task = 0; task < this.#tasks; task++) this.lane.advance(task, clock, this.keep)
    return this.rows.slice(from)
  }

  storedOf (psn_no: string): StoredPerson {
    const facts = this.#stored.filter(fact => subjectKeyOf(fact) === psn_no)
    return { psn_no, facts, flags: [...this.#flags.values()].filter(({ subject }) => subject === psn_no) }
  }

  /** Flags that stand, as text: what must not depend on order or batches. */
  get standing (): string[] {
    return [...this.#flags.values()].filter(row => row.status === 'active').map(wordsOf).sort()
  }
}

/** What a flag says: everything but its revision. */
export function wordsOf (row: FlagRow): string {
  return JSON.stringify({ ...row, revision: 0 })
}

/** "rule anchor status": enough to read in a table of cases. */
export function brief (rows: readonly FlagRow[]): string[] {
  return rows.map(row => `${row.rule_id} ${row.anchor.join('/')} ${row.status}`)
}
