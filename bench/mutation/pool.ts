/** Worker threads that try mutants: one a core, each ended when a mutant takes too long or too much memory. */
import { Piscina } from 'piscina'
import type { Try } from './pass.ts'
import type { Attempt } from './target.ts'

/** Loops are ended by counting; only what loops without turning needs a clock. Preparing the cases is part of the first attempt. */
const PATIENCE_MS = 120_000
const HEAP_MB = 2048

/** @param threads how many mutants are tried at a time */
export function mutantPool (threads: number): { tryOne: Try, close: () => Promise<void> } {
  const pool = new Piscina<Attempt, string | null>({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB }
  })
  const tryOne: Try = async attempt => {
    try {
      return await pool.run(attempt, { signal: AbortSignal.timeout(PATIENCE_MS) })
    } catch (error) {
      const { name, code } = error as { readonly name?: string, readonly code?: string }
      if (name === 'AbortError') return `took more than ${PATIENCE_MS / 1000} s`
      if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `took more than ${HEAP_MB} MB`
      throw error
    }
  }
  return { tryOne, close: () => pool.destroy() }
}
