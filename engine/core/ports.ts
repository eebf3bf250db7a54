/** The ports through which the floors meet: who needs the store, and who hands over records. main.ts joins them. */
import type { FlagRow } from './flag.ts'
import type { ReferenceChange } from './masterdata.ts'
import type { Rejection } from './rejection.ts'
import type { Movement, SharedKind, SharedSettlement, ShownDay } from './shared.ts'
import type { Millis } from './time.ts'

/** How a record's bytes are written. */
export type Format = 'json' | 'msgpack'

/** Where a record came from. `offset` counts records of that partition. */
export interface Origin { readonly source: string, readonly partition: number, readonly offset: number }

/** A record that could not become a claim, as it is kept. */
export interface DeadLetter extends Rejection {
  readonly origin: Origin
  readonly format: Format
  /** Original bytes, unmasked; masked whenever shown. */
  readonly bytes: Uint8Array
  readonly fixmedins_code: string
  /** inf_time when it could be read, else 0. */
  readonly inf_time: number
}

/** Tables that lanes write rows of, as RowBinary, in the column order of engine/store/tables.ts. */
export type RowTable = 'claims' | 'inventory' | 'master_data' | 'sightings'
/** Rows of one table, ready to insert: `bytes` holds `rows` whole RowBinary rows and is never changed afterwards. */
export interface RowChunk { readonly table: RowTable, readonly rows: number, readonly bytes: Uint8Array }

/** A person who holds a settlement in the store, with the version held: a decimal number that orders as versions do. */
export interface StoredHolder {
  readonly fixmedins_code: string, readonly setl_id: string, readonly psn_no: string, readonly version: string
}
/** A reversal that names somebody else than who has the settlement: what it says, and whose the settlement is. */
export interface MisnamedReversal {
  readonly holder: string
  readonly infno: string, readonly msgid: string, readonly mdtrtarea_admvs: string, readonly insuplc_admdvs: string
  readonly dev_no: string, readonly opter_type: string, readonly opter: string, readonly fixmedins_code: string
  readonly setl_id: string, readonly mdtrt_id: string, readonly refd_setl_id: string
  readonly inf_time: Millis, readonly setl_time: Millis
}

/** Whose a settlement is that several persons hold. */
export type MovedSettlement = StoredHolder

/** Something reached once and for all, until its value changes. */
export interface Milestone { readonly name: string, readonly value: string }

/** What one flush makes durable, in this order: whose settlements are, flags, dead letters, then chunks. */
export interface StoreBatch {
  readonly moved?: readonly MovedSettlement[]
  readonly flags: readonly FlagRow[]
  readonly deadLetters: readonly DeadLetter[]
  readonly chunks: readonly RowChunk[]
  /** Wall clock until which everything received has had its effect across persons. */
  readonly exchanged?: number
  readonly milestones?: readonly Milestone[]
}

/** Resolves when everything is durable. Throws EngineError STORE_*; the caller retries with the identical batch. */
export interface StoreWriter { write: (batch: StoreBatch) => Promise<void>, close: () => Promise<void> }

/** Named queries only (engine/store/queries.ts); parameters are bound, never spliced. */
export interface StoreReader {
  query: <T>(name: string, parameters?: Readonly<Record<string, string | number | readonly string[]>>) => Promise<T[]>
  close: () => Promise<void>
}

/** What became of one record. */
export type Outcome =
  | { readonly status: 'judged' | 'corrected' | 'late' | 'learned', readonly identity: string, readonly flags: readonly FlagRow[] }
  | { readonly status: 'duplicate' | 'superseded', readonly identity: string, readonly flags: readonly FlagRow[] }
  | { readonly status: 'rejected', readonly rejection: Rejection }

/** The engine as the ways in see it. */
export interface Intake {
  /**
   * Takes one piece of input: `bytes` holds one record, an array of records or NDJSON lines.
   * Resolves when everything in it is durable, one outcome a record, in order.
   * Throws EngineError OVERLOADED at once when the engine holds as much as it may.
   */
  submit: (bytes: Uint8Array, format: Format, source: string) => Promise<Outcome[]>
  /** Bytes accepted and not yet durable. */
  readonly pendingBytes: number
}

/** Judging without recording, as a hospital asks before or while it settles (事前/事中). */
export interface Checker {
  /**
   * What would become of the records of one piece of input, in order, were they handed in now one after another: by what memory
   * has, without a look at the store. Nothing is remembered or stored. 'late': handed in, it would be judged from the store;
   * here what memory has forgotten is missing. Of records of different persons none need see another.
   * Throws EngineError CHECK_TIMED_OUT after `patienceMs`, LANE_LOST. `bytes` must stay unchanged until then.
   */
  check: (bytes: Uint8Array, format: Format, patienceMs: number, passOver?: readonly PassOver[]) => Promise<Outcome[]>
}

/**
 * When a settlement of a check is not judged because memory has it already; its outcome is then 'duplicate' without flags. For those
 * who know a visit but not its settlement, one a record: 'visit' when that visit (outpatient or pharmacy) is settled; 'history' also
 * when the same institution settled another visit of the person that day, or knows a stay that began that day.
 */
export type PassOver = 'never' | 'visit' | 'history'

/** A record as the store kept it; `key` is the psn_no or the master row's key. */
export interface StoredRecord { readonly key: string, readonly bytes: Uint8Array, readonly format: Format }

export interface StoredPage { readonly records: readonly StoredRecord[], readonly next: string | null }

/** A flag as it stands in the store, without its evidence. */
export type StandingFlag = Pick<FlagRow,
  'flag_id' | 'revision' | 'rule_id' | 'severity' | 'subject_kind' | 'subject' |
  'service_time' | 'medfee_sumamt' | 'fund_pay_sumamt' | 'acct_pay'>

export interface SaidPage {
  readonly said: ReadonlyArray<{ readonly psn_no: string, readonly revision: number }>, readonly next: string | null
}

/** Marks of a settlement, as sightings.ts tells them, and when it was received. */
export interface StoredSighting {
  readonly rule_id: string, readonly subject: string, readonly marks: readonly string[], readonly seen_as: string
  readonly weight: number, readonly day: number, readonly received: number
}

/** An item (fixmedins_code|code) of which there are stock records of these kinds, and the day of the latest. */
export interface StockedItem { readonly item: string, readonly infnos: readonly string[], readonly day: number }

export interface StockedPage { readonly stocked: readonly StockedItem[], readonly next: string | null }

export interface SightingsPage { readonly sightings: readonly StoredSighting[], readonly next: string | null }

export interface SubjectOfRule { readonly rule_id: string, readonly subject: string }

/** A shared subject, and what of its rule decides which part of it is read. */
export interface SharedAsked extends SubjectOfRule { readonly of: SharedKind, readonly ofDay?: number | undefined }

/** A settlement that stands and shows a shared subject. */
export type SharedRow = SharedSettlement & SubjectOfRule

/** Of shared subjects: settlements, days and stock records (by item, whatever the rule) that stand, and every flag as it stands. */
export interface StoredShared {
  readonly settlements: readonly SharedRow[]
  readonly days: ReadonlyArray<ShownDay & SubjectOfRule>
  readonly movements: ReadonlyArray<Movement & { readonly subject: string }>
  readonly flags: readonly FlagRow[]
}

export interface StoredIdentity { readonly fixmedins_code: string, readonly setl_id: string, readonly psn_no: string, readonly day: number }

export interface IdentitiesPage { readonly identities: readonly StoredIdentity[], readonly next: string | null }

/** How recovery reads the store. A page holds whole persons, each in canonical order: event time, then id. */
export interface StoredRecords {
  /** Person-keyed claims in the store. */
  readonly count: () => Promise<number>
  readonly masterPage: (after: string | null) => Promise<StoredPage>
  readonly claimsPage: (after: string | null) => Promise<StoredPage>
  /** Claims and deaths (key = psn_no) of the named persons, and every flag of theirs as it stands, in any order. */
  readonly ofPersons: (psn_nos: readonly string[]) =>
    Promise<{ readonly records: readonly StoredRecord[], readonly flags: readonly FlagRow[] }>
  /** Every person who holds one of the settlements named fixmedins_code|setl_id, whoever it is by now. */
  readonly holders: (keys: readonly string[]) => Promise<readonly StoredHolder[]>
  /** Of the settlements named fixmedins_code|setl_id: reversals that name others than who has them, while none names that one. */
  readonly misnamed: (keys: readonly string[]) => Promise<readonly MisnamedReversal[]>
  /** Settlements that stand, and whose they are, of the persons after psn_no; pages by psn_no. */
  readonly identitiesPage: (after: string | null) => Promise<IdentitiesPage>
  /** All that there is of the subjects, each part in the order in which a window has it. */
  readonly shared: (asked: readonly SharedAsked[]) => Promise<StoredShared>
  /** Shared subjects that are one of the items, fixmedins_code|code, or have a stock record of one of the batches, fixmedins_code#fixmedins_bchno. */
  readonly ofItems: (items: readonly string[]) => Promise<readonly SubjectOfRule[]>
  /** Shared subjects of the rules that settlements of the institutions show, or have shown. */
  readonly asking: (institutions: readonly string[], rule_ids: readonly string[]) => Promise<readonly SubjectOfRule[]>
  /** Shared subjects that one of the settlements named fixmedins_code|setl_id shows, or has shown. */
  readonly shownIn: (keys: readonly string[]) => Promise<readonly SubjectOfRule[]>
  /** What settlements showed of shared subjects; pages by rule and subject. */
  readonly sightingsPage: (after: string | null) => Promise<SightingsPage>
  /** Items with stock records; pages by item. */
  readonly stockedPage: (after: string | null) => Promise<StockedPage>
  /** The value of a milestone; '' when it was never reached. */
  readonly milestone: (name: string) => Promise<string>
  /** Wall clock until which everything received has had its effect across persons; 0 = never. */
  readonly exchangedUntil: () => Promise<number>
  /** Shared subjects shown by a settlement that was stored or reversed since then, and items of which stock records came. */
  readonly disturbedSince: (since: number) => Promise<readonly SubjectOfRule[]>
  /** The next persons after psn_no of whom a claim may be judged by what changed, by psn_no; none = the end. */
  readonly touchedBy: (changes: readonly ReferenceChange[], after: string) => Promise<readonly string[]>
  /** The greatest revision ever written of any flag of a person; pages by psn_no. */
  readonly saidPage: (after: string | null) => Promise<SaidPage>
  /** The greatest revision ever written of each of the flags that is there. */
  readonly revisions: (flag_ids: readonly string[]) => Promise<ReadonlyMap<string, number>>
  /** Every active flag that stands. */
  readonly standing: () => Promise<StandingFlag[]>
  /** Flags whole, as their rows are written. */
  readonly flags: (flag_ids: readonly string[]) => Promise<readonly FlagRow[]>
  /** One flag whole. */
  readonly flag: (flag_id: string) => Promise<FlagRow>
}
