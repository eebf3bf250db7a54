/**
 * Finds a MessagePack record's route by walking its members: those of the record and of two of its nodes,
 * nothing deeper.
 */
import type { OwnerNode } from './kinds.ts'
import { isMap, MALFORMED, memberCount, membersOf, skipValue, textAt } from './messagepack.ts'
import { trimmed } from './plain-text.ts'
import { isOwnerNode, type Met, nothingMet, placeOf, routeOf } from './route-members.ts'
import type { Route } from './route-members.ts'

/** Walks bytes[at, end). Stops at the first byte that makes no sense. */
export function routeMessagePack (bytes: Uint8Array, at: number, end: number): Route | null {
  if (at >= end || !isMap(bytes[at]!)) return null
  const met = nothingMet()
  walk(bytes, at, end, met, null)
  return routeOf(met, true) ?? null
}

/**
 * Reads the members of the map at `at` until it ends or the route is known. @returns where it stopped, or
 * MALFORMED.
 */
function walk (bytes: Uint8Array, at: number, end: number, met: Met, node: OwnerNode | null): number {
  at = membersOf(bytes, at, end)
  for (let left = memberCount() / 2; left > 0 && at !== MALFORMED; left--) {
    const after = skipValue(bytes, at, end)
    if (after === MALFORMED || after >= end) return MALFORMED
    const name = textOf(bytes, at, after)
    const next = value(bytes, after, end, met, node, name)
    if (next === MALFORMED || routeOf(met, false) !== undefined) return MALFORMED
    at = next
  }
  return at
}

function value (
  bytes: Uint8Array, at: number, end: number, met: Met, node: OwnerNode | null, name: string
): number {
  if (node === null && isOwnerNode(name) && isMap(bytes[at]!)) {
    const after = walk(bytes, at, end, met, name)
    met[name] ??= ''
    return after
  }
  const after = skipValue(bytes, at, end)
  if (after === MALFORMED) return MALFORMED
  const place = placeOf(node, name)
  if (place !== null) met[place] ??= scalarOf(bytes, at, after)
  return after
}

/** A text; '' for any other value. */
function textOf (bytes: Uint8Array, at: number, after: number): string {
  const start = textAt(bytes, at, after)
  if (start === MALFORMED) return ''
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, after - start).toString('utf8')
}

/** A text or integer as decodeRecord would read it; '' for anything else. */
function scalarOf (bytes: Uint8Array, at: number, after: number): string {
  if (textAt(bytes, at, after) !== MALFORMED) return trimmed(textOf(bytes, at, after))
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, after - at)
  const first = view.getUint8(0)
  if (first < 0x80) return String(first)
  if (first >= 0xe0) return String(first - 0x100)
  switch (first) {
    case 0xca: return integer(view.getFloat32(1))
    case 0xcb: return integer(view.getFloat64(1))
    case 0xcc: return String(view.getUint8(1))
    case 0xcd: return String(view.getUint16(1))
    case 0xce: return String(view.getUint32(1))
    case 0xcf: return String(view.getBigUint64(1))
    case 0xd0: return String(view.getInt8(1))
    case 0xd1: return String(view.getInt16(1))
    case 0xd2: return String(view.getInt32(1))
    case 0xd3: return String(view.getBigInt64(1))
    default: return ''
  }
}

const integer = (value: number): string => Number.isSafeInteger(value) ? String(value) : ''
