/** The mutation pass itself: what it makes of code, that its proofs notice, and that two rules reach their score. */
import { describe, expect, it } from 'vitest'
import { parseEquivalent, readEquivalent } from './equivalent.ts'
import { Linker } from './link.ts'
import { mutantsOf } from './mutants.ts'
import { mutationPass, type Try } from './pass.ts'
import { faultsOf, jsonOf, survivorsOf, tableOf } from './report.ts'
import { type Attempt, Targets } from './target.ts'

const namesOf = (source: string, thresholds: readonly string[] = []): string[] =>
  mutantsOf('x.ts', source, new Set(thresholds)).map(({ name }) => name)
const bodies = (expression: string): string[] => namesOf(`const f = (a: number, b: boolean, c: boolean) => ${expression}`)

describe('mutants', () => {
  it('turn a comparison and drop each clause', () => {
    expect(bodies('a < a')).toEqual(['f: a < a → a <= a', 'f: a < a → a >= a'])
    expect(bodies('a === a!')).toEqual(['f: a === a! → a !== a!'])
    expect(bodies('b && c && !b')).toEqual([
      'f: b && c && !b without b', 'f: b && c && !b without c', 'f: b && c && !b without !b', 'f: !b → b'
    ])
    expect(bodies('b || (b && c)')).toEqual(['f: b || (b && c) without b', 'f: b || (b && c) without (b && c)', 'f: b && c without b', 'f: b && c without c'])
  })

  it('drop guards, take one side, and move numbers and the uses of thresholds', () => {
    const source = "function f (limits: { least: number }): number {\n  if (limits.least) return 7 // (a) why\n  return limits.least ? 7 : 7\n}"
    expect(namesOf(source, ['least'])).toEqual([
      'f: without if (limits.least) return 7',
      'f: if (limits.least) return 7 with limits.least + 1', 'f: if (limits.least) return 7 with limits.least - 1',
      'f: return 7 with 7 + 1', 'f: return 7 with 7 - 1',
      'f: limits.least ? 7 : 7 → 7', 'f: limits.least ? 7 : 7 with limits.least + 1', 'f: limits.least ? 7 : 7 with limits.least - 1',
      'f: limits.least ? 7 : 7 with 7 + 1', 'f: limits.least ? 7 : 7 with 7 - 1',
      'f: limits.least ? 7 : 7 with 7 + 1 (2)', 'f: limits.least ? 7 : 7 with 7 - 1 (2)'
    ])
  })

  it('are whole modules that can be parsed, one change each, and types are left alone', () => {
    const [only] = mutantsOf('x.ts', 'export type T = 1 | 2\nconst 分 = (a: T): a is 1 => a === 1\n', new Set())
    expect(only).toEqual({ name: '分: a === 1 → a !== 1', source: 'export type T = 1 | 2\nconst 分 = (a: T): a is 1 => a !== 1\n' })
  })
})

describe('linked modules', () => {
  const path = '/nowhere/x.ts'
  const load = (source: string): Record<string, unknown> => ({ ...new Linker().load(path, new Map([[path, source]])) })

  it('export what they export', () => {
    const exports = load('export const a = 1, b = 2\nfunction c (): number { return a }\nexport { c as d }\nexport interface T { x: 1 }\nexport default b + 1')
    expect({ ...exports, d: (exports.d as () => number)() }).toEqual({ a: 1, b: 2, d: 1, default: 3 })
  })

  it('end a loop that never would', () => {
    const linker = new Linker()
    const { f } = linker.load(path, new Map([[path, 'export function f (): void { for (let i = 0; i < 1;) i-- }']])) as { f: () => void }
    linker.allow(1000)
    expect(f).toThrow('a loop turned more than 1000 times')
    expect(linker.turns).toBe(1001)
  })

  it('import nothing that mutated code cannot have', () => {
    expect(() => load("import { readFileSync } from 'node:fs'\nexport const a = readFileSync")).toThrow('"node:fs"')
  })
})

describe('equivalent.yaml', () => {
  it('has entries of the right shape, each once, for targets that there are', () => {
    const { names } = new Targets()
    expect(readEquivalent().filter(({ rule }) => !names.includes(rule))).toEqual([])
    expect(parseEquivalent('- { rule: r, mutants: [a, b], why: w }')).toEqual([{ rule: 'r', mutant: 'a', why: 'w' }, { rule: 'r', mutant: 'b', why: 'w' }])
  })

  it.each(['a: 1', '- { rule: r, mutant: m }', '- { rule: r, mutant: m, why: w, when: x }', '- { rule: r, mutants: [], why: w }',
    '- { rule: r, mutants: [m, m], why: w }'])('refuses %s', text => {
    expect(() => parseEquivalent(text)).toThrow('equivalent.yaml')
  })
})

describe('the pass', () => {
  const attempts: Attempt[] = ['a', 'b', 'c'].map(name => ({ target: 'r', name }))
  const tryOne: Try = async ({ name }) => name === 'a' ? 'noticed' : null
  const run = (equivalent: readonly string[]): ReturnType<typeof mutationPass> => mutationPass({
    targets: ['r'], attempts: () => attempts, tryOne, threads: 2, progress: () => {},
    equivalent: equivalent.map(mutant => ({ rule: 'r', mutant, why: 'w' }))
  })

  it('counts what survived, leaves out what is equivalent, and names entries that match nothing', async () => {
    const result = await run(['b', 'z'])
    expect(result.scores).toEqual([{ target: 'r', mutants: 3, killed: 1, survivors: ['c'], equivalent: 1 }])
    expect(tableOf(result.scores)).toContain('all         3       1         1           1  50.00 %')
    expect(survivorsOf(result.scores)).toBe('r\n  c')
    expect(faultsOf(result)).toEqual(['r: 50.00 % is less than 95 %', 'all: 50.00 % is less than 95 %', 'equivalent.yaml: no survivor of r is "z"'])
    expect(JSON.parse(jsonOf(result, 1))).toMatchObject({ total: { score: 50, survived: 1 }, hash: result.hash, stale: [{ mutant: 'z' }] })
  })

  it('has nothing to say when every survivor is explained, and the same hash as before', async () => {
    const result = await run(['b', 'c'])
    expect(faultsOf(result)).toEqual([])
    expect(result.hash).toBe((await run([])).hash)
  })

  it('finds the cases of two rules sharp enough', async () => {
    const targets = new Targets()
    const result = await mutationPass({
      targets: ['certificate-mismatch', 'same-day-reregistration', 'core/settlements'],
      attempts: target => targets.attempts(target), tryOne: attempt => targets.try(attempt),
      threads: 1, equivalent: readEquivalent(), progress: () => {}
    })
    expect(faultsOf(result)).toEqual([])
    expect(result.scores.every(({ mutants }) => mutants > 20)).toBe(true)
  })

  it('refuses to judge by tests that fail without any mutant', async () => {
    const targets = new Targets()
    await expect(targets.try({ target: 'core/nothing', name: 'n', source: '' })).rejects.toThrow('neither a rule nor a helper')
  })
})
