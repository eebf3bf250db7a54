/**
 * Which settlements may be called late: those behind their own partition, whatever others have sent. Judging from the store puts
 * right whatever is called late without reason, so the flags that stand would never show it.
 */
import { DAY } from '../core/time.ts'
import { LATENESS_DAYS } from './virtual-lane.ts'
import type { Sent } from './virtual-lane.ts'

export class Lateness {
  /** Greatest event time of each task. */
  readonly #reached = new Map<number, number>()
  /** Least event time of any version of a record: correcting what is old is late too. */
  readonly #eldest = new Map<string, number>()

  /** Call for every record that is judged, in order. @returns whether the engine may call it late */
  mayBeLate ({ task, event, identity }: Sent): boolean {
    const reached = Math.max(event, this.#reached.get(task) ?? -Infinity)
    const eldest = Math.min(event, this.#eldest.get(identity) ?? Infinity)
    this.#reached.set(task, reached)
    this.#eldest.set(identity, eldest)
    return eldest < reached - LATENESS_DAYS * DAY
  }
}
