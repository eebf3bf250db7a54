/**
 * The root of the main thread: opens the store, starts the lanes, recovers their memory, joins the ways in to the pump
 * and the pump to the store, and takes everything down again in the opposite order.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Config } from './config.ts'
import { EngineError } from './core/errors.ts'
import type { Format, Outcome, RowChunk, StandingFlag, StoreReader } from './core/ports.ts'
import type { Rule } from './core/rule.ts'
import { whenThereIsRoom } from './core/room.ts'
import { loadRulebook } from './core/rulebook/load.ts'
import { packageVersion } from './core/version.ts'
import { MonthlyMedians } from './credit/monthly-medians.ts'
import { handInMedians } from './credit/peer-medians.ts'
import type { EngineStatus } from './http/deps.ts'
import { buildServer } from './http/server.ts'
import { openStore } from './io/clickhouse/open.ts'
import type { Store } from './io/clickhouse/open.ts'
import { storedRecords } from './io/clickhouse/stored-records.ts'
import { makeDirectory } from './io/files/directory.ts'
import { Inbox } from './io/files/inbox.ts'
import { replayFile } from './io/files/replay.ts'
import { createMetrics } from './metrics.ts'
import { GroupCommit } from './runtime/group-commit.ts'
import type { Quantiles } from './runtime/latency.ts'
import { Lane, startThread } from './runtime/lane.ts'
import { observe } from './runtime/observe.ts'
import { patiently } from './runtime/patience.ts'
import { Pump } from './runtime/pump.ts'
import { recover } from './runtime/recovery.ts'
import { rejudge } from './runtime/rejudge.ts'
import { sharedDigest, sharedReadings, storedSubjects } from './runtime/stored-subjects.ts'

export interface Engine {
  /** Where it listens; '' when it does not. */
  readonly url: string
  readonly reader: StoreReader
  readonly status: () => EngineStatus
  /** Submits and, when the engine is full, waits and tries again: for sources that can be slowed down. */
  readonly submitPatiently: (bytes: Uint8Array, format: Format, source: string) => Promise<Outcome[]>
  /** Judges without recording; see Checker in core/ports.ts. */
  readonly check: (bytes: Uint8Array, format: Format) => Promise<Outcome[]>
  /** Resolves when everything submitted is durable and waiting rules have seen the latest event time. */
  readonly settle: () => Promise<void>
  /** Time from bytes to judged and remembered, a record, in microseconds, since the start. */
  readonly latency: () => Quantiles
  /** Every active flag, from the store. */
  readonly standingFlags: () => Promise<StandingFlag[]>
  /** Ends a lane's thread as if it had died: for drills. */
  readonly loseLane: (lane: number) => Promise<void>
  readonly stop: () => Promise<void>
}

export interface EngineOptions {
  readonly listen: boolean
  readonly inbox: boolean
  readonly onRecovery?: (claims: number, total: number) => void
}

/** Lanes run the compiled worker, also when tests run main from its source. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? '../dist/engine/worker.js' : './worker.js', import.meta.url).pathname
const HEARTBEAT_MS = 1000
const RETRY_AFTER_SECONDS = 1
const ROOM_PAUSE_MS = 20

/** The store that the settings name, opened. @throws EngineError STORE_* */
export async function openConfiguredStore (config: Config): Promise<Store> {
  if (config.storeUrl !== '') {
    return await openStore({ url: config.storeUrl, user: config.storeUser, password: config.storePassword })
  }
  const dir = join(config.dataDir, 'store')
  makeDirectory(dir, 'FUNDWATCH_DATA_DIR')
  return await openStore({ dir })
}

/** Starts everything; resolves when the engine has recovered and takes records. */
export async function startEngine (config: Config, options: EngineOptions): Promise<Engine> {
  const log = pino({ level: config.logLevel }, pino.destination(2))
  const rulebook = await loadRulebook()
  const store = await openConfiguredStore(config)
  await store.migrate()
  await store.recordRules(rulebook)
  const version = packageVersion()
  const metrics = createMetrics({ version, rules_digest: rulebook.digest }, { defaults: true })
  const watch = observe(metrics, log)

  const lanes = Array.from({ length: config.lanes }, (_, lane) => new Lane(lane, startThread(WORKER, {
    lane,
    lanes: config.lanes,
    tasks: config.tasks,
    retentionDays: config.retentionDays,
    latenessDays: config.latenessDays,
    recordBytesMax: config.recordBytesMax,
    storeLines: config.storeLines === 'yes'
  })))
  const commit = new GroupCommit(store.writer, watch.commit)
  const stored = storedRecords(store.reader)
  const idsOf = (subject: Rule['subject']): Set<string> =>
    new Set(rulebook.rules.filter(({ rule }) => rule.subject === subject).map(({ id }) => id))
  const asking = rulebook.rules.filter(({ rule }) => rule.subject === 'shared' && rule.asksInstitutions === true).map(({ id }) => id)
  const minding = (infnos: readonly string[]): string[] => rulebook.rules
    .filter(({ rule }) => rule.subject === 'shared' && infnos.some(infno => rule.stock?.includes(infno) === true)).map(({ id }) => id)
  const folding = {
    lanes, tasks: config.tasks, retentionDays: config.retentionDays, stored,
    claimRules: idsOf('claim'), sharedRules: idsOf('shared'), minding, onRetry: watch.readRetry
  }
  const pump = new Pump(lanes, commit, config, watch.pump, {
    rebuild: async (lane, clock) => (await recover({ ...folding, only: [lane], clock })).flags,
    rejudge: async (lane, psn_nos, late) => await rejudge(lane, stored, psn_nos, late, watch.readRetry),
    holders: async keys => await patiently(async () => await stored.holders(keys), watch.readRetry),
    misnamed: async keys => await patiently(async () => await stored.misnamed(keys), watch.readRetry),
    shownIn: async keys => await patiently(async () => await stored.shownIn(keys), watch.readRetry),
    asking: async institutions => await patiently(async () => await stored.asking(institutions, asking), watch.readRetry),
    ofItems: async items => await patiently(async () => await stored.ofItems(items), watch.readRetry),
    subjects: async subjects => await storedSubjects(stored, sharedReadings(rulebook), subjects, watch.readRetry),
    touchedBy: async (changes, after) => await patiently(async () => await stored.touchedBy(changes, after), watch.readRetry),
    tasks: config.tasks
  })

  let phase: EngineStatus['phase'] = 'recovering'
  let recovered = 0
  let toRecover = 0
  const status = (): EngineStatus => ({
    phase,
    store_reachable: watch.storeReachable(),
    recovered_claims: recovered,
    claims_to_recover: toRecover,
    lanes: config.lanes,
    watermark: Number.isFinite(pump.clock) ? pump.clock : null,
    version
  })
  const server = options.listen
    ? buildServer({
      intake: pump, checker: pump, reader: store.reader, rulebook, metrics, status,
      settings: httpSettings(config), onFailure: watch.requestFailed
    })
    : null
  const url = server === null ? '' : await listen(server, config)
  if (url !== '') writeFileSync(join(config.dataDir, 'engine.json'), JSON.stringify({ url, pid: process.pid }))

  toRecover = await stored.count()
  const shown = { name: 'shared subjects shown', value: sharedDigest(rulebook) }
  const showAgain = await stored.milestone(shown.name) === shown.value
    ? {}
    : { showAgain: async (chunks: readonly RowChunk[]) => { await commit.add({ flags: [], deadLetters: [], chunks }) } }
  const onProgress = (claims: number): void => { recovered = claims; options.onRecovery?.(claims, toRecover) }
  const result = await recover({ ...folding, ...showAgain, only: lanes, onProgress })
  pump.startClock(result.clock)
  await commit.add({ flags: result.flags, deadLetters: [], chunks: [] })
  await pump.look(result.doubtful)
  await commit.add({ flags: [], deadLetters: [], chunks: [], milestones: [shown] })
  phase = 'running'

  const submitPatiently: Engine['submitPatiently'] = async (bytes, format, source) =>
    await whenThereIsRoom(async () => await pump.submit(bytes, format, source, false), ROOM_PAUSE_MS)
  const inbox = options.inbox
    ? new Inbox(config.inboxDir, {
      replay: async path => await replayFile(path, submitPatiently, () => {}),
      done: (name, tally) => { log[tally.rejected > 0 ? 'warn' : 'info']({ name, ...tally }, 'inbox file replayed') },
      failed: (name, error) => { log.error({ name, err: error }, 'inbox file could not be replayed') }
    })
    : null
  await inbox?.start()
  const medians = config.medians === 'sent' ? null : new MonthlyMedians(
    async span => await handInMedians(store.reader, submitPatiently, span),
    (month, error) => { log.warn({ month, err: error }, 'peer medians could not be computed; tried again') })
  const heart = setInterval(() => {
    medians?.look(pump.clock)
    pump.heartbeat()
    watch.gauges(pump)
  }, HEARTBEAT_MS)

  return {
    url,
    reader: store.reader,
    status,
    submitPatiently,
    check: async (bytes, format) => await pump.check(bytes, format, config.checkMs),
    settle: async () => { await pump.settle() },
    standingFlags: stored.standing,
    latency: watch.latency,
    loseLane: async lane => { await lanes[lane]!.lose() },
    stop: async () => {
      phase = 'draining'
      clearInterval(heart)
      await medians?.stop()
      await inbox?.stop()
      await Promise.all([server?.close(), pump.settle()])
      await Promise.all(lanes.map(async lane => { await lane.close() }))
      await store.close()
      if (url !== '') rmSync(join(config.dataDir, 'engine.json'), { force: true })
    }
  }
}

async function listen (server: ReturnType<typeof buildServer>, { host, port }: Config): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new EngineError('CONFIG_INVALID', `cannot listen on FUNDWATCH_HOST=${host} FUNDWATCH_PORT=${port}: ${code}`, error)
  }
}

/** As much as a lane gets at once, but never less than one record: a check must not hold a lane for longer than a batch would. */
function checkBytesMax ({ bodyBytesMax, batchBytes, recordBytesMax }: Config): number {
  return Math.min(bodyBytesMax, Math.max(batchBytes, recordBytesMax))
}

function httpSettings (config: Config) {
  return {
    token: config.token === '' ? null : config.token,
    maxBodyBytes: config.bodyBytesMax,
    maxBufferedBytes: config.pendingBytesMax,
    maxPendingBytes: config.pendingBytesMax,
    maxClientRequests: config.clientRequestsMax,
    maxCheckBytes: checkBytesMax(config),
    checkMs: config.checkMs,
    retryAfterSeconds: RETRY_AFTER_SECONDS
  }
}
