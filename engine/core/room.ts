/** Handing work to an engine that may be full: how a source that can be slowed down waits until there is room. */
import { setTimeout as sleep } from 'node:timers/promises'
import { EngineError } from './errors.ts'

/**
 * Does `work`; while it is refused with OVERLOADED, pauses and does the same again. Every other error is thrown on.
 * @param pauseMs between two tries, in milliseconds: short within a process, longer where each try crosses a network
 */
export async function whenThereIsRoom<T> (work: () => Promise<T>, pauseMs: number): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'OVERLOADED') throw error
      await sleep(pauseMs)
    }
  }
}
