/**
 * The store inside this process: chDB on a data directory. Two sessions on one engine, so that reads do not wait for
 * inserts; each serialises its own. One process owns the directory.
 */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { drainPending, Session } from 'chdb'
import { EngineError } from '../../core/errors.ts'
import { columnNames, structureOf } from '../../store/tables.ts'
import { type Home, type Insert, quoted, READ_SETTINGS } from './home.ts'
import { heldByAnother, lockedError } from './owner.ts'
import { openSpool, type Spool } from './spool.ts'

const DATABASE = 'fundwatch'

/** chDB keeps settings passed any other way for the rest of the session, so every statement names its own. */
const READ_CLAUSE = Object.entries(READ_SETTINGS).map(([name, value]) => `${name} = ${value}`).join(', ')

/**
 * Async inserts are this build's default, and an acknowledged insert must be in a part on disk. Repeats within a batch are
 * left to merges and to FINAL: collapsing them on insert doubled its cost.
 */
const INSERT_CLAUSE = 'async_insert = 0, optimize_on_insert = 0, max_insert_threads = 1, max_threads = 1'

function openSession (dir: string): Session {
  try {
    return new Session(dir)
  } catch (error) {
    if (heldByAnother(dir)) throw lockedError(dir, error)
    throw new EngineError('STORE_UNREACHABLE', `chDB cannot open ${dir}`, error)
  }
}

/**
 * Opens the directory, creating it and its database.
 * Throws EngineError STORE_LOCKED when another process owns it, STORE_UNREACHABLE when it cannot be opened.
 */
export async function openChdb (directory: string): Promise<Home> {
  const dir = resolve(directory)
  try {
    mkdirSync(dir, { recursive: true })
  } catch (error) {
    throw new EngineError('STORE_UNREACHABLE', `cannot create ${dir}`, error)
  }
  await drainPending() // a store closed a moment ago may still be letting go
  const write = openSession(dir)
  try {
    const read = openSession(dir)
    await write.queryAsync(`CREATE DATABASE IF NOT EXISTS ${DATABASE} ENGINE = Atomic`)
    for (const session of [write, read]) await session.queryAsync(`USE ${DATABASE}`)
    return homeOf(write, read, openSpool(dir))
  } catch (error) {
    write.close()
    await drainPending()
    throw error instanceof EngineError ? error : new EngineError('STORE_UNREACHABLE', `chDB cannot use ${dir}`, error)
  }
}

function homeOf (write: Session, read: Session, spool: Spool): Home {
  return {
    async command (sql) {
      try {
        await write.queryAsync(sql)
      } catch (error) {
        throw new EngineError('STORE_WRITE_FAILED', `the store refused ${sql.slice(0, 80)}`, error)
      }
    },
    insert: insert => insertRows(write, spool, insert),
    async select (sql, parameters) {
      const result = await read.queryBindAsync(`${sql}\nSETTINGS ${READ_CLAUSE}`, parameters, { format: 'JSONEachRow' })
      return Buffer.from(result.bytes()).toString('utf8')
    },
    async close () {
      await drainPending()
      read.close()
      write.close()
      await drainPending()
    }
  }
}

async function insertRows (write: Session, spool: Spool, { table, rows, parts }: Insert): Promise<void> {
  try {
    await spool.withFile(parts, async path => {
      await write.queryAsync(`INSERT INTO ${table} (${columnNames(table)})
SELECT * FROM file(${quoted(path)}, 'RowBinary', ${quoted(structureOf(table))}) SETTINGS ${INSERT_CLAUSE}`)
    })
  } catch (error) {
    throw new EngineError('STORE_WRITE_FAILED', `inserting ${rows} rows into ${table} failed`, error)
  }
}
