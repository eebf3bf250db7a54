/**
 * Cells of rows as the store's JSON gives them: 64-bit integers may be text, moments are text at UTC+8 or epoch
 * milliseconds. A cell that is neither is a fault of ours between query and answer, never of the data.
 */
import { parseMoment, type Millis } from '../core/time.ts'

export type Row = Readonly<Record<string, unknown>>

export function textCell (row: Row, name: string): string {
  const value = row[name]
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  return String(value)
}

/** @throws TypeError when the column is missing or not a safe integer. */
export function wholeCell (row: Row, name: string): number {
  const number = numberCell(row, name)
  if (!Number.isSafeInteger(number)) throw new TypeError(`column ${name} is not a safe integer`)
  return number
}

/** @throws TypeError when the column is missing or not a number. */
export function numberCell (row: Row, name: string): number {
  const value = row[name]
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new TypeError(`column ${name} is not a number`)
  return number
}

/** @returns null for NULL. @throws TypeError when the column is not a moment. */
export function momentOrNullCell (row: Row, name: string): Millis | null {
  const value = row[name]
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return value
  const written = String(value)
  if (/^\d{10,}$/.test(written)) return Number(written)
  const moment = parseMoment(written)
  if (moment === null) throw new TypeError(`column ${name} is not a moment`)
  // The interface's form has no milliseconds; the store prints three digits of them.
  return moment.at + Number(/\.(\d{3})/.exec(written)?.[1] ?? 0)
}

/** @throws TypeError when the column is missing or not a moment. */
export function momentCell (row: Row, name: string): Millis {
  const at = momentOrNullCell(row, name)
  if (at === null) throw new TypeError(`column ${name} is not a moment`)
  return at
}

export function flagCell (row: Row, name: string): boolean {
  const value = row[name]
  return value === true || value === 1 || value === '1' || value === 'true'
}

/** Absent lists are empty. */
export function listCell<T> (row: Row, name: string): readonly T[] {
  const value = row[name]
  return Array.isArray(value) ? value as T[] : []
}

/** An object, as such or as JSON text. */
export function objectCell<T> (row: Row, name: string): Readonly<Record<string, T>> {
  const value = row[name]
  return (typeof value === 'string' ? JSON.parse(value || '{}') : value ?? {}) as Record<string, T>
}
