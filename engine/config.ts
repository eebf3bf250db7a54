/** Every setting, once: its environment variable, default, unit and meaning. Rules and thresholds are not settings. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { distance } from 'fastest-levenshtein'
import { EngineError } from './core/errors.ts'

interface Setting<T> {
  readonly env: string
  readonly says: string
  readonly secret?: true
  readonly initial: T
  readonly parse: (text: string) => T | null
}

const text = (value: string): string => value
const whole = (min: number, max: number) => (value: string): number | null => {
  const number = Number(value)
  return /^\d+$/.test(value) && number >= min && number <= max ? number : null
}
const oneOf = <T extends string>(...allowed: T[]) => (value: string): T | null => allowed.find(a => a === value) ?? null

/** An address of http or https without user and password: those have settings of their own, which are never shown. */
const httpUrl = (value: string): string | null => {
  if (!URL.canParse(value)) return null
  const { protocol, username, password } = new URL(value)
  return /^https?:$/.test(protocol) && username === '' && password === '' ? value : null
}

const MIB = 1024 * 1024
/** A token is all that stands between the data and whoever reaches the port. */
const TOKEN_LENGTH_MIN = 16

/** name in code → setting. `fundwatch config` prints this table. */
export const SETTINGS = {
  dataDir: {
    env: 'FUNDWATCH_DATA_DIR', says: 'directory of the embedded store, the inbox, and engine.json, which says where the engine listens',
    initial: '.fundwatch', parse: text
  },
  storeUrl: {
    env: 'FUNDWATCH_STORE_URL', says: 'ClickHouse server, e.g. http://127.0.0.1:8123, without user and password; empty = embedded store',
    initial: '', parse: httpUrl
  },
  storeUser: { env: 'FUNDWATCH_STORE_USER', says: 'ClickHouse user', initial: 'default', parse: text },
  storePassword: {
    env: 'FUNDWATCH_STORE_PASSWORD', says: 'ClickHouse password', secret: true,
    initial: '', parse: text
  },
  host: {
    env: 'FUNDWATCH_HOST', says: 'address to listen on; anything but loopback needs FUNDWATCH_TOKEN',
    initial: '127.0.0.1', parse: text
  },
  port: { env: 'FUNDWATCH_PORT', says: 'TCP port; 0 = any free one', initial: 8420, parse: whole(0, 65535) },
  token: {
    env: 'FUNDWATCH_TOKEN', says: 'bearer token that every request must carry, 16 characters or more', secret: true,
    initial: '', parse: text
  },
  lanes: {
    env: 'FUNDWATCH_LANES', says: 'worker threads that judge',
    initial: Math.max(1, availableParallelism()), parse: whole(1, 256)
  },
  tasks: {
    env: 'FUNDWATCH_TASKS', says: 'virtual partitions of persons; flags do not depend on their number',
    initial: 64, parse: whole(1, 4096)
  },
  retentionDays: {
    env: 'FUNDWATCH_RETENTION_DAYS', says: 'days of event time that memory keeps',
    initial: 400, parse: whole(40, 4000)
  },
  latenessDays: {
    env: 'FUNDWATCH_LATENESS_DAYS', says: 'days a claim may trail the watermark and be judged from memory',
    initial: 31, parse: whole(1, 366)
  },
  batchRecords: {
    env: 'FUNDWATCH_BATCH_RECORDS', says: 'records a lane gets at once, at most',
    initial: 500, parse: whole(1, 100_000)
  },
  batchBytes: {
    env: 'FUNDWATCH_BATCH_BYTES', says: 'bytes a lane gets at once, at most',
    initial: 4 * MIB, parse: whole(1024, 256 * MIB)
  },
  recordBytesMax: {
    env: 'FUNDWATCH_RECORD_BYTES_MAX', says: 'bytes of one record, at most',
    initial: MIB, parse: whole(1024, 64 * MIB)
  },
  bodyBytesMax: {
    env: 'FUNDWATCH_BODY_BYTES_MAX', says: 'bytes of one request body once unpacked, at most',
    initial: 16 * MIB, parse: whole(1024, 256 * MIB)
  },
  pendingBytesMax: {
    env: 'FUNDWATCH_PENDING_BYTES_MAX', says: 'bytes accepted and not yet durable; beyond it requests get 503',
    initial: 64 * MIB, parse: whole(65536, 4096 * MIB)
  },
  clientRequestsMax: {
    env: 'FUNDWATCH_CLIENT_REQUESTS_MAX', says: 'requests one client may have under way; beyond it 429',
    initial: 256, parse: whole(1, 100_000)
  },
  checkMs: {
    env: 'FUNDWATCH_CHECK_MS', says: 'milliseconds that a check may take until it is answered with 503: how long a hospital can wait',
    initial: 2000, parse: whole(10, 600_000)
  },
  inboxDir: {
    env: 'FUNDWATCH_INBOX_DIR', says: 'folder watched for files; empty = <data dir>/inbox',
    initial: '', parse: text
  },
  storeLines: {
    env: 'FUNDWATCH_STORE_LINES', says: 'yes or no: keep fee lines as columns; the bytes as received are kept either way',
    initial: 'yes' as 'yes' | 'no', parse: oneOf('yes', 'no')
  },
  medians: {
    env: 'FUNDWATCH_MEDIANS',
    says: 'sent or monthly: whether peer medians are only those sent in, or also computed when event time enters a month',
    initial: 'sent' as 'sent' | 'monthly', parse: oneOf('sent', 'monthly')
  },
  logLevel: {
    env: 'FUNDWATCH_LOG', says: 'error, warn, info or debug (JSON lines on stderr)',
    initial: 'warn' as LogLevel, parse: oneOf('error', 'warn', 'info', 'debug')
  }
} satisfies Record<string, Setting<string> | Setting<number> | Setting<LogLevel> | Setting<'yes' | 'no'> | Setting<'sent' | 'monthly'>>

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

/** The settings of this process. Paths are absolute. */
export type Config = { readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K]['initial'] }

/**
 * Reads the environment over the defaults, then `overrides` (from the command line) over both.
 * @throws EngineError CONFIG_INVALID for an unknown FUNDWATCH_ variable, a value out of range, or an open address without a token.
 */
export function loadConfig (env: NodeJS.ProcessEnv, overrides: Partial<Record<keyof Config, string>> = {}): Config {
  refuseUnknown(env)
  const config: Record<string, string | number> = {}
  for (const [name, setting] of Object.entries(SETTINGS)) {
    const written = overrides[name as keyof Config] ?? env[setting.env]
    const value = written === undefined || written === '' ? setting.initial : setting.parse(written)
    if (value === null) {
      throw new EngineError('CONFIG_INVALID', `${setting.env}=${withoutPassword(written!)}: not a valid value (${setting.says})`)
    }
    config[name] = value
  }
  const result = config as unknown as Config
  const placed = { ...result, dataDir: resolve(result.dataDir), inboxDir: resolve(result.inboxDir || `${result.dataDir}/inbox`) }
  if (placed.token !== '' && placed.token.length < TOKEN_LENGTH_MIN) {
    throw new EngineError('CONFIG_INVALID', `FUNDWATCH_TOKEN has ${placed.token.length} characters: it needs ${TOKEN_LENGTH_MIN} ` +
      'or more, so that it cannot be guessed (openssl rand -hex 16 makes one)')
  }
  if (!isLoopback(placed.host) && placed.token === '') {
    throw new EngineError('CONFIG_INVALID', `FUNDWATCH_HOST=${placed.host} is reachable from outside: set FUNDWATCH_TOKEN as well`)
  }
  return Object.freeze(placed)
}

/** A refused value as it may be shown: what stands where addresses have user and password is left out. */
const withoutPassword = (written: string): string => written.replace(/\/\/[^/]*@/, '//…@')

function refuseUnknown (env: NodeJS.ProcessEnv): void {
  const known = Object.values(SETTINGS).map(s => s.env)
  for (const name of Object.keys(env)) {
    if (!name.startsWith('FUNDWATCH_') || known.includes(name)) continue
    const nearest = known.reduce((best, k) => (distance(name, k) < distance(name, best) ? k : best))
    throw new EngineError('CONFIG_INVALID', `${name} is not a setting. Did you mean ${nearest}?`)
  }
}

/** Whether an address can be reached from this machine only. */
export function isLoopback (host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
