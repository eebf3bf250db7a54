/** What main and a lane say to one another. Every reply names the incarnation of the memory it used. */
import type { FlagRow } from '../core/flag.ts'
import type { ReferenceChange } from '../core/masterdata.ts'
import type { DeadLetter, Format, RowChunk, PassOver } from '../core/ports.ts'
import type { Rejection } from '../core/rejection.ts'
import type { Checked } from '../evaluate/evaluate-check.ts'
import type { FromStore, StoredBytes } from '../evaluate/evaluate-stored.ts'
import type { StoredSubject } from '../evaluate/shared-rules.ts'
import type { Sighted } from '../evaluate/sightings.ts'
import type { Slab } from './slab.ts'

/** What a lane has to tell others: see exchange.ts. */
export interface Told {
  readonly seen: readonly Sighted[]
  /** Settlements, as identityKey() names them, that are not any more what others may have been told of them. */
  readonly disturbed: readonly string[]
  /** Items of which stock records came, as itemsIn() names them. */
  readonly items: readonly string[]
}

/** Started with each thread. */
export interface LaneSettings {
  readonly lane: number
  readonly lanes: number
  readonly tasks: number
  readonly retentionDays: number
  readonly latenessDays: number
  readonly recordBytesMax: number
  /** Whether rows carry fee lines as columns. */
  readonly storeLines: boolean
}

/** Pieces of input, each holding one or many records, to be split and keyed. Nothing is remembered. */
export interface RouteRequest { readonly op: 'route', readonly pieces: ReadonlyArray<{ bytes: Uint8Array, format: Format }> }
/** Per piece: numbers of its records, ROUTE_STRIDE each: start, length, task (BROADCAST for master data). */
export interface RouteReply { readonly incarnation: string, readonly pieces: readonly Float64Array[] }
export const ROUTE_STRIDE = 3
export const BROADCAST = -1

/** Records to judge and remember. `clock` is the greatest event time known to be durable anywhere. */
export interface JudgeRequest {
  readonly op: 'judge'
  readonly slab: Slab
  readonly clock: number
  /** Main's wall clock when it sent the batch: what claims to have been sent long after it is refused. Not used by a fold. */
  readonly received: number
  /** 'live', or 'fold' when the records come from the store: remembered, never late, not stored again. */
  readonly mode: 'live' | 'fold'
  /** Whether a fold writes again what settlements show of shared subjects. */
  readonly showAgain?: boolean
  /** Whether the caller wants to know each record's identity. */
  readonly detail: boolean
}

/** Order of `statuses` in a reply. */
export const STATUSES = [
  'judged', 'corrected', 'duplicate', 'resent', 'superseded', 'late', 'deferred', 'rejected', 'misrouted', 'learned'
] as const
export type Status = (typeof STATUSES)[number]

export interface JudgeReply {
  readonly incarnation: string
  /** One byte a record: its place in STATUSES. */
  readonly statuses: Uint8Array<ArrayBuffer>
  /** One a record when asked for, else empty. */
  readonly identities: readonly string[]
  /** `record` −1: caused by time passing, not by a record. */
  readonly flags: ReadonlyArray<{ readonly record: number, readonly flag: FlagRow }>
  readonly rejections: ReadonlyArray<{ readonly record: number, readonly rejection: Rejection }>
  readonly deadLetters: readonly DeadLetter[]
  readonly chunks: readonly RowChunk[]
  /** Records whose task another lane owns, with the right task. */
  readonly misrouted: ReadonlyArray<{ readonly record: number, readonly task: number }>
  /** Claims that must be judged from the store; nothing has been done with them yet. */
  readonly late: ReadonlyArray<{ readonly record: number, readonly psn_no: string }>
  /** What reference data say differently from now on: whom that touches is to be judged from the store. */
  readonly changes: readonly ReferenceChange[]
  /** For the lanes that own keys across persons. */
  readonly told: Told
  /** Greatest event time among the batch's claims; −Infinity when none. */
  readonly eventTimeMax: number
  /** Judging time per claim: counts per JUDGING_BUCKETS (the last is over all), and their sum in seconds. */
  readonly judgingCounts: Float64Array<ArrayBuffer>
  readonly judgingSum: number
  /** The same times finely counted (latency.ts), and the longest in microseconds. */
  readonly latencies: { readonly counts: Float64Array, readonly max: number }
  readonly unknownFields: number
  readonly memory: LaneMemory
}

export interface LaneMemory { readonly persons: number, readonly records: number, readonly bytes: number }

/** Moves the clock of waiting rules. */
export interface AdvanceRequest { readonly op: 'advance', readonly clock: number }
/** After a fold: revisions that were written before memory was lost, so that what is said from now on is above them. */
export interface HeardRequest { readonly op: 'heard', readonly said: ReadonlyArray<{ readonly psn_no: string, readonly revision: number }> }
/** Ends a fold: every current finding of the lane, re-emitted. */
export interface EmitRequest { readonly op: 'emit' }
export interface FlagsReply { readonly incarnation: string, readonly flags: readonly FlagRow[] }

/** Persons to judge from the store, with what came too late of them. Nothing that the lane has reported may be missing. */
export interface RejudgeRequest {
  readonly op: 'rejudge', readonly persons: readonly StoredBytes[], readonly late: Slab, readonly received: number
}
export interface RejudgeReply extends Omit<FromStore, 'seen' | 'disturbed'> {
  readonly incarnation: string
  readonly chunks: readonly RowChunk[]
  readonly told: Told
}

/** Keys of this lane that others have seen, as sightings.ts lays them out. */
export interface SeeRequest { readonly op: 'see', readonly numbers: Int32Array, readonly of: readonly string[] }
/** Places of those that are worth a look. */
export interface SeeReply { readonly incarnation: string, readonly doubtful: Int32Array }

/** Shared subjects to judge by what the store has of them. */
export interface SubjectsRequest { readonly op: 'subjects', readonly subjects: readonly StoredSubject[] }

/** Checks, each of some of the slab's records one after another: to be judged over copies and forgotten. */
export interface CheckRequest {
  readonly op: 'check'
  readonly slab: Slab
  readonly counts: readonly number[]
  /** One a record. */
  readonly passOver: readonly PassOver[]
  readonly received: number
}
/** One answer a record of the slab. */
export interface CheckReply { readonly incarnation: string, readonly answers: readonly Checked[] }

/** Empties the lane's memory before it is rebuilt; a throw inside a batch leaves half-applied state behind. */
export interface ForgetRequest { readonly op: 'forget' }

export type LaneRequest =
  RouteRequest | JudgeRequest | AdvanceRequest | HeardRequest | EmitRequest | RejudgeRequest |
  SeeRequest | SubjectsRequest | CheckRequest | ForgetRequest
