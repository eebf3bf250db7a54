/** Compares what the engine's store says with what the oracle says, flag by flag. */
import { createHash } from 'node:crypto'
import type { FlagRow } from '../core/flag.ts'
import type { Found } from './oracle/found.ts'
import type { Standing } from './oracle/oracle.ts'

export interface Difference {
  readonly kind: 'missing' | 'unexpected' | 'different'
  readonly flag_id: string
  readonly rule: string
  readonly psn_no: string
  readonly anchor: readonly string[]
  /** The oracle's and the engine's words; '' where one has none. */
  readonly oracle: string
  readonly engine: string
}

/** The engine's active rows against the oracle's; empty when they agree in id, severity, money and main items. */
export function compareFlags (standing: Standing, active: ReadonlyMap<string, FlagRow>): Difference[] {
  const differences: Difference[] = []
  for (const [flag_id, found] of standing) {
    const row = active.get(flag_id)
    const expected = wordsOf(found)
    const actual = row === undefined ? '' : wordsOfRow(row)
    if (expected === actual) continue
    const { rule, anchor } = found
    const psn_no = found.shared?.key ?? found.psn_no
    differences.push({ kind: row === undefined ? 'missing' : 'different', flag_id, rule, psn_no, anchor, oracle: expected, engine: actual })
  }
  for (const [flag_id, row] of active) {
    if (standing.has(flag_id)) continue
    const { rule_id: rule, subject: psn_no, anchor } = row
    differences.push({ kind: 'unexpected', flag_id, rule, psn_no, anchor, oracle: '', engine: wordsOfRow(row) })
  }
  return differences
}

function wordsOf (found: Found): string {
  return `severity ${found.severity}, ${found.medfee}/${found.fund}/${found.acct} 分, of ${found.main.join(' ')}`
}

function wordsOfRow (row: FlagRow): string {
  const main = row.items.filter(item => item.role === 'main').map(item => `${item.fixmedins_code}/${item.mdtrt_id}/${item.setl_id}`).sort()
  return `severity ${row.severity}, ${row.medfee_sumamt}/${row.fund_pay_sumamt}/${row.acct_pay} 分, of ${main.join(' ')}`
}

export function describe (difference: Difference): string {
  const { kind, rule, psn_no, anchor, oracle, engine } = difference
  return `${kind} ${rule} of ${psn_no} [${anchor.join(' ')}]\n    oracle: ${oracle || 'no flag'}\n    engine: ${engine || 'no flag'}`
}

/** One number for a whole result: SHA-256 over the sorted flags' id, severity and money, 16 hex digits. */
export function hashOf (active: ReadonlyMap<string, FlagRow>): string {
  const hash = createHash('sha256')
  const lines = [...active.values()].map(row => [row.flag_id, row.severity, row.medfee_sumamt, row.fund_pay_sumamt, row.acct_pay].join('|'))
  for (const line of lines.sort()) hash.update(`${line}\n`)
  return hash.digest('hex').slice(0, 16)
}
