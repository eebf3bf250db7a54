/**
 * The pump moves records from the ways in to the lanes and their results to the store.
 *
 *   submit ──▶ route (any idle lane splits and keys; main decodes nothing)
 *          ──▶ one queue a lane, in order of submission
 *          ──▶ judge (the owner lane, one batch in flight)
 *          ──▶ group commit (flags, dead letters, claims) ──▶ outcome to the submitter
 *
 * Checks, which record nothing, pass by the queues (checks.ts).
 * Results never depend on how records were grouped: order within a task is the order of submission.
 */
import { EngineError } from '../core/errors.ts'
import { taskOf } from '../core/fingerprint.ts'
import type { FlagRow } from '../core/flag.ts'
import type { Checker, DeadLetter, Format, Intake, Outcome } from '../core/ports.ts'
import { Checks } from './checks.ts'
import { Exchange } from './exchange.ts'
import type { Doubtful, ExchangeHelpers } from './exchange.ts'
import type { GroupCommit } from './group-commit.ts'
import { ExchangeMarker } from './exchange-marker.ts'
import { KeptLane } from './kept-lane.ts'
import type { Keeper } from './kept-lane.ts'
import type { Lane } from './lane.ts'
import { Lessons } from './lessons.ts'
import { outcomesOf, rejected } from './outcomes.ts'
import { poisonLetter } from './poison.ts'
import { BROADCAST, ROUTE_STRIDE, STATUSES } from './protocol.ts'
import type { JudgeReply, RouteReply } from './protocol.ts'
import { layOut } from './slab.ts'
import { StoreJudging } from './store-judging.ts'
import type { StoreJudgingHelpers } from './store-judging.ts'
import { Submission } from './submission.ts'
import type { Waiting } from './submission.ts'

export interface PumpSettings {
  readonly batchRecords: number
  readonly batchBytes: number
  readonly pendingBytesMax: number
}

export interface PumpEvents {
  readonly judged: (lane: number, reply: JudgeReply, seconds: number) => void
  readonly flagged: (flags: readonly FlagRow[]) => void
  readonly laneLost: (lane: number, error: unknown) => void
  readonly quarantined: (letter: DeadLetter) => void
}

/** What the pump needs from others to put a lane right, and to judge what memory cannot. */
export type PumpHelpers = Pick<Keeper, 'rebuild'> & Pick<StoreJudgingHelpers, 'rejudge' | 'touchedBy'> &
  Omit<ExchangeHelpers, 'judgeAgain' | 'flagged' | 'handIn'>

/** Pieces routed in one request, at most: keeps single HTTP claims from waiting behind a large file. */
const ROUTE_PIECES = 256
const ROUTE_BYTES = 2 * 1024 * 1024
/** Rows gathered for the store beyond which lanes rest. */
const GATHERED_BYTES_MAX = 64 * 1024 * 1024
const FAILURES_MAX = 2
/** Source of what the exchange hands in. */
const EXCHANGE = 'exchange'

interface LaneState { readonly lane: Lane, readonly kept: KeptLane, readonly queue: Waiting[], resting: boolean }

export class Pump implements Intake, Checker {
  readonly #lanes: LaneState[]
  readonly #commit: GroupCommit
  readonly #settings: PumpSettings
  readonly #events: PumpEvents
  readonly #fromStore: StoreJudging
  readonly #exchange: Exchange
  readonly #lessons: Lessons
  readonly #checks: Checks
  /** Submissions not yet sent to be routed. */
  #unrouted: Submission[] = []
  /** Routed replies waiting for earlier ones, by sequence number: order of submission must survive. */
  readonly #routed = new Map<number, { submissions: Submission[], reply: RouteReply | null }>()
  #routeSent = 0
  #routeApplied = 0
  #pendingBytes = 0
  #pendingSubmissions = 0
  #clock = -Infinity
  #fatal: unknown = null
  readonly #offsets = new Map<string, number>()
  readonly #marker: ExchangeMarker
  #idle: Array<() => void> = []

  constructor (lanes: readonly Lane[], commit: GroupCommit, settings: PumpSettings, events: PumpEvents, helpers: PumpHelpers) {
    const { flagged, laneLost } = events
    const { rebuild, rejudge, touchedBy, tasks } = helpers
    const keeper = {
      commit,
      flagged,
      rebuild,
      clock: () => this.#clock,
      laneLost: (lane: number, error: unknown) => {
        laneLost(lane, error)
        this.#lanes[lane]!.queue.unshift(...this.#lessons.lost(lane))
      }
    }
    this.#lanes = lanes.map(lane => ({ lane, kept: new KeptLane(lane, keeper), queue: [], resting: false }))
    this.#commit = commit
    this.#settings = settings
    this.#events = events
    this.#lessons = new Lessons(lanes.length)
    this.#marker = new ExchangeMarker(commit)
    this.#checks = new Checks({ lanes: lanes.length, tasks, batchRecords: settings.batchRecords }, lane => { this.#turn(this.#lanes[lane]!) })
    const ownerOf = (psn_no: string): number => taskOf(psn_no, tasks) % lanes.length
    this.#exchange = new Exchange(this.#lanes.map(({ kept }) => kept), commit, {
      ...helpers,
      flagged,
      handIn: async records => {
        if (records.length > 0) await this.#take(Buffer.from(JSON.stringify(records)), 'json', EXCHANGE, false)
      },
      judgeAgain: async psn_nos => {
        for (const { kept } of this.#lanes) await this.#fromStore.again(kept, psn_nos.filter(psn_no => ownerOf(psn_no) === kept.lane.number))
      }
    })
    this.#fromStore = new StoreJudging(commit, {
      rejudge,
      touchedBy,
      ownerOf,
      flagged,
      told: async told => { await this.#exchange.deliver(told) },
      bury: async (record, error) => await this.#bury(record, error)
    })
    for (const state of this.#lanes) state.lane.onIdle = () => { this.#turn(state) }
  }

  get pendingBytes (): number {
    return this.#pendingBytes
  }

  /** Records waiting for each lane. */
  get queueDepths (): number[] {
    return this.#lanes.map(state => state.queue.length)
  }

  /** Greatest event time of any durable claim. */
  get clock (): number {
    return this.#clock
  }

  /** Starts the clock where a recovery left it. */
  startClock (clock: number): void {
    this.#clock = Math.max(this.#clock, clock)
  }

  async submit (bytes: Uint8Array, format: Format, source: string, detail = true): Promise<Outcome[]> {
    if (this.#fatal !== null) throw this.#fatal
    if (this.#pendingBytes > 0 && this.#pendingBytes + bytes.length > this.#settings.pendingBytesMax) {
      throw new EngineError('OVERLOADED', `${this.#pendingBytes} bytes are waiting to become durable`)
    }
    return await this.#take(bytes, format, source, detail)
  }

  async #take (bytes: Uint8Array, format: Format, source: string, detail: boolean): Promise<Outcome[]> {
    const submission = new Submission(bytes, format, source, detail)
    this.#pendingBytes += bytes.length
    this.#pendingSubmissions++
    this.#unrouted.push(submission)
    this.#turnAll()
    try {
      return await submission.done
    } finally {
      this.#pendingBytes -= bytes.length
      this.#pendingSubmissions--
      if (this.#pendingSubmissions === 0) for (const resolve of this.#idle.splice(0)) resolve()
    }
  }

  async check (...asked: Parameters<Checker['check']>): Promise<Outcome[]> {
    if (this.#fatal !== null) throw this.#fatal
    return await this.#checks.check(...asked)
  }

  /** Looks at what a recovery found. */
  async look (doubtful: Doubtful): Promise<void> {
    await this.#exchange.look(doubtful)
  }

  /** Resolves when everything submitted is durable and every waiting rule has seen the clock. */
  async settle (): Promise<void> {
    while (this.#pendingSubmissions > 0) await new Promise<void>(resolve => { this.#idle.push(resolve) })
    for (const { kept } of this.#lanes) await kept.advance()
    await this.#marker.write()
    await this.#commit.settled()
  }

  /** Lets waiting rules of idle lanes see the clock; called now and then while little arrives. */
  heartbeat (): void {
    this.#guard(this.#marker.write())
    for (const state of this.#lanes) {
      if (!state.lane.busy && state.queue.length === 0) this.#guard(state.kept.advance())
    }
  }

  #turnAll (): void {
    for (const state of this.#lanes) this.#turn(state)
  }

  /** Gives an idle lane its next work: checks that wait, routing while its own queue is short, judging otherwise. */
  #turn (state: LaneState): void {
    if (state.lane.busy || this.#fatal !== null) return
    if (this.#checks.goFirst(state.lane.number, !state.resting && (state.queue.length > 0 || this.#unrouted.length > 0))) {
      this.#guard(this.#checks.run(state.kept))
      return
    }
    if (state.resting) return
    const full = state.queue.length >= this.#settings.batchRecords
    if (this.#unrouted.length > 0 && !full) {
      this.#guard(this.#route(state))
    } else if (state.queue.length > 0) {
      if (this.#commit.gatheredBytes > GATHERED_BYTES_MAX) {
        this.#rest(state)
      } else {
        this.#guard(this.#judge(state, this.#takeBatch(state)))
      }
    }
  }

  /** A lane rests until the store has caught up. */
  #rest (state: LaneState): void {
    state.resting = true
    this.#guard(this.#commit.settled().then(() => {
      state.resting = false
      this.#turn(state)
    }))
  }

  async #route (state: LaneState): Promise<void> {
    const submissions: Submission[] = []
    let bytes = 0
    while (this.#unrouted.length > submissions.length && submissions.length < ROUTE_PIECES && bytes < ROUTE_BYTES) {
      const next = this.#unrouted[submissions.length]!
      bytes += next.bytes.length
      submissions.push(next)
    }
    this.#unrouted.splice(0, submissions.length)
    const turn = this.#routeSent++
    this.#routed.set(turn, { submissions, reply: null })
    const reply = await state.kept.askAgain(async () => {
      // Fresh copies: a request body may be a view of a shared pool, which a transfer would take from others.
      const pieces = submissions.map(s => ({ bytes: new Uint8Array(s.bytes), format: s.format }))
      return await state.lane.ask({ op: 'route', pieces }, pieces.map(p => p.bytes.buffer))
    })
    this.#routed.get(turn)!.reply = reply
    this.#applyRouted()
    this.#turnAll()
  }

  #applyRouted (): void {
    for (;;) {
      const next = this.#routed.get(this.#routeApplied)
      if (next === undefined || next.reply === null) return
      this.#routed.delete(this.#routeApplied++)
      next.submissions.forEach((submission, i) => { this.#enqueue(submission, next.reply!.pieces[i]!) })
    }
  }

  #enqueue (submission: Submission, records: Float64Array): void {
    const count = records.length / ROUTE_STRIDE
    submission.expect(count)
    const { format, source } = submission
    let offset = this.#offsets.get(source) ?? 0
    for (let place = 0; place < count; place++, offset++) {
      const row = place * ROUTE_STRIDE
      const start = records[row]!
      const bytes = submission.bytes.subarray(start, start + records[row + 1]!)
      const task = records[row + 2]!
      const record = { bytes, format, task, source, offset, persist: true, submission, place, lesson: false, failures: 0 }
      if (task === BROADCAST) this.#teach({ ...record, persist: false, lesson: true })
      else this.#laneOf(task).queue.push(record)
    }
    this.#offsets.set(source, offset)
  }

  /** The queues of all lanes hold the one object. */
  #teach (lesson: Waiting): void {
    this.#lessons.begin(lesson)
    for (const { queue } of this.#lanes) queue.push(lesson)
  }

  /** A lesson that is over becomes a record as any other: judged once more, stored and answered. */
  #finishLesson (lesson: Waiting, { lane }: LaneState): void {
    if (!this.#lessons.done(lesson, lane.number)) return
    const first = this.#lanes[0]!
    first.queue.push({ ...lesson, persist: true, lesson: false, failures: 0 })
    this.#turn(first)
  }

  #laneOf (task: number): LaneState {
    return this.#lanes[task % this.#lanes.length]!
  }

  #takeBatch (state: LaneState): Waiting[] {
    let bytes = 0
    let count = 0
    while (count < state.queue.length && count < this.#settings.batchRecords && bytes < this.#settings.batchBytes) {
      bytes += state.queue[count++]!.bytes.length
    }
    return state.queue.splice(0, count)
  }

  async #judge (state: LaneState, batch: Waiting[]): Promise<void> {
    const accepted: Array<Promise<void>> = []
    await state.lane.exclusively(async () => {
      const parts = [batch]
      for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
        try {
          accepted.push(this.#accept(state, part, await this.#ask(state, part)))
        } catch (error) {
          this.#marker.end(part)
          await state.kept.recover(error)
          parts.unshift(...await this.#divide(state, part, error))
        }
      }
    })
    await Promise.all(accepted)
  }

  async #ask (state: LaneState, batch: Waiting[]): Promise<JudgeReply> {
    const slab = layOut(batch)
    const detail = batch.some(w => w.submission.detail)
    const clock = this.#clock
    const started = performance.now()
    const received = this.#marker.begin(batch)
    const reply = await state.lane.ask({ op: 'judge', slab, clock, received, mode: 'live', detail }, [slab.bytes.buffer, slab.index.buffer])
    state.kept.advancedTo = Math.max(state.kept.advancedTo, clock)
    this.#events.judged(state.lane.number, reply, (performance.now() - started) / 1000)
    return reply
  }

  /** Stores what a batch gave, judges from the store what its lane could not, then tells the submitters. */
  async #accept (state: LaneState, batch: Waiting[], reply: JudgeReply): Promise<void> {
    for (const waiting of batch) if (waiting.lesson) this.#lessons.told(waiting, state.lane.number)
    this.#routeAgain(batch, reply)
    this.#events.flagged(reply.flags.map(f => f.flag))
    await this.#commit.add({ flags: reply.flags.map(f => f.flag), deadLetters: reply.deadLetters, chunks: reply.chunks })
    this.#clock = Math.max(this.#clock, reply.eventTimeMax)
    const late = await this.#fromStore.late(state.kept, reply.late.map(({ record, psn_no }) => ({
      psn_no, waiting: batch[record]!, deferred: STATUSES[reply.statuses[record]!] === 'deferred'
    })))
    await this.#fromStore.touched(state.kept, reply.changes)
    await this.#exchange.learned(state.lane.number, reply.changes)
    await this.#exchange.deliver(reply.told)
    this.#marker.end(batch)
    this.#complete(state, batch, outcomesOf(reply, late))
  }

  /** Hands records on to the lane that owns them, which may be idle. */
  #routeAgain (batch: Waiting[], reply: JudgeReply): void {
    for (const { record, task } of reply.misrouted) {
      if (batch[record]!.lesson) continue // it was taken for a lesson; at its end it is handed on
      const owner = this.#laneOf(task)
      owner.queue.push({ ...batch[record]!, task })
      this.#turn(owner)
    }
  }

  #complete (state: LaneState, batch: Waiting[], outcomes: ReadonlyArray<Outcome | null>): void {
    batch.forEach((waiting, i) => {
      const outcome = outcomes[i]!
      if (waiting.lesson) this.#finishLesson(waiting, state)
      else if (outcome !== null) waiting.submission.complete(waiting.place, outcome)
    })
  }

  /** After a loss a batch is halved, so that a poison record ends up alone; alone and deadly again, it is quarantined. */
  async #divide (state: LaneState, batch: Waiting[], error: unknown): Promise<Waiting[][]> {
    if (batch.length > 1) {
      const middle = batch.length >> 1
      return [batch.slice(0, middle), batch.slice(middle)]
    }
    const only = batch[0]!
    if (++only.failures < FAILURES_MAX) return [batch]
    if (only.lesson) {
      this.#lessons.told(only, state.lane.number)
      this.#finishLesson(only, state) // not learned; it ends as a dead letter when it is judged to be stored
    } else {
      only.submission.complete(only.place, rejected(await this.#bury(only, error)))
    }
    return []
  }

  async #bury (poison: Waiting, error: unknown): Promise<DeadLetter> {
    const letter = poisonLetter(poison, error)
    this.#events.quarantined(letter)
    await this.#commit.add({ flags: [], deadLetters: [letter], chunks: [] })
    return letter
  }

  /** An error nobody handled is a broken invariant: the pump stops, and whoever submits learns why. */
  #guard (work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#fatal = error
      queueMicrotask(() => { throw error })
    })
  }
}
