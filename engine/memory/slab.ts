/**
 * Slots of one fixed size in chunks of plain ArrayBuffers: memory that the garbage collector never walks.
 * Slot 0 does not exist, so 0 is everybody's "none" and a zeroed slot links to nothing.
 *
 *   chunk 0                     chunk 1
 *   +------+------+--- ... --+  +------+--- ...      slot = chunk * 1024 + place
 *   |  -   |  1   |  2       |  | 1024 |             each chunk is seen as Int32, Float64 and bytes
 *   +------+------+--- ... --+  +------+--- ...
 *
 * A free slot has FREE in word 1 and the next free slot in word 0.
 */
import assert from 'node:assert/strict'

const CHUNK_BITS = 10
const CHUNK_SLOTS = 1 << CHUNK_BITS
const PLACE = CHUNK_SLOTS - 1
/** Never a value of word 1 of a slot in use (see layout.ts). */
const FREE = -1

export class Slab {
  /** Bytes a slot, a multiple of 8. */
  readonly slotBytes: number
  readonly #wordsPerSlot: number
  readonly #doublesPerSlot: number
  readonly #words: Int32Array[] = []
  readonly #doubles: Float64Array[] = []
  readonly #octets: Buffer[] = []
  #free = 0
  #fresh = 1
  #live = 0

  constructor (slotBytes: number) {
    assert(slotBytes > 0 && slotBytes % 8 === 0)
    this.slotBytes = slotBytes
    this.#wordsPerSlot = slotBytes >> 2
    this.#doublesPerSlot = slotBytes >> 3
  }

  /** Slots in use. */
  get live (): number { return this.#live }

  /** Bytes held from the operating system. */
  get bytes (): number { return this.#words.length * CHUNK_SLOTS * this.slotBytes }

  /** One more than the greatest slot ever used: the end of a walk over all of them. */
  get end (): number { return this.#fresh }

  /** A zeroed slot. */
  allocate (): number {
    this.#live++
    const slot = this.#free
    if (slot !== 0) {
      const words = this.#words[slot >>> CHUNK_BITS]!
      const start = (slot & PLACE) * this.#wordsPerSlot
      this.#free = words[start]!
      words.fill(0, start, start + this.#wordsPerSlot)
      return slot
    }
    if ((this.#fresh >>> CHUNK_BITS) === this.#words.length) this.#addChunk()
    return this.#fresh++
  }

  release (slot: number): void {
    assert(this.inUse(slot), 'a slot is released once')
    this.setWord(slot, 0, this.#free)
    this.setWord(slot, 1, FREE)
    this.#free = slot
    this.#live--
  }

  inUse (slot: number): boolean {
    return slot > 0 && slot < this.#fresh && this.word(slot, 1) !== FREE
  }

  word (slot: number, at: number): number {
    return this.#words[slot >>> CHUNK_BITS]![(slot & PLACE) * this.#wordsPerSlot + at]!
  }

  setWord (slot: number, at: number, value: number): void {
    this.#words[slot >>> CHUNK_BITS]![(slot & PLACE) * this.#wordsPerSlot + at] = value
  }

  double (slot: number, at: number): number {
    return this.#doubles[slot >>> CHUNK_BITS]![(slot & PLACE) * this.#doublesPerSlot + at]!
  }

  setDouble (slot: number, at: number, value: number): void {
    this.#doubles[slot >>> CHUNK_BITS]![(slot & PLACE) * this.#doublesPerSlot + at] = value
  }

  byte (slot: number, at: number): number {
    return this.#octets[slot >>> CHUNK_BITS]![(slot & PLACE) * this.slotBytes + at]!
  }

  setByte (slot: number, at: number, value: number): void {
    this.#octets[slot >>> CHUNK_BITS]![(slot & PLACE) * this.slotBytes + at] = value
  }

  /** ASCII text of `length` bytes. */
  text (slot: number, at: number, length: number): string {
    const start = (slot & PLACE) * this.slotBytes + at
    return this.#octets[slot >>> CHUNK_BITS]!.toString('latin1', start, start + length)
  }

  /** Writes ASCII text; the caller has checked its length (checkId). */
  setText (slot: number, at: number, text: string): void {
    this.#octets[slot >>> CHUNK_BITS]!.write(text, (slot & PLACE) * this.slotBytes + at, text.length, 'latin1')
  }

  /** Order of two texts by code unit, as `<` of strings has it: below 0, 0 or above 0. */
  compareText (slot: number, at: number, length: number, text: string): number {
    const octets = this.#octets[slot >>> CHUNK_BITS]!
    const start = (slot & PLACE) * this.slotBytes + at
    const shorter = Math.min(length, text.length)
    for (let i = 0; i < shorter; i++) {
      const difference = octets[start + i]! - text.charCodeAt(i)
      if (difference !== 0) return difference
    }
    return length - text.length
  }

  /** Copies a slot of another slab of the same slot size, links and all. */
  copyFrom (other: Slab, from: number, to: number): void {
    assert.equal(other.slotBytes, this.slotBytes)
    const start = (from & PLACE) * this.#wordsPerSlot
    const words = other.#words[from >>> CHUNK_BITS]!.subarray(start, start + this.#wordsPerSlot)
    this.#words[to >>> CHUNK_BITS]!.set(words, (to & PLACE) * this.#wordsPerSlot)
  }

  #addChunk (): void {
    const buffer = new ArrayBuffer(CHUNK_SLOTS * this.slotBytes)
    this.#words.push(new Int32Array(buffer))
    this.#doubles.push(new Float64Array(buffer))
    this.#octets.push(Buffer.from(buffer))
  }
}

export const ID_BYTES = 30

/** Identifiers are kept as bytes: the decoder lets only ASCII of at most 30 characters through. */
export function checkId (id: string): string {
  assert(id.length <= ID_BYTES, 'an identifier has at most 30 characters')
  for (let i = 0; i < id.length; i++) assert(id.charCodeAt(i) < 128, 'an identifier is ASCII')
  return id
}
