/**
 * The content of a claim as two rolling 32-bit hashes, fed by the field readers in the order they read.
 * Hashing while reading costs one pass over characters that are looked at anyway, and no field can be
 * forgotten. Decoding is synchronous and never nested, so one pair of accumulators serves the thread.
 */

const PRIME_HI = 0x01000193 // FNV-1a
const PRIME_LO = 0x85ebca6b // a MurmurHash3 finaliser's multiplier
const END_OF_TEXT = 0x1ff
const NOTHING = 0x2ff

let hi = 0
let lo = 0

/** Forgets what was added. */
export function resetContent (): void {
  hi = 0x811c9dc5 | 0
  lo = 0x9e3779b9 | 0
}

export const contentHi = (): number => hi
export const contentLo = (): number => lo

/** Adds a text. @returns whether every character is printable ASCII other than a blank. */
export function addText (text: string): boolean {
  let a = hi
  let b = lo
  let outside = 0
  const length = text.length
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    outside |= (code - 0x21) | (0x7e - code) // negative as soon as one code is outside 0x21–0x7e
    a = Math.imul(a ^ code, PRIME_HI)
    b = Math.imul((b ^ (b >>> 15)) + code, PRIME_LO)
  }
  hi = Math.imul(a ^ END_OF_TEXT, PRIME_HI)
  lo = Math.imul((b ^ (b >>> 15)) + END_OF_TEXT, PRIME_LO)
  return outside >= 0
}

/** For each ASCII character 1 when a code may not hold it: controls, blanks and what could be markup. */
const NO_CODE = new Uint8Array(128)
for (let code = 0; code <= 0x20; code++) NO_CODE[code] = 1
for (const character of '"&\'<>\\`\x7f') NO_CODE[character.charCodeAt(0)] = 1

/** Adds a text if it is a code: printable ASCII without blanks, quotes, brackets, ampersands or backslashes. */
export function addCode (text: string): boolean {
  let a = hi
  let b = lo
  let outside = 0
  const length = text.length
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    outside |= (code & ~0x7f) | NO_CODE[code & 0x7f]!
    a = Math.imul(a ^ code, PRIME_HI)
    b = Math.imul((b ^ (b >>> 15)) + code, PRIME_LO)
  }
  if (outside !== 0) return false
  hi = Math.imul(a ^ END_OF_TEXT, PRIME_HI)
  lo = Math.imul((b ^ (b >>> 15)) + END_OF_TEXT, PRIME_LO)
  return true
}

/** Adds a safe integer. */
export function addInteger (value: number): void {
  const low = value | 0
  const high = Math.floor(value / 0x100000000) | 0
  hi = Math.imul(Math.imul(hi ^ low, PRIME_HI) ^ high, PRIME_HI)
  lo = Math.imul((lo ^ (lo >>> 15)) + low, PRIME_LO)
  lo = Math.imul((lo ^ (lo >>> 15)) + high, PRIME_LO)
}

/** Adds that a time or number is absent, which is not the same as 0. */
export function addNothing (): void {
  hi = Math.imul(hi ^ NOTHING, PRIME_HI)
  lo = Math.imul((lo ^ (lo >>> 15)) + NOTHING, PRIME_LO)
}
