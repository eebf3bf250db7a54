/** Oracle of the rules about single lines: too many days of medicine, a trace code of another medicine, items that exclude each other. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { PACKAGE_ROOT } from '../../core/rulebook/folders.ts'
import type { FeeLine, Settled } from './claims.ts'
import { inForce } from './found.ts'
import type { Found, Say } from './found.ts'
import type { Reference } from './reference.ts'
import { dayStart } from './read.ts'

const TRACE_CODES_SINCE = Date.parse('2025-07-01T00:00:00+08:00')

interface Pair { readonly a: string, readonly b: string, readonly from: string }
/** The rule's own list, read by the oracle itself: what it says is no judgement of the engine's. */
const { entries: PAIRS } = parse(readFileSync(new URL('rules/knowledge/exclusive-items.yaml', PACKAGE_ROOT), 'utf8')) as { entries: Pair[] }

/** A line as it is left after its refunds. */
interface Left { readonly line: FeeLine, readonly amount: number }

/** These rules over one settlement. */
export function judgePrescriptions (claim: Settled, reference: Reference, say: Say): void {
  prescriptionDays(claim, say)
  traceCodeMismatch(claim, reference, say)
  exclusiveItems(claim, say)
}

/** Ordinary lines of which something is left. */
function leftOf (claim: Settled): Left[] {
  return claim.lines.filter(line => line.refunds === '').flatMap(line => {
    const together = [line, ...claim.lines.filter(one => one.refunds === line.sn)]
    const sum = (of: (one: FeeLine) => number): number => together.reduce((total, one) => total + of(one), 0)
    return sum(one => one.cnt) > 0 ? [{ line, amount: sum(one => one.amount) }] : []
  })
}

/** A flag worth `amount` of the claim's money; fund and account in proportion. */
function worth (rule: string, claim: Settled, severity: 1 | 2 | 3, amount: number): Found {
  const { psn_no, fix, setl_id, mdtrt_id, medfee } = claim
  const share = (money: number): number => medfee === 0 ? 0 : Math.round(money * amount / medfee)
  const main = [`${fix}/${mdtrt_id}/${setl_id}`]
  return { rule, psn_no, anchor: [fix, setl_id], severity, medfee: amount, fund: share(claim.fund), acct: share(claim.acct), main }
}

function amountOf (some: readonly Left[]): number {
  return some.reduce((sum, one) => sum + one.amount, 0)
}

function prescriptionDays (claim: Settled, say: Say): void {
  if (claim.stay !== null) return
  const type = claim.med_type
  const days = type.startsWith('13') ? 3 : type.startsWith('14') || type.startsWith('9901') ? 84 : 28
  const over = leftOf(claim).filter(({ line }) => inForce(line.time.at) && line.days > days * 100)
  if (over.length === 0) return
  say(worth('prescription-days', claim, over.some(({ line }) => line.days > 8400) ? 2 : 3, amountOf(over)))
}

function traceCodeMismatch (claim: Settled, reference: Reference, say: Say): void {
  const differ = leftOf(claim).filter(({ line }) => line.time.at >= TRACE_CODES_SINCE && line.list !== '102' && !line.inParts &&
    line.scanned.some(code => !['', line.code].includes(reference.product(code, line.time.at))))
  if (differ.length > 0) say(worth('trace-code-mismatch', claim, 1, amountOf(differ)))
}

/** Each day's loss: of every pair charged that day the cheaper item (the second of equals), each item once. */
function exclusiveItems (claim: Settled, say: Say): void {
  const left = leftOf(claim).filter(({ line }) => inForce(line.time.at))
  let loss: number | null = null
  for (const day of new Set(left.map(({ line }) => line.time.day))) {
    const worthOf = (code: string): number => amountOf(left.filter(({ line }) => line.time.day === day && line.code === code))
    const charged = new Set(left.filter(({ line }) => line.time.day === day).map(({ line }) => line.code))
    const counts = ({ from }: Pair): boolean => Date.parse(`${from}T00:00:00+08:00`) <= dayStart(day)
    const pairs = PAIRS.filter(pair => charged.has(pair.a) && charged.has(pair.b) && counts(pair))
    const lost = new Set(pairs.map(({ a, b }) => worthOf(a) < worthOf(b) ? a : b))
    if (lost.size > 0) loss = [...lost].reduce((sum, code) => sum + worthOf(code), loss ?? 0)
  }
  if (loss !== null) say(worth('exclusive-items', claim, 2, loss))
}
