/**
 * Rules about shared subjects, made ready: what a settlement shows them, and what they say of a subject that the store has
 * shown. What they say is compared with the flags that the store shows, and the difference is reported.
 */
import assert from 'node:assert/strict'
import type { Settlement, StockMovement } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import type { FlagRow, Subject } from '../core/flag.ts'
import { NO_KNOWLEDGE } from '../core/knowledge.ts'
import type { Reference } from '../core/masterdata.ts'
import type { SharedRule } from '../core/rule.ts'
import type { LoadedRule, Rulebook } from '../core/rulebook.ts'
import type { SharedWindow, Sighting } from '../core/shared.ts'
import { dayOf } from '../core/time.ts'
import { NEXT } from './emitter.ts'
import type { ReportFlag } from './emitter.ts'
import { Findings } from './findings.ts'
import { activeRow, saysTheSame, takenBack } from './flag-row.ts'

/** A subject as one rule sees it. */
export interface SharedSubject { readonly rule_id: string, readonly subject: string }

/** All that the store has of a subject. */
export interface StoredSubject extends SharedSubject {
  readonly window: SharedWindow
  /** As they stand, retracted ones included: their revisions have been used. */
  readonly flags: readonly FlagRow[]
}

/** One settlement's sighting of a subject, as it is told and kept. */
export interface Shown { readonly rule_id: string, readonly sighting: Sighting }

interface Ready { readonly loaded: LoadedRule, readonly rule: SharedRule }

export class SharedRules {
  readonly #rules: Ready[]
  readonly #reference: Reference
  readonly #found = new Findings()

  constructor (rulebook: Rulebook, reference: Reference) {
    this.#rules = sharedRulesOf(rulebook)
    this.#reference = reference
  }

  /** Which subjects a settlement shows. */
  shownBy (claim: Settlement): Shown[] {
    const shown: Shown[] = []
    for (const { loaded, rule } of this.#rules) {
      const subjects = new Set<string>()
      for (const sighting of rule.sight(claim)) {
        assert(!subjects.has(sighting.subject), `rule ${loaded.id} sees ${sighting.subject} twice in one settlement`)
        subjects.add(sighting.subject)
        shown.push({ rule_id: loaded.id, sighting })
      }
    }
    return shown
  }

  /** The rules that have the item of a stock record looked at. */
  minding ({ infno }: StockMovement): string[] {
    return this.#rules.flatMap(({ loaded, rule }) => rule.stock?.includes(infno) === true ? [loaded.id] : [])
  }

  /**
   * Reports what has to be said of a subject besides what the store shows of it.
   * @returns how much more of it must be counted before it is worth another look; 0 when the rule did not say
   */
  judge ({ rule_id, window, flags }: StoredSubject, report: ReportFlag): number {
    const { loaded, rule } = this.#ready(rule_id)
    const { law, knowledge = NO_KNOWLEDGE } = loaded
    let rest = 0
    this.#found.clear()
    const setting = { law, reference: this.#reference, knowledge, enough: (weight: number) => { rest = weight } }
    rule.evaluate(window, setting, finding => { this.#found.add(loaded, finding) })
    const subject: Subject = { kind: rule.of, key: window.subject }
    const known = new Map(flags.map(flag => [flag.flag_id, flag]))
    for (const [, { finding, items }] of this.#found.entries()) {
      const row = activeRow(loaded, subject, finding, items, 0)
      const before = known.get(row.flag_id)
      known.delete(row.flag_id)
      if (before === undefined) report(row)
      else if (!saysTheSame(before, row)) report({ ...row, revision: above(before) + 1 })
    }
    for (const flag of known.values()) if (flag.status === 'active') report(takenBack(flag, above(flag)))
    return rest
  }

  #ready (rule_id: string): Ready {
    const ready = this.#rules.find(({ loaded }) => loaded.id === rule_id)
    assert(ready !== undefined, `there is no rule ${rule_id} about shared subjects`)
    return ready
  }
}

export function sharedRulesOf ({ rules }: Rulebook): Ready[] {
  return rules.flatMap(loaded => loaded.rule.subject === 'shared' ? [{ loaded, rule: loaded.rule }] : [])
}

/** Day of a settlement's event time, since 1970; owners forget by it. */
export function dayShown (claim: Settlement): number {
  return Math.max(1, dayOf(eventTimeOf(claim)))
}

/** The next even revision: see Emitter. */
function above ({ revision }: FlagRow): number {
  return revision - revision % NEXT + NEXT
}
