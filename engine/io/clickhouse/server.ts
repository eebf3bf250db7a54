/** The store on a ClickHouse server, by URL. The client retries nothing; the caller repeats the identical batch. */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { EngineError } from '../../core/errors.ts'
import { columnNames } from '../../store/tables.ts'
import { type Home, type Insert, READ_SETTINGS } from './home.ts'

export interface ServerOptions {
  readonly url: string
  readonly user?: string
  readonly password?: string
  /** Default fundwatch; created when it does not exist. */
  readonly database?: string
  /** Milliseconds until a request is given up. Default 60,000. */
  readonly request_timeout?: number
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Sent with every insert: defaults have moved between server versions. */
const INSERT_SETTINGS = { async_insert: 0, optimize_on_insert: 0, wait_end_of_query: 1, insert_deduplicate: 1 } as const

/** Codes of a server that is there but not able to serve now: too many queries, memory, read-only, shutting down, Keeper. */
const UNAVAILABLE = new Set(['202', '203', '209', '210', '225', '242', '279', '394', '425', '999'])

/** An error of a request as ours: unreachable (later perhaps) or refused (this batch is wrong, or the disk is full). */
function classified (error: unknown, what: string): EngineError {
  if (error instanceof ClickHouseError && !UNAVAILABLE.has(error.code)) {
    return new EngineError('STORE_WRITE_FAILED', `the store refused ${what}: ${error.type ?? error.code}`, error)
  }
  return new EngineError('STORE_UNREACHABLE', `${what}: no answer from the store`, error)
}

/** A token that equal batches share and different ones do not: a token wins over content, so it must be the content's. */
export function deduplicationToken ({ table, parts }: Insert): string {
  const hash = createHash('sha256').update(table)
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** Connects and creates the database. Throws EngineError STORE_UNREACHABLE when the server does not answer. */
export async function openServer (options: ServerOptions): Promise<Home> {
  const database = options.database ?? 'fundwatch'
  if (!IDENTIFIER.test(database)) throw new EngineError('CONFIG_INVALID', `${database} is not a database name`)
  const common = {
    url: options.url,
    username: options.user ?? 'default',
    password: options.password ?? '',
    application: 'fundwatch',
    request_timeout: options.request_timeout ?? 60_000,
    // Its errors reach the caller anyway, and its log lines would carry bound parameters: identities of persons.
    log: { level: ClickHouseLogLevel.OFF },
    // Below the server's own keep-alive of 3 s (ClickHouse 26), else a request may meet a socket just closed.
    keep_alive: { enabled: true, idle_socket_ttl: 2000 }
  }
  const first = createClient(common)
  try {
    await first.command({ query: `CREATE DATABASE IF NOT EXISTS ${database}` })
  } catch (error) {
    throw classified(error, `connecting to ${new URL(options.url).host}`)
  } finally {
    await first.close()
  }
  return homeOf(createClient({ ...common, database }))
}

function homeOf (client: ClickHouseClient): Home {
  return {
    async command (sql) {
      try {
        await client.command({ query: sql, clickhouse_settings: { wait_end_of_query: 1 } })
      } catch (error) {
        throw classified(error, sql.slice(0, 80))
      }
    },
    insert: insert => insertRows(client, insert),
    async select (sql, parameters) {
      try {
        const answer = await client.query({
          query: sql, query_params: { ...parameters }, format: 'JSONEachRow',
          clickhouse_settings: { ...READ_SETTINGS, wait_end_of_query: 1 }
        })
        return await answer.text()
      } catch (error) {
        if (error instanceof ClickHouseError && !UNAVAILABLE.has(error.code)) throw error
        throw classified(error, 'reading')
      }
    },
    close: () => client.close()
  }
}

async function insertRows (client: ClickHouseClient, insert: Insert): Promise<void> {
  try {
    const { stream } = await client.exec({
      query: `INSERT INTO ${insert.table} (${columnNames(insert.table)}) FORMAT RowBinary`,
      values: Readable.from(insert.parts, { objectMode: false }),
      clickhouse_settings: { ...INSERT_SETTINGS, insert_deduplication_token: deduplicationToken(insert) }
    })
    for await (const _ of stream) { /* an unread answer keeps its socket */ }
  } catch (error) {
    throw classified(error, `inserting ${insert.rows} rows into ${insert.table}`)
  }
}
