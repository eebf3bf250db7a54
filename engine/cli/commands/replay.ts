/** `fundwatch replay FILE…`: judges files of records, through a running engine or in one of its own. */
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadConfig } from '../../config.ts'
import type { Config } from '../../config.ts'
import { EngineError } from '../../core/errors.ts'
import type { Format, Outcome } from '../../core/ports.ts'
import { sizeOf } from '../../io/files/read-pieces.ts'
import { emptyTally, replayFile } from '../../io/files/replay.ts'
import type { Tally } from '../../io/files/replay.ts'
import { startEngine } from '../../main.ts'
import type { Quantiles } from '../../runtime/latency.ts'
import { Client, runningAddress } from '../client.ts'
import { EXIT, UsageError, textOf } from '../command.ts'
import type { Command } from '../command.ts'
import { out, table } from '../output.ts'
import { progress } from '../progress.ts'

type Submit = (bytes: Uint8Array, format: Format, source: string) => Promise<Outcome[]>

export const replayCommand: Command = {
  name: 'replay',
  summary: 'judge files of records (NDJSON, .gz, .msgpack)',
  usage: 'FILE… [--url URL] [--json] [--quiet]',
  options: {
    url: { type: 'string', value: 'URL', says: 'a running engine; without it one that runs on the data directory, else one is started for the replay' },
    json: { type: 'boolean', says: 'machine-readable result' },
    quiet: { type: 'boolean', short: 'q', says: 'no progress' }
  },
  examples: ['fundwatch replay day.ndjson.gz', 'fundwatch replay day.msgpack --url http://127.0.0.1:8420'],
  async run ({ values, positionals }) {
    if (positionals.length === 0) throw new UsageError('replay needs at least one FILE')
    const config = loadConfig(process.env)
    const sizes = await Promise.all(positionals.map(sizeOf))
    const url = textOf(values, 'url') ?? runningAddress(config)
    const started = performance.now()
    const { tallies, latency } = url === null
      ? await withOwnEngine(config, positionals, sizes, values.quiet === true)
      : { tallies: await replayAll(positionals, sizes, overHttp(new Client(url, config.token)), values.quiet === true), latency: null }
    const seconds = (performance.now() - started) / 1000
    const total = tallies.reduce(add, emptyTally())
    const files = positionals.map((file, i) => ({ file, ...tallies[i] }))
    if (values.json === true) out(JSON.stringify({ files, ...total, seconds, latency_us: latency }))
    else report(positionals, tallies, total, seconds, latency)
    return total.rejected > 0 ? EXIT.findings : EXIT.ok
  }
}

interface Replayed { readonly tallies: readonly Tally[], readonly latency: Quantiles | null }

async function withOwnEngine (config: Config, files: readonly string[], sizes: readonly number[], quiet: boolean): Promise<Replayed> {
  const engine = await startEngine(config, { listen: false, inbox: false })
  try {
    const tallies = await replayAll(files, sizes, engine.submitPatiently, quiet)
    await engine.settle()
    return { tallies, latency: engine.latency() }
  } finally {
    await engine.stop()
  }
}

async function replayAll (files: readonly string[], sizes: readonly number[], submit: Submit, quiet: boolean): Promise<Tally[]> {
  const tallies: Tally[] = []
  for (const [i, file] of files.entries()) {
    const bar = progress(basename(file), 'MiB', quiet)
    const tally = await replayFile(file, submit, (sum, read) => {
      const [done, whole] = [Math.floor(read / 1024 / 1024), Math.ceil(sizes[i]! / 1024 / 1024)]
      bar.update(done, whole, `${sum.records.toLocaleString('en')} records, ${sum.flags.toLocaleString('en')} flags`)
    })
    bar.end('all durable')
    tallies.push(tally)
  }
  return tallies
}

/** Posts pieces to an engine; when it is full, waits and sends the same piece again. */
function overHttp (client: Client): Submit {
  return async (bytes, format) => {
    const body = new Uint8Array(bytes)
    const type = format === 'msgpack' ? 'application/msgpack' : 'application/x-ndjson'
    for (;;) {
      try {
        const answer = await client.request('/v1/claims', { method: 'POST', body, type }) as { results: Outcome[] }
        return answer.results
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'OVERLOADED') throw error
        await sleep(250)
      }
    }
  }
}

function add (total: Tally, tally: Tally | undefined): Tally {
  if (tally === undefined) return total
  return Object.fromEntries(Object.entries(total).map(([name, n]) => [name, n + tally[name as keyof Tally]])) as unknown as Tally
}

function report (files: readonly string[], tallies: readonly Tally[], total: Tally, seconds: number, latency: Quantiles | null): void {
  const cells = (name: string, t: Tally): string[] =>
    [name, ...[t.records, t.judged, t.duplicate, t.corrected, t.late, t.rejected, t.flags].map(n => n.toLocaleString('en'))]
  const rows = files.map((file, i) => cells(basename(file), tallies[i]!))
  if (files.length > 1) rows.push(cells('total', total))
  out(table([['FILE', 'RECORDS', 'JUDGED', 'DUPLICATE', 'CORRECTED', 'LATE', 'REJECTED', 'FLAG CHANGES'], ...rows]))
  out(`${(total.records / Math.max(seconds, 0.001)).toFixed(0)} records/s over ${seconds.toFixed(1)} s, start-up included`)
  if (latency !== null) {
    const [p50, p99, p999, max] = [latency.p50, latency.p99, latency.p999, latency.max].map(us => Math.round(us).toLocaleString('en'))
    out(`judging a record (decode, remember, judge): p50 ${p50} µs, p99 ${p99} µs, p99.9 ${p999} µs, max ${max} µs`)
  }
  if (total.rejected > 0) out('Rejected records are kept: GET /v1/dead-letters of a running engine lists them with their reasons.')
}

