/** A place in an ordered list: the last row's order value and id. Opaque to callers, so it may change. */
import { Problem } from './problem.ts'

export interface Cursor { readonly value: number, readonly id: string }

export function encodeCursor ({ value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url')
}

/** @throws Problem BAD_PARAMETER when the text is no cursor of ours. */
export function decodeCursor (text: string): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [value, id] = parsed as unknown[]
      if (typeof id === 'string' && typeof value === 'number' && Number.isSafeInteger(value)) return { value, id }
    }
  } catch {
    // Not JSON: falls through to the refusal below, which is what the caller must hear.
  }
  throw new Problem('BAD_PARAMETER', 'cursor is not one that this address gave')
}
