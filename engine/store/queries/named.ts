/** What a named query is, and how its parameters are checked before they are bound. */

export type Parameter = string | number | readonly string[]
export type Parameters = Readonly<Record<string, Parameter>>

export interface NamedQuery {
  /** One line: what it answers. */
  readonly about: string
  /** SQL with {name:Type} for every parameter. Moments go in and out as epoch milliseconds, money as 分. */
  readonly sql: string
  /** Values of parameters that may be left out. */
  readonly defaults?: Parameters
  /** Result columns that hold base64 and become Uint8Array. */
  readonly binary?: readonly string[]
  /** Result columns that hold JSON text and become values. */
  readonly json?: readonly string[]
}

const PLACEHOLDER = /\{([a-z_]+):([A-Za-z0-9()]+)\}/g

/** Parameter types by name, as the SQL declares them. */
export function parameterTypes (query: NamedQuery): Map<string, string> {
  const types = new Map<string, string>()
  for (const [, name = '', type = ''] of query.sql.matchAll(PLACEHOLDER)) types.set(name, type)
  return types
}

function fits (value: Parameter, type: string): boolean {
  if (type === 'String') return typeof value === 'string'
  if (type === 'Array(String)') return Array.isArray(value)
  if (!Number.isSafeInteger(value)) return false
  return !type.startsWith('U') || (value as number) >= 0
}

/** Every parameter of the query with its value. Throws TypeError for one that is missing, unknown or of the wrong type. */
export function boundParameters (name: string, query: NamedQuery, given: Parameters): Parameters {
  const types = parameterTypes(query)
  for (const key of Object.keys(given)) {
    if (!types.has(key)) throw new TypeError(`query ${name} has no parameter ${key}`)
  }
  const bound: Record<string, Parameter> = {}
  for (const [key, type] of types) {
    const value = given[key] ?? query.defaults?.[key]
    if (value === undefined) throw new TypeError(`query ${name} needs the parameter ${key}`)
    if (!fits(value, type)) throw new TypeError(`query ${name}: ${key} is not a ${type}`)
    bound[key] = value
  }
  return bound
}

/** Rows of a JSONEachRow answer, with the query's binary and JSON columns converted. */
export function readRows<T> (query: NamedQuery, text: string): T[] {
  const rows: T[] = []
  let start = 0
  while (start < text.length) {
    let end = text.indexOf('\n', start)
    if (end === -1) end = text.length
    if (end > start) {
      const row = JSON.parse(text.slice(start, end)) as Record<string, unknown>
      for (const column of query.binary ?? []) row[column] = new Uint8Array(Buffer.from(row[column] as string, 'base64'))
      for (const column of query.json ?? []) row[column] = JSON.parse(row[column] as string)
      rows.push(row as T)
    }
    start = end + 1
  }
  return rows
}

/** A DateTime64 expression as epoch milliseconds. */
export const millis = (expression: string): string => `toUnixTimestamp64Milli(${expression})`
