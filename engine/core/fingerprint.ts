/**
 * MurmurHash3 x86 128-bit (Austin Appleby, public domain), written for reuse of one output array: no library on npm
 * hashes without allocating. Used for keys of memory and for identities (flag_id, claim keys); never for security.
 */

const C1 = 0x239b961b
const C2 = 0xab0e9789
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93

const rotl = (x: number, r: number): number => (x << r) | (x >>> (32 - r))
function fmix (h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

const encoder = new TextEncoder()
const scratch = new Uint8Array(4096)

/** Hashes `length` bytes of `bytes` from `start` into out[0..3] (signed 32-bit words). */
export function fingerprintBytes (bytes: Uint8Array, start: number, length: number, out: Int32Array, seed = 0): void {
  let h1 = seed; let h2 = seed; let h3 = seed; let h4 = seed
  const end = start + (length & ~15)
  let i = start
  const word = (p: number): number => (bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24))
  for (; i < end; i += 16) {
    h1 ^= Math.imul(rotl(Math.imul(word(i), C1), 15), C2)
    h1 = (Math.imul((rotl(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0
    h2 ^= Math.imul(rotl(Math.imul(word(i + 4), C2), 16), C3)
    h2 = (Math.imul((rotl(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0
    h3 ^= Math.imul(rotl(Math.imul(word(i + 8), C3), 17), C4)
    h3 = (Math.imul((rotl(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0
    h4 ^= Math.imul(rotl(Math.imul(word(i + 12), C4), 18), C1)
    h4 = (Math.imul((rotl(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0
  }
  let k1 = 0; let k2 = 0; let k3 = 0; let k4 = 0
  for (let j = (length & 15) - 1; j >= 0; j--) {
    const byte = bytes[end + j]! << ((j & 3) * 8)
    if (j >= 12) k4 |= byte
    else if (j >= 8) k3 |= byte
    else if (j >= 4) k2 |= byte
    else k1 |= byte
  }
  h4 ^= Math.imul(rotl(Math.imul(k4, C4), 18), C1)
  h3 ^= Math.imul(rotl(Math.imul(k3, C3), 17), C4)
  h2 ^= Math.imul(rotl(Math.imul(k2, C2), 16), C3)
  h1 ^= Math.imul(rotl(Math.imul(k1, C1), 15), C2)
  h1 ^= length; h2 ^= length; h3 ^= length; h4 ^= length
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = (h2 + h1) | 0; h3 = (h3 + h1) | 0; h4 = (h4 + h1) | 0
  h1 = fmix(h1); h2 = fmix(h2); h3 = fmix(h3); h4 = fmix(h4)
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = (h2 + h1) | 0; h3 = (h3 + h1) | 0; h4 = (h4 + h1) | 0
  out[0] = h1; out[1] = h2; out[2] = h3; out[3] = h4
}

/** Hashes a text's UTF-8 bytes into out[0..3]. */
export function fingerprint (text: string, out: Int32Array): void {
  if (text.length * 3 <= scratch.length) {
    fingerprintBytes(scratch, 0, encoder.encodeInto(text, scratch).written, out)
  } else {
    const bytes = encoder.encode(text)
    fingerprintBytes(bytes, 0, bytes.length, out)
  }
}

const words = new Int32Array(4)

/** The 128-bit fingerprint of several parts as 32 hex digits. Parts are separated, so ('a','bc') ≠ ('ab','c'). */
export function fingerprintHex (...parts: readonly string[]): string {
  fingerprint(parts.join('\u0000'), words)
  let hex = ''
  for (const word of words) hex += (word >>> 0).toString(16).padStart(8, '0')
  return hex
}

/** The task (virtual partition) that owns a key; the same on every machine and with any number of lanes. */
export function taskOf (key: string, tasks: number): number {
  fingerprint(key, words)
  return (words[0]! >>> 0) % tasks
}
