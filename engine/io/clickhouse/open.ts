/** Opens the store at home: chDB in a directory, or a ClickHouse server. Both speak through the same two ports. */
import { resolve } from 'node:path'
import type { DeadLetter, MovedSettlement, RowChunk, RowTable, StoreBatch, StoreReader, StoreWriter } from '../../core/ports.ts'
import type { FlagRow } from '../../core/flag.ts'
import type { Rulebook } from '../../core/rulebook.ts'
import { encodeDeadLetterRow, encodeFlagRow, encodeRuleRow } from '../../store/flag-row.ts'
import { encodeExchangedRow, encodeMilestoneRow } from '../../store/progress-row.ts'
import { encodeMovedRow } from '../../store/moved-row.ts'
import { namedQuery } from '../../store/queries.ts'
import { boundParameters, readRows } from '../../store/queries/named.ts'
import { RowWriter } from '../../store/row-binary.ts'
import type { StoreTable } from '../../store/tables.ts'
import { EngineError } from '../../core/errors.ts'
import { openChdb } from './chdb.ts'
import type { Home, Insert } from './home.ts'
import { applyMigrations, type MigrationReport } from './migrate.ts'
import { refuseIfHeld } from './owner.ts'
import { openServer, type ServerOptions } from './server.ts'

export type StoreOptions = { readonly dir: string } | ServerOptions

export interface Store {
  readonly writer: StoreWriter
  readonly reader: StoreReader
  /** Must have run once before anything is read or written. */
  migrate: () => Promise<MigrationReport>
  /** Records the rules as they judge now, so that flags can be explained and assigned to negative-information items. */
  recordRules: (rulebook: Rulebook) => Promise<void>
  /** Closes writer and reader. */
  close: () => Promise<void>
}

/** Throws EngineError STORE_LOCKED (another process owns the directory; the message names it) or STORE_UNREACHABLE. */
export async function openStore (options: StoreOptions): Promise<Store> {
  if ('dir' in options) refuseIfHeld(resolve(options.dir))
  const home = 'dir' in options ? await openChdb(options.dir) : await openServer(options)
  let closed: Promise<void> | null = null
  const close = (): Promise<void> => (closed ??= home.close())
  const write = inTurn((batch: StoreBatch) => writeBatch(home, batch))
  return {
    writer: { write, close },
    reader: { query: (name, parameters = {}) => ask(home, name, parameters), close },
    migrate: () => applyMigrations(home),
    recordRules: async rulebook => {
      await insertRows(home, 'rule_versions', rulebook.rules, (row, rule) => encodeRuleRow(row, rule, rulebook.digest))
    },
    close
  }
}

/** Runs one call after the other, whatever became of the one before. */
function inTurn<A> (work: (argument: A) => Promise<void>): (argument: A) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  return argument => {
    const mine = last.then(() => work(argument))
    last = mine.catch(() => undefined) // its caller sees the error
    return mine
  }
}

async function insertRows<T> (
  home: Home, table: StoreTable, values: readonly T[], encode: (row: RowWriter, value: T) => void
): Promise<void> {
  if (values.length === 0) return
  const row = new RowWriter()
  for (const value of values) encode(row, value)
  const { rows, bytes } = row.take()
  await home.insert({ table, rows, parts: [bytes] })
}

/** Flags before claims: a crash between the two repeats the claim, and with it the flag; the other order would lose it. */
async function writeBatch (home: Home, batch: StoreBatch): Promise<void> {
  await insertRows<MovedSettlement>(home, 'moved_settlements', batch.moved ?? [], encodeMovedRow)
  await insertRows<FlagRow>(home, 'flags', batch.flags, encodeFlagRow)
  await insertRows<DeadLetter>(home, 'dead_letters', batch.deadLetters, encodeDeadLetterRow)
  for (const insert of insertsOf(batch.chunks)) await home.insert(insert)
  await insertRows(home, 'milestones', batch.milestones ?? [], encodeMilestoneRow)
  await insertRows(home, 'progress', batch.exchanged === undefined || batch.exchanged === 0 ? [] : [batch.exchanged], encodeExchangedRow)
}

/** One insert a table: chunks of the same table go together, in their order. */
function insertsOf (chunks: readonly RowChunk[]): Insert[] {
  const tables = new Map<RowTable, { rows: number, parts: Uint8Array[] }>()
  for (const { table, rows, bytes } of chunks) {
    if (rows === 0) continue
    const entry = tables.get(table) ?? { rows: 0, parts: [] }
    tables.set(table, entry)
    entry.rows += rows
    entry.parts.push(bytes)
  }
  return [...tables].map(([table, { rows, parts }]) => ({ table, rows, parts }))
}

async function ask<T> (home: Home, name: string, parameters: Parameters<StoreReader['query']>[1] & object): Promise<T[]> {
  const query = namedQuery(name)
  const bound = boundParameters(name, query, parameters)
  try {
    return readRows<T>(query, await home.select(query.sql, bound))
  } catch (error) {
    if (error instanceof EngineError) throw error
    throw new Error(`the store could not answer ${name}: ${(error as Error).message}`, { cause: error })
  }
}
