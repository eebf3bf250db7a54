/** A submission: one piece of input and what became of each record in it. */
import type { Format, Outcome } from '../core/ports.ts'

export class Submission {
  readonly bytes: Uint8Array
  readonly format: Format
  readonly source: string
  /** Whether the submitter wants identities (HTTP does, a file does not). */
  readonly detail: boolean
  readonly done: Promise<Outcome[]>
  #resolve!: (outcomes: Outcome[]) => void
  #outcomes: Outcome[] = []
  #remaining = 0

  constructor (bytes: Uint8Array, format: Format, source: string, detail: boolean) {
    this.bytes = bytes
    this.format = format
    this.source = source
    this.detail = detail
    this.done = new Promise(resolve => { this.#resolve = resolve })
  }

  /** Says how many records the piece turned out to hold. */
  expect (records: number): void {
    this.#outcomes = new Array<Outcome>(records)
    this.#remaining = records
    if (records === 0) this.#resolve([])
  }

  /** Record `place` is durable. */
  complete (place: number, outcome: Outcome): void {
    this.#outcomes[place] = outcome
    this.#remaining--
    if (this.#remaining === 0) this.#resolve(this.#outcomes)
  }
}

/** A record waiting for, or in, a batch. */
export interface Waiting {
  readonly bytes: Uint8Array
  readonly format: Format
  readonly task: number
  readonly source: string
  readonly offset: number
  readonly persist: boolean
  /** Whether it is only told to a lane, as to every other: its outcome comes when it is judged once more, to be stored (lessons.ts). */
  readonly lesson: boolean
  readonly submission: Submission
  readonly place: number
  /** How often judging it killed a lane while it was alone in its batch. */
  failures: number
}
