/** The mutation pass: every mutant of every target is tried, and what survives is counted against the tests. */
import { fingerprintHex } from '../../engine/core/fingerprint.ts'
import type { Equivalent } from './equivalent.ts'
import type { Attempt } from './target.ts'

/** @returns what noticed the mutant; null when it survived */
export type Try = (attempt: Attempt) => Promise<string | null>

export interface Score {
  readonly target: string
  readonly mutants: number
  readonly killed: number
  /** Survivors that equivalent.yaml does not explain, by name. */
  readonly survivors: readonly string[]
  readonly equivalent: number
}

export interface PassResult {
  readonly scores: readonly Score[]
  /** Entries of equivalent.yaml that no survivor answers to. */
  readonly stale: readonly Equivalent[]
  /** Of which mutants there were and which survived; not of what killed them, which may be any of several tests. */
  readonly hash: string
}

export interface PassOptions {
  readonly targets: readonly string[]
  readonly attempts: (target: string) => readonly Attempt[]
  readonly tryOne: Try
  /** Mutants tried at a time. */
  readonly threads: number
  readonly equivalent: readonly Equivalent[]
  readonly progress: (score: Score) => void
}

/** Tries everything, target by target. */
export async function mutationPass ({ targets, attempts, tryOne, threads, equivalent, progress }: PassOptions): Promise<PassResult> {
  const scores: Score[] = []
  const stale: Equivalent[] = []
  const lines: string[] = []
  for (const target of targets) {
    const all = attempts(target)
    const noticed = await inTurn(all, threads, tryOne)
    const survived = all.filter((_, i) => noticed[i] === null).map(({ name }) => name)
    const explained = equivalent.filter(({ rule }) => rule === target)
    stale.push(...explained.filter(({ mutant }) => !survived.includes(mutant)))
    const survivors = survived.filter(name => !explained.some(({ mutant }) => mutant === name))
    const [mutants, killed, equivalents] = [all.length, all.length - survived.length, survived.length - survivors.length]
    const score: Score = { target, mutants, killed, survivors, equivalent: equivalents }
    scores.push(score)
    progress(score)
    lines.push(target, ...all.map(({ name }, i) => `${name} ${noticed[i] === null ? 'survived' : 'killed'}`))
  }
  return { scores, stale, hash: fingerprintHex(...lines) }
}

async function inTurn (all: readonly Attempt[], threads: number, tryOne: Try): Promise<Array<string | null>> {
  const noticed: Array<string | null> = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let i = next++; i < all.length; i = next++) noticed[i] = await tryOne(all[i]!)
  }
  await Promise.all(Array.from({ length: threads }, work))
  return noticed
}

/** Share of the mutants that could be noticed and were, in percent; 100 where there was none. */
export function percentOf ({ mutants, killed, equivalent }: Pick<Score, 'mutants' | 'killed' | 'equivalent'>): number {
  return mutants === equivalent ? 100 : killed / (mutants - equivalent) * 100
}

/** All targets together. */
export function totalOf (scores: readonly Score[]): Score {
  const sum = (of: (score: Score) => number): number => scores.reduce((total, score) => total + of(score), 0)
  return {
    target: 'all',
    mutants: sum(each => each.mutants),
    killed: sum(each => each.killed),
    survivors: scores.flatMap(({ target, survivors }) => survivors.map(name => `${target} ${name}`)),
    equivalent: sum(each => each.equivalent)
  }
}
