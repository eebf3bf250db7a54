/**
 * Persons by psn_no: open addressing over pairs (tag, slot) with linear probing. The tag is a word of the 128-bit
 * fingerprint; equality is decided by psn_no itself, so two persons are never mixed up. The table doubles before it
 * is 60 % full and moves over a few pairs at a time: no insertion ever pays for a whole rehash.
 */
import assert from 'node:assert/strict'
import { fingerprintBytes } from '../core/fingerprint.ts'
import { ID_BYTES, Slab, checkId } from './slab.ts'
import { PERSON, PERSON_BYTES } from './layout.ts'

const FIRST_CAPACITY = 64
const LOAD_PERCENT_MAX = 60
/** Pairs moved per operation while growing: the old table is empty long before the new one is full. */
const STEP = 16
const EMPTY = 0
/** Left behind in the old table, so that its probes go on. */
const GONE = -1

const words = new Int32Array(4)
const octets = Buffer.alloc(ID_BYTES)

/** Tasks are chosen by the fingerprint's first word, so within a task only the others spread. */
function tagOf (psn_no: string): number {
  octets.write(psn_no, 0, psn_no.length, 'latin1')
  fingerprintBytes(octets, 0, psn_no.length, words)
  return words[1]!
}

export class PersonTable {
  readonly slab = new Slab(PERSON_BYTES)
  #pairs = new Int32Array(2 * FIRST_CAPACITY)
  #old: Int32Array | null = null
  #moved = 0

  get size (): number { return this.slab.live }
  get bytes (): number { return this.slab.bytes + this.#pairs.byteLength + (this.#old?.byteLength ?? 0) }

  psnNoOf (person: number): string {
    return this.slab.text(person, PERSON.psn_no, this.slab.byte(person, PERSON.length))
  }

  /** The person's slot, 0 when not remembered. */
  find (psn_no: string): number {
    if (psn_no.length > ID_BYTES) return 0
    this.#step()
    const tag = tagOf(psn_no)
    const pair = this.#probe(this.#pairs, tag, psn_no)
    if (pair >= 0) return this.#pairs[pair + 1]!
    if (this.#old === null) return 0
    const before = this.#probe(this.#old, tag, psn_no)
    return before >= 0 ? this.#old[before + 1]! : 0
  }

  /** A new person; the caller knows that there is none of this psn_no. */
  add (psn_no: string): number {
    checkId(psn_no)
    assert(psn_no.length > 0)
    this.#growIfDue()
    this.#step()
    const person = this.slab.allocate()
    const tag = tagOf(psn_no)
    this.slab.setWord(person, PERSON.tag, tag)
    this.slab.setByte(person, PERSON.length, psn_no.length)
    this.slab.setText(person, PERSON.psn_no, psn_no)
    place(this.#pairs, tag, person)
    return person
  }

  remove (person: number): void {
    const tag = this.slab.word(person, PERSON.tag)
    const pair = pairOf(this.#pairs, tag, person)
    if (pair >= 0) {
      closeGap(this.#pairs, pair)
    } else {
      assert(this.#old !== null, 'a person in use is in a table')
      const before = pairOf(this.#old, tag, person)
      assert(before >= 0, 'a person in use is in a table')
      this.#old[before + 1] = GONE
    }
    this.slab.release(person)
  }

  /** Persons found by walking the tables: equals `size` unless something is broken. */
  countPairs (): number {
    let count = 0
    for (const table of [this.#pairs, this.#old]) {
      for (let i = 1; table !== null && i < table.length; i += 2) if (table[i]! > 0) count++
    }
    return count
  }

  #probe (table: Int32Array, tag: number, psn_no: string): number {
    const mask = table.length - 1
    for (let pair = home(tag, mask); ; pair = (pair + 2) & mask) {
      const slot = table[pair + 1]!
      if (slot === EMPTY) return -1
      if (slot !== GONE && table[pair] === tag && this.#is(slot, psn_no)) return pair
    }
  }

  #is (person: number, psn_no: string): boolean {
    return this.slab.compareText(person, PERSON.psn_no, this.slab.byte(person, PERSON.length), psn_no) === 0
  }

  #growIfDue (): void {
    const capacity = this.#pairs.length >> 1
    if ((this.slab.live + 1) * 100 <= capacity * LOAD_PERCENT_MAX) return
    assert(this.#old === null, 'a table is moved over before the next one is full')
    this.#old = this.#pairs
    this.#moved = 0
    this.#pairs = new Int32Array(this.#old.length * 2)
  }

  #step (): void {
    const old = this.#old
    if (old === null) return
    const end = Math.min(old.length, this.#moved + 2 * STEP)
    for (let pair = this.#moved; pair < end; pair += 2) {
      const slot = old[pair + 1]!
      if (slot <= 0) continue
      place(this.#pairs, old[pair]!, slot)
      old[pair + 1] = GONE
    }
    this.#moved = end
    if (end === old.length) this.#old = null
  }
}

function home (tag: number, mask: number): number {
  return (tag << 1) & mask
}

function place (table: Int32Array, tag: number, slot: number): void {
  const mask = table.length - 1
  let pair = home(tag, mask)
  while (table[pair + 1] !== EMPTY) pair = (pair + 2) & mask
  table[pair] = tag
  table[pair + 1] = slot
}

function pairOf (table: Int32Array, tag: number, slot: number): number {
  const mask = table.length - 1
  for (let pair = home(tag, mask); ; pair = (pair + 2) & mask) {
    if (table[pair + 1] === EMPTY) return -1
    if (table[pair + 1] === slot) return pair
  }
}

/** Takes a pair out and moves back those that were pushed past it, so that no markers pile up. */
function closeGap (table: Int32Array, gap: number): void {
  const mask = table.length - 1
  for (let pair = (gap + 2) & mask; table[pair + 1] !== EMPTY; pair = (pair + 2) & mask) {
    const distance = (pair - home(table[pair]!, mask)) & mask
    if (distance < ((pair - gap) & mask)) continue
    table[gap] = table[pair]!
    table[gap + 1] = table[pair + 1]!
    gap = pair
  }
  table[gap] = 0
  table[gap + 1] = EMPTY
}
