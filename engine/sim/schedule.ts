/** How a history reaches the engine: the order of arrival, repeats, and the faults met on the way. All from a seed. */
import { mix, Random } from '../../bench/workload/prng.ts'
import { taskOf } from '../core/fingerprint.ts'
import { DAY, HOUR } from '../core/time.ts'
import { eventTime, ownerOf } from './oracle/claims.ts'
import { when } from './oracle/read.ts'
import type { Raw } from './oracle/read.ts'

/** What happens to a lane after it judged a batch. */
export const FAULTS = [
  'none',
  /** The answer is lost: everything is durable, and the batch is sent again to the same memory. */
  'redelivered',
  /** The lane dies before anything of the batch is durable. */
  'crash-before-store',
  /** The lane dies when the flags are durable and the claims are not. */
  'crash-between',
  /** The lane dies when everything is durable but nobody was told. */
  'crash-after-store',
  /**
   * The process dies when the flags are durable and the claims are not: every lane is folded anew, and what stands
   * without reason is retracted.
   */
  'restart',
  /** The process dies when everything is durable, and nothing of it was told across persons. */
  'restart-after-store',
  /** One of the batch's tasks goes to another lane before anything of it is durable; the batch's other tasks notice nothing. */
  'move-before-store',
  /** It goes when the flags are durable and its claims are not. */
  'move-between',
  /** It goes when everything is durable but nobody was told. */
  'move-after-store'
] as const
export type Fault = (typeof FAULTS)[number]

/** What of a batch never becomes durable when this happens after it was judged: of a crash everything, of a move what concerns the task. */
export const LOST: Readonly<Record<Fault, 'nothing' | 'claims' | 'flags and claims'>> = {
  none: 'nothing', redelivered: 'nothing', restart: 'claims', 'restart-after-store': 'nothing',
  'crash-before-store': 'flags and claims', 'crash-between': 'claims', 'crash-after-store': 'nothing',
  'move-before-store': 'flags and claims', 'move-between': 'claims', 'move-after-store': 'nothing'
}
export const CRASHES: ReadonlySet<Fault> = new Set([
  'crash-before-store', 'crash-between', 'crash-after-store', 'restart', 'restart-after-store'
])
export const RESTARTS: ReadonlySet<Fault> = new Set(['restart', 'restart-after-store'])
export const MOVES: ReadonlySet<Fault> = new Set(['move-before-store', 'move-between', 'move-after-store'])

/** Few, so that persons share one. */
const TASKS = 8
const HELD_DAYS_MAX = 60

export interface Schedule {
  readonly lanes: number
  readonly tasks: number
  readonly arrivals: readonly Raw[]
  /** The task (partition) whose records arrive days after those of the others; null for none. */
  readonly heldTask: number | null
  /** Everything drawn while the schedule runs: which lane is next, how large its batch, what happens to it. */
  readonly random: Random
  readonly fault: () => Fault
  /** Asked between batches: whether a task goes to another lane now. */
  readonly moves: () => boolean
  /** Master data that come somewhere among the claims; of some a wrong version was there before. */
  readonly lateMaster: ReadonlySet<Raw>
  readonly wrongMaster: readonly Raw[]
  readonly injected: { duplicates: number, moved: number, 'late master data': number, 'delayed partitions': number }
}

export interface ScheduleOptions {
  /** Percentage of batches that meet a fault. */
  readonly faultPercent: number
  /** Percentage of batches after which a task moves to another lane. */
  readonly movePercent: number
  /** Percentage of schedules that hold one partition back. */
  readonly holdPercent: number
  /** Greatest delay against event time; above 31 days records can come late. */
  readonly delayDaysMax: number
  /** Percentage of master data that come late. */
  readonly lateMasterPercent: number
}

/** Schedule number `turn` of a seed's history. A record's delay is its own: leaving others out does not change it. */
export function drawSchedule (
  master: readonly Raw[], records: readonly Raw[], seed: number, turn: number, options: ScheduleOptions
): Schedule {
  const random = new Random(mix(seed, 2, turn))
  const lanes = random.between(1, 5)
  const ofMaster = new Random(mix(seed, 4, turn))
  const lateMaster = new Set(master.filter(() => ofMaster.chance(options.lateMasterPercent)))
  const wrongMaster = [...lateMaster].filter(() => ofMaster.chance(50)).map(mistaken)
  const injected = { duplicates: 0, moved: 0, 'late master data': lateMaster.size, 'delayed partitions': 0 }
  const held = drawHeld(records, seed, turn, options.holdPercent)
  if (held !== null) injected['delayed partitions']++
  const coming: Array<{ raw: Raw, at: number }> = []
  records.forEach((raw, i) => {
    const own = new Random(mix(seed, 3, turn, taskOf(JSON.stringify(raw), 0x7fffffff)))
    const event = eventTime(raw) ?? when(raw, 'inf_time')?.at ?? 0
    const heldFor = held !== null && taskOf(ownerOf(raw), TASKS) === held.task ? held.days * DAY : 0
    const at = event + own.below(options.delayDaysMax * 24) * HOUR + i / 1e6 + heldFor
    coming.push({ raw, at })
    if (own.chance(12)) {
      coming.push({ raw, at: at + own.below(5) * DAY })
      injected.duplicates++
    }
  })
  const arrivals = coming.sort((a, b) => a.at - b.at).map(one => one.raw)
  for (let i = 1; i < arrivals.length; i++) if (sentAt(arrivals[i]!) < sentAt(arrivals[i - 1]!)) injected.moved++
  return {
    lanes,
    tasks: TASKS,
    arrivals,
    heldTask: held?.task ?? null,
    random,
    fault: () => random.chance(options.faultPercent) ? random.pick(FAULTS.slice(1)) : 'none',
    moves: () => random.chance(options.movePercent),
    lateMaster,
    wrongMaster,
    injected
  }
}

/** The partition held back, if one is and there are others that it falls behind; leaving records of others out does not change it. */
function drawHeld (records: readonly Raw[], seed: number, turn: number, percent: number): { task: number, days: number } | null {
  const random = new Random(mix(seed, 5, turn))
  const days = random.between(1, HELD_DAYS_MAX)
  const present = new Set(records.map(raw => taskOf(ownerOf(raw), TASKS)))
  if (!random.chance(percent) || present.size < 2) return null
  const lot = (task: number): number => mix(seed, 5, turn, task)
  return { task: [...present].reduce((a, b) => lot(a) < lot(b) ? a : b), days }
}

/** What was believed before a row was corrected: elsewhere, for others, at another cost. */
function mistaken (raw: Raw): Raw {
  const wrong: Record<string, unknown> = { ...raw, inf_time: '2000-01-01 00:00:00' }
  const mistakes = {
    lng: '100.00', gend_limit: '1', age_max: '30', pric_uplmt_amt: '0.01', fix_onln_open_flag: '0', day_cost: '5.00',
    hosp_lv: raw['type'] === 'institution' ? '09' : raw['hosp_lv']
  }
  for (const [field, value] of Object.entries(mistakes)) {
    if (field in raw && value !== undefined && (field !== 'lng' || raw['lng'] !== null)) wrong[field] = value
  }
  return wrong
}

function sentAt (raw: Raw): number {
  return when(raw, 'inf_time')?.at ?? 0
}
