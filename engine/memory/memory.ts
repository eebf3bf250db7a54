/**
 * Keyed memory as the judging loop sees it: persons, what is known of each, and the window that rules read.
 * How it is stored (task-memory.ts) is nobody else's business.
 */
import type { MasterData, PersonClaim } from '../core/claim.ts'
import type { Millis } from '../core/time.ts'
import type { PersonWindow } from '../core/window.ts'

/** What a person's window is made of. A MasterData is always a death. */
export type PersonFact = PersonClaim | MasterData

/** How a fact stands to what is known. One object, reused: read it before the next stand(). */
export interface Standing {
  /** 'resent': a duplicate that was sent later than what is kept, so that it decides against other versions. */
  status: 'judged' | 'corrected' | 'duplicate' | 'resent' | 'superseded'
  /** Bits of TOUCHED: parts of the window that applying it would change. */
  touched: number
  /** The earliest event time that it concerns: its own (a death's die_date), its older version's, or that of the settlement it voids. */
  eldest: Millis
  /** Of a reversal: whether the settlement it voids is known. True for everything else. */
  targetKnown: boolean
  /** Of a settlement: whether a reversal of it is known. */
  voided: boolean
  /** Claim rules that flagged the settlement kept, or the one a reversal voids. */
  flaggedLo: number
  flaggedHi: number
}

export interface MemoryStats {
  readonly persons: number
  readonly records: number
  /** Held from the operating system, the shared dictionary left out. */
  readonly bytes: number
  /** Records that went because a person had too many. */
  readonly evicted: number
  /** Records that went by age. */
  readonly expired: number
}

export interface KeyedMemory {
  /** The person, 0 when not remembered. */
  find: (psn_no: string) => number
  psnNoOf: (person: number) => string
  recordsOf: (person: number) => number
  /** Forgets what happened before `horizon`; a person without records and death is forgotten whole by forgetIfEmpty. */
  expire: (person: number, horizon: Millis) => void
  /** Forgets a person of whom nothing is left. @returns whether that was so. */
  forgetIfEmpty: (person: number) => boolean
  forget: (person: number) => void
  /** Looks, and changes nothing. `person` 0 = unknown. */
  stand: (person: number, fact: PersonFact) => Standing
  /**
   * Takes in what stand() did not call superseded, with the claim rules that flag it now (64 bits).
   * @returns the person, new when `person` is 0.
   */
  apply: (person: number, psn_no: string, fact: PersonFact, flaggedLo: number, flaggedHi: number) => number
  /** Takes notice of a fact that changes nothing (superseded): revisions only ever grow. */
  notice: (person: number, fact: PersonFact) => void
  /** Keeps a person within the limit of records, the oldest go. */
  trim: (person: number) => void
  /** The person's window; the object and all in it are reused by the next window(). */
  window: (person: number) => PersonWindow
  /** The window last materialised, brought up to date after apply(): only the touched parts are read again. */
  refresh: (touched: number) => PersonWindow
  /** What is known of the person as a number; see revision.ts. */
  revision: (person: number) => number
  /** The revision last reported of the person, 0 when none was. */
  saidOf: (person: number) => number
  setSaid: (person: number, revision: number) => void
  judgedAt: (person: number) => Millis
  setJudgedAt: (person: number, at: Millis) => void
  /** When the person is to be judged again though nothing arrives; Infinity = never. */
  wakeOf: (person: number) => Millis
  setWake: (person: number, at: Millis) => void
  /** The person to wake first, 0 when nobody waits. */
  nextToWake: () => number
  /** Expires up to `steps` slots' worth of persons, going round. Results never depend on it. */
  sweep: (horizon: Millis, steps: number) => void
  /** Visits every person; the visitor may forget the one it is shown. */
  forEach: (visit: (person: number) => void) => void
  readonly stats: MemoryStats
}
