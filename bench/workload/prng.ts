/**
 * The generator's only source of chance: sfc32 (Chris Doty-Humphrey, public domain) seeded through splitmix32, all in
 * 32-bit operations.
 */

/** One step of splitmix32: spreads a word over all 32 bits. */
function spread (word: number): number {
  let z = (word + 0x9e3779b9) | 0
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return z ^ (z >>> 15)
}

/** A 32-bit word that depends on every part and on their order. */
export function mix (...parts: readonly number[]): number {
  let word = 0x2545f491
  for (const part of parts) word = spread(word ^ spread(part | 0))
  return word >>> 0
}

/** A stream of random words. The same seed gives the same stream on every machine. */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor (seed: number) {
    this.a = spread(seed)
    this.b = spread(this.a)
    this.c = spread(this.b)
    for (let i = 0; i < 8; i++) this.word()
  }

  /** 0 … 2^32 − 1. */
  word (): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0
    return t >>> 0
  }

  /** 0 … n − 1. */
  below (n: number): number {
    return Math.floor(this.word() / 0x100000000 * n)
  }

  /** from … to, both included. */
  between (from: number, to: number): number {
    return from + this.below(to - from + 1)
  }

  /** True in `percent` of 100 cases; fractions allowed. */
  chance (percent: number): boolean {
    return this.word() < percent * 42949672.96
  }

  pick<T> (from: readonly T[]): T {
    return from[this.below(from.length)]!
  }
}
