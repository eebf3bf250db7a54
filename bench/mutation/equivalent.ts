/** equivalent.yaml: mutants that no test can tell apart, with the reason. One reason may stand for several mutants of a rule. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { PACKAGE_ROOT } from '../../engine/core/rulebook/folders.ts'

export interface Equivalent { readonly rule: string, readonly mutant: string, readonly why: string }

const FILE = new URL('bench/mutation/equivalent.yaml', PACKAGE_ROOT)

export function readEquivalent (): Equivalent[] {
  return parseEquivalent(readFileSync(FILE, 'utf8'))
}

/** @throws Error naming the entry that is not { rule, mutant or mutants, why }, or a mutant that stands twice */
export function parseEquivalent (text: string): Equivalent[] {
  const entries = parse(text, { stringKeys: true }) as unknown
  if (!Array.isArray(entries)) throw new Error('equivalent.yaml must be a list')
  const all = entries.flatMap((entry: unknown, i) => {
    const { rule, mutant, mutants, why, ...rest } = (entry ?? {}) as Record<string, unknown>
    const named: unknown[] = Array.isArray(mutants) && mutant === undefined ? mutants : [mutant]
    const filled = [rule, why, ...named].every(each => typeof each === 'string' && each !== '')
    if (!filled || named.length === 0 || Object.keys(rest).length > 0) {
      throw new Error(`equivalent.yaml: entry ${i + 1} must have rule, mutant (or a list mutants) and why, all texts, and nothing else`)
    }
    return named.map(each => ({ rule, mutant: each, why }) as Equivalent)
  })
  const keys = all.map(({ rule, mutant }) => `${rule}: ${mutant}`)
  const twice = keys.find((key, i) => keys.indexOf(key) !== i)
  if (twice !== undefined) throw new Error(`equivalent.yaml: "${twice}" stands twice`)
  return all
}
