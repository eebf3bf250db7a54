/** A replay that can be let run beside something else and be held again: pieces of a file, so many ahead, as io/files/replay.ts does. */
import { Ahead } from '../../engine/core/ahead.ts'
import type { Engine } from '../../engine/main.ts'

/** As many as a replayed file has under way. */
const AHEAD = 8
/** Records made durable before it counts as streaming. */
const STEADY = 500

export class Beside {
  readonly #engine: Engine
  readonly #pieces: readonly Buffer[]
  #next = 0
  #records = 0
  #held = true
  #running: Promise<void> = Promise.resolve()

  constructor (engine: Engine, pieces: readonly Buffer[]) {
    this.#engine = engine
    this.#pieces = pieces
  }

  /** Records durable so far. */
  get records (): number { return this.#records }

  /** Lets it run; resolves once records come through. */
  async start (): Promise<void> {
    this.#held = false
    const from = this.#records
    this.#running = this.#run()
    while (this.#records < from + STEADY && !this.#held) {
      await Promise.race([this.#running, new Promise(resolve => { setTimeout(resolve, 20) })])
    }
  }

  /**
   * Holds it; resolves when everything handed in is durable and judged.
   * @throws Error when it had come to its end by itself: what ran beside it was alone for some of the time
   */
  async hold (): Promise<void> {
    const dry = this.#held
    this.#held = true
    await this.#running
    await this.#engine.settle()
    if (dry) throw new Error('the replay was over before what was to run beside it')
  }

  async #run (): Promise<void> {
    await feed(this.#engine, this.#untilHeld(), records => { this.#records += records })
  }

  * #untilHeld (): Generator<Buffer> {
    while (!this.#held) {
      const piece = this.#pieces[this.#next++]
      if (piece === undefined) this.#held = true
      else yield piece
    }
  }
}

/** Hands in pieces, so many ahead; resolves when all are durable. @throws Error for a record that is refused: nothing here may be */
export async function feed (engine: Engine, pieces: Iterable<Buffer>, onDurable: (records: number) => void): Promise<void> {
  const ahead = new Ahead(AHEAD)
  for (const piece of pieces) {
    await ahead.add(engine.submitPatiently(piece, 'json', 'bench').then(outcomes => {
      const rejected = outcomes.find(outcome => outcome.status === 'rejected')
      if (rejected !== undefined) throw new Error(`a record of the replay was refused: ${JSON.stringify(rejected)}`)
      onDurable(outcomes.length)
    }))
  }
  await ahead.finished()
}
