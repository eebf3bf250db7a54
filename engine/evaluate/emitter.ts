/** Turns what changed for one person into flag rows. The revision is counted only once something has changed. */
import type { FlagRow } from '../core/flag.ts'
import type { LoadedRule } from '../core/rulebook.ts'
import type { KeyedMemory } from '../memory/memory.ts'
import type { Found } from './findings.ts'
import { activeRow, retractedRow } from './flag-row.ts'
import type { Retracted } from './flag-row.ts'

export type ReportFlag = (flag: FlagRow) => void

export class Emitter {
  #memory!: KeyedMemory
  #person = 0
  #psn_no = ''
  #report!: ReportFlag
  #revision = -1

  /** What follows is about this person as memory knows it now. */
  begin (memory: KeyedMemory, person: number, psn_no: string, report: ReportFlag): void {
    this.#memory = memory
    this.#person = person
    this.#psn_no = psn_no
    this.#report = report
    this.#revision = -1
  }

  /** A finding stands: raised, revised or said again. */
  readonly stands = (found: Found): void => {
    this.#report(activeRow(found.rule, this.#psn_no, found.finding, found.items, this.#count()))
  }

  /** A finding no longer stands. */
  readonly gone = (found: Found): void => {
    this.#report(retractedRow(found.rule, this.#psn_no, found.finding, this.#count()))
  }

  /** A claim rule's finding, of which only the place is remembered, no longer stands. */
  retract (rule: LoadedRule, finding: Retracted): void {
    this.#report(retractedRow(rule, this.#psn_no, finding, this.#count()))
  }

  #count (): number {
    if (this.#revision < 0) this.#revision = this.#memory.revision(this.#person)
    return this.#revision
  }
}
