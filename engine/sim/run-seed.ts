/** One seed: a history, two schedules of it, and whether both end where the oracle says. */
import type { FlagRow } from '../core/flag.ts'
import type { Rulebook } from '../core/rulebook.ts'
import { compareFlags, describe } from './compare.ts'
import { drawHistory } from './history.ts'
import type { History } from './history.ts'
import { malformed } from './oracle/claims.ts'
import { oracle } from './oracle/oracle.ts'
import type { Raw } from './oracle/read.ts'
import { drawSchedule } from './schedule.ts'
import type { ScheduleOptions } from './schedule.ts'
import { refuses } from './sent.ts'
import { simulate } from './simulate.ts'
import type { Defect, Run } from './simulate.ts'

export interface SeedResult {
  readonly seed: number
  readonly ok: boolean
  /** What was put into the history and what the schedules did to it, counted. */
  readonly injected: Readonly<Record<string, number>>
  /** Flags that stand, by the oracle. */
  readonly flags: number
  /** In words; empty when all is well. */
  readonly differences: readonly string[]
}

export interface SeedOptions {
  readonly defect?: Defect
  /** Instead of the seed's own records: a shrunk history. */
  readonly records?: readonly Raw[]
  /** Instead of the seed's own share of faults, and of moves between batches. */
  readonly faultPercent?: number
  /** Of moves only. */
  readonly movePercent?: number
}

const SCHEDULES = 2

export function runSeed (rulebook: Rulebook, seed: number, options: SeedOptions = {}): SeedResult {
  const history = drawHistory(seed)
  const records = options.records ?? history.records
  const injected: Record<string, number> = options.records === undefined ? { ...history.put } : {}
  const refused = new Set(records.filter(refuses))
  const differences = refusalsAgree(records, refused)
  const standing = oracle([...history.master, ...records], { rejected: raw => refused.has(raw) })
  const runs: Run[] = []
  for (let turn = 0; turn < SCHEDULES; turn++) {
    const schedule = drawSchedule(history.master, records, seed, turn, circumstances(seed, turn, options))
    add(injected, { ...schedule.injected, lanes: schedule.lanes })
    try {
      const run = simulate(rulebook, history.master, schedule, options.defect)
      runs.push(run)
      add(injected, run.counts)
      differences.push(...[...compareFlags(standing, run.active).map(describe), ...run.broken].map(words => `schedule ${turn}: ${words}`))
    } catch (error) {
      differences.push(`schedule ${turn}: ${error instanceof Error ? error.stack : String(error)}`)
    }
  }
  if (runs.length === SCHEDULES && differences.length === 0) differences.push(...sameRows(runs[0]!.active, runs[1]!.active))
  return { seed, ok: differences.length === 0, injected, flags: standing.size, differences }
}

/**
 * A quarter of the seeds send records later than the lateness; a quarter meet no fault and move no task; a third learn master
 * data late. Any schedule may hold a partition back.
 */
function circumstances (seed: number, turn: number, options: SeedOptions): ScheduleOptions {
  const calm = seed % 4 === 1
  const { faultPercent = calm ? 0 : 5 + 10 * turn, movePercent = options.faultPercent ?? (calm ? 0 : 10) } = options
  return {
    faultPercent,
    movePercent,
    holdPercent: 40,
    delayDaysMax: seed % 4 === 2 ? 75 : turn === 0 ? 2 : 30,
    lateMasterPercent: seed % 3 === 0 ? 20 : 0
  }
}

/** Whatever the oracle's own few checks refuse, the decoder must refuse too. */
function refusalsAgree (records: readonly Raw[], refused: ReadonlySet<Raw>): string[] {
  return records.filter(raw => malformed(raw) && !refused.has(raw)).map(raw => `not refused: ${JSON.stringify(raw)}`)
}

/** What stands must be the same to the last word, whatever happened on the way; only the revision may tell of it. */
function sameRows (a: ReadonlyMap<string, FlagRow>, b: ReadonlyMap<string, FlagRow>): string[] {
  const differences: string[] = []
  for (const [flag_id, row] of a) {
    const first = JSON.stringify({ ...row, revision: 0 })
    const second = JSON.stringify({ ...b.get(flag_id), revision: 0 })
    if (first !== second) differences.push(`the two schedules end in different rows:\n    ${first}\n    ${second}`)
  }
  return differences
}

export function add (total: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) total[name] = (total[name] ?? 0) + count
}

/** The seed's own records, from which shrinking starts. */
export function recordsOf (seed: number): History['records'] {
  return drawHistory(seed).records
}
