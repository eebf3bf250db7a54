/**
 * A lane: one worker thread with its own memory, behind a Piscina pool of exactly one thread.
 * Pools of one keep order by construction; a shared pool reorders tasks of a key.
 *
 * Piscina replaces a dead thread silently with one whose memory is empty. Every reply therefore names the incarnation
 * of the memory it used; an unexpected one means that the memory must be rebuilt before anything is believed.
 */
import { Piscina } from 'piscina'
import { EngineError } from '../core/errors.ts'
import type { CheckReply, FlagsReply, JudgeReply, LaneRequest, LaneSettings, RejudgeReply, RouteReply, SeeReply } from './protocol.ts'

/** What answers a lane's requests, one at a time. */
export interface LaneThread {
  /** Rejects when the thread died or threw on the way. */
  readonly run: (request: LaneRequest, transfer: ArrayBuffer[]) => Promise<LaneReply>
  /** Ends the thread as if it had died: what it was doing is lost, and its memory. Another takes its place. */
  readonly lose: () => Promise<void>
  readonly close: () => Promise<void>
}

export function startThread (workerFile: string, settings: LaneSettings): LaneThread {
  let pool = poolOfOne(workerFile, settings)
  const renew = async (): Promise<void> => {
    await pool.destroy()
    pool = poolOfOne(workerFile, settings)
  }
  return {
    async run (request, transferList) {
      if (pool.threads.length === 0) await renew()
      const thread = pool.threads[0]!
      let exited: (code: number) => void
      const death = new Promise<never>((_, reject) => { exited = code => { reject(new Error(`its thread exited with code ${code}`)) } })
      thread.once('exit', exited!)
      const reply = pool.run(request, { transferList }) as Promise<LaneReply>
      reply.catch(() => {}) // where death is noticed first, this rejection comes after it and says no more
      try {
        return await Promise.race([reply, death])
      } catch (error) {
        // A thread that dies while it starts leaves the request waiting in the pool for one that never comes.
        if (pool.threads[0] !== thread) await renew()
        throw error
      } finally {
        thread.off('exit', exited!)
      }
    },
    lose: async () => { await Promise.all(pool.threads.map(async thread => await thread.terminate())) },
    close: async () => { await pool.destroy() }
  }
}

function poolOfOne (workerFile: string, settings: LaneSettings): Piscina {
  const pool = new Piscina({
    filename: workerFile,
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: 1,
    idleTimeout: Infinity, // an idle thread would be ended, and its memory with it
    recordTiming: false,
    atomics: 'disabled',
    workerData: settings
  })
  // A thread that dies idle is reported here only; the next reply's incarnation tells the rest.
  pool.on('error', () => {})
  return pool
}

type LaneReply = RouteReply | JudgeReply | FlagsReply | RejudgeReply | SeeReply | CheckReply
type ReplyTo<R extends LaneRequest> =
  R extends { op: 'route' } ? RouteReply :
    R extends { op: 'judge' } ? JudgeReply :
      R extends { op: 'rejudge' } ? RejudgeReply :
        R extends { op: 'see' } ? SeeReply :
          R extends { op: 'check' } ? CheckReply : FlagsReply

export class Lane {
  readonly number: number
  /** Called whenever nobody holds the lane any more: the one place where waiting work finds out. */
  onIdle: () => void = () => {}
  readonly #thread: LaneThread
  /** The memory this lane's requests belong to; null until the first reply of a thread. */
  #incarnation: string | null = null
  /** Work that holds or awaits the lane; each starts when the one before it ended. */
  #held = 0
  #tail: Promise<unknown> = Promise.resolve()

  constructor (number: number, thread: LaneThread) {
    this.number = number
    this.#thread = thread
  }

  get busy (): boolean {
    return this.#held > 0
  }

  /** Runs `work` with the lane to itself: several requests that belong together, such as losing and rebuilding memory. */
  async exclusively<T> (work: () => Promise<T>): Promise<T> {
    this.#held++
    const before = this.#tail
    const mine = (async () => {
      await before
      return await work()
    })()
    this.#tail = mine.then(() => {}, () => {})
    try {
      return await mine
    } finally {
      if (--this.#held === 0) this.onIdle()
    }
  }

  /**
   * Sends one request; call it inside `exclusively`, one at a time.
   * @throws EngineError LANE_LOST when the thread died, threw, or answered from another memory than before.
   */
  async ask<R extends LaneRequest> (request: R, transfer: ArrayBuffer[] = []): Promise<ReplyTo<R>> {
    let reply: ReplyTo<R>
    try {
      reply = await this.#thread.run(request, transfer) as ReplyTo<R>
    } catch (error) {
      throw new EngineError('LANE_LOST', `lane ${this.number} failed: ${error instanceof Error ? error.message : String(error)}`, error)
    }
    if (this.#incarnation !== null && reply.incarnation !== this.#incarnation) {
      throw new EngineError('LANE_LOST', `lane ${this.number} came back with an empty memory`)
    }
    this.#incarnation = reply.incarnation
    return reply
  }

  /** Empties the memory, whatever thread holds it now. Call before rebuilding, inside `exclusively`. */
  async restart (): Promise<void> {
    this.#incarnation = null
    await this.ask({ op: 'forget' })
  }

  /** Ends the thread as if it had died, whatever it is doing: for drills. */
  async lose (): Promise<void> {
    await this.#thread.lose()
  }

  async close (): Promise<void> {
    await this.#thread.close()
  }
}
