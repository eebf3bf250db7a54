/**
 * Turns what changed for one person into flag rows. Their revision is counted from what is known, and only once something
 * has changed. Should it not be above the last one reported (a correction moved the latest event back, a late claim was
 * judged from the store, reference data changed), the next number is taken: within the life of a memory a
 * later row always has the last word.
 */
import type { FlagRow, Subject } from '../core/flag.ts'
import type { KeyedMemory } from '../memory/memory.ts'
import type { Found } from './findings.ts'
import { activeRow, person, retractedRow, takenBack } from './flag-row.ts'

export type ReportFlag = (flag: FlagRow) => void
/** A person in a memory. */
export interface Place { readonly memory: KeyedMemory, readonly person: number }

/** Revisions are even; the bit below says that a flag stands. */
export const NEXT = 2

export class Emitter {
  #place!: Place
  #subject!: Subject
  #report!: ReportFlag
  #changes = true
  #revision = -1

  /**
   * What follows is about this person.
   * @param changes false when it was said before: then it keeps the revision that it had, unless more is known by now.
   */
  begin (place: Place, psn_no: string, report: ReportFlag, changes: boolean): void {
    this.#place = place
    this.#subject = person(psn_no)
    this.#report = report
    this.#changes = changes
    this.#revision = -1
  }

  /** A finding stands: raised, revised or said again. */
  readonly stands = (found: Found): void => {
    this.#report(activeRow(found.rule, this.#subject, found.finding, found.items, this.#count()))
  }

  /** A finding no longer stands. */
  readonly gone = (found: Found): void => {
    this.#report(retractedRow(found.rule, this.#subject, found.finding, found.items, this.#count()))
  }

  /** A flag that the store shows and nothing supports any more. */
  takeBack (flag: FlagRow): void {
    this.#report(takenBack(flag, this.#count()))
  }

  #count (): number {
    if (this.#revision >= 0) return this.#revision
    const { memory, person } = this.#place
    const said = memory.saidOf(person)
    const counted = memory.revision(person)
    this.#revision = counted > said ? counted : said + (this.#changes ? NEXT : 0)
    memory.setSaid(person, this.#revision)
    return this.#revision
  }
}
