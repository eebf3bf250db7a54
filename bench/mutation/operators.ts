/** What is done to code: each operator turns one node of the tree into what may stand there instead. */
import type { Node } from './syntax.ts'

/** What a node becomes. `words` names the change when it is more than "before → after". */
export interface Change { readonly text: string, readonly words?: string }

export interface Subject {
  readonly node: Node
  readonly parent: Node | null
  /** The source text of a node. */
  readonly textOf: (node: Node) => string
  /** Names of the rule's thresholds. */
  readonly thresholds: ReadonlySet<string>
}

type Operator = (subject: Subject) => Change[]

/** A comparison: its boundary moved, and the whole turned round. */
const COMPARISONS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'],
  '===': ['!=='], '!==': ['==='], '==': ['!='], '!=': ['==']
}
const ARITHMETIC: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '**': '*' }
const ASSIGNMENTS: Readonly<Record<string, string>> = { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=' }
const CALLS: Readonly<Record<string, string>> = { min: 'max', max: 'min', some: 'every', every: 'some' }

const field = (node: Node, name: string): Node => node[name] as Node

/** `a < b` → `a <= b`, `a >= b`; and, of arithmetic, + ↔ −, × ↔ ÷. */
function binary ({ node, textOf }: Subject): Change[] {
  if (node.type !== 'BinaryExpression') return []
  const operator = node.operator as string
  const turned = COMPARISONS[operator] ?? (ARITHMETIC[operator] === undefined ? [] : [ARITHMETIC[operator]])
  return turned.map(other => ({ text: `${textOf(field(node, 'left'))} ${other} ${textOf(field(node, 'right'))}` }))
}

/** `a && b && c` → without a, without b, without c; likewise || and ??. */
function clause ({ node, parent, textOf }: Subject): Change[] {
  const operator = node.operator as string
  if (node.type !== 'LogicalExpression') return []
  if (parent?.type === 'LogicalExpression' && parent.operator === operator && parent.left === node) return []
  const clauses: Node[] = []
  let rest = node
  for (; rest.type === 'LogicalExpression' && rest.operator === operator; rest = field(rest, 'left')) clauses.unshift(field(rest, 'right'))
  clauses.unshift(rest)
  return clauses.map((dropped, i) => ({
    text: clauses.filter((_, other) => other !== i).map(textOf).join(` ${operator} `),
    words: `${textOf(node)} without ${textOf(dropped)}`
  }))
}

/** An if without else is dropped: the guard no longer guards. One with else always takes one side. */
function guard ({ node, textOf }: Subject): Change[] {
  if (node.type !== 'IfStatement') return []
  const then = textOf(field(node, 'consequent'))
  const head = `if (${textOf(field(node, 'test'))})`
  if (node.alternate === null) return [{ text: '{}', words: `without ${head} ${then}` }]
  return [{ text: then, words: `${head} always` }, { text: textOf(field(node, 'alternate')), words: `${head} never` }]
}

/** `c ? a : b` → `a`, `b`. */
function choice ({ node, textOf }: Subject): Change[] {
  if (node.type !== 'ConditionalExpression') return []
  const sides = [field(node, 'consequent'), field(node, 'alternate')].map(textOf)
  return sides.map(side => ({ text: `(${side})`, words: `${textOf(node)} → ${side}` }))
}

/** `!a` → `a`. */
function negation ({ node, textOf }: Subject): Change[] {
  return node.type === 'UnaryExpression' && node.operator === '!' ? [{ text: textOf(field(node, 'argument')) }] : []
}

/** A use of a threshold, or a number written in the code: one more and one less. */
function number ({ node, parent, textOf, thresholds }: Subject): Change[] {
  const used = node.type === 'MemberExpression' && node.computed !== true && thresholds.has(field(node, 'property').name as string)
  const written = node.type === 'Literal' && typeof node.value === 'number' && !(parent?.type === 'Property' && parent.key === node)
  if (!used && !written) return []
  return ['+ 1', '- 1'].map(by => ({
    text: `(${textOf(node)} ${by})`, words: `${textOf(parent ?? node)} with ${textOf(node)} ${by}`
  }))
}

/** Counting the other way, min for max, every for some. */
function contrary ({ node, textOf }: Subject): Change[] {
  if (node.type === 'UpdateExpression' && node.prefix === false) {
    return [{ text: `${textOf(field(node, 'argument'))}${node.operator === '++' ? '--' : '++'}` }]
  }
  if (node.type === 'AssignmentExpression' && ASSIGNMENTS[node.operator as string] !== undefined) {
    return [{ text: `${textOf(field(node, 'left'))} ${ASSIGNMENTS[node.operator as string]} ${textOf(field(node, 'right'))}` }]
  }
  if (node.type !== 'CallExpression' || field(node, 'callee').type !== 'MemberExpression') return []
  const callee = field(node, 'callee')
  const other = CALLS[field(callee, 'property').name as string]
  if (other === undefined) return []
  const at = textOf(field(callee, 'object')).length
  return [{ text: textOf(node).slice(0, at) + textOf(node).slice(at).replace(/\w+/, other) }]
}

export const OPERATORS: readonly Operator[] = [binary, clause, guard, choice, negation, number, contrary]
