/**
 * Checks: claims judged without being recorded, for a hospital that waits. They do not queue behind batches.
 *
 *   check ──▶ split and keyed here (small; no lane is asked for it)
 *         ──▶ one part a lane ──▶ the lane that becomes free takes the parts that wait for it first
 *
 * After checks one batch goes first if one waits: a check waits for one batch at most, and checks never starve the records.
 * Who has waited for longer than its patience is told so, and what has not begun by then is dropped.
 */
import { EngineError } from '../core/errors.ts'
import type { Format, Outcome, PassOver } from '../core/ports.ts'
import type { Checked } from '../evaluate/evaluate-check.ts'
import { isLoss } from './kept-lane.ts'
import type { KeptLane } from './kept-lane.ts'
import { ROUTE_STRIDE } from './protocol.ts'
import { routePiece } from './route.ts'
import { layOut } from './slab.ts'
import type { SlabRecord } from './slab.ts'

/** Times that a lost lane is asked again; a check is not worth more. */
const ASKED_AGAIN = 1
/** Times that a record is handed on to the lane that it says it belongs to: decoding gives one answer. */
const MOVES_MAX = 1

/** A check under way: ends once, with every outcome or with what prevented it. */
class Asked {
  readonly done: Promise<Outcome[]>
  #resolve!: (outcomes: Outcome[]) => void
  #reject!: (error: unknown) => void
  readonly #outcomes: Outcome[]
  #remaining: number
  readonly #timer: NodeJS.Timeout
  #over = false

  constructor (records: number, patienceMs: number) {
    this.#outcomes = new Array<Outcome>(records)
    this.#remaining = records
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.#timer = setTimeout(() => {
      this.fail(new EngineError('CHECK_TIMED_OUT', `the check was not done within ${patienceMs} ms`))
    }, patienceMs)
  }

  /** Nobody waits for it any more. */
  get over (): boolean {
    return this.#over
  }

  answer (place: number, outcome: Outcome): void {
    this.#outcomes[place] = outcome
    if (--this.#remaining > 0) return
    this.#end()
    this.#resolve(this.#outcomes)
  }

  fail (error: unknown): void {
    this.#end()
    this.#reject(error)
  }

  #end (): void {
    this.#over = true
    clearTimeout(this.#timer)
  }
}

interface CheckRecord extends SlabRecord { readonly place: number, readonly moves: number, readonly passOver: PassOver }
/** The records of a check that one lane judges, one after another. */
interface Part { readonly asked: Asked, readonly records: readonly CheckRecord[] }

export interface ChecksSettings {
  readonly lanes: number
  readonly tasks: number
  /** Records that a lane gets at once, at most; a part of more goes alone. */
  readonly batchRecords: number
}

export class Checks {
  readonly #settings: ChecksSettings
  /** Parts waiting for each lane. */
  readonly #waiting: Part[][]
  /** Whether the lane's last work was checks. */
  readonly #served: boolean[]
  readonly #turn: (lane: number) => void

  /** @param turn is told that a lane has a check to do. */
  constructor (settings: ChecksSettings, turn: (lane: number) => void) {
    this.#settings = settings
    this.#waiting = Array.from({ length: settings.lanes }, () => [])
    this.#served = Array.from({ length: settings.lanes }, () => false)
    this.#turn = turn
  }

  /** See Checker in core/ports.ts. */
  async check (bytes: Uint8Array, format: Format, patienceMs: number, passOver: readonly PassOver[] = []): Promise<Outcome[]> {
    const numbers = routePiece(bytes, format, this.#settings.tasks)
    const count = numbers.length / ROUTE_STRIDE
    if (count === 0) return []
    const asked = new Asked(count, patienceMs)
    this.#hand(asked, Array.from({ length: count }, (_, place) => {
      const row = place * ROUTE_STRIDE
      const start = numbers[row]!
      const task = Math.max(0, numbers[row + 2]!) // what every lane knows may be asked of any
      const own = bytes.subarray(start, start + numbers[row + 1]!)
      return { bytes: own, format, task, source: '', offset: place, persist: false, place, moves: 0, passOver: passOver[place] ?? 'never' }
    }))
    return await asked.done
  }

  /** Whether checks are what an idle lane does next. @param others whether other work waits for the lane. */
  goFirst (lane: number, others: boolean): boolean {
    const waiting = this.#waiting[lane]!
    while (waiting[0]?.asked.over === true) waiting.shift()
    const first = waiting.length > 0 && !(others && this.#served[lane])
    this.#served[lane] = first
    return first
  }

  /** Has the lane judge the checks that wait for it, as many as fit. */
  async run (kept: KeptLane): Promise<void> {
    const parts = this.#take(kept.lane.number)
    const records = parts.flatMap(part => part.records)
    try {
      const { answers } = await kept.askAgain(async () => {
        const slab = layOut(records)
        const counts = parts.map(part => part.records.length)
        const passOver = records.map(record => record.passOver)
        return await kept.lane.ask({ op: 'check', slab, counts, passOver, received: Date.now() }, [slab.bytes.buffer, slab.index.buffer])
      }, ASKED_AGAIN)
      let at = 0
      for (const part of parts) {
        this.#answer(part, answers.slice(at, at + part.records.length))
        at += part.records.length
      }
    } catch (error) {
      if (!isLoss(error)) throw error
      for (const { asked } of parts) asked.fail(error)
    }
  }

  /** One part a lane, in the order of the request. */
  #hand (asked: Asked, records: readonly CheckRecord[]): void {
    const { lanes } = this.#settings
    const byLane = new Map<number, CheckRecord[]>()
    for (const record of records) {
      const lane = record.task % lanes
      const own = byLane.get(lane)
      if (own === undefined) byLane.set(lane, [record])
      else own.push(record)
    }
    for (const [lane, own] of byLane) {
      this.#waiting[lane]!.push({ asked, records: own })
      this.#turn(lane)
    }
  }

  #take (lane: number): Part[] {
    const waiting = this.#waiting[lane]!.filter(part => !part.asked.over)
    let records = 0
    let count = 0
    do records += waiting[count++]!.records.length
    while (count < waiting.length && records + waiting[count]!.records.length <= this.#settings.batchRecords)
    this.#waiting[lane] = waiting.slice(count)
    return waiting.slice(0, count)
  }

  #answer ({ asked, records }: Part, answers: readonly Checked[]): void {
    const moved: CheckRecord[] = []
    answers.forEach((answer, i) => {
      const record = records[i]!
      if (answer.status !== 'misrouted') asked.answer(record.place, answer)
      else if (record.moves < MOVES_MAX) moved.push({ ...record, task: answer.task, moves: record.moves + 1 })
      else throw new Error(`a record belongs to task ${record.task} and to task ${answer.task}`)
    })
    if (moved.length > 0 && !asked.over) this.#hand(asked, moved)
  }
}
