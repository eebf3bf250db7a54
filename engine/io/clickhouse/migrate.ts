/** Applies the numbered migrations, each once, and records it. */
import { type AppliedMigration, MIGRATIONS_TABLE, pendingMigrations, readMigrations } from '../../store/migrations.ts'
import { type Home, quoted } from './home.ts'

export interface MigrationReport {
  /** Names applied now, in order. */
  readonly applied: readonly string[]
  /** How many there are in all. */
  readonly known: number
}

/**
 * Brings the store to this version's schema. A migration's statements can be repeated, so one that was interrupted is
 * applied again. Throws EngineError CONFIG_INVALID when an applied file was changed or is unknown, STORE_* else.
 */
export async function applyMigrations (home: Home, directory?: URL): Promise<MigrationReport> {
  await home.command(MIGRATIONS_TABLE)
  const text = await home.select('SELECT number, name, checksum FROM migrations FINAL ORDER BY number', {})
  const applied = text.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as AppliedMigration)
  const all = readMigrations(directory)
  const pending = pendingMigrations(all, applied)
  for (const { number, name, checksum, statements } of pending) {
    for (const statement of statements) await home.command(statement)
    // Not VALUES: the embedded engine reads those from standard input when something waits there.
    await home.command(`INSERT INTO migrations (number, name, checksum) SETTINGS async_insert = 0
SELECT ${number}, ${quoted(name)}, ${quoted(checksum)}`)
  }
  return { applied: pending.map(migration => migration.name), known: all.length }
}
