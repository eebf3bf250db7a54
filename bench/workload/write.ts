/** Writes a workload to a file as it is generated, and beside it the labels and the confusers. */
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Packr } from 'msgpackr'
import { generate } from './generate.ts'
import type { Workload } from './generate.ts'
import { labelId } from './label.ts'
import type { Raw, WorkloadOptions } from './types.ts'

export type WorkloadFormat = 'ndjson' | 'ndjson.gz' | 'msgpack'

export interface WriteOptions extends WorkloadOptions {
  /** File to write; `.labels.ndjson` and `.confusers.ndjson` are put after its name for the other two. */
  readonly out: string
  /** Default: as the name of the file ends. */
  readonly format?: WorkloadFormat
  /** Settlements written so far (retries and later versions included), of all; called every few thousand records. */
  readonly onProgress?: (settlements: number, of: number) => void
}

export interface Written {
  readonly out: string
  readonly format: WorkloadFormat
  readonly records: number
  /** Settlement records, retries and later versions included. */
  readonly settlements: number
  readonly masterData: number
  readonly span: Workload['span']
  /** Before compression. */
  readonly bytes: number
  readonly labels: number
  readonly labelFile: string
  readonly confusers: number
  readonly confuserFile: string
}

const CHUNK_BYTES = 256 * 1024
const PROGRESS_EVERY = 5000

/**
 * Generates and writes; memory stays bounded whatever the size.
 * @throws RangeError for options that make no sense, a name that says no format included; and what the file system throws
 */
export async function writeWorkload (options: WriteOptions): Promise<Written> {
  const { out } = options
  const format = options.format ?? formatOf(out)
  if (format === null) throw new RangeError(`${out}: the name says no format`)
  const workload = generate(options)
  const done = { records: 0, settlements: 0, masterData: 0, bytes: 0 }
  const chunks = Readable.from(encoded(workload, format, done, options.onProgress), { objectMode: true, highWaterMark: 2 })
  const file = createWriteStream(out)
  if (format === 'ndjson.gz') await pipeline(chunks, createGzip({ level: 3 }), file)
  else await pipeline(chunks, file)
  options.onProgress?.(done.settlements, workload.claims)
  const labelFile = `${out}.labels.ndjson`
  const confuserFile = `${out}.confusers.ndjson`
  await writeLines(labelFile, workload.labels.map(label => ({
    flag_id: labelId(label), ...label
  })))
  await writeLines(confuserFile, workload.confusers)
  const { span, labels, confusers } = workload
  return { out, format, ...done, span, labels: labels.length, labelFile, confusers: confusers.length, confuserFile }
}

/** NDJSON, one record a line, or MessagePack, plain maps one after another, in pieces of about 256 kB. */
export function * encodeRecords (records: Iterable<Raw>, format: WorkloadFormat): Generator<Buffer> {
  const packr = new Packr({ useRecords: false })
  let parts: Buffer[] = []
  let text = ''
  let size = 0
  for (const record of records) {
    if (format === 'msgpack') {
      const bytes = packr.pack(record)
      parts.push(bytes)
      size += bytes.length
    } else {
      const line = JSON.stringify(record)
      text += `${line}\n`
      size += line.length
    }
    if (size < CHUNK_BYTES) continue
    yield format === 'msgpack' ? Buffer.concat(parts) : Buffer.from(text, 'utf8')
    parts = []
    text = ''
    size = 0
  }
  if (size > 0) yield format === 'msgpack' ? Buffer.concat(parts) : Buffer.from(text, 'utf8')
}

type Done = Record<'records' | 'settlements' | 'masterData' | 'bytes', number>

function * encoded (workload: Workload, format: WorkloadFormat, done: Done, onProgress: WriteOptions['onProgress']): Generator<Buffer> {
  function * counted (): Generator<Raw> {
    for (const record of workload.records) {
      const infno = record.infno
      if (infno === '2102' || infno === '2207' || infno === '2304') done.settlements++
      if (record.type !== undefined) done.masterData++
      if (++done.records % PROGRESS_EVERY === 0) onProgress?.(done.settlements, workload.claims)
      yield record
    }
  }
  for (const chunk of encodeRecords(counted(), format)) {
    done.bytes += chunk.length
    yield chunk
  }
}

/** What the end of a file's name asks for; null when it is none that a reader would understand the same way. */
export function formatOf (path: string): WorkloadFormat | null {
  const name = basename(path)
  if (/.\.(ndjson|jsonl)$/.test(name)) return 'ndjson'
  if (/.\.(ndjson|jsonl)\.gz$/.test(name)) return 'ndjson.gz'
  return /.\.msgpack$/.test(name) ? 'msgpack' : null
}

async function writeLines (file: string, rows: readonly unknown[]): Promise<void> {
  await writeFile(file, rows.map(row => `${JSON.stringify(row)}\n`).join(''))
}
