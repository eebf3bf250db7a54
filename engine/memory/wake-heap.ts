/** Persons who asked to be judged again at a moment, the earliest first: a binary heap that knows each person's place. */
import { PERSON } from './layout.ts'
import type { Slab } from './slab.ts'
import type { Millis } from '../core/time.ts'

export class WakeHeap {
  readonly #persons: Slab
  /** From 1, so that place 0 means "not in the heap". */
  #heap = new Int32Array(64)
  #size = 0

  constructor (persons: Slab) {
    this.#persons = persons
  }

  get size (): number { return this.#size }
  get bytes (): number { return this.#heap.byteLength }

  /** The person who is due first, 0 when nobody waits. */
  get first (): number { return this.#size === 0 ? 0 : this.#heap[1]! }

  /** When the person wants to be judged again; Infinity = never. */
  wakeOf (person: number): Millis {
    return this.#persons.word(person, PERSON.heapPlace) === 0 ? Infinity : this.#persons.double(person, PERSON.wakeAt)
  }

  set (person: number, at: Millis): void {
    const place = this.#persons.word(person, PERSON.heapPlace)
    if (at === Infinity) {
      if (place !== 0) this.#remove(person, place)
      return
    }
    this.#persons.setDouble(person, PERSON.wakeAt, at)
    if (place !== 0) {
      this.#down(this.#up(place))
      return
    }
    if (++this.#size === this.#heap.length) {
      const larger = new Int32Array(this.#heap.length * 2)
      larger.set(this.#heap)
      this.#heap = larger
    }
    this.#put(person, this.#size)
    this.#up(this.#size)
  }

  #remove (person: number, place: number): void {
    const moved = this.#heap[this.#size--]!
    this.#persons.setWord(person, PERSON.heapPlace, 0)
    if (moved === person) return
    this.#put(moved, place)
    this.#down(this.#up(place))
  }

  #up (place: number): number {
    const person = this.#heap[place]!
    const at = this.#at(person)
    while (place > 1) {
      const parent = this.#heap[place >> 1]!
      if (this.#at(parent) <= at) break
      this.#put(parent, place)
      place >>= 1
    }
    this.#put(person, place)
    return place
  }

  #down (place: number): void {
    const person = this.#heap[place]!
    const at = this.#at(person)
    for (let child = place * 2; child <= this.#size; child = place * 2) {
      if (child < this.#size && this.#at(this.#heap[child + 1]!) < this.#at(this.#heap[child]!)) child++
      if (this.#at(this.#heap[child]!) >= at) break
      this.#put(this.#heap[child]!, place)
      place = child
    }
    this.#put(person, place)
  }

  #at (person: number): Millis {
    return this.#persons.double(person, PERSON.wakeAt)
  }

  #put (person: number, place: number): void {
    this.#heap[place] = person
    this.#persons.setWord(person, PERSON.heapPlace, place)
  }
}
