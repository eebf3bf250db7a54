/** `fundwatch generate`: a seeded, labelled workload of claims in the national interface's shape, or one record of it. */
import { formatOf, writeWorkload } from '../../../bench/workload/write.ts'
import type { Written } from '../../../bench/workload/write.ts'
import { parseMoment } from '../../core/time.ts'
import { EXIT, OutputError, UsageError, numberOf, textOf } from '../command.ts'
import type { Command, OptionValues } from '../command.ts'
import { didYouMean } from '../did-you-mean.ts'
import { EXAMPLE_KINDS } from '../examples.ts'
import { out, say, table } from '../output.ts'
import { progress } from '../progress.ts'

const WORKLOAD_OPTIONS = ['out', 'claims', 'seed', 'days'] as const

export const generateCommand: Command = {
  name: 'generate',
  summary: 'write a seeded, labelled workload, or print one record as an example',
  usage: '--out FILE [--claims N] [--seed N] [--days N] [--json] [--quiet]\n       fundwatch generate --example KIND',
  more: [
    'A workload holds, in order of arrival: master data; from some weeks before its first day on, stock, stays that reach into',
    'the span, and the history of planted scenarios; then the settlements of the span with their admissions, fee lines and',
    'reversals. Beside FILE lie the flags that must come of it (FILE.labels.ndjson) and who looks suspicious and must not be',
    'flagged (FILE.confusers.ndjson).',
    '',
    'Kinds of examples:',
    table(Object.entries(EXAMPLE_KINDS).map(([name, { says }]) => [`  ${name}`, says]))
  ],
  options: {
    out: {
      type: 'string', short: 'o', value: 'FILE',
      says: 'where to; the name decides: .ndjson, .ndjson.gz (or .jsonl, .jsonl.gz) or .msgpack'
    },
    claims: { type: 'string', short: 'n', value: 'N', says: 'settlements (default 10000); other records come along' },
    seed: { type: 'string', short: 's', value: 'N', says: 'the same seed gives the same bytes (default 1)' },
    days: { type: 'string', value: 'N', says: 'days, from 2026-03-01 on, over which the settlements spread (default 45)' },
    example: { type: 'string', value: 'KIND', says: 'print one record of this kind as JSON instead' },
    json: { type: 'boolean', says: 'machine-readable result' },
    quiet: { type: 'boolean', short: 'q', says: 'no progress' }
  },
  examples: [
    'fundwatch generate --out day.ndjson.gz --claims 50000 --seed 7',
    'fundwatch generate --example settlement > claim.json'
  ],
  async run ({ values }) {
    const kind = textOf(values, 'example')
    if (kind !== undefined) return printExample(kind, values)
    const file = fileOf(values)
    const claims = numberOf(values, 'claims', 10_000, 1, 100_000_000)
    const seed = numberOf(values, 'seed', 1, 0, 2 ** 32 - 1)
    const days = numberOf(values, 'days', 45, 1, 366)
    const bar = progress('generate', 'settlements', values.quiet === true)
    const written = await orOutputError(file, async () => await writeWorkload({
      out: file, seed, claims, days, onProgress: (done, of) => { bar.update(done, Math.max(done, of)) }
    }))
    bar.end()
    if (values.quiet !== true) saySpan(written)
    if (values.json === true) out(JSON.stringify(written))
    else report(written)
    return EXIT.ok
  }
}

function printExample (kind: string, values: OptionValues): number {
  const besides = WORKLOAD_OPTIONS.find(name => values[name] !== undefined)
  if (besides !== undefined) throw new UsageError(`--example prints one record; --${besides} does not go with it`)
  const example = Object.hasOwn(EXAMPLE_KINDS, kind) ? EXAMPLE_KINDS[kind] : undefined
  if (example === undefined) {
    const kinds = Object.keys(EXAMPLE_KINDS)
    throw new UsageError(`there is no example "${kind}".${didYouMean(kind, kinds)} There are ${kinds.join(', ')}.`)
  }
  out(JSON.stringify(example.make(), null, 2))
  return EXIT.ok
}

function fileOf (values: OptionValues): string {
  const file = textOf(values, 'out')
  if (file === undefined) throw new UsageError('generate needs --out FILE, or --example KIND')
  if (formatOf(file) === null) {
    throw new UsageError(`--out ${file}: the name must end in .ndjson, .ndjson.gz, .jsonl, .jsonl.gz or .msgpack`)
  }
  return file
}

/** What the file system says against the file is the operator's to mend. @throws OutputError */
async function orOutputError<T> (file: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new OutputError(`${file} cannot be written: ${error.message}`)
    throw error
  }
}

/** What times the records are of: the history before the first day surprises who reads the file. */
function saySpan ({ span }: Written): void {
  say(`settlements of ${span.from} to ${span.to}; stock, stays under way and planted histories from ${span.history} on`)
  const last = parseMoment(span.to)
  if (last === null || last.at <= Date.now()) return
  say('part of that lies in the future: an engine refuses records dated more than two days ahead of its clock')
}

function report (written: Written): void {
  const n = (count: number): string => count.toLocaleString('en')
  const { out: file, records, settlements, masterData, labels, labelFile } = written
  const others = records - settlements - masterData
  out(`${file}: ${n(records)} records: ${n(settlements)} settlements, ${n(others)} that go with them (stock, fee lines, reversals, …), ` +
    `${n(masterData)} master data`)
  out(`${labelFile}: ${n(labels)} flags that must come of it`)
}
