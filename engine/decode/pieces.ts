/** Where the records of an input lie, gathered while it is cut. */

/** Pieces in the order of the input: piece i is bytes[starts[i], starts[i] + lengths[i]). */
export interface Pieces { readonly count: number, readonly starts: Int32Array, readonly lengths: Int32Array }

/** Collects pieces in two growing arrays. */
export class PieceList {
  #starts = new Int32Array(16)
  #lengths = new Int32Array(16)
  #count = 0

  add (start: number, end: number): void {
    if (this.#count === this.#starts.length) {
      this.#starts = grown(this.#starts)
      this.#lengths = grown(this.#lengths)
    }
    this.#starts[this.#count] = start
    this.#lengths[this.#count++] = end - start
  }

  pieces (): Pieces {
    const count = this.#count
    return { count, starts: this.#starts.subarray(0, count), lengths: this.#lengths.subarray(0, count) }
  }
}

function grown (array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
