/** What is mutated: each rule's evaluate.ts with its thresholds, and each module of engine/core that rules run. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PACKAGE_ROOT, readRuleFolders, type RuleFolder } from '../../engine/core/rulebook/folders.ts'
import { assembleRule } from '../../engine/core/rulebook/load.ts'
import type { LoadedRule } from '../../engine/core/rulebook.ts'
import type { Rule } from '../../engine/core/rule.ts'
import { casesProof, guarded, type Proof } from './cases-proof.ts'
import { Linker, type Mutations } from './link.ts'
import { mutantsOf } from './mutants.ts'
import { type Shift, shifted, shiftsOf } from './threshold-shifts.ts'
import { TEST_PACKAGES, unitProof } from './unit-proof.ts'

const CORE = fileURLToPath(new URL('engine/core/', PACKAGE_ROOT))
/** A published hash, which names things and judges nothing; its own test holds it against known values. */
const HASH = `${CORE}fingerprint.ts`

/** One mutant as it is handed to whoever tries it: a changed module, or a moved threshold. */
export interface Attempt {
  readonly target: string
  readonly name: string
  readonly source?: string
  readonly shift?: Shift
}

interface Proven { readonly folder: RuleFolder, readonly rule: LoadedRule, readonly proof: Proof }

/** Turns of loops that a mutant may take beyond ten times what the code itself takes. */
const SPARE_TURNS = 100_000

/** Everything of the checkout that can be mutated, and the tests that must notice. */
export class Targets {
  readonly #linker = new Linker(TEST_PACKAGES)
  readonly #folders = new Map(readRuleFolders().map(folder => [folder.id, folder]))
  readonly #proven = new Map<string, Proven>()
  readonly #turns = new Map<string, number>()

  /** Rules by id, then helpers as `core/<name>`. */
  get names (): string[] {
    return [...this.#folders.keys(), ...this.#helpers()]
  }

  /** Every mutant of a target. Throws an Error when there is no such target. */
  attempts (target: string): Attempt[] {
    const file = this.#fileOf(target)
    const folder = this.#folders.get(target)
    const of = folder === undefined ? [...this.#folders.values()] : [folder]
    const thresholds = new Set(of.flatMap(each => each.thresholds.map(({ name }) => name)))
    return [
      ...mutantsOf(file, readFileSync(file, 'utf8'), thresholds).map(({ name, source }): Attempt => ({ target, name, source })),
      ...shiftsOf(folder?.thresholds ?? []).map((shift): Attempt => ({ target, name: shift.name, shift }))
    ]
  }

  /**
   * Tries a mutant.
   * @returns what noticed it; null when it survived
   * @throws Error when the tests fail without any mutant: nothing would be proven
   */
  async try ({ target, source, shift }: Attempt): Promise<string | null> {
    const allowed = await this.#usualTurns(target) * 10 + SPARE_TURNS
    if (shift !== undefined) {
      const { rule, folder, proof } = this.#provenRule(target)
      this.#linker.allow(allowed)
      return guarded(() => proof(shifted(rule, folder, shift)))
    }
    return await this.#ask(target, new Map([[this.#fileOf(target), source!]]), allowed)
  }

  /** Runs the tests of a target on the code as it is: they must pass. */
  async #usualTurns (target: string): Promise<number> {
    const known = this.#turns.get(target)
    if (known !== undefined) return known
    const file = this.#fileOf(target)
    const wrong = await this.#ask(target, new Map([[file, readFileSync(file, 'utf8')]]), Infinity)
    if (wrong !== null) throw new Error(`${target}: its tests fail without any mutant: ${wrong}`)
    const turns = this.#linker.turns
    this.#turns.set(target, turns)
    return turns
  }

  async #ask (target: string, mutations: Mutations, turns: number): Promise<string | null> {
    this.#linker.allow(turns)
    const test = this.#fileOf(target).replace(/\.ts$/, '.test.ts')
    if (!this.#folders.has(target) && existsSync(test)) {
      const wrong = await unitProof(this.#linker, test, mutations)
      if (wrong !== null) return wrong
    }
    for (const id of this.#rulesOf(target)) {
      const { folder, proof } = this.#provenRule(id)
      const wrong = guarded(() => proof(this.#link(folder, mutations)))
      if (wrong !== null) return `${id} ${wrong}`
    }
    return null
  }

  #link (folder: RuleFolder, mutations?: Mutations): LoadedRule {
    return assembleRule(folder, this.#linker.load(this.#fileOf(folder.id), mutations).default as Rule)
  }

  #provenRule (id: string): Proven {
    let found = this.#proven.get(id)
    if (found === undefined) {
      const folder = this.#folders.get(id)!
      const rule = this.#link(folder)
      found = { folder, rule, proof: casesProof(folder, rule) }
      this.#proven.set(id, found)
    }
    return found
  }

  /** The rules whose cases a target answers to: itself, or every rule that runs the helper. */
  #rulesOf (target: string): string[] {
    if (this.#folders.has(target)) return [target]
    const file = this.#fileOf(target)
    return [...this.#folders.keys()].filter(id => this.#linker.closure(this.#fileOf(id)).has(file))
  }

  #helpers (): string[] {
    const files = new Set([...this.#folders.keys()].flatMap(id => [...this.#linker.closure(this.#fileOf(id))]))
    return [...files].filter(file => file.startsWith(CORE) && file !== HASH).map(file => `core/${file.slice(CORE.length, -'.ts'.length)}`).sort()
  }

  #fileOf (target: string): string {
    const helper = /^core\/([a-z/-]+)$/.exec(target)?.[1]
    const folder = this.#folders.get(target)
    const own = folder === undefined ? '' : fileURLToPath(new URL('evaluate.ts', folder.directory))
    const file = helper === undefined ? own : `${CORE}${helper}.ts`
    if (!existsSync(file)) throw new Error(`there is neither a rule nor a helper ${target}`)
    return file
  }
}
