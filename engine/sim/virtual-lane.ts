/** A lane without a thread: the engine's own decoder, loop and memory, driven one call at a time. */
import type { Version } from '../core/claim.ts'
import type { FlagRow } from '../core/flag.ts'
import type { Rulebook } from '../core/rulebook.ts'
import type { Millis } from '../core/time.ts'
import { EVERY_TASK, evaluateBatch } from '../evaluate/evaluate-batch.ts'
import { evaluateStored } from '../evaluate/evaluate-stored.ts'
import { emptyRows } from '../evaluate/keep-row.ts'
import type { BatchStatus, Placed } from '../evaluate/keep-row.ts'
import { LaneState } from '../evaluate/lane-state.ts'
import type { LaneStats } from '../evaluate/lane-state.ts'
import { SeenKeys } from '../evaluate/sightings.ts'
import type { Sighting } from '../evaluate/sightings.ts'

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
  readonly reversal: boolean
}

export interface LaneReply {
  readonly statuses: readonly BatchStatus[]
  readonly flags: readonly FlagRow[]
  /** Places in the batch of what must be judged from the store. */
  readonly late: readonly number[]
  /** Whether reference data say something else from now on. */
  readonly changed: boolean
  readonly eventTimeMax: number
  /** What the owners of keys across persons are to be told. */
  readonly sightings: readonly Sighting[]
}

export const RECORD_BYTES_MAX = 1 << 20
const RETENTION_DAYS = 400
const LATENESS_DAYS = 31

export class VirtualLane {
  readonly #state: LaneState
  readonly #tasks: number
  readonly #rows = emptyRows()
  /** Keys that this lane owns. */
  readonly seen = new SeenKeys()

  constructor (rulebook: Rulebook, tasks: number) {
    this.#tasks = tasks
    this.#state = new LaneState({ rulebook, tasks, retentionDays: RETENTION_DAYS, latenessDays: LATENESS_DAYS })
  }

  /** Judges records as live ones, or folds stored ones in without a word. */
  judge (batch: readonly Sent[], mode: 'live' | 'fold' = 'live'): LaneReply {
    const bytes = Buffer.concat(batch.map(one => one.bytes))
    const reply = evaluateBatch(this.#state, bytes, placed(batch, mode), this.#rows, {
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
      sightings: reply.sightings
    }
  }

  /** Lets waiting rules see how far event time has come. */
  advance (clock: Millis): FlagRow[] {
    if (clock === -Infinity) return []
    return this.#gather(report => { for (const task of this.#state.tasks()) this.#state.advance(task, clock, report) })
  }

  /** After a fold: what was written before memory was lost. Persons of other lanes are none of its business. */
  heard (said: ReadonlyMap<string, number>): void {
    for (const [psn_no, revision] of said) this.#state.heard(psn_no, revision)
  }

  /** Everything that stands, as after a fold. */
  emit (): FlagRow[] {
    return this.#gather(report => { for (const task of this.#state.tasks()) this.#state.emitAll(task, report) })
  }

  /** Judges a person from what is stored, with what came too late. */
  rejudge (psn_no: string, stored: readonly Sent[], flags: readonly FlagRow[], late: readonly Sent[]): Pick<LaneReply, 'statuses' | 'flags' | 'sightings'> {
    const records = stored.map(({ bytes }) => ({ bytes, format: 'json' as const }))
    const bytes = Buffer.concat(late.map(one => one.bytes))
    const reply = evaluateStored(this.#state, [{ psn_no, records, flags }], bytes, placed(late, 'live'), this.#rows, false)
    this.#dropRows()
    return { statuses: reply.statuses, flags: reply.flags.map(one => one.flag), sightings: reply.sightings }
  }

  get stats (): LaneStats {
    return this.#state.stats()
  }

  #dropRows (): void {
    for (const table of ['claims', 'inventory', 'master_data'] as const) if (this.#rows[table].rows > 0) this.#rows[table].takeChunk(table)
  }

  #gather (work: (report: (flag: FlagRow) => void) => void): FlagRow[] {
    const flags: FlagRow[] = []
    work(flag => { flags.push(flag) })
    return flags
  }
}

function placed (batch: readonly Sent[], mode: 'live' | 'fold'): Placed[] {
  let start = 0
  return batch.map((one, offset) => {
    const length = one.bytes.length
    const place = { start, length, task: one.task === EVERY_TASK ? 0 : one.task, format: 'json' as const, source: 'sim', offset, persist: mode === 'live' }
    start += length
    return place
  })
}
