/** A request body's bytes as the engine takes them: unpacked, bounded, and otherwise untouched. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Format } from '../core/ports.ts'
import { Problem } from './problem.ts'

/** Content type → how the bytes are written. One object, an array and lines of JSON are told apart by the lanes. */
export const CONTENT_TYPES: Readonly<Record<string, Format>> = {
  'application/json': 'json',
  'application/x-ndjson': 'json',
  'application/msgpack': 'msgpack'
}

const unpack = promisify(gunzip)

/**
 * Undoes Content-Encoding off the main thread. Unpacking stops at the limit, so a small body cannot become a large one.
 * @param maxBytes of the result.
 * @throws Problem TOO_LARGE, BAD_ENCODING or UNSUPPORTED_MEDIA.
 */
export async function decodeBody (bytes: Buffer, encoding: string | undefined, maxBytes: number): Promise<Uint8Array> {
  switch ((encoding ?? 'identity').trim().toLowerCase()) {
    case 'identity': return bytes
    case 'gzip': case 'x-gzip': break
    default: throw new Problem('UNSUPPORTED_MEDIA', 'the only content encoding understood is gzip')
  }
  try {
    return await unpack(bytes, { maxOutputLength: maxBytes })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Problem('TOO_LARGE', `the body is larger than ${maxBytes} bytes once unpacked`)
    }
    throw new Problem('BAD_ENCODING', 'the body is not a whole gzip stream')
  }
}
