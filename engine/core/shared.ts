/**
 * Subjects that the claims of several persons share: a trace code, a bed, a terminal. A rule about them says of each
 * settlement which of them it shows (`sight`); the engine keeps that as a row, and when a subject is worth a look hands the rule
 * all rows of it that still stand. Everything here is read-only for rules.
 */
import type { StockMovement } from './claim.ts'
import type { DayNumber, Millis } from './time.ts'
import type { Settled } from './window.ts'

/**
 * What a shared subject is. Its name says which: trace: the code · bed: institution, ward, bed and month · terminal: institution,
 * device and day, or device and month · institution: the institution, and what is counted there · item: institution and the item's national
 * code or its own there, nothing else · medicine: person and medicine.
 */
export const SHARED_KINDS = ['trace', 'bed', 'terminal', 'institution', 'item', 'medicine'] as const
export type SharedKind = (typeof SHARED_KINDS)[number]

/** What a rule wants to see again of a claim: kept as JSON beside the claim. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** What one settlement shows of one subject. */
export interface Sighting<F extends Facts = Facts> {
  /** The subject's name, at most one sighting of it a settlement. Parts are joined by bars, the institution first where it has one. */
  readonly subject: string
  /** Under which names it is counted, when that is not the subject as a whole: the five minutes of a day, say. */
  readonly marks?: readonly string[]
  /**
   * What must differ from what the mark was seen with before for the subject to be looked at: another settlement, another person.
   * Absent: sightings are counted, up to the rule's quorum.
   */
  readonly as?: string
  /** How much it counts; 1 when absent. Whole. */
  readonly weight?: number
  readonly facts: F
}

/** A settlement that stands and shows the subject. */
export interface SharedSettlement<F extends Facts = Facts> extends Settled {
  readonly psn_no: string
  readonly insuplc_admdvs: string
  /** Its event time. */
  readonly at: Millis
  readonly facts: F
}

/** What the settlements of one day come to: a commutative sum, for windows too large to be read again. */
export interface ShownDay { readonly day: DayNumber, readonly settlements: number, readonly weight: number }

/** A stock record of an item: the newest version, not deleted since (3507). */
export type Movement = Pick<StockMovement, 'infno' | 'fixmedins_bchno' | 'fixmedins_hilist_id' | 'med_list_codg' | 'at' | 'until' | 'cnt' |
  'inv_chg_type' | 'spler_name' | 'prod_geay_flag' | 'trdn_flag' | 'setl_id'>

/** Everything that stands about one subject. */
export interface SharedWindow<F extends Facts = Facts> {
  readonly subject: string
  /** By event time, then fixmedins_code, then setl_id; only some of each day, when the rule asks for so many. */
  readonly settlements: ReadonlyArray<SharedSettlement<F>>
  /** All settlements by the day of their event time, ascending; empty unless the rule asks for some of each day only. */
  readonly days: readonly ShownDay[]
  /** Of an item: its stock records by time, then infno, then fixmedins_bchno; else empty. */
  readonly movements: readonly Movement[]
}
