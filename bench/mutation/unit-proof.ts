/** A helper's own x.test.ts as a proof: its tests run here, one by one, with the helper mutated. */
import fc from 'fast-check'
import * as vitest from 'vitest'
import type { Exports, Linker, Mutations } from './link.ts'

interface Test { readonly name: string, readonly body: () => unknown }
type Body = (...given: readonly unknown[]) => unknown

/** Properties draw the same examples every time, and stop at the first that fails. */
const DRAWN = { seed: 20261123, endOnFailure: true }

let collected: Test[] = []

function each (define: (name: string, body: () => unknown) => void): unknown {
  return (rows: readonly unknown[]) => (name: string, body: Body): void => {
    for (const row of rows) define(name, () => Array.isArray(row) ? body(...row as unknown[]) : body(row))
  }
}

const test = (name: string, body: () => unknown): void => { collected.push({ name, body }) }
const describe = (_name: string, body: () => unknown): void => { body() }
const collecting = { test, describe, it: test, expect: vitest.expect }
Object.assign(test, { each: each(test) })
Object.assign(describe, { each: each(describe) })

/** What test files may import besides modules of the checkout. */
export const TEST_PACKAGES: ReadonlyMap<string, Exports> = new Map<string, Exports>([
  ['vitest', collecting], ['fast-check', { ...fc, default: fc }]
])

/** @returns null when every test passes, else the first that does not */
export async function unitProof (linker: Linker, file: string, mutations: Mutations): Promise<string | null> {
  fc.configureGlobal(DRAWN)
  collected = []
  try {
    linker.load(file, mutations)
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0]! : String(error)
  }
  for (const { name, body } of collected) {
    try {
      await body()
    } catch {
      return `"${name}"`
    }
  }
  return null
}
