/** Feeds a file of records to the engine, a bounded number of pieces ahead of what is durable. */
import { basename } from 'node:path'
import { Ahead } from '../../core/ahead.ts'
import { splitRecords } from '../../decode/split.ts'
import type { Format, Outcome } from '../../core/ports.ts'
import { formatOf, readPieces } from './read-pieces.ts'

/** Pieces under way at once: enough to keep every lane busy, little enough to bound memory. */
const AHEAD = 8

export interface Tally { records: number, judged: number, duplicate: number, corrected: number, late: number, rejected: number, flags: number }

export const emptyTally = (): Tally => ({ records: 0, judged: 0, duplicate: 0, corrected: 0, late: 0, rejected: 0, flags: 0 })

/** Adds what became of some records. */
export function count (tally: Tally, outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    tally.records++
    switch (outcome.status) {
      case 'rejected': tally.rejected++; continue
      case 'duplicate': case 'superseded': tally.duplicate++; break
      case 'corrected': tally.corrected++; break
      case 'late': tally.late++; break
      default: tally.judged++
    }
    tally.flags += outcome.flags.length
  }
}

type Submit = (bytes: Uint8Array, format: Format, source: string) => Promise<Outcome[]>

/**
 * Replays one file through `submit`, in order. Resolves when all of it is durable.
 * @param onProgress called after each piece with the running tally and the bytes read from disk.
 */
export async function replayFile (path: string, submit: Submit, onProgress: (tally: Tally, read: number) => void): Promise<Tally> {
  const { format } = formatOf(path)
  const source = `file:${basename(path)}`
  const tally = emptyTally()
  const ahead = new Ahead(AHEAD)
  for await (const piece of readPieces(path, lastBoundary)) {
    const one = submit(piece.bytes, format, source).then(outcomes => {
      count(tally, outcomes)
      onProgress(tally, piece.read)
    })
    await ahead.add(one)
  }
  await ahead.finished()
  return tally
}

/** Where the last piece that is surely whole ends: the final one may go on in the next chunk. */
function lastBoundary (bytes: Uint8Array, format: Format): number {
  const { starts, count: pieces } = splitRecords(bytes, format)
  return pieces < 2 ? 0 : starts[pieces - 1]!
}
