/** How the oracle reads a raw record: its own plain reading of text, numbers and dates, shared with nothing in the engine. */

export type Raw = Readonly<Record<string, unknown>>

/** A moment as sent: epoch milliseconds, its calendar day (days since 1970-01-01, UTC+8) and whether only the date was sent. */
export interface When { readonly at: number, readonly day: number, readonly dateOnly: boolean }

export function isRaw (value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A sub-object by name; empty when the record does not have it. */
export function node (raw: Raw, name: string): Raw {
  const value = raw[name]
  return isRaw(value) ? value : {}
}

/** A list of sub-objects by name; empty when absent. */
export function list (raw: Raw, name: string): Raw[] {
  const value = raw[name]
  return Array.isArray(value) ? value.filter(isRaw) : []
}

/** Text as sent, '' when absent. */
export function text (raw: Raw, name: string): string {
  const value = raw[name]
  return value === null || value === undefined ? '' : String(value).trim()
}

export function flag (raw: Raw, name: string): boolean {
  return text(raw, name) === '1'
}

/** A decimal times 10^decimals; 0 when absent. Plain floating point, rounded. */
export function scaledBy (raw: Raw, name: string, decimals: number): number {
  return Math.round(Number(text(raw, name) || '0') * 10 ** decimals)
}

/** Money in 分. */
export function fen (raw: Raw, name: string): number {
  return scaledBy(raw, name, 2)
}

/** A whole or decimal number, null when absent. */
export function numberOrNull (raw: Raw, name: string): number | null {
  const written = text(raw, name)
  return written === '' ? null : Number(written)
}

/** A date or time; null when absent ('', '0', null). */
export function when (raw: Raw, name: string): When | null {
  const written = text(raw, name).replace('T', ' ')
  if (written === '' || written === '0') return null
  const date = written.slice(0, 10)
  const clock = written.slice(11) || '00:00:00'
  const at = Date.parse(`${date}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`)
  const whole = Math.floor(at / 1000) * 1000
  return { at: whole, day: Date.parse(`${date}T00:00:00Z`) / 86_400_000, dateOnly: written.length === 10 }
}

/** "yyyy-MM-dd" of a calendar day. */
export function dateText (day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/** The day's first moment (UTC+8) in epoch milliseconds. */
export function dayStart (day: number): number {
  return Date.parse(`${dateText(day)}T00:00:00+08:00`)
}
