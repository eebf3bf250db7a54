/** `fundwatch generate`: a seeded, labelled workload of claims in the national interface's shape. */
import { writeWorkload } from '../../../bench/workload/write.ts'
import { EXIT, UsageError, numberOf, textOf } from '../command.ts'
import type { Command } from '../command.ts'
import { out } from '../output.ts'
import { progress } from '../progress.ts'

export const generateCommand: Command = {
  name: 'generate',
  summary: 'write a seeded, labelled workload',
  usage: '--out FILE [--claims N] [--seed N] [--json]',
  options: {
    out: { type: 'string', short: 'o', value: 'FILE', says: 'where to; the name decides: .ndjson, .ndjson.gz or .msgpack. Labels go to FILE.labels.ndjson' },
    claims: { type: 'string', short: 'n', value: 'N', says: 'settlements (default 10000); other records come along' },
    seed: { type: 'string', short: 's', value: 'N', says: 'the same seed gives the same bytes (default 1)' },
    days: { type: 'string', value: 'N', says: 'days from 2026-03-01 that the settlements span (default 45); an engine refuses what is dated ahead of its clock' },
    json: { type: 'boolean', says: 'machine-readable result' },
    quiet: { type: 'boolean', short: 'q', says: 'no progress' }
  },
  examples: ['fundwatch generate --out day.ndjson.gz --claims 50000 --seed 7'],
  async run ({ values }) {
    const file = textOf(values, 'out')
    if (file === undefined) throw new UsageError('generate needs --out FILE')
    const claims = numberOf(values, 'claims', 10_000, 1, 100_000_000)
    const seed = numberOf(values, 'seed', 1, 0, 2 ** 32 - 1)
    const days = numberOf(values, 'days', 45, 1, 366)
    const bar = progress('generate', 'settlements', values.quiet === true)
    const written = await writeWorkload({ out: file, seed, claims, days, onProgress: done => { bar.update(done, claims) } })
    bar.end()
    if (values.json === true) out(JSON.stringify(written))
    else out(`${file}: ${written.records.toLocaleString('en')} records (${written.settlements.toLocaleString('en')} settlements), ${written.labels} labelled flags in ${written.labelFile}`)
    return EXIT.ok
  }
}
