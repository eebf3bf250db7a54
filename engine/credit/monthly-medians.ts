/** Peer medians computed by the engine itself: those of a month as soon as event time has come to the next. */
import { monthOf, type Millis } from '../core/time.ts'
import { type MedianSpan, medianSpan, monthBefore } from './peer-medians.ts'

/** Months made up for at once, when event time leaps: a whole window of stays. */
const MONTHS_AT_ONCE = 12

export class MonthlyMedians {
  readonly #handIn: (span: MedianSpan) => Promise<unknown>
  readonly #failed: (month: string, error: unknown) => void
  /** Month that event time was in when medians were last handed in; '' before the first time, which every start has. */
  #reached = ''
  #underWay: Promise<void> | null = null
  #stopped = false

  /** @param failed told of a month whose medians could not be handed in; it is tried again at the next look */
  constructor (handIn: (span: MedianSpan) => Promise<unknown>, failed: (month: string, error: unknown) => void) {
    this.#handIn = handIn
    this.#failed = failed
  }

  /** Called now and then with event time; starts what has become due, and returns at once. */
  look (clock: Millis): void {
    if (!Number.isFinite(clock) || this.#underWay !== null || this.#stopped || monthOf(clock) === this.#reached) return
    this.#underWay = this.#catchUp(clock).finally(() => { this.#underWay = null })
  }

  /** Resolves when nothing is under way any more; nothing begins after that. */
  async stop (): Promise<void> {
    this.#stopped = true
    await this.#underWay
  }

  /** The months that ended since the last time, oldest first; at the first time the one before. */
  async #catchUp (clock: Millis): Promise<void> {
    for (const span of spansBetween(this.#reached, clock)) {
      if (this.#stopped) return
      try {
        await this.#handIn(span)
        this.#reached = monthOf(span.until)
      } catch (error) {
        this.#failed(span.month, error)
        return
      }
    }
  }
}

/** @param reached the first month to compute, '' for the one before the clock's only */
function spansBetween (reached: string, clock: Millis): MedianSpan[] {
  const last = medianSpan(monthBefore(clock))!
  const spans: MedianSpan[] = []
  for (let span = medianSpan(reached) ?? last; span.until <= last.until; span = medianSpan(monthOf(span.until))!) spans.push(span)
  return spans.slice(-MONTHS_AT_ONCE)
}
