/**
 * How far the exchange has come, kept in the store: everything received before that moment has had its effect across persons.
 * After a crash a recovery looks only at what was received since.
 */
import type { GroupCommit } from './group-commit.ts'

export class ExchangeMarker {
  readonly #commit: GroupCommit
  /** When each batch that is not over was received, by batch. */
  readonly #open = new Map<object, number>()
  #news = false

  constructor (commit: GroupCommit) {
    this.#commit = commit
  }

  /** A batch is handed to a lane, perhaps once more. @returns the wall clock in milliseconds at which it first was */
  begin (batch: object): number {
    const received = this.#open.get(batch) ?? Date.now()
    this.#open.set(batch, received)
    this.#news = true
    return received
  }

  /** All that the batch causes is durable. */
  end (batch: object): void {
    this.#open.delete(batch)
  }

  /** Resolves when the store knows; nothing is written while nothing happens. */
  async write (): Promise<void> {
    if (!this.#news) return
    this.#news = this.#open.size > 0
    await this.#commit.add({ flags: [], deadLetters: [], chunks: [], exchanged: Math.min(Date.now(), ...this.#open.values()) })
  }
}
