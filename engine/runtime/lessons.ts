/**
 * Reference data are a lesson for every lane. Like a claim's flags, what follows from them is durable before they are:
 * only when each lane has learned them and judged again whom they touch, they are stored and their sender is told. Until then
 * a lane whose memory is lost has to be told again.
 */
import type { Waiting } from './submission.ts'

interface Progress {
  /** Lanes whose memory has it. */
  readonly told: Set<number>
  /** Lanes that have also judged whom it touches. */
  readonly done: Set<number>
}

export class Lessons {
  readonly #lanes: number
  readonly #open = new Map<Waiting, Progress>()

  constructor (lanes: number) {
    this.#lanes = lanes
  }

  /** Begins a lesson: the record is to be handed to every lane as it is. */
  begin (lesson: Waiting): void {
    this.#open.set(lesson, { told: new Set(), done: new Set() })
  }

  /** The lane's memory has it. */
  told (lesson: Waiting, lane: number): void {
    this.#open.get(lesson)?.told.add(lane)
  }

  /** All that it causes in the lane is durable. @returns whether the lesson is over: nobody is left. */
  done (lesson: Waiting, lane: number): boolean {
    const progress = this.#open.get(lesson)
    if (progress === undefined || !progress.told.has(lane)) return false // the memory that learned it was lost: it is told again
    progress.done.add(lane)
    if (progress.done.size < this.#lanes) return false
    this.#open.delete(lesson)
    return true
  }

  /** The lane's memory is lost. @returns what it must be told again, in order. */
  lost (lane: number): Waiting[] {
    const again: Waiting[] = []
    for (const [lesson, { told, done }] of this.#open) {
      done.delete(lane)
      if (told.delete(lane)) again.push(lesson)
    }
    return again
  }
}
