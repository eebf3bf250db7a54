/**
 * Walks MessagePack without decoding it: iteratively, forward only, at least one byte a step, so that no
 * input can make it recurse, loop or allocate: it finds where values end, and where members begin.
 */

/** What a walk over hostile bytes may answer instead of an end. */
export const MALFORMED = -1

// Of the token read last:
let next = 0 // where the byte after its header and payload is
let members = 0 // values that follow as its members (two an entry of a map)
let container = false
let textStart = -1 // where its text begins; -1 when it is no text

function give (after: number, end: number): boolean {
  next = after
  return after <= end
}

function openContainer (after: number, count: number, end: number): boolean {
  container = true
  members = count
  return give(after, end)
}

function textOf (after: number, length: number, end: number): boolean {
  textStart = after
  return give(after + length, end)
}

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 0x10000 + u16(bytes, at + 2)

/**
 * Reads the token at `at`; false when it is cut off by `end` or is none. Missing bytes read as NaN and fail
 * `give`.
 */
function token (bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at]!
  members = 0
  container = false
  textStart = -1
  if (first < 0x80 || first >= 0xe0) return give(at + 1, end)
  if (first < 0x90) return openContainer(at + 1, (first & 15) * 2, end)
  if (first < 0xa0) return openContainer(at + 1, first & 15, end)
  if (first < 0xc0) return textOf(at + 1, first & 31, end)
  switch (first) {
    case 0xc0: case 0xc2: case 0xc3: return give(at + 1, end)
    case 0xc4: return at + 2 <= end && give(at + 2 + bytes[at + 1]!, end)
    case 0xc5: return at + 3 <= end && give(at + 3 + u16(bytes, at + 1), end)
    case 0xc6: return at + 5 <= end && give(at + 5 + u32(bytes, at + 1), end)
    case 0xc7: return at + 2 <= end && give(at + 3 + bytes[at + 1]!, end)
    case 0xc8: return at + 3 <= end && give(at + 4 + u16(bytes, at + 1), end)
    case 0xc9: return at + 5 <= end && give(at + 6 + u32(bytes, at + 1), end)
    case 0xcc: case 0xd0: return give(at + 2, end)
    case 0xcd: case 0xd1: return give(at + 3, end)
    case 0xca: case 0xce: case 0xd2: return give(at + 5, end)
    case 0xcb: case 0xcf: case 0xd3: return give(at + 9, end)
    case 0xd4: case 0xd5: case 0xd6: case 0xd7: case 0xd8:
      return give(at + 2 + (1 << (first - 0xd4)), end)
    case 0xd9: return at + 2 <= end && textOf(at + 2, bytes[at + 1]!, end)
    case 0xda: return at + 3 <= end && textOf(at + 3, u16(bytes, at + 1), end)
    case 0xdb: return at + 5 <= end && textOf(at + 5, u32(bytes, at + 1), end)
    case 0xdc: return at + 3 <= end && openContainer(at + 3, u16(bytes, at + 1), end)
    case 0xdd: return at + 5 <= end && openContainer(at + 5, u32(bytes, at + 1), end)
    case 0xde: return at + 3 <= end && openContainer(at + 3, u16(bytes, at + 1) * 2, end)
    case 0xdf: return at + 5 <= end && openContainer(at + 5, u32(bytes, at + 1) * 2, end)
    default: return false // 0xc1, which the format never uses
  }
}

/** Whether a value that begins with this byte is a map. */
export function isMap (first: number): boolean {
  return (first >= 0x80 && first < 0x90) || first === 0xde || first === 0xdf
}

/** Whether a value that begins with this byte is an array. */
export function isArray (first: number): boolean {
  return (first >= 0x90 && first < 0xa0) || first === 0xdc || first === 0xdd
}

/** Where the value at `at` ends, or MALFORMED. Types that records may not have are walked like the others. */
export function skipValue (bytes: Uint8Array, at: number, end: number): number {
  for (let pending = 1; pending > 0; pending--) {
    if (at >= end || !token(bytes, at, end)) return MALFORMED
    pending += members
    if (pending > end - at) return MALFORMED
    at = next
  }
  return at
}

/**
 * Where the members of the map or array at `at` begin; MALFORMED when it is cut off. `memberCount` then tells
 * how many.
 */
export function membersOf (bytes: Uint8Array, at: number, end: number): number {
  return at < end && token(bytes, at, end) && container ? next : MALFORMED
}
/** Values (two an entry of a map) that the container which `membersOf` opened last says it has. */
export const memberCount = (): number => members

/** Where the text at `at` begins, or MALFORMED when there is none; it ends where `skipValue` says. */
export function textAt (bytes: Uint8Array, at: number, end: number): number {
  return at < end && token(bytes, at, end) && textStart >= 0 ? textStart : MALFORMED
}
