/** Long work that a signal may interrupt: what is durable by then is said, not left to be guessed. */
import { Interrupted } from './command.ts'

const EXIT_OF = { SIGINT: 130, SIGTERM: 143 } as const
type Signal = keyof typeof EXIT_OF

/** Ctrl-C reaches a process once from the terminal and once more through npm: only a later one means "at once". */
const TWICE_MS = 1000

export class Interruption {
  /** Records of which it was answered that they are durable. */
  durable = 0
  #signal: Signal | null = null

  /** Work that hands records in, counting those that became durable; it takes no more once a signal has come. */
  counting<A extends readonly unknown[], T> (submit: (...args: A) => Promise<readonly T[]>): (...args: A) => Promise<T[]> {
    return async (...args) => {
      if (this.#signal !== null) throw this.#error(this.#signal)
      const outcomes = await submit(...args)
      this.durable += outcomes.length
      return [...outcomes]
    }
  }

  /**
   * Does the work, or ends it at the first SIGINT or SIGTERM; a second one ends the process.
   * @throws Interrupted, whose `message` is asked for later, when what was under way has become durable as well
   */
  async during<T> (work: () => Promise<T>): Promise<T> {
    let onSignal = (_: Signal): void => {}
    const signalled = new Promise<never>((_resolve, reject) => {
      let first = 0
      onSignal = signal => {
        if (this.#signal !== null && performance.now() - first > TWICE_MS) process.exit(EXIT_OF[signal])
        if (this.#signal !== null) return
        first = performance.now()
        this.#signal = signal
        reject(this.#error(signal))
      }
    })
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
    try {
      return await Promise.race([work(), signalled])
    } finally {
      // After a signal the handlers stay: what is accepted is made durable meanwhile, and Ctrl-C must not cut that short.
      if (this.#signal === null) process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    }
  }

  /** What the sender may rely on. */
  get says (): string {
    const n = this.durable.toLocaleString('en')
    return `已有 ${n} 条记录持久化；重新发送同一文件是安全的，已知的记录计为重复。\n` +
      `  ${n} records are durable; sending the same file again is safe, records known already count as duplicates.`
  }

  #error (signal: Signal): Interrupted {
    return new Interrupted(EXIT_OF[signal], () => `已中断 interrupted: ${this.says}`)
  }
}
