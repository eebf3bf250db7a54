/**
 * The brackets and commas around records. Those that belong are passed over; of those that do not, the first
 * becomes a piece, so that its sender learns of it and nothing that may be missing goes unsaid. One is enough:
 * input that separates a million objects by commas without a list is one mistake, not a million.
 */
import { CLOSE_LIST, COMMA, OPEN_LIST } from './json-bytes.ts'
import type { PieceList } from './pieces.ts'

const ELSEWHERE = -2
const NONE = -1

export class JsonList {
  readonly #into: PieceList
  /** Where the list that is open began; NONE or, when the input is a part of one, ELSEWHERE. */
  #opened: number
  /** Where the last list ended. */
  #closed = NONE
  /** Arrays within the list that never end: their brackets are told, their records found. */
  #unclosed = 0
  /** The comma after the last value; NONE when there is none. */
  #comma = NONE
  #values = 0
  /** Whether the last value is whole or, if it is not, has been told by a piece of its own. */
  #whole = true
  /** The piece that told of a bracket or comma out of its place. */
  #told = NONE

  constructor (into: PieceList, inside: boolean) {
    this.#into = into
    this.#opened = inside ? ELSEWHERE : NONE
  }

  get isOpen (): boolean {
    return this.#opened !== NONE
  }

  /** A value begins. A comma forgotten before it costs nothing and is overlooked. */
  value (object: boolean, whole: boolean): void {
    // What is no object is refused by itself, and needs nobody to tell that it follows a list.
    if (object && this.#closed !== NONE && !this.isOpen) this.#tell(this.#closed)
    this.#values++
    this.#comma = NONE
    this.#whole = whole
  }

  /** A blank, or a bracket or comma outside of values, at `at`. */
  punctuation (byte: number, at: number): void {
    if (byte === COMMA) this.#separate(at)
    else if (byte === OPEN_LIST) this.#open(at)
    else if (byte === CLOSE_LIST) this.#close(at)
  }

  #separate (at: number): void {
    const belongs = this.isOpen && this.#comma === NONE && (this.#values > 0 || this.#opened === ELSEWHERE)
    if (!belongs) this.#tell(at)
    this.#comma = at
  }

  #open (at: number): void {
    if (this.isOpen) {
      this.#unclosed++
      this.#tell(at)
      return
    }
    if (this.#closed !== NONE) this.#tell(this.#closed)
    else if (this.#values > 0) this.#tell(at)
    this.#opened = at
    this.#values = 0
    this.#comma = NONE
  }

  #close (at: number): void {
    if (this.#unclosed > 0) {
      this.#unclosed--
    } else if (this.isOpen) {
      if (this.#comma !== NONE) this.#tell(this.#comma)
      this.#opened = NONE
      this.#closed = at
    } else {
      this.#tell(at)
    }
  }

  /** The input ends. A list still open was cut off, unless its last value is broken and says so itself. */
  end (): void {
    if (this.#opened >= 0 && this.#whole && this.#told !== this.#opened) this.#into.add(this.#opened, this.#opened + 1)
  }

  #tell (at: number): void {
    if (this.#told !== NONE) return
    this.#told = at
    this.#into.add(at, at + 1)
  }
}
