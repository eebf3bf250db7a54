/** `fundwatch replay FILE…`: judges files of records, through a running engine or in one of its own. */
import { basename } from 'node:path'
import { loadConfig } from '../../config.ts'
import type { Config } from '../../config.ts'
import { whenThereIsRoom } from '../../core/room.ts'
import type { Outcome } from '../../core/ports.ts'
import { nameOf, sizeOf, STDIN } from '../../io/files/read-pieces.ts'
import type { InputFormat } from '../../io/files/read-pieces.ts'
import { replayFile } from '../../io/files/replay.ts'
import type { Submit } from '../../io/files/replay.ts'
import { reasonsText, sumOf } from '../../io/files/tally.ts'
import type { Standing, Tally } from '../../io/files/tally.ts'
import { startEngine } from '../../main.ts'
import type { Quantiles } from '../../runtime/latency.ts'
import { Client, runningAddress } from '../client.ts'
import { EXIT, Interrupted, UsageError, urlOf } from '../command.ts'
import type { Command } from '../command.ts'
import { formatOption, givenFormat } from '../input-format.ts'
import { Interruption } from '../interruption.ts'
import { out, say, table } from '../output.ts'
import { progress } from '../progress.ts'
import { makeDirectories } from '../ready.ts'

/** Between two tries to post to a full engine. */
const PAUSE_MS = 250

export const replayCommand: Command = {
  name: 'replay',
  summary: 'judge files of records (NDJSON, MessagePack or CSV, also .gz), or standard input',
  usage: 'FILE…|- [--format FORMAT] [--url URL] [--json] [--quiet]',
  takes: { what: 'at least one FILE, or - for standard input', least: 1, most: Infinity },
  more: [
    'judged: claims seen for the first time. corrected: newer versions of known ones. late: judged from the store. learned: master',
    'data and stock, in which nothing is judged. duplicate: known already, or older than what is known. rejected: kept as dead',
    'letters with their reason; the exit code is then 1. Flags are raised, revised (they stood already) or retracted by a record;',
    'those that stand in the end include what event time alone raised, such as a stay without fees.'
  ],
  options: {
    format: formatOption,
    url: {
      type: 'string', value: 'URL',
      says: 'a running engine; without it the one on the data directory, else one is started for the replay'
    },
    json: { type: 'boolean', says: 'machine-readable result' },
    quiet: { type: 'boolean', short: 'q', says: 'no progress' }
  },
  examples: [
    'fundwatch replay day.ndjson.gz', 'fundwatch replay claims.csv', 'fundwatch replay - --format csv',
    'fundwatch replay day.msgpack --url http://127.0.0.1:8420'
  ],
  async run ({ values, positionals: files }) {
    const format = givenFormat(values)
    if (files.filter(file => file === STDIN).length > 1) throw new UsageError('- can be given once only.')
    const config = loadConfig(process.env)
    const sizes = await Promise.all(files.map(sizeOf))
    const url = urlOf(values) ?? runningAddress(config)
    const quiet = values.quiet === true
    const started = performance.now()
    const replayed = await tellingWhatIsDurable(async interruption => url === null
      ? await withOwnEngine(config, { files, sizes, format, quiet, interruption })
      : {
          tallies: await replayAll({ files, sizes, format, quiet, interruption }, overHttp(new Client(url, config.token))),
          latency: null, standing: null
        })
    const result = { ...replayed, files, seconds: (performance.now() - started) / 1000, total: sumOf(replayed.tallies) }
    if (values.json === true) out(JSON.stringify(forMachines(result)))
    else report(result)
    return result.total.rejected > 0 ? EXIT.findings : EXIT.ok
  }
}

/** Bytes a file; null when not known. */
type Sizes = ReadonlyArray<number | null>

interface Replayed {
  /** One a file. */
  readonly tallies: readonly Tally[]
  /** Of an engine of our own. */
  readonly latency: Quantiles | null
  /** Flags that stand in the store in the end; null when it is another engine's. */
  readonly standing: number | null
}

interface Result extends Replayed { readonly files: readonly string[], readonly seconds: number, readonly total: Tally }

interface Work {
  readonly files: readonly string[]
  readonly sizes: Sizes
  readonly format: InputFormat | undefined
  readonly quiet: boolean
  readonly interruption: Interruption
}

/** However a replay ends before its end, its sender must know what has arrived; a signal's error says so itself. */
async function tellingWhatIsDurable<T> (replay: (interruption: Interruption) => Promise<T>): Promise<T> {
  const interruption = new Interruption()
  try {
    return await replay(interruption)
  } catch (error) {
    if (interruption.durable > 0 && !(error instanceof Interrupted)) say(`fundwatch: ${interruption.says}`)
    throw error
  }
}

async function withOwnEngine (config: Config, work: Work): Promise<Replayed> {
  makeDirectories(config)
  const engine = await startEngine(config, { listen: false, inbox: false })
  try {
    const before: Standing = new Set((await engine.standingFlags()).map(flag => flag.flag_id))
    const tallies = await replayAll(work, engine.submitPatiently, before)
    await engine.settle()
    return { tallies, latency: engine.latency(), standing: (await engine.standingFlags()).length }
  } finally {
    await engine.stop()
  }
}

async function replayAll (work: Work, submit: Submit, standing: Standing = new Set()): Promise<Tally[]> {
  const { files, sizes, format, quiet, interruption } = work
  const counting = interruption.counting(submit)
  const mib = (bytes: number): number => Math.ceil(bytes / 1024 / 1024 * 10) / 10
  const tallies: Tally[] = []
  for (const [i, file] of files.entries()) {
    const bar = progress(basename(nameOf(file)), 'MiB', quiet)
    try {
      tallies.push(await interruption.during(async () => await replayFile(file, counting, (sum, read) => {
        const size = sizes[i] ?? null
        bar.update(mib(read), size === null ? null : mib(size), `${n(sum.records)} records, ${n(sum.raised)} flags raised`)
      }, standing, format)))
    } catch (error) {
      bar.end(error instanceof Interrupted ? '已中断 interrupted' : '未完成 not finished')
      throw error
    }
    bar.end('all durable')
  }
  return tallies
}

/** Posts pieces to an engine; when it is full, waits and sends the same piece again. */
function overHttp (client: Client): Submit {
  return async (bytes, format) => {
    const body = new Uint8Array(bytes)
    const type = format === 'msgpack' ? 'application/msgpack' : 'application/x-ndjson'
    const { results } = await whenThereIsRoom(async () => await client.request('/v1/claims', { method: 'POST', body, type }), PAUSE_MS) as
      { results: Array<Outcome | RejectedOverHttp> }
    return results.map(result => 'reason' in result ? { status: result.status, rejection: result } : result)
  }
}

/** A rejected record as the engine answers it: its reason beside its status. */
type RejectedOverHttp = { readonly status: 'rejected' } & Extract<Outcome, { status: 'rejected' }>['rejection']

function forMachines ({ files, tallies, total, standing, seconds, latency }: Result): object {
  return { files: files.map((file, i) => ({ file, ...tallies[i] })), ...total, standing, seconds, latency_us: latency }
}

const n = (count: number): string => count.toLocaleString('en')

function report ({ files, tallies, total, standing, seconds, latency }: Result): void {
  const cells = (name: string, t: Tally): string[] =>
    [name, ...[t.records, t.judged, t.corrected, t.late, t.learned, t.duplicate, t.rejected].map(n)]
  const rows = files.map((file, i) => cells(basename(nameOf(file)), tallies[i]!))
  if (files.length > 1) rows.push(cells('total', total))
  out(table([['FILE', 'RECORDS', 'JUDGED', 'CORRECTED', 'LATE', 'LEARNED', 'DUPLICATE', 'REJECTED'], ...rows]))
  out(flagLine(total, standing))
  out(`${(total.records / Math.max(seconds, 0.001)).toFixed(0)} records/s over ${seconds.toFixed(1)} s, start-up included`)
  if (latency !== null) {
    const [p50, p99, p999, max] = [latency.p50, latency.p99, latency.p999, latency.max].map(us => n(Math.round(us)))
    out(`judging a record (decode, remember, judge): p50 ${p50} µs, p99 ${p99} µs, p99.9 ${p999} µs, max ${max} µs`)
  }
  if (total.rejected > 0) out(`rejected: ${reasonsText(total)}. They are kept: GET /v1/dead-letters of a running engine lists them.`)
}

/** Another engine does not say what stood before: there a flag counts as raised the first time that it is told of. */
function flagLine ({ raised, revised, retracted }: Tally, standing: number | null): string {
  const changes = `flags: ${n(raised)} raised, ${n(revised)} revised, ${n(retracted)} retracted`
  return standing === null ? `${changes}, counted from what this replay was told` : `${changes}; ${n(standing)} stand in the store now`
}
