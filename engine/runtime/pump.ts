/**
 * The pump moves records from the ways in to the lanes and their results to the store.
 *
 *   submit ──▶ route (any idle lane splits and keys; main decodes nothing)
 *          ──▶ one queue a lane, in order of submission
 *          ──▶ judge (the owner lane, one batch in flight)
 *          ──▶ group commit (flags, dead letters, claims) ──▶ outcome to the submitter
 *
 * Results never depend on how records were grouped: order within a task is the order of submission.
 */
import { EngineError } from '../core/errors.ts'
import type { FlagRow } from '../core/flag.ts'
import type { DeadLetter, Format, Intake, Outcome } from '../core/ports.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Lane } from './lane.ts'
import { poisonLetter } from './poison.ts'
import { BROADCAST, ROUTE_STRIDE, STATUSES } from './protocol.ts'
import type { JudgeReply, RouteReply } from './protocol.ts'
import { layOut } from './slab.ts'
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

/** What the pump needs from others to put a lane right. */
export interface PumpHelpers {
  /** Rebuilds an emptied lane's memory from the store. Returns what stands in it: the last words of the lost one may be lost too. */
  readonly rebuild: (lane: Lane, clock: number) => Promise<readonly FlagRow[]>
  /** Judges a late claim from the store and returns the flags that changed. */
  readonly rejudge: (lane: Lane, psn_no: string, claim: { bytes: Uint8Array, format: Format }) => Promise<readonly FlagRow[]>
}

/** Pieces routed in one request, at most: keeps single HTTP claims from waiting behind a large file. */
const ROUTE_PIECES = 256
const ROUTE_BYTES = 2 * 1024 * 1024
/** Rows gathered for the store beyond which lanes rest. */
const GATHERED_BYTES_MAX = 64 * 1024 * 1024
const FAILURES_MAX = 2
/** Times that a lane is rebuilt for one and the same purpose before we believe that it will never succeed. */
const REBUILDS_MAX = 3

interface LaneState { readonly lane: Lane, readonly queue: Waiting[], resting: boolean, advancedTo: number }

export class Pump implements Intake {
  readonly #lanes: LaneState[]
  readonly #commit: GroupCommit
  readonly #settings: PumpSettings
  readonly #events: PumpEvents
  readonly #helpers: PumpHelpers
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
  #idle: Array<() => void> = []

  constructor (lanes: readonly Lane[], commit: GroupCommit, settings: PumpSettings, events: PumpEvents, helpers: PumpHelpers) {
    this.#lanes = lanes.map(lane => ({ lane, queue: [], resting: false, advancedTo: -Infinity }))
    this.#commit = commit
    this.#settings = settings
    this.#events = events
    this.#helpers = helpers
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

  /** Resolves when everything submitted is durable and every waiting rule has seen the clock. */
  async settle (): Promise<void> {
    while (this.#pendingSubmissions > 0) await new Promise<void>(resolve => { this.#idle.push(resolve) })
    for (const state of this.#lanes) await this.#advance(state)
    await this.#commit.settled()
  }

  /** Lets waiting rules of idle lanes see the clock; called now and then while little arrives. */
  heartbeat (): void {
    for (const state of this.#lanes) {
      if (!state.lane.busy && state.queue.length === 0) this.#guard(this.#advance(state))
    }
  }

  async #advance (state: LaneState): Promise<void> {
    const clock = this.#clock
    if (state.advancedTo >= clock) return
    const flags = await this.#askAgain(state, async () => (await state.lane.ask({ op: 'advance', clock })).flags)
    state.advancedTo = clock
    await this.#storeFlags(flags)
  }

  /** Asks a lane something that changes no more than can be rebuilt; a lost lane is rebuilt and asked again, a few times. */
  async #askAgain<T> (state: LaneState, ask: () => Promise<T>, times = REBUILDS_MAX): Promise<T> {
    return await state.lane.exclusively(async () => {
      for (let failures = 0; ; failures++) {
        try {
          return await ask()
        } catch (error) {
          await this.#recover(state, error)
          if (failures >= times) throw error
        }
      }
    })
  }

  async #storeFlags (flags: readonly FlagRow[]): Promise<void> {
    this.#events.flagged(flags)
    await this.#commit.add({ flags, deadLetters: [], chunks: [] })
  }

  #turnAll (): void {
    for (const state of this.#lanes) this.#turn(state)
  }

  /** Gives an idle lane its next work: routing while its own queue is short, judging otherwise. */
  #turn (state: LaneState): void {
    if (state.lane.busy || state.resting || this.#fatal !== null) return
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
    const reply = await this.#askAgain(state, async () => {
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
      const record = { bytes, format, source, offset, persist: true, submission, place, failures: 0 }
      if (task === BROADCAST) {
        // Every lane learns and stores it, so that no lane's claims are durable before what they were judged by; one answers.
        this.#lanes.forEach((state, i) => { state.queue.push({ ...record, task, answers: i === 0 }) })
      } else {
        this.#laneOf(task).queue.push({ ...record, task, answers: true })
      }
    }
    this.#offsets.set(source, offset)
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
          await this.#recover(state, error)
          parts.unshift(...await this.#divide(part, error))
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
    const received = Date.now()
    const reply = await state.lane.ask({ op: 'judge', slab, clock, received, mode: 'live', detail }, [slab.bytes.buffer, slab.index.buffer])
    state.advancedTo = Math.max(state.advancedTo, clock)
    this.#events.judged(state.lane.number, reply, (performance.now() - started) / 1000)
    return reply
  }

  /** Stores what a batch gave, then tells the submitters; a late claim is judged from the store in between. */
  async #accept (state: LaneState, batch: Waiting[], reply: JudgeReply): Promise<void> {
    this.#routeAgain(batch, reply)
    const flags = new Map<number, FlagRow[]>()
    for (const { record, flag } of reply.flags) collect(flags, record, [flag])
    this.#events.flagged(reply.flags.map(f => f.flag))
    await this.#commit.add({ flags: reply.flags.map(f => f.flag), deadLetters: reply.deadLetters, chunks: reply.chunks })
    this.#clock = Math.max(this.#clock, reply.eventTimeMax)
    for (const { record, psn_no } of reply.late) {
      const changed = await this.#rejudge(state, psn_no, batch[record]!)
      await this.#storeFlags(changed)
      collect(flags, record, changed)
    }
    this.#complete(batch, reply, flags)
  }

  /** The record is stored as a claim already: when it cannot be judged, a dead letter is all that is left to say. */
  async #rejudge (state: LaneState, psn_no: string, late: Waiting): Promise<readonly FlagRow[]> {
    try {
      return await this.#askAgain(state, async () => await this.#helpers.rejudge(state.lane, psn_no, late), FAILURES_MAX - 1)
    } catch (error) {
      if (!isLoss(error)) throw error
      await this.#bury(late, error)
      return []
    }
  }

  /** Hands records on to the lane that owns them, which may be idle. Copies of a broadcast end here. */
  #routeAgain (batch: Waiting[], reply: JudgeReply): void {
    for (const { record, task } of reply.misrouted) {
      if (!batch[record]!.answers) continue
      const owner = this.#laneOf(task)
      owner.queue.push({ ...batch[record]!, task })
      this.#turn(owner)
    }
  }

  #complete (batch: Waiting[], reply: JudgeReply, flags: ReadonlyMap<number, readonly FlagRow[]>): void {
    const rejections = new Map(reply.rejections.map(r => [r.record, r.rejection]))
    batch.forEach(({ submission, place, answers }, i) => {
      const status = STATUSES[reply.statuses[i]!]!
      if (status === 'misrouted' || !answers) return
      if (status === 'rejected') {
        submission.complete(place, { status, rejection: rejections.get(i)! })
      } else {
        submission.complete(place, { status, identity: reply.identities[i] ?? '', flags: flags.get(i) ?? [] })
      }
    })
  }

  /** After a loss a batch is halved, so that a poison record ends up alone; alone and deadly again, it is quarantined. */
  async #divide (batch: Waiting[], error: unknown): Promise<Waiting[][]> {
    if (batch.length > 1) {
      const middle = batch.length >> 1
      return [batch.slice(0, middle), batch.slice(middle)]
    }
    const only = batch[0]!
    if (++only.failures < FAILURES_MAX) return [batch]
    await this.#quarantine(only, error)
    return []
  }

  async #quarantine (poison: Waiting, error: unknown): Promise<void> {
    const { reason, field, seen } = await this.#bury(poison, error)
    if (poison.answers) poison.submission.complete(poison.place, { status: 'rejected', rejection: { reason, field, seen } })
  }

  async #bury (poison: Waiting, error: unknown): Promise<DeadLetter> {
    const letter = poisonLetter(poison, error)
    this.#events.quarantined(letter)
    await this.#commit.add({ flags: [], deadLetters: [letter], chunks: [] })
    return letter
  }

  /** Call inside `exclusively`. Only the loss of a lane can be put right here; anything else is thrown on. */
  async #recover (state: LaneState, error: unknown): Promise<void> {
    for (let times = 1; ; times++) {
      if (!isLoss(error) || times > REBUILDS_MAX) throw error
      this.#events.laneLost(state.lane.number, error)
      await this.#commit.settled() // what the lost memory already judged must be in the store to be found again
      try {
        await state.lane.restart()
        const clock = this.#clock
        await this.#storeFlags(await this.#helpers.rebuild(state.lane, clock))
        state.advancedTo = clock
        return
      } catch (again) {
        error = again
      }
    }
  }

  /** An error nobody handled is a broken invariant: the pump stops, and whoever submits learns why. */
  #guard (work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#fatal = error
      queueMicrotask(() => { throw error })
    })
  }
}

function isLoss (error: unknown): boolean {
  return error instanceof EngineError && error.code === 'LANE_LOST'
}

function collect (flags: Map<number, FlagRow[]>, record: number, more: readonly FlagRow[]): void {
  const list = flags.get(record)
  if (list === undefined) flags.set(record, [...more])
  else list.push(...more)
}
