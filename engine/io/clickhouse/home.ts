/** What the two homes of the store, chDB in the process and a ClickHouse server, have in common. */
import type { StoreTable } from '../../store/tables.ts'

/** Rows to insert: whole RowBinary rows in the column order of engine/store/tables.ts, frozen. */
export interface Insert {
  readonly table: StoreTable
  readonly rows: number
  readonly parts: readonly Uint8Array[]
}

/** All methods throw EngineError STORE_* for what the store or the way to it did; a refused SELECT throws a plain Error. */
export interface Home {
  /** DDL. */
  command: (sql: string) => Promise<void>
  /** Resolves when the rows are durable. */
  insert: (insert: Insert) => Promise<void>
  /** The answer as JSONEachRow text with plain 64-bit numbers. */
  select: (sql: string, parameters: Readonly<Record<string, string | number | readonly string[]>>) => Promise<string>
  /** Waits for what runs, then lets go. Idempotent. */
  close: () => Promise<void>
}

/** Output settings both homes need: numbers as numbers, tuples as objects. */
export const READ_SETTINGS = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_named_tuples_as_objects: 1,
  output_format_json_quote_denormals: 0,
  join_use_nulls: 0
} as const

/** A text as a SQL string literal. */
export function quoted (text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
