/** Every mutant of a module: one change each, named so that the name survives changes elsewhere in the file. */
import { OPERATORS } from './operators.ts'
import { childrenOf, edited, type Node, parseModule } from './syntax.ts'

export interface Mutant {
  /** Unique in the module: the function, and what became of what. */
  readonly name: string
  /** The whole module with the change. */
  readonly source: string
}

/** What is not named stands at the top level. */
const TOP = 'module'

/**
 * Every mutant of a module's text, in the order of the text.
 * @param thresholds names of the rule's thresholds
 */
export function mutantsOf (file: string, source: string, thresholds: ReadonlySet<string>): Mutant[] {
  const textOf = (node: Node): string => source.slice(node.start, node.end)
  const found = new Map<string, string>()
  const uses = new Map<string, number>()
  const visit = (node: Node, parent: Node | null, within: string): void => {
    const place = nameOf(node, parent) ?? within
    for (const operator of OPERATORS) {
      for (const { text, words } of operator({ node, parent, textOf, thresholds })) {
        const mutated = edited(source, [{ start: node.start, end: node.end, text }])
        if (mutated === source || found.has(mutated)) continue
        parseModule(file, mutated) // what cannot be parsed would pass for noticed
        const change = oneLine(`${place}: ${words ?? `${textOf(node)} → ${text}`}`)
        const use = (uses.get(change) ?? 0) + 1
        uses.set(change, use)
        found.set(mutated, use === 1 ? change : `${change} (${use})`)
      }
    }
    for (const child of childrenOf(node)) visit(child, node, place)
  }
  visit(parseModule(file, source), null, TOP)
  return [...found].map(([mutated, name]) => ({ name, source: mutated }))
}

/** The name a function goes by, if the node is one. */
function nameOf (node: Node, parent: Node | null): string | undefined {
  if (!node.type.includes('Function')) return undefined
  const own = (node.id ?? parent?.key ?? (parent?.type === 'VariableDeclarator' ? parent.id : undefined)) as Node | undefined | null
  return own?.name as string | undefined
}

/** Comments and line ends are no part of a name. */
function oneLine (text: string): string {
  return text.replaceAll(/ ?\/\/ .*$/gm, '').replaceAll(/\s+/g, ' ').trim()
}
