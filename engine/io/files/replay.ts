/** Feeds a file of records to the engine, a bounded number of pieces ahead of what is durable. */
import { basename } from 'node:path'
import { Ahead } from '../../core/ahead.ts'
import type { Format, Outcome } from '../../core/ports.ts'
import { formatOfInputs, inputsOf } from './inputs.ts'
import { formatOf, nameOf } from './read-pieces.ts'
import type { InputFormat } from './read-pieces.ts'
import { count, emptyTally } from './tally.ts'
import type { Standing, Tally } from './tally.ts'

export type { Tally } from './tally.ts'

/** Pieces under way at once: enough to keep every lane busy, little enough to bound memory. */
const AHEAD = 8

export type Submit = (bytes: Uint8Array, format: Format, source: string) => Promise<Outcome[]>

/**
 * Replays one file, or standard input for '-', through `submit`, in order. Resolves when all of it is durable.
 * @param onProgress called after each piece with the running tally and the bytes read from disk.
 * @param given how it is written, where its name does not say it
 * @param standing flags that stand before; without it every flag counts as raised the first time that it is told of
 */
export async function replayFile (
  path: string, submit: Submit, onProgress: (tally: Tally, read: number) => void, standing: Standing = new Set(), given?: InputFormat
): Promise<Tally> {
  const { format } = formatOf(path, given)
  const source = `file:${basename(nameOf(path))}`
  const tally = emptyTally()
  const ahead = new Ahead(AHEAD)
  for await (const { bytes, read } of inputsOf(path, format)) {
    const one = submit(bytes, formatOfInputs(format), source).then(outcomes => {
      count(tally, outcomes, standing)
      onProgress(tally, read)
    })
    await ahead.add(one)
  }
  await ahead.finished()
  return tally
}
