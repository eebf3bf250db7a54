/** What `npm run accuracy` needs of an engine: JSON records in, the flags that stand out. */
import type { FlagRow } from '../../engine/core/flag.ts'

export interface EngineResult {
  /** Flags that stand when everything was judged, by flag_id. */
  readonly active: ReadonlyMap<string, FlagRow>
  /** Records refused. */
  readonly rejected: number
}

export interface RunnerOptions {
  readonly lanes: number
  /** Called now and then with the number of records handed over so far. */
  readonly progress: (records: number) => void
}

/**
 * Feeds an engine. Master data come first, then everything in order of arrival.
 * @param records one JSON record each
 */
export type EngineRunner = (records: Iterable<Uint8Array>, options: RunnerOptions) => Promise<EngineResult>
