/**
 * Reads a file of records in pieces of about a mebibyte that end between two records, so that each piece can be
 * submitted by itself; decode/input-parts.ts says where. What never ends is handed over all the same once it is longer
 * than any record, so that a broken file costs memory within bounds.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { EngineError } from '../../core/errors.ts'
import type { Format } from '../../core/ports.ts'

const PIECE_BYTES = 1024 * 1024
/** More than any record may be (FUNDWATCH_RECORD_BYTES_MAX): beyond it there is no use in waiting for an end. */
const UNBROKEN_MAX = 65 * PIECE_BYTES

export interface Piece {
  readonly bytes: Uint8Array
  /** How much of the file as it lies on disk has been read, in bytes. */
  readonly read: number
  /** Whether nothing follows. */
  readonly last: boolean
}

/** What is written where a file is expected, and means standard input. */
export const STDIN = '-'

/** How an input is written. */
export type InputFormat = Format | 'csv'

/**
 * What a file's name says of its format: .msgpack or .mp is MessagePack, .csv a table, anything else JSON; .gz is unpacked.
 * `given` has precedence.
 */
export function formatOf (path: string, given?: InputFormat): { format: InputFormat, gzip: boolean } {
  const gzip = path.endsWith('.gz')
  const bare = gzip ? path.slice(0, -3) : path
  return { format: given ?? (/\.(msgpack|mp)$/.test(bare) ? 'msgpack' : /\.csv$/i.test(bare) ? 'csv' : 'json'), gzip }
}

/**
 * The pieces of a file, or of standard input for '-', in order. `cut` finds the end of the last record in a buffer that is surely
 * whole (0 = none yet).
 * @throws EngineError INPUT_UNREADABLE when the file cannot be read or its gzip stream is broken.
 */
export async function * readPieces (path: string, cut: (bytes: Uint8Array) => number): AsyncGenerator<Piece> {
  const { gzip } = formatOf(path)
  const file = path === STDIN ? stdin() : createReadStream(path, { highWaterMark: PIECE_BYTES })
  const stream = gzip ? file.pipe(createGunzip({ chunkSize: PIECE_BYTES })) : file
  file.on('error', (error: Error) => { stream.destroy(error) }) // pipe does not hand errors on
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of stream) {
      rest = rest.length === 0 ? chunk as Buffer : Buffer.concat([rest, chunk as Buffer])
      if (rest.length < PIECE_BYTES) continue
      const end = cut(rest)
      if (end === 0) {
        if (rest.length < UNBROKEN_MAX) continue
        yield { bytes: rest, read: file.bytesRead, last: false }
        rest = Buffer.alloc(0)
        continue
      }
      yield { bytes: rest.subarray(0, end), read: file.bytesRead, last: false }
      rest = rest.subarray(end)
    }
  } catch (error) {
    throw new EngineError('INPUT_UNREADABLE', `${nameOf(path)}: ${error instanceof Error ? error.message : String(error)}`, error)
  }
  if (rest.length > 0) yield { bytes: rest, read: file.bytesRead, last: true }
}

/** A pipe, a terminal or a file: each counts what it has read. */
function stdin (): Readable & { readonly bytesRead: number } {
  return process.stdin
}

/** A file as messages name it. */
export function nameOf (path: string): string {
  return path === STDIN ? 'stdin' : path
}

/** Size on disk in bytes; null of standard input, which has none. @throws EngineError INPUT_UNREADABLE */
export async function sizeOf (path: string): Promise<number | null> {
  if (path === STDIN) return null
  try {
    const info = await stat(path)
    if (!info.isFile()) throw new Error('not a file')
    return info.size
  } catch (error) {
    throw new EngineError('INPUT_UNREADABLE', `${path}: ${error instanceof Error ? error.message : String(error)}`, error)
  }
}
