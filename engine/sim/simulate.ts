/**
 * One run of a history through the real decoder, memory and rules: lanes without threads, a store in memory, and everything
 * that may go wrong on the way. What stands at the end must not depend on any of it.
 */
import { compareVersions } from '../core/claim.ts'
import type { FlagRow } from '../core/flag.ts'
import { taskOf } from '../core/fingerprint.ts'
import type { Rulebook } from '../core/rulebook.ts'
import { decodeRecord } from '../decode/decode-record.ts'
import { EVERY_TASK } from '../evaluate/evaluate-batch.ts'
import type { LaneStats } from '../evaluate/lane-state.ts'
import { addressed, settlementSighting } from '../evaluate/sightings.ts'
import type { Sighting } from '../evaluate/sightings.ts'
import { orphans, retraction } from '../runtime/recovery.ts'
import { eventTime, personOf } from './oracle/claims.ts'
import { compareText } from './oracle/person.ts'
import { text } from './oracle/read.ts'
import type { Raw } from './oracle/read.ts'
import { FAULTS } from './schedule.ts'
import type { Fault, Schedule } from './schedule.ts'
import { Sink } from './sink.ts'
import { RECORD_BYTES_MAX, VirtualLane } from './virtual-lane.ts'
import type { Held, LaneReply, Sent } from './virtual-lane.ts'

/** Deliberate defects, to see that the simulator notices them. */
export type Defect = 'none' | 'crash without fold' | 'corrections ignored' | 'late claims not judged' | 'retractions lost' | 'changed reference data not judged' | 'settlements not handed over'

export interface Run {
  readonly active: Map<string, FlagRow>
  readonly written: readonly FlagRow[]
  readonly clock: number
  readonly counts: Record<string, number>
  /** Broken invariants of memory and rows, in words. */
  readonly broken: readonly string[]
}

export function simulate (rulebook: Rulebook, master: readonly Raw[], schedule: Schedule, defect: Defect = 'none'): Run {
  return new Simulation(rulebook, master, schedule, defect).run()
}

/** Whether the engine's decoder refuses a record. */
export function refuses (raw: Raw): boolean {
  const bytes = Buffer.from(JSON.stringify(raw))
  return !decodeRecord(bytes, 0, bytes.length, 'json', RECORD_BYTES_MAX).ok
}

/** Faults that happen when a batch's claims are durable. */
const STORED: ReadonlySet<Fault> = new Set(['none', 'redelivered', 'crash-after-store'])

class Simulation {
  readonly #rulebook: Rulebook
  /** Reference data in the store. */
  readonly #master: Sent[]
  readonly #schedule: Schedule
  readonly #defect: Defect
  readonly #sink = new Sink()
  readonly #lanes: VirtualLane[]
  readonly #queues: Sent[][]
  readonly #counts: Record<string, number> = {}
  readonly #broken: string[] = []
  /** For a defect: the version of each record that arrived first. */
  readonly #firstOf = new Map<string, number>()
  /** Reference data on their way: which lanes have learned them. */
  readonly #lessons = new Map<Sent, Set<number>>()
  #clock = -Infinity

  constructor (rulebook: Rulebook, master: readonly Raw[], schedule: Schedule, defect: Defect) {
    this.#rulebook = rulebook
    this.#schedule = schedule
    this.#defect = defect
    const early = [...master.filter(raw => !schedule.lateMaster.has(raw)), ...schedule.wrongMaster]
    this.#master = early.map((raw, i) => sentOf(raw, EVERY_TASK, -1 - i))
    this.#queues = Array.from({ length: schedule.lanes }, () => [])
    this.#lanes = this.#queues.map(() => this.#emptyLane())
    const numbers = new Map<Raw, number>()
    for (const raw of schedule.arrivals) {
      const number = numbers.get(raw) ?? numbers.size
      numbers.set(raw, number)
      const task = taskOf(personOf(raw), schedule.tasks)
      this.#queues[task % schedule.lanes]!.push(sentOf(raw, task, number))
    }
    for (const raw of schedule.lateMaster) {
      const sent = sentOf(raw, EVERY_TASK, -1 - this.#master.length - numbers.size)
      numbers.set(raw, numbers.size)
      this.#lessons.set(sent, new Set())
      for (const queue of this.#queues) queue.splice(schedule.random.below(queue.length + 1), 0, sent)
    }
    for (const fault of FAULTS) this.#counts[fault] = 0
  }

  run (): Run {
    for (;;) {
      const waiting = this.#queues.flatMap((queue, lane) => queue.length > 0 ? [lane] : [])
      if (waiting.length === 0) break
      const { random } = this.#schedule
      const lane = random.pick(waiting)
      const batch = this.#queues[lane]!.splice(0, random.pick([1, 2, 5, 17, 60, 400]))
      this.#deliver(lane, batch, this.#schedule.fault())
      if (random.chance(20)) this.#advance(random.below(this.#schedule.lanes))
    }
    this.#lanes.forEach((_, lane) => { this.#advance(lane) })
    if (this.#defect === 'none') this.#checkMemory()
    this.#checkRows()
    return { active: this.#sink.active, written: this.#sink.written, clock: this.#clock, counts: this.#counts, broken: this.#broken }
  }

  #deliver (lane: number, batch: Sent[], fault: Fault): void {
    this.#count(fault)
    this.#count('batches')
    const taken = this.#defect === 'corrections ignored' ? batch.filter(one => !this.#isCorrection(one)) : batch
    const reply = this.#lanes[lane]!.judge(taken)
    for (const status of reply.statuses) this.#count(status === 'resent' ? 'duplicate' : status)
    if (fault !== 'crash-before-store') this.#writeFlags(reply.flags)
    if (STORED.has(fault)) this.#writeClaims(taken, reply)
    if (fault !== 'none' && fault !== 'redelivered') {
      this.#crash(fault === 'restart' ? [...this.#lanes.keys()] : [lane], lane, batch)
      if (fault === 'crash-after-store') this.#exchange(reply.sightings) // a lane that dies takes nothing with it that it has said
      return
    }
    if (fault === 'redelivered') this.#queues[lane]!.unshift(...batch)
    this.#clock = Math.max(this.#clock, reply.eventTimeMax)
    if (this.#defect !== 'late claims not judged' && !this.#judgeLate(lane, reply.late.map(i => taken[i]!))) {
      this.#queues[lane]!.unshift(...batch.filter(sent => sent.task === EVERY_TASK))
      this.#exchange(reply.sightings)
      return
    }
    if (reply.changed && this.#defect !== 'changed reference data not judged') this.#judgeTouched(lane)
    this.#exchange(reply.sightings)
    for (const sent of batch) if (sent.task === EVERY_TASK) this.#taught(lane, sent)
  }

  /** Tells the owners of keys; what is in doubt is looked at in the store. */
  #exchange (sightings: readonly Sighting[]): void {
    if (this.#defect === 'settlements not handed over') return
    this.#look(this.#see(sightings, [...this.#lanes.keys()]))
  }

  #see (sightings: readonly Sighting[], lanes: readonly number[]): string[] {
    return addressed(sightings, this.#schedule.tasks, this.#lanes.length).filter(({ lane }) => lanes.includes(lane))
      .flatMap(({ lane, numbers, keys }) => Array.from(this.#lanes[lane]!.seen.see(numbers), place => keys[place]!))
  }

  #look (keys: readonly string[]): void {
    for (const key of new Set(keys)) {
      const holding = this.#sink.holding(key)
      const persons = new Set(holding.map(one => one.psn_no))
      if (persons.size < 2) continue
      this.#count('settlements handed over')
      this.#sink.moved.set(key, holding.reduce((a, b) => compareVersions(b.held!.version, a.held!.version) > 0 ? b : a).psn_no)
      for (const psn_no of persons) this.#rejudge(taskOf(psn_no, this.#schedule.tasks) % this.#lanes.length, psn_no, [])
    }
  }

  /** Reference data are stored when every lane has learned them and judged whom they touch. */
  #taught (lane: number, sent: Sent): void {
    const taught = this.#lessons.get(sent)
    if (taught === undefined || taught.add(lane).size < this.#lanes.length) return
    this.#lessons.delete(sent)
    this.#master.push(sent)
  }

  /** Memory is gone: it is folded anew from what is durable, what stands is written again, and the batch comes back. */
  #crash (lost: readonly number[], lane: number, batch: readonly Sent[]): void {
    this.#queues[lane]!.unshift(...batch)
    // What is not stored is lost with the memory that learned it: it is told again.
    for (const [sent, taught] of this.#lessons) for (const one of lost) if (taught.delete(one)) this.#queues[one]!.unshift(sent)
    for (const one of lost) this.#lanes[one] = this.#emptyLane()
    if (this.#defect === 'crash without fold') return
    const durable = this.#sink.claims.sort((a, b) => compareText(a.psn_no, b.psn_no) || rankOf(a) - rankOf(b) || a.event - b.event || a.number - b.number)
    const found = new Sink() // of each flag the row that knows most, as recovery keeps them
    for (const one of lost) {
      const folded = this.#lanes[one]!.judge(durable.filter(sent => sent.task % this.#schedule.lanes === one), 'fold')
      this.#clock = Math.max(this.#clock, folded.eventTimeMax)
      found.writeFlags(folded.flags)
    }
    const identities = durable.flatMap(({ held, psn_no }) => held === null ? [] : [{ kind: 'settlement' as const, key: held.key, value: psn_no, day: 1 }])
    const doubtful = this.#see(identities, lost)
    const said = this.#sink.saidOfPersons()
    for (const one of lost) this.#lanes[one]!.heard(said)
    for (const one of lost) found.writeFlags([...this.#lanes[one]!.advance(this.#clock), ...this.#lanes[one]!.emit()])
    this.#writeFlags([...found.active.values()])
    const standing = this.#sink.active
    const ours = [...standing.values()].filter(({ subject }) => lost.includes(taskOf(subject, this.#schedule.tasks) % this.#lanes.length))
    const alone = orphans(ours, found.rows, -Infinity)
    this.#writeFlags(alone.map(({ flag_id }) => retraction(standing.get(flag_id)!)))
    this.#count('orphans', alone.length)
    if (lost.length === this.#lanes.length) this.#look(doubtful)
  }

  /** What came too late is judged from the store, and stored then. @returns false when the lane died between its flags and its claims. */
  #judgeLate (lane: number, late: readonly Sent[]): boolean {
    for (let rest = late; rest.length > 0;) {
      const { psn_no } = rest[0]!
      const own = rest.filter(one => one.psn_no === psn_no)
      const reply = this.#rejudge(lane, psn_no, own)
      if (this.#schedule.fault() === 'crash-between') {
        this.#count('crash-between late')
        this.#crash([lane], lane, rest)
        return false
      }
      this.#writeClaims(own, reply)
      this.#exchange(reply.sightings)
      rest = rest.filter(one => one.psn_no !== psn_no)
    }
    return true
  }

  /** Everybody of whom the lane has a claim: who is touched indeed is the store's to say. */
  #judgeTouched (lane: number): void {
    const own = this.#sink.claims.filter(one => one.task % this.#schedule.lanes === lane)
    for (const psn_no of new Set(own.map(one => one.psn_no))) this.#rejudge(lane, psn_no, [])
  }

  #rejudge (lane: number, psn_no: string, late: readonly Sent[]): Pick<LaneReply, 'statuses' | 'sightings'> {
    const stored = this.#sink.claims.filter(one => one.psn_no === psn_no)
    const flags = [...this.#sink.rows.values()].filter(row => row.subject === psn_no)
    const reply = this.#lanes[lane]!.rejudge(psn_no, stored, flags, late)
    this.#writeFlags(reply.flags)
    return reply
  }

  #advance (lane: number): void {
    this.#writeFlags(this.#lanes[lane]!.advance(this.#clock))
  }

  #writeFlags (rows: readonly FlagRow[]): void {
    this.#sink.writeFlags(this.#defect === 'retractions lost' ? rows.filter(row => row.status === 'active') : rows)
  }

  #writeClaims (batch: readonly Sent[], { statuses }: Pick<LaneReply, 'statuses'>): void {
    this.#sink.writeClaims(batch.filter((_, i) => ['judged', 'corrected', 'resent'].includes(statuses[i]!)))
  }

  #emptyLane (): VirtualLane {
    const lane = new VirtualLane(this.#rulebook, this.#schedule.tasks)
    lane.judge(this.#master, 'fold')
    return lane
  }

  #isCorrection (one: Sent): boolean {
    const first = this.#firstOf.get(one.identity) ?? one.number
    this.#firstOf.set(one.identity, first)
    return first !== one.number
  }

  /** Every person of whom a claim was taken in is remembered once, and nobody else; nothing is old enough to be forgotten. */
  #checkMemory (): void {
    const stats = this.#lanes.map(lane => lane.stats)
    const sum = (of: (one: LaneStats) => number): number => stats.reduce((total, one) => total + of(one), 0)
    const persons = new Set(this.#sink.claims.map(one => one.psn_no)).size
    if (sum(one => one.persons) !== persons) this.#broken.push(`memory has ${sum(one => one.persons)} persons instead of ${persons}`)
    if (sum(one => one.records) > this.#sink.claims.length) this.#broken.push(`memory has ${sum(one => one.records)} records of ${this.#sink.claims.length} claims`)
    if (sum(one => one.evicted + one.expired) > 0) this.#broken.push('memory forgot what is not old')
  }

  /**
   * Rows of one flag and one revision that stand are one row; a retraction keeps the last words of what it retracts, which tell
   * of the way there. Only reference data that changed while a lane was down may speak again at the same revision: last word stands.
   */
  #checkRows (): void {
    if (this.#schedule.lateMaster.size > 0) return
    const rows = new Map<string, string>()
    for (const row of this.#sink.written) {
      if (row.status === 'retracted') continue
      const key = `${row.flag_id} ${row.revision}`
      const words = JSON.stringify(row)
      const before = rows.get(key)
      if (before !== undefined && before !== words) this.#broken.push(`two rows of ${row.rule_id} ${key}: ${before} and ${words}`)
      rows.set(key, words)
    }
  }

  #count (what: string, times = 1): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + times
  }
}

function sentOf (raw: Raw, task: number, number: number): Sent {
  const bytes = Buffer.from(JSON.stringify(raw))
  const setl_id = text((raw['setlinfo'] ?? {}) as Raw, 'setl_id')
  return {
    bytes, task, psn_no: personOf(raw), number, event: eventTime(raw) ?? -Infinity,
    identity: setl_id === '' ? `${number}` : `${text(raw, 'infno')} ${text(raw, 'fixmedins_code')} ${setl_id}`,
    held: heldIn(bytes),
    reversal: ['2103', '2208', '2305'].includes(text(raw, 'infno'))
  }
}

/** Reversals first, as recovery reads them. */
function rankOf ({ reversal }: Sent): number {
  return reversal ? 0 : 1
}

function heldIn (bytes: Uint8Array): Held | null {
  const decoded = decodeRecord(bytes, 0, bytes.length, 'json', RECORD_BYTES_MAX)
  if (!decoded.ok || decoded.claim.kind !== 'settlement') return null
  return { key: settlementSighting(decoded.claim).key, version: decoded.claim.version }
}
