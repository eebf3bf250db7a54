/**
 * Trace codes of a line or sale: one `drug_trac_codg` in the older edition, a list node `drugtracinfo` in the
 * newer.
 */
import { addInteger } from './content.ts'
import { at, barcode, enter, leave, list, node } from './field.ts'
import { refuse } from './refusal.ts'
import type { LineNode, StockNode, TraceNode } from './shapes.ts'

/** drug_trac_codg C100 */
const TRACE_MAX = 100
const DEPTH = 5
const NONE: readonly string[] = []

/** All trace codes of a node, in the order sent; empty ones are left out. Enter the node again afterwards. */
export function readTraceCodes (raw: LineNode | StockNode, max: number): readonly string[] {
  const listed = list(raw.drugtracinfo, 'drugtracinfo')
  if (listed.length > max) refuse('too_many_lines', at('drugtracinfo'), listed.length)
  const single = raw.drug_trac_codg
  if (listed.length === 0 && (single === undefined || single === null || single === '')) {
    addInteger(0)
    return NONE
  }
  const traces: string[] = []
  const first = barcode(single, 'drug_trac_codg', TRACE_MAX)
  if (first !== '') traces.push(first)
  const listPath = at('drugtracinfo')
  for (let i = 0; i < listed.length; i++) {
    enter(listPath, i)
    const element = node<TraceNode>(listed[i], '')
    if (element === null) continue
    enter(listPath, i)
    const trace = barcode(element.drug_trac_codg, 'drug_trac_codg', TRACE_MAX)
    if (trace !== '') traces.push(trace)
    leave(element, DEPTH)
  }
  addInteger(traces.length)
  return traces
}
