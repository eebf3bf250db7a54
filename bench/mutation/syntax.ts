/** TypeScript as a tree with positions, and edits of its text. The parser is Rolldown's (oxc), which Vite builds with. */
import { parseSync, transformSync } from 'rolldown/utils'

/** A node of the tree; positions count UTF-16 units, as `slice` does. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

/** Text to stand in place of [start, end). */
export interface Edit { readonly start: number, readonly end: number, readonly text: string }

/** Nodes of types: nothing there runs. These three wrap what does. */
const WRAPPERS = new Set(['TSNonNullExpression', 'TSAsExpression', 'TSSatisfiesExpression'])

/** Parses a module. Throws an Error naming the file and the first mistake. */
export function parseModule (file: string, source: string): Node {
  const { program, errors } = parseSync(file, source, { preserveParens: true })
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`)
  return program as unknown as Node
}

/** The module without its types, as JavaScript of the same meaning. */
export function stripTypes (file: string, source: string): string {
  const { code, errors } = transformSync(file, source)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`)
  return code
}

/** The nodes directly under one, in the order of the text, types left out. */
export function childrenOf (node: Node): Node[] {
  const found: Node[] = []
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value as unknown[] : [value]) if (isNode(each) && runs(each)) found.push(each)
  }
  return found.sort((a, b) => a.start - b.start)
}

export function isNode (value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function runs ({ type }: Node): boolean {
  return !type.startsWith('TS') || WRAPPERS.has(type)
}

/** Applies edits that do not overlap. */
export function edited (source: string, edits: readonly Edit[]): string {
  let text = ''
  let end = 0
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    text += source.slice(end, edit.start) + edit.text
    end = edit.end
  }
  return text + source.slice(end)
}
