/**
 * What a lane tells the owners of keys that go across persons: "I have seen this key with that". The owner remembers sixteen
 * bytes a key and says which keys were seen with something else before; those are looked at in the store.
 */
import type { Settlement } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import { fingerprint } from '../core/fingerprint.ts'
import { dayOf } from '../core/time.ts'
import { SeenTable } from '../memory/seen-table.ts'

/** A settlement's identity and whose it is: a correction may name another person. */
export type SightingKind = 'settlement'
const KINDS: readonly SightingKind[] = ['settlement']

export interface Sighting { readonly kind: SightingKind, readonly key: string, readonly value: string, readonly day: number }

/** Sightings on their way to one lane. */
export interface Sighted {
  readonly lane: number
  /** STRIDE numbers a sighting: kind, two words of the key's fingerprint, one of the value's, day. */
  readonly numbers: Int32Array<ArrayBuffer>
  readonly keys: readonly string[]
}

const STRIDE = 5
/** A sweep copies a quarter of a megabyte. */
const SWEEP_EVERY = 64
/** Separates the institution from the setl_id; neither holds a bar. */
const BAR = '|'

/** Who a settlement is said to be of. */
export function settlementSighting (claim: Settlement): Sighting {
  return identitySighting(claim.fixmedins_code, claim.setlinfo.setl_id, claim.setlinfo.psn_no, dayOf(eventTimeOf(claim)))
}

export function identitySighting (fixmedins_code: string, setl_id: string, psn_no: string, day: number): Sighting {
  return { kind: 'settlement', key: `${fixmedins_code}${BAR}${setl_id}`, value: psn_no, day: Math.max(1, day) }
}

const ofKey = new Int32Array(4)
const ofValue = new Int32Array(4)

/** Sorts sightings by the lane that owns the key: by task, as persons are (core/fingerprint.ts taskOf). */
export function addressed (sightings: readonly Sighting[], tasks: number, lanes: number): Sighted[] {
  const byLane = new Map<number, { numbers: number[], keys: string[] }>()
  for (const { kind, key, value, day } of sightings) {
    fingerprint(key, ofKey)
    fingerprint(value, ofValue)
    const lane = ((ofKey[0]! >>> 0) % tasks) % lanes
    const own = byLane.get(lane) ?? { numbers: [], keys: [] }
    byLane.set(lane, own)
    own.numbers.push(KINDS.indexOf(kind), ofKey[1]!, ofKey[2]!, ofValue[0]! || 1, day)
    own.keys.push(key)
  }
  return [...byLane].map(([lane, { numbers, keys }]) => ({ lane, numbers: Int32Array.from(numbers), keys }))
}

/** The keys that a lane owns, and what each was seen with. */
export class SeenKeys {
  readonly #tables = KINDS.map(() => new SeenTable())
  #calls = 0

  /** @returns places of the sightings whose key was seen with something else before. */
  see (numbers: Int32Array): Int32Array<ArrayBuffer> {
    const others: number[] = []
    for (let at = 0; at < numbers.length; at += STRIDE) {
      const table = this.#tables[numbers[at]!]!
      if (table.see(numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!, numbers[at + 4]!) === 'other') others.push(at / STRIDE)
    }
    return Int32Array.from(others)
  }

  /** Forgets some of what was last seen before `day`; called often, it works now and then. */
  sweep (day: number): void {
    if (++this.#calls % SWEEP_EVERY === 0) for (const table of this.#tables) table.sweep(day)
  }
}
