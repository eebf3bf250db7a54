/** The numbered migrations as files, and what is left to apply of them. Applying is engine/io/clickhouse/migrate.ts. */
import { readdirSync, readFileSync } from 'node:fs'
import { EngineError } from '../core/errors.ts'
import { digestOf } from './flag-row.ts'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly checksum: string
  readonly statements: readonly string[]
}
/** A row of the `migrations` table. */
export interface AppliedMigration { readonly number: number, readonly name: string, readonly checksum: string }

/** SQL files are not compiled: built code reads them where the sources are. */
const SOURCES = new URL(import.meta.url.endsWith('.ts') ? './migrations/' : '../../../engine/store/migrations/', import.meta.url)
const NAME = /^(\d{3})-([a-z0-9-]+)\.sql$/

/** Where applied migrations are recorded; created before the first one. */
export const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS migrations (
  number UInt16, name String, checksum String, applied_at DateTime64(3, 'Asia/Shanghai') DEFAULT now64(3)
) ENGINE = ReplacingMergeTree ORDER BY number`

/** Statements of a file: comments are whole lines, a statement ends with a semicolon at the end of a line. */
export function statementsOf (sql: string): string[] {
  return sql.replace(/^\s*--.*$/gm, '').split(/;\s*$/m).map(text => text.trim()).filter(text => text !== '')
}

/** All migrations in order. Throws CONFIG_INVALID when numbers repeat, leave gaps or a file is misnamed. */
export function readMigrations (directory: URL = SOURCES): Migration[] {
  const names = readdirSync(directory).filter(name => name.endsWith('.sql')).sort()
  return names.map((name, index) => {
    const match = NAME.exec(name)
    if (match === null || Number(match[1]) !== index + 1) {
      throw new EngineError('CONFIG_INVALID', `migration ${name}: expected number ${index + 1} and a name like 001-tables.sql`)
    }
    const bytes = readFileSync(new URL(name, directory))
    return { number: index + 1, name, checksum: digestOf(bytes), statements: statementsOf(bytes.toString('utf8')) }
  })
}

/** Migrations not applied yet. Throws CONFIG_INVALID when an applied one was changed since or is not known here. */
export function pendingMigrations (all: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  for (const row of applied) {
    const known = all[row.number - 1]
    if (known === undefined) {
      throw new EngineError('CONFIG_INVALID',
        `the store has migration ${row.name}, which this version does not know; use the newer version`)
    }
    if (known.checksum !== row.checksum) {
      throw new EngineError('CONFIG_INVALID', `migration ${known.name} was changed after it was applied; add a new one instead`)
    }
  }
  const done = new Set(applied.map(row => row.number))
  return all.filter(migration => !done.has(migration.number))
}
