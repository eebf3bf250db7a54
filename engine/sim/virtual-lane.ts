/** A lane without a thread: the engine's own decoder, loop and memory, driven one call at a time. */
import type { Reversal, Settlement, StockMovement, Version } from '../core/claim.ts'
import type { FlagRow } from '../core/flag.ts'
import type { RowTable } from '../core/ports.ts'
import type { Rulebook } from '../core/rulebook.ts'
import type { Millis } from '../core/time.ts'
import { EVERY_TASK, evaluateBatch } from '../evaluate/evaluate-batch.ts'
import { evaluateStored } from '../evaluate/evaluate-stored.ts'
import { emptyRows } from '../evaluate/keep-row.ts'
import type { BatchStatus, Placed } from '../evaluate/keep-row.ts'
import { LaneState } from '../evaluate/lane-state.ts'
import type { LaneStats } from '../evaluate/lane-state.ts'
import type { Shown, StoredSubject } from '../evaluate/shared-rules.ts'
import { SeenKeys } from '../evaluate/sightings.ts'
import type { Seen } from '../evaluate/sightings.ts'

/** Of a settlement: its identity, and the version that says whose it is. */
export interface Held { readonly key: string, readonly version: Version }

/** A record as it was sent, with the task that owns it; EVERY_TASK for master data. Repeats share `number`, versions `identity`. */
export interface Sent {
  readonly bytes: Uint8Array
  readonly task: number
  readonly psn_no: string
  readonly number: number
  readonly event: number
  readonly identity: string
  readonly held: Held | null
  /** What may concern shared subjects; null for anything else. */
  readonly claim: Settlement | Reversal | StockMovement | null
}

/** What goes across persons. */
export interface Told { readonly seen: readonly Seen[], readonly disturbed: readonly string[], readonly items: readonly string[] }

export interface LaneReply extends Told {
  readonly statuses: readonly BatchStatus[]
  readonly flags: readonly FlagRow[]
  /** Places in the batch of what must be judged from the store. */
  readonly late: readonly number[]
  /** Whether reference data say something else from now on. */
  readonly changed: boolean
  readonly eventTimeMax: number
}

export const RECORD_BYTES_MAX = 1 << 20
const RETENTION_DAYS = 400
export const LATENESS_DAYS = 31

export class VirtualLane {
  readonly #state: LaneState
  readonly #tasks: number
  readonly #rows = emptyRows()
  /** Keys that this lane owns. */
  readonly seen: SeenKeys

  /** @param tasks fewer than the records' own when persons of several tasks are to share one, for a defect */
  constructor (rulebook: Rulebook, tasks: number) {
    this.#tasks = tasks
    this.seen = new SeenKeys(rulebook)
    this.#state = new LaneState({ rulebook, tasks, retentionDays: RETENTION_DAYS, latenessDays: LATENESS_DAYS })
  }

  /** Judges records as live ones, or folds stored ones in without a word. */
  judge (batch: readonly Sent[], mode: 'live' | 'fold' = 'live'): LaneReply {
    const bytes = Buffer.concat(batch.map(one => one.bytes))
    const reply = evaluateBatch(this.#state, bytes, placed(batch, mode, this.#tasks), this.#rows, {
      tasks: this.#tasks, recordBytesMax: RECORD_BYTES_MAX, storeLines: false, mode, detail: false, timed: () => {}
    })
    this.#dropRows()
    if (reply.misrouted.length > 0) throw new Error('a record was handed to a task that does not own it')
    return {
      statuses: reply.statuses,
      flags: reply.flags.map(one => one.flag),
      late: reply.late.map(one => one.record),
      changed: reply.changes.length > 0,
      eventTimeMax: reply.eventTimeMax,
      seen: reply.seen,
      disturbed: reply.disturbed,
      items: reply.items
    }
  }

  /** Lets waiting rules see how far event time has come; in all tasks, or in some. */
  advance (clock: Millis, tasks?: ReadonlySet<number>): FlagRow[] {
    if (clock === -Infinity) return []
    return this.#gather(tasks, (task, report) => { this.#state.advance(task, clock, report) })
  }

  /** After a fold: what was written before memory was lost. Persons of other lanes are none of its business. */
  heard (said: ReadonlyMap<string, number>): void {
    for (const [psn_no, revision] of said) this.#state.heard(psn_no, revision)
  }

  /** Everything that stands, as after a fold; of these tasks only. */
  emit (tasks: ReadonlySet<number>): FlagRow[] {
    return this.#gather(tasks, (task, report) => { this.#state.emitAll(task, report) })
  }

  /** Another lane owns the task from now on. What was seen of its keys stays: it can only cause a look too many. */
  forget (task: number): void {
    this.#state.forget(task % this.#tasks)
  }

  /** Judges a person from what is stored, with what came too late. */
  rejudge (psn_no: string, stored: readonly Sent[], flags: readonly FlagRow[], late: readonly Sent[]): Pick<LaneReply, 'statuses' | 'flags' | keyof Told> {
    const records = stored.map(({ bytes }) => ({ bytes, format: 'json' as const }))
    const bytes = Buffer.concat(late.map(one => one.bytes))
    const reply = evaluateStored(this.#state, [{ psn_no, records, flags }], bytes, placed(late, 'live', this.#tasks), this.#rows, { storeLines: false, received: 0 })
    this.#dropRows()
    return { ...reply, items: [], flags: reply.flags.map(one => one.flag) }
  }

  /** Which shared subjects a settlement shows. */
  shownBy (claim: Settlement): Shown[] {
    return this.#state.shownBy(claim)
  }

  /** The rules that have the item of a stock record looked at. */
  minding (movement: StockMovement): string[] {
    return this.#state.minding(movement)
  }

  /** Judges a shared subject by what the store has of it. */
  judgeSubject (stored: StoredSubject): FlagRow[] {
    const flags: FlagRow[] = []
    const rest = this.#state.judgeSubject(stored, flag => { flags.push(flag) })
    this.seen.rest(stored.rule_id, stored.subject, rest)
    return flags
  }

  get stats (): LaneStats {
    return this.#state.stats()
  }

  #dropRows (): void {
    for (const [table, rows] of Object.entries(this.#rows)) if (rows.rows > 0) rows.takeChunk(table as RowTable)
  }

  #gather (tasks: ReadonlySet<number> | undefined, work: (task: number, report: (flag: FlagRow) => void) => void): FlagRow[] {
    const flags: FlagRow[] = []
    for (const task of this.#state.tasks()) if (tasks === undefined || tasks.has(task)) work(task, flag => { flags.push(flag) })
    return flags
  }
}

function placed (batch: readonly Sent[], mode: 'live' | 'fold', tasks: number): Placed[] {
  let start = 0
  return batch.map((one, offset) => {
    const length = one.bytes.length
    const place = {
      start, length, task: one.task === EVERY_TASK ? 0 : one.task % tasks,
      format: 'json' as const, source: 'sim', offset, persist: mode === 'live'
    }
    start += length
    return place
  })
}
