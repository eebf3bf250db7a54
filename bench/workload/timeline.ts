/** What is still to be handed over, by the day of its arrival: memory holds a day and what was planned ahead, however long the span. */
import { dayOf } from '../../engine/core/time.ts'
import type { DayNumber, Millis } from '../../engine/core/time.ts'
import type { Pending, Raw } from './types.ts'

export class Timeline {
  private readonly days = new Map<DayNumber, Pending[]>()
  private drained: DayNumber = -Infinity
  private seq = 0

  /** Plans a record. Records of one moment keep the order in which they were planned. */
  add (at: Millis, make: () => Raw): void {
    const day = dayOf(at)
    if (day <= this.drained) throw new RangeError(`planned for ${new Date(at).toISOString()}, a day already handed over`)
    const bucket = this.days.get(day)
    const pending = { at, seq: this.seq++, make }
    if (bucket === undefined) this.days.set(day, [pending])
    else bucket.push(pending)
  }

  /** Hands over a day's records in order of arrival. Days must be asked for in order. */
  * drain (day: DayNumber): Generator<Raw> {
    this.drained = day
    const bucket = this.days.get(day)
    if (bucket === undefined) return
    this.days.delete(day)
    bucket.sort((a, b) => a.at - b.at || a.seq - b.seq)
    for (const pending of bucket) yield pending.make()
  }

  /** Days that still hold something, in order. */
  get pendingDays (): DayNumber[] {
    return [...this.days.keys()].sort((a, b) => a - b)
  }
}
