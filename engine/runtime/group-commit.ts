/**
 * Group commit: while one batch is being written, everything that arrives gathers for the next. Alone, a record is
 * written at once; under load batches grow by themselves. A failed write is retried with the identical batch for ever:
 * nothing is acknowledged, nothing is dropped, and what stands behind it waits (that is the back-pressure).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { EngineError } from '../core/errors.ts'
import type { RowTable, StoreBatch, StoreWriter } from '../core/ports.ts'

/** What one lane reply wants stored. */
export type Contribution = StoreBatch

export interface CommitEvents {
  /** A batch is durable. */
  readonly written: (batch: StoreBatch, seconds: number) => void
  /** A write failed and will be tried again after `delayMs`. */
  readonly retry: (error: unknown, delayMs: number) => void
}

/** What claims were judged by becomes durable before them. */
const ORDER: readonly RowTable[] = ['master_data', 'inventory', 'claims', 'sightings']
const RETRY_FIRST_MS = 100
const RETRY_MAX_MS = 10_000

export class GroupCommit {
  readonly #writer: StoreWriter
  readonly #events: CommitEvents
  #gathering: Contribution[] = []
  #waiting: Array<() => void> = []
  #gatheredBytes = 0
  #running = false
  #closed = false

  constructor (writer: StoreWriter, events: CommitEvents) {
    this.#writer = writer
    this.#events = events
  }

  /** Bytes of rows that are not durable yet (the batch being written not counted). */
  get gatheredBytes (): number {
    return this.#gatheredBytes
  }

  /** Resolves when the contribution is durable. Contributions become durable in the order of the calls. */
  async add (contribution: Contribution): Promise<void> {
    if (this.#closed) throw new Error('the store is closing')
    // Of a repeat nothing is written; its first time may still be on its way.
    if (isEmpty(contribution)) return await this.settled()
    this.#gathering.push(contribution)
    for (const chunk of contribution.chunks) this.#gatheredBytes += chunk.bytes.length
    await new Promise<void>(resolve => {
      this.#waiting.push(resolve)
      if (!this.#running) void this.#run()
    })
  }

  /** Resolves when everything added so far is durable. */
  async settled (): Promise<void> {
    if (!this.#running) return
    await new Promise<void>(resolve => {
      this.#gathering.push({ flags: [], deadLetters: [], chunks: [] })
      this.#waiting.push(resolve)
    })
  }

  /** Gives up retrying: used when the process must end though the store does not answer. */
  abandon (): void {
    this.#closed = true
  }

  async #run (): Promise<void> {
    this.#running = true
    while (this.#gathering.length > 0 && !this.#closed) {
      const batch: StoreBatch = {
        moved: this.#gathering.flatMap(c => c.moved ?? []),
        flags: this.#gathering.flatMap(c => c.flags),
        deadLetters: this.#gathering.flatMap(c => c.deadLetters),
        chunks: this.#gathering.flatMap(c => c.chunks).sort((a, b) => ORDER.indexOf(a.table) - ORDER.indexOf(b.table)),
        milestones: this.#gathering.flatMap(c => c.milestones ?? []),
        exchanged: Math.max(0, ...this.#gathering.map(c => c.exchanged ?? 0))
      }
      const waiting = this.#waiting
      this.#gathering = []
      this.#waiting = []
      this.#gatheredBytes = 0
      if (!isEmpty(batch)) await this.#write(batch)
      if (!this.#closed) for (const resolve of waiting) resolve()
    }
    this.#running = false
  }

  async #write (batch: StoreBatch): Promise<void> {
    let delayMs = RETRY_FIRST_MS
    while (!this.#closed) {
      const started = performance.now()
      try {
        await this.#writer.write(batch)
        this.#events.written(batch, (performance.now() - started) / 1000)
        return
      } catch (error) {
        if (!(error instanceof EngineError)) throw error // ours, not the world's: the process ends and replay heals
        this.#events.retry(error, delayMs)
        await sleep(delayMs)
        delayMs = Math.min(delayMs * 2, RETRY_MAX_MS)
      }
    }
  }
}

function isEmpty ({ moved = [], flags, deadLetters, chunks, exchanged = 0, milestones = [] }: Contribution): boolean {
  return moved.length + flags.length + deadLetters.length + chunks.length + exchanged + milestones.length === 0
}
