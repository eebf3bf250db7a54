/**
 * What a lane holds of a person with five outpatient visits, and how long judging a visit with the whole rulebook takes when
 * there are so many persons: while they come, and one more visit of some of them when all are there.
 */
import { hashOf, quantilesOf } from '../bench.ts'
import type { Quantiles } from '../bench.ts'
import type { Settlement } from '../../engine/core/claim.ts'
import { taskOf } from '../../engine/core/fingerprint.ts'
import type { Rulebook } from '../../engine/core/rulebook.ts'
import { decodeRecord } from '../../engine/decode/decode-record.ts'
import { exampleSettlement } from '../../engine/decode/examples.ts'
import { LaneState } from '../../engine/evaluate/lane-state.ts'
import { peakBytes, residentBytes, workedSince } from './own-process.ts'

const TASKS = 64
/** A month apart: nobody is suspicious for coming often or for collecting a drug too soon. */
const DATES = ['2026-02-28', '2026-03-30', '2026-04-29', '2026-05-29', '2026-06-28']
const NEXT = '2026-07-28'
const NEXT_PERSONS = 20_000
const FOUND = 1000
const WARM_UP = 2000
const OPENING = 8 * 3600
const OPEN_SECONDS = 9 * 3600
/** Between 100,000 persons and a million; what the first need besides is less than what is spared. */
export const BYTES_PER_PERSON_MAX = 1500

export interface PersonsAt {
  readonly persons: number
  readonly bytes: number
  readonly resident: number
  readonly peak: number
  /** Microseconds a visit, from none to five visits of everybody. */
  readonly growing: Quantiles
  /** The longest of them by the time that processors worked for this process meanwhile. */
  readonly busiest: number
  /** Microseconds for the sixth visit of persons anywhere. */
  readonly next: Quantiles
  readonly flags: number
  readonly hash: string
}

/** @throws Error when not everything is remembered, or what was is not found again */
export function personsAt (persons: number, seed: number, rulebook: Rulebook): PersonsAt {
  const visits = new Visits(seed)
  fill(new LaneState({ rulebook, tasks: TASKS }), WARM_UP, visits, newLog(WARM_UP))
  const log = newLog(persons)
  const resident = residentBytes()
  const state = new LaneState({ rulebook, tasks: TASKS })
  fill(state, persons, visits, log)
  const stats = state.stats()
  if (stats.persons !== persons || stats.records !== persons * DATES.length || stats.evicted + stats.expired > 0) {
    throw new Error(`not every visit is remembered: ${JSON.stringify(stats)}`)
  }
  const held = { bytes: stats.bytes, resident: residentBytes() - resident, peak: peakBytes() - resident }
  findAgain(state, persons, visits)
  const growing = { growing: quantilesOf(log.times), busiest: log.busiest }
  const next = judgeNext(state, persons, visits, log)
  return { persons, ...held, ...growing, next, flags: log.flags.length, hash: hashOf(log.flags) }
}

interface Log { readonly times: Float32Array, readonly flags: string[], busiest: number }

/** Resident at once, so that it is not counted as the lane's. */
function newLog (persons: number): Log {
  return { times: new Float32Array(persons * DATES.length).fill(1), flags: [], busiest: 0 }
}

/** Everybody's first visit, then everybody's second …, in an order that jumps about. */
function fill (state: LaneState, persons: number, visits: Visits, log: Log): void {
  const stride = strideOf(persons)
  let n = 0
  for (const date of DATES) {
    for (let k = 0; k < persons; k++) log.times[n++] = judge(state, visits.of((k * stride) % persons, date), log)
  }
}

function judgeNext (state: LaneState, persons: number, visits: Visits, log: Log): Quantiles {
  const stride = strideOf(persons)
  const times = new Float64Array(Math.min(persons, NEXT_PERSONS))
  for (let k = 0; k < times.length; k++) times[k] = judge(state, visits.of((k * stride) % persons, NEXT), log)
  return quantilesOf(times)
}

/** @returns microseconds */
function judge (state: LaneState, visit: Settlement, log: Log): number {
  const task = taskOf(visit.setlinfo.psn_no, TASKS)
  const worked = process.cpuUsage()
  const started = performance.now()
  const status = state.judge(task, visit, flag => { log.flags.push(`${flag.flag_id} ${flag.revision} ${flag.status}`) })
  const took = (performance.now() - started) * 1000
  if (took > log.busiest) log.busiest = Math.max(log.busiest, Math.min(took, workedSince(worked)))
  if (status !== 'judged') throw new Error(`a visit is said to be ${status}`)
  return took
}

/** The same visit again is known; looked up by what memory holds, not by what was handed over last. */
function findAgain (state: LaneState, persons: number, visits: Visits): void {
  for (let k = 0; k < Math.min(persons, FOUND); k++) {
    const visit = visits.of(Math.floor(k * persons / FOUND) % persons, DATES.at(-1)!)
    const status = state.judge(taskOf(visit.setlinfo.psn_no, TASKS), visit, () => {})
    if (status !== 'duplicate') throw new Error(`a visit that is known is said to be ${status}`)
  }
}

/** Visits every person once, far apart. */
function strideOf (persons: number): number {
  const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b))
  let stride = Math.floor(persons * 0.618) | 1
  while (common(stride, persons) !== 1) stride += 2
  return stride
}

/** Decoded visits. One a date is decoded, the others differ from it in whose and when: decoding takes longer than judging. */
class Visits {
  readonly #seed: number
  readonly #byDate = new Map<string, Settlement>()

  constructor (seed: number) {
    this.#seed = seed
  }

  of (person: number, date: string): Settlement {
    const base = this.#base(date)
    const at = base.setlinfo.setl_time + (OPENING + (person * 7919 + this.#seed) % OPEN_SECONDS) * 1000
    const number = String(person).padStart(8, '0')
    const id = `${date.replaceAll('-', '')}${number}`
    return {
      ...base,
      inf_time: at,
      version: { ...base.version, inf_time: at, contentHi: Math.imul(person + 1, 0x9e3779b1), contentLo: person },
      setlinfo: { ...base.setlinfo, psn_no: `3417020900${number}`, setl_id: `S${id}`, mdtrt_id: `MS${id}`, setl_time: at },
      feedetail: base.feedetail.map(line => ({
        ...line, fee_ocur_time: at, trace_codes: [`8123456${date.slice(5, 7)}${String(person).padStart(11, '0')}`]
      }))
    }
  }

  #base (date: string): Settlement {
    const known = this.#byDate.get(date)
    if (known !== undefined) return known
    const time = `${date} 00:00:00`
    const raw = exampleSettlement({ inf_time: time, setlinfo: { setl_time: time, begndate: date, enddate: date } })
    const bytes = new TextEncoder().encode(JSON.stringify(raw))
    const decoded = decodeRecord(bytes, 0, bytes.length, 'json')
    if (!decoded.ok || decoded.claim.kind !== 'settlement') throw new Error('the example does not decode')
    this.#byDate.set(date, decoded.claim)
    return decoded.claim
  }
}
