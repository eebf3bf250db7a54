/** A worker thread of the mutation pass: tries one mutant at a time, with everything else prepared once. */
import { type Attempt, Targets } from './target.ts'

const targets = new Targets()

/** @returns what noticed the mutant; null when it survived */
export default function tryMutant (attempt: Attempt): Promise<string | null> {
  return targets.try(attempt)
}
