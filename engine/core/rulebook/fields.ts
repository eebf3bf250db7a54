/** Strict reading of a YAML mapping: every field is asked for by name and kind; whatever was not asked for is an error. */
import { EngineError } from '../errors.ts'
import type { Bilingual } from '../rulebook.ts'
import { type Millis, parseMoment } from '../time.ts'

/** Words that no text about an unconfirmed suspicion may contain. */
const FORBIDDEN = /违规|欺诈/
const ID = /^[a-z][a-z0-9_]*$/

/** @returns the error for one field of one file of the rulebook. */
export function invalid (file: string, field: string, problem: string): EngineError {
  return new EngineError('RULE_INVALID', `${file}: ${field === '' ? '' : `${field}: `}${problem}`)
}

/** One mapping of a file. Every method throws RULE_INVALID naming the file and the field. */
export class Fields {
  readonly file: string
  readonly path: string
  readonly #map: Record<string, unknown>
  readonly #asked = new Set<string>()

  constructor (file: string, path: string, value: unknown) {
    this.file = file
    this.path = path
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(file, path, 'must be a mapping')
    this.#map = value as Record<string, unknown>
  }

  fail (name: string, problem: string): never {
    throw invalid(this.file, this.at(name), problem)
  }

  at (name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`
  }

  /** Names present, in the file's order. */
  names (): string[] {
    return Object.keys(this.#map)
  }

  has (name: string): boolean {
    return Object.hasOwn(this.#map, name) && this.#map[name] !== null
  }

  /** Names that are identifiers (lower case, digits, underscore). */
  ids (): string[] {
    for (const name of this.names()) if (!ID.test(name)) this.fail(name, 'is not an identifier (a-z, 0-9, _)')
    return this.names()
  }

  value (name: string): unknown {
    this.#asked.add(name)
    if (!this.has(name)) this.fail(name, 'is missing')
    return this.#map[name]
  }

  text (name: string): string {
    const value = this.value(name)
    if (typeof value !== 'string' || value.trim() === '') this.fail(name, 'must be a text that is not empty')
    return value.trim()
  }

  oneOf<T extends string> (name: string, allowed: readonly T[]): T {
    const value = this.text(name)
    const found = allowed.find(each => each === value)
    return found ?? this.fail(name, `must be one of ${allowed.join(', ')}`)
  }

  number (name: string): number {
    const value = this.value(name)
    if (typeof value !== 'number' || !Number.isFinite(value)) this.fail(name, 'must be a number')
    return value
  }

  integer (name: string): number {
    const value = this.number(name)
    if (!Number.isSafeInteger(value)) this.fail(name, 'must be a whole number')
    return value
  }

  /** A calendar date "yyyy-MM-dd" as its first moment (UTC+8). */
  date (name: string): Millis {
    return this.dateIn(this.text(name), name)
  }

  dateIn (text: string, name: string): Millis {
    const moment = parseMoment(text)
    if (moment === null || !moment.dateOnly) this.fail(name, `"${text}" is not a date yyyy-MM-dd`)
    return moment.at
  }

  list (name: string): unknown[] {
    const value = this.value(name)
    if (!Array.isArray(value) || value.length === 0) this.fail(name, 'must be a list that is not empty')
    return value
  }

  map (name: string): Fields {
    return new Fields(this.file, this.at(name), this.value(name))
  }

  /** A mapping that may be left out or left empty. */
  mapOr (name: string): Fields {
    this.#asked.add(name)
    return new Fields(this.file, this.at(name), this.#map[name] ?? {})
  }

  /** `{ zh, en }`, both non-empty, without words that only a confirmed finding may carry. */
  bilingual (name: string): Bilingual {
    return this.map(name).both()
  }

  /** This mapping itself read as `{ zh, en }`. */
  both (): Bilingual {
    const text = this.spoken()
    this.done()
    return text
  }

  /** The `zh` and `en` of a mapping that has other fields too. */
  spoken (): Bilingual {
    const text = { zh: this.text('zh'), en: this.text('en') }
    if (FORBIDDEN.test(text.zh)) this.fail('zh', 'says of a suspicion what only a confirmed finding may say')
    return text
  }

  /** Refuses every field that nobody asked for. */
  done (): void {
    for (const name of this.names()) if (!this.#asked.has(name)) this.fail(name, 'is not a field of this file')
  }
}
