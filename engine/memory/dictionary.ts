/**
 * Short codes that repeat (institutions, departments, diagnoses, areas …) as numbers. Codes are never forgotten:
 * they come from code tables, so their number ends. The limit turns a stream of invented codes into a crash
 * with a name instead of a machine without memory.
 */
import assert from 'node:assert/strict'

const LIMIT = 1 << 24
/** Rough bytes a code: two strings' headers, a map entry and an array element. */
const BYTES_PER_CODE = 96

export class Dictionary {
  readonly #numbers = new Map<string, number>([['', 0]])
  readonly #texts: string[] = ['']

  /** The number of a code, given to it now if it is new. '' is 0. */
  numberOf (text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#texts.length
    assert(number < LIMIT, 'the dictionary of codes is full')
    this.#numbers.set(text, number)
    this.#texts.push(text)
    return number
  }

  /** The number of a code, -1 when it was never seen. */
  peek (text: string): number {
    return this.#numbers.get(text) ?? -1
  }

  textOf (number: number): string {
    return this.#texts[number]!
  }

  get size (): number { return this.#texts.length }
  get bytes (): number { return this.#texts.length * BYTES_PER_CODE }
}
