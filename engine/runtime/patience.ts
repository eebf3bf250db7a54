/** Waiting for the store: reads that recovery cannot do without are tried again for ever, with growing pauses. */
import { setTimeout as sleep } from 'node:timers/promises'
import { EngineError } from '../core/errors.ts'

const FIRST_MS = 100
const MAX_MS = 10_000

/** Runs `read` until it succeeds. Only the store being out of reach is waited out; anything else is thrown. */
export async function patiently<T> (read: () => Promise<T>, onRetry: (error: EngineError, delayMs: number) => void): Promise<T> {
  for (let delayMs = FIRST_MS; ; delayMs = Math.min(delayMs * 2, MAX_MS)) {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'STORE_UNREACHABLE') throw error
      onRetry(error, delayMs)
      await sleep(delayMs)
    }
  }
}
