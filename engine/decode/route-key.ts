/** The key that owns a record, found without decoding it. */
import type { Format } from '../core/ports.ts'
import type { Route } from './route-members.ts'
import { routeJson } from './route-json.ts'
import { routeMessagePack } from './route-messagepack.ts'

/**
 * Finds psn_no (claims about a person, deaths) or fixmedins_code (stock) of the record in bytes[start, start
 * + length). It stops at the first member of that name, so a malformed record may be misplaced: whoever
 * decodes it checks the owner.
 * @returns null when the record says no known kind or lacks its key; decodeRecord then refuses it, wherever
 * it goes.
 */
export function routeKey (bytes: Uint8Array, start: number, length: number, format: Format): Route | null {
  const end = start + length
  return format === 'json' ? routeJson(bytes, start, end) : routeMessagePack(bytes, start, end)
}
