/**
 * What a lane tells the owners of keys that go across persons: whose a settlement is said to be, and which shared subjects it
 * shows. The owner remembers sixteen bytes a key and says which are worth a look; those are looked at in the store.
 */
import type { Claim, Reversal, Settlement, StockMovement } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import { fingerprint } from '../core/fingerprint.ts'
import type { Rulebook } from '../core/rulebook.ts'
import { dayOf } from '../core/time.ts'
import { COUNT_MAX, SeenTable } from '../memory/seen-table.ts'
import type { BatchStatus } from './keep-row.ts'
import { sharedRulesOf } from './shared-rules.ts'
import type { Shown } from './shared-rules.ts'

/** Of whom a settlement is said to be: its identity and its person, since a correction may name another one. */
export const IDENTITY = ''

/** A key seen on a day. */
export interface Seen {
  /** IDENTITY, or the rule whose subject it is. */
  readonly of: string
  /** What is to be looked at: fixmedins_code|setl_id, or a shared subject. */
  readonly key: string
  /** What is remembered of it. */
  readonly mark: string
  /** What must differ for a look; '' when it is counted instead. */
  readonly as: string
  readonly weight: number
  readonly day: number
}

/** What was seen, on its way to one lane. */
export interface Sighted {
  readonly lane: number
  /** STRIDE numbers each: two words of the mark's fingerprint, one of what it was seen as (0 when counted), weight, day. */
  readonly numbers: Int32Array<ArrayBuffer>
  readonly of: readonly string[]
  readonly keys: readonly string[]
}

const STRIDE = 5
/** Weight of a stock record: it adds nothing, but from now on the item's settlements are worth a look. */
export const WAKES = -1
const WEIGHT_MAX = 0x7fffffff
/** A sweep copies a quarter of a megabyte a table. */
const SWEEP_EVERY = 64
/** Separates the institution from the setl_id; neither holds a bar. */
const BAR = '|'
/** Separates the institution from a batch; neither holds one. */
export const BATCH = '#'

/** Of whom a reversal says that the settlement is. */
export function reversedIn ({ fixmedins_code, setl_id, psn_no, setl_time }: Reversal): Seen {
  return identitySeen(fixmedins_code, setl_id, psn_no, dayOf(setl_time))
}

/** Everything that a settlement tells others. */
export function seenIn (claim: Settlement, shown: readonly Shown[]): Seen[] {
  const { fixmedins_code, setlinfo } = claim
  const day = Math.max(1, dayOf(eventTimeOf(claim)))
  return [
    identitySeen(fixmedins_code, setlinfo.setl_id, setlinfo.psn_no, day),
    ...shown.flatMap(({ rule_id, sighting }) => {
      const { subject, marks = [subject], as = '', weight = 1 } = sighting
      return marksSeen(rule_id, subject, marks, as, weight, day)
    })
  ]
}

/** Under which names stock records are told of: the item by either code; of a deletion only the batch is known. */
export function itemsIn ({ infno, fixmedins_code, med_list_codg, fixmedins_hilist_id, fixmedins_bchno }: StockMovement): string[] {
  if (infno === '3507') return [`${fixmedins_code}${BATCH}${fixmedins_bchno}`]
  return [med_list_codg, fixmedins_hilist_id].filter(code => code !== '').map(code => `${fixmedins_code}${BAR}${code}`)
}

/**
 * A stock record wakes its item for the rules that mind it: until then there is nothing to hold its settlements against. Those that
 * came before it are looked at on its own account (itemsIn).
 */
export function wakesIn (movement: StockMovement, rule_ids: readonly string[]): Seen[] {
  if (movement.infno === '3507') return []
  return itemsIn(movement).flatMap(item => wakes(rule_ids, item, Math.max(1, dayOf(movement.at))))
}

export function wakes (rule_ids: readonly string[], item: string, day: number): Seen[] {
  return rule_ids.map(of => ({ of, key: item, mark: item, as: '', weight: WAKES, day }))
}

/** A reversal and a correction change what others may have been told of a settlement. */
export function disturbedBy (claim: Claim, status: BatchStatus): string[] {
  if (claim.kind === 'reversal') return [identityKey(claim.fixmedins_code, claim.setl_id)]
  return claim.kind === 'settlement' && status === 'corrected' ? [identityKey(claim.fixmedins_code, claim.setlinfo.setl_id)] : []
}

export function identitySeen (fixmedins_code: string, setl_id: string, psn_no: string, day: number): Seen {
  const key = identityKey(fixmedins_code, setl_id)
  return { of: IDENTITY, key, mark: key, as: psn_no, weight: 0, day: Math.max(1, day) }
}

export function identityKey (fixmedins_code: string, setl_id: string): string {
  return `${fixmedins_code}${BAR}${setl_id}`
}

export function marksSeen (rule_id: string, subject: string, marks: readonly string[], as: string, weight: number, day: number): Seen[] {
  return marks.map(mark => ({ of: rule_id, key: subject, mark, as, weight, day }))
}

const ofMark = new Int32Array(4)
const ofValue = new Int32Array(4)

/** Sorts what was seen by the lane that owns the mark: by task, as persons are (core/fingerprint.ts taskOf). */
export function addressed (seen: readonly Seen[], tasks: number, lanes: number): Sighted[] {
  const byLane = new Map<number, { numbers: number[], of: string[], keys: string[] }>()
  for (const one of seen) {
    fingerprint(one.mark, ofMark)
    const value = one.as === '' ? 0 : wordOf(one.as)
    const lane = ((ofMark[0]! >>> 0) % tasks) % lanes
    const own = byLane.get(lane) ?? { numbers: [], of: [], keys: [] }
    byLane.set(lane, own)
    own.numbers.push(ofMark[1]!, ofMark[2]!, value, Math.min(one.weight, WEIGHT_MAX), one.day)
    own.of.push(one.of)
    own.keys.push(one.key)
  }
  return [...byLane].map(([lane, { numbers, of, keys }]) => ({ lane, numbers: Int32Array.from(numbers), of, keys }))
}

function wordOf (as: string): number {
  fingerprint(as, ofValue)
  return ofValue[0]! || 1
}

/** `first`: with what counting begins. What only stock records make worth a look begins asleep. */
interface Table { readonly table: SeenTable, readonly quorum: number, readonly first: number }

/** The marks that a lane owns, and what each was seen as or how often. */
export class SeenKeys {
  readonly #tables: ReadonlyMap<string, Table>
  #calls = 0

  constructor (rulebook: Rulebook) {
    const tables = new Map<string, Table>([[IDENTITY, { table: new SeenTable(), quorum: 1, first: 0 }]])
    for (const { loaded, rule } of sharedRulesOf(rulebook)) {
      tables.set(loaded.id, { table: new SeenTable(), quorum: rule.quorum ?? 1, first: rule.stock === undefined ? 0 : -COUNT_MAX })
    }
    this.#tables = tables
  }

  /** @returns places of what is worth a look. */
  see (numbers: Int32Array, of: readonly string[]): Int32Array<ArrayBuffer> {
    const doubtful: number[] = []
    of.forEach((table, place) => { if (this.#isWorthALook(numbers, place * STRIDE, table)) doubtful.push(place) })
    return Int32Array.from(doubtful)
  }

  /**
   * A subject of which so much more must be counted before it is worth another look; it is counted under its own name.
   * @param weight 0: the rule did not say, so that one which rested rests no more
   */
  rest (of: string, subject: string, weight: number): void {
    const own = this.#tables.get(of)
    if (own === undefined) return
    fingerprint(subject, ofMark)
    const [hi, lo] = [ofMark[1]!, ofMark[2]!]
    if (weight > 0 || own.table.countOf(hi, lo) < 0) own.table.setCount(hi, lo, Math.round(own.quorum - weight))
  }

  /** Forgets some of what was last seen before `day`; called often, it works now and then. */
  sweep (day: number): void {
    if (++this.#calls % SWEEP_EVERY === 0) for (const { table } of this.#tables.values()) table.sweep(day)
  }

  #isWorthALook (numbers: Int32Array, at: number, of: string): boolean {
    const own = this.#tables.get(of)
    if (own === undefined) return false // a rule that is no longer there
    const [hi, lo, value, weight, day] = [numbers[at]!, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!, numbers[at + 4]!]
    const { table, quorum, first } = own
    if (value !== 0) return table.see(hi, lo, value, day) === 'other'
    if (weight !== WAKES) return table.count(hi, lo, weight, day, first) >= quorum
    table.setCount(hi, lo, quorum, day)
    return false
  }
}
