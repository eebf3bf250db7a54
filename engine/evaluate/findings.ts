/** The findings of one evaluation, by rule and anchor, in a form that can be compared after the window has changed. */
import assert from 'node:assert/strict'
import type { Finding, FlagItem } from '../core/flag.ts'
import type { LoadedRule } from '../core/rulebook.ts'
import type { Millis } from '../core/time.ts'
import { itemsOf, latestMoment } from './flag-items.ts'

export interface Found {
  readonly rule: LoadedRule
  readonly finding: Finding
  readonly items: readonly FlagItem[]
  /** Everything that a flag's row says, but its revision. */
  readonly words: string
  /** The latest moment that the finding speaks of. */
  readonly latest: Millis
}

/** Items are read off at once: the window's objects are used again. */
export class Findings {
  readonly #found = new Map<string, Found>()

  get size (): number { return this.#found.size }

  clear (): void {
    if (this.#found.size > 0) this.#found.clear()
  }

  add (rule: LoadedRule, finding: Finding): void {
    const key = `${rule.id}\u0000${finding.anchor.join('\u0000')}`
    assert(!this.#found.has(key), `rule ${rule.id} reports one anchor twice`)
    const items = itemsOf(finding)
    const { at, area, fixmedins_code, severity, values, supports, weakens } = finding
    const words = JSON.stringify([at, area, fixmedins_code, severity, values, supports, weakens, items])
    this.#found.set(key, { rule, finding, items, words, latest: latestMoment(finding) })
  }

  get (key: string): Found | undefined {
    return this.#found.get(key)
  }

  entries (): Iterable<[string, Found]> {
    return this.#found
  }
}

/** What changed from one evaluation to the next: raised or revised findings, and those that no longer stand. */
export function compareFindings (before: Findings, after: Findings, changed: (found: Found) => void, gone: (found: Found) => void): void {
  if (after.size > 0) for (const [key, found] of after.entries()) if (before.get(key)?.words !== found.words) changed(found)
  if (before.size > 0) for (const [key, found] of before.entries()) if (after.get(key) === undefined) gone(found)
}
