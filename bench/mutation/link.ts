/**
 * Modules as functions: a rule or helper is parsed, stripped of its types and put together with what it imports, some of
 * it mutated, without files, without a module cache and without a restart. Every turn of a loop is counted, so that a
 * mutant that would loop for ever ends after a number of turns, the same on every machine.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compileFunction } from 'node:vm'
import { childrenOf, type Edit, edited, type Node, parseModule, stripTypes } from './syntax.ts'

export type Exports = Readonly<Record<string, unknown>>
/** Sources to take instead of those on disk, by path. */
export type Mutations = ReadonlyMap<string, string>

type Factory = (load: (from: string) => Exports, tick: () => void) => Exports
interface Compiled { readonly run: Factory, readonly imports: readonly string[] }

const NONE: Mutations = new Map()

/** Thrown into a loop that has turned too often. */
export class EndlessLoop extends Error {}

/** The modules of a checkout, and how often their loops may still turn. */
export class Linker {
  readonly #packages: ReadonlyMap<string, Exports>
  readonly #compiled = new Map<string, Compiled>()
  readonly #loaded = new Map<string, Exports>()
  #turns = 0
  #allowed = Infinity

  /** @param packages what modules may import besides each other, by name */
  constructor (packages: ReadonlyMap<string, Exports> = new Map()) {
    this.#packages = packages
  }

  /** Loads a module by its path. What no mutation touches is loaded once. */
  load (path: string, mutations: Mutations = NONE): Exports {
    return this.#load(path, mutations, new Map(), [])
  }

  /** Every module of the checkout that the module runs, itself included; imports of types are none. */
  closure (path: string): ReadonlySet<string> {
    const seen = new Set<string>()
    const visit = (each: string): void => {
      if (seen.has(each)) return
      seen.add(each)
      for (const from of this.#compiledAt(each).imports) if (from.startsWith('.')) visit(join(dirname(each), from))
    }
    visit(path)
    return seen
  }

  /** Counts from nothing, and throws EndlessLoop at every turn beyond `turns`. */
  allow (turns: number): void {
    this.#turns = 0
    this.#allowed = turns
  }

  /** Turns of loops since allow(). */
  get turns (): number {
    return this.#turns
  }

  readonly #tick = (): void => {
    if (++this.#turns > this.#allowed) throw new EndlessLoop(`a loop turned more than ${this.#allowed} times`)
  }

  #load (path: string, mutations: Mutations, own: Map<string, Exports>, within: readonly string[]): Exports {
    const touched = mutations.has(path) || (mutations.size > 0 && [...this.closure(path)].some(each => mutations.has(each)))
    const loaded = touched ? own : this.#loaded
    const known = loaded.get(path)
    if (known !== undefined) return known
    if (within.includes(path)) throw new Error(`${path} imports itself by way of ${within.join(', ')}`)
    const source = mutations.get(path)
    const { run } = source === undefined ? this.#compiledAt(path) : compile(path, source)
    const exports = run(from => {
      if (from.startsWith('.')) return this.#load(join(dirname(path), from), mutations, own, [...within, path])
      const found = this.#packages.get(from)
      if (found === undefined) throw new Error(`${path} imports "${from}", which mutated code cannot have`)
      return found
    }, this.#tick)
    loaded.set(path, exports)
    return exports
  }

  #compiledAt (path: string): Compiled {
    let found = this.#compiled.get(path)
    if (found === undefined) {
      if (!existsSync(path)) throw new Error(`${path} is imported but not there`)
      found = compile(path, readFileSync(path, 'utf8'))
      this.#compiled.set(path, found)
    }
    return found
  }
}

function compile (path: string, source: string): Compiled {
  const code = stripTypes(path, edited(source, ticks(parseModule(path, source))))
  const tree = parseModule(path.replace(/\.ts$/, '.js'), code)
  const edits: Edit[] = []
  const imports: string[] = []
  const names: string[] = []
  for (const statement of tree.body as Node[]) {
    const from = (statement.source as Node | null | undefined)?.value as string | undefined
    if (from !== undefined) imports.push(from)
    if (statement.type === 'ImportDeclaration') edits.push(importEdit(statement, from!))
    else if (statement.type === 'ExportDefaultDeclaration') {
      edits.push({ start: statement.start, end: (statement.declaration as Node).start, text: 'const $default = ' })
      names.push('default: $default')
    } else if (statement.type.startsWith('Export')) edits.push(exportEdit(path, statement, names))
  }
  const body = `'use strict'\n${edited(code, edits)}\nreturn { ${names.join(', ')} }`
  return { run: compileFunction(body, ['$load', '$tick'], { filename: path }) as unknown as Factory, imports }
}

/** `import a, { b as c } from 'd'` → `const { default: a, b: c } = $load('d')`. */
function importEdit ({ start, end, specifiers }: Node, from: string): Edit {
  const call = `$load(${JSON.stringify(from)})`
  const named = (specifiers as Node[]).map(each => {
    const local = nameOf(each.local)
    if (each.type === 'ImportNamespaceSpecifier') return `...${local}`
    return `${each.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(each.imported)}: ${local}`
  })
  return { start, end, text: named.length === 0 ? `${call};` : `const { ${named.join(', ')} } = ${call};` }
}

const nameOf = (identifier: unknown): string => (identifier as Node).name as string

/** Takes `export` away and notes the names; only declarations and lists of the module's own names are understood. */
function exportEdit (path: string, statement: Node, names: string[]): Edit {
  const { start, end } = statement
  const declaration = statement.declaration as Node | null | undefined
  if (statement.type === 'ExportNamedDeclaration' && declaration) {
    const declared = declaration.type === 'VariableDeclaration' ? declaration.declarations as Node[] : [declaration]
    names.push(...declared.map(each => nameOf(each.id)))
    return { start, end: declaration.start, text: '' }
  }
  if (statement.type !== 'ExportNamedDeclaration' || statement.source) {
    throw new Error(`${path}: an export that passes on another module is not understood`)
  }
  for (const each of statement.specifiers as Node[]) names.push(`${nameOf(each.exported)}: ${nameOf(each.local)}`)
  return { start, end, text: '' }
}

/** A count at the start of every loop's body. */
function ticks (node: Node): Edit[] {
  const edits = childrenOf(node).flatMap(ticks)
  const body = node.body as Node | undefined
  if (!/^(For|While|DoWhile|ForOf|ForIn)Statement$/.test(node.type) || body === undefined) return edits
  if (body.type === 'BlockStatement') return [...edits, { start: body.start + 1, end: body.start + 1, text: ' $tick();' }]
  return [...edits, { start: body.start, end: body.start, text: '{ $tick(); ' }, { start: body.end, end: body.end, text: ' }' }]
}
