/** A file, or standard input, as inputs that can be submitted one by one, whatever it is written in. */
import { InputParts } from '../../decode/input-parts.ts'
import type { Format } from '../../core/ports.ts'
import { csvPieces, cutAtLine } from './csv.ts'
import { nameOf, readPieces } from './read-pieces.ts'
import type { InputFormat } from './read-pieces.ts'

/** `read`: bytes of the file read so far. */
export interface Input { readonly bytes: Uint8Array, readonly read: number }

/** What the inputs of a format are written in. */
export function formatOfInputs (format: InputFormat): Format {
  return format === 'csv' ? 'json' : format
}

/** @throws EngineError INPUT_UNREADABLE */
export async function * inputsOf (path: string, format: InputFormat): AsyncGenerator<Input> {
  if (format === 'csv') {
    yield * csvPieces(readPieces(path, cutAtLine), nameOf(path))
    return
  }
  const parts = new InputParts(format)
  for await (const { bytes, read, last } of readPieces(path, some => parts.cut(some))) yield { bytes: parts.whole(bytes, last), read }
}
