/**
 * Oracle of the rules about charges: prices above their limit, dates outside the stay, days charged twice or too many,
 * suspended institutions.
 */
import type { FeeLine, Settled } from './claims.ts'
import { inForce } from './found.ts'
import type { Found, Say } from './found.ts'
import type { Reference } from './reference.ts'

/** A line as it is left after its refunds. */
interface Left { readonly line: FeeLine, readonly cnt: number, readonly amount: number }

/** All rules about charges over one settlement. */
export function judgeCharges (claim: Settled, reference: Reference, say: Say): void {
  suspendedInstitution(claim, reference, say)
  if (!inForce((claim.stay === null ? claim.time : claim.stay.dscg ?? claim.end ?? claim.time).at)) return
  priceOverLimit(claim, reference, say)
  if (claim.stay === null) return
  feeOutsideStay(claim, say)
  if (claim.psn_type === '1401' || claim.stay.newborn || claim.stay.ipt_med_type === '2') return
  dailyItemLimit(claim, say)
  daysOverStay(claim, say)
}

/** Ordinary lines of which something is left. */
function leftOf (claim: Settled): Left[] {
  return claim.lines.filter(line => line.refunds === '').map(line => {
    const back = claim.lines.filter(one => one.refunds === line.sn)
    return { line, cnt: sum([line, ...back], one => one.cnt), amount: sum([line, ...back], one => one.amount) }
  }).filter(left => left.cnt > 0)
}

function sum<T> (all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0)
}

/** A flag worth `amount` of the claim's money; fund and account in proportion, halves upwards. */
function worth (rule: string, claim: Settled, severity: 1 | 2, amount: number): Found {
  const { psn_no, fix, setl_id, mdtrt_id, medfee } = claim
  const share = (money: number): number => medfee <= 0 ? 0 : Math.round(money * amount / medfee)
  const main = [`${fix}/${mdtrt_id}/${setl_id}`]
  return { rule, psn_no, anchor: [fix, setl_id], severity, medfee: amount, fund: share(claim.fund), acct: share(claim.acct), main }
}

/** a × b / c, rounded down. */
function floored (a: number, b: number, c: number): number {
  const product = BigInt(a) * BigInt(b)
  const whole = product / BigInt(c)
  return Number(product < 0n && whole * BigInt(c) !== product ? whole - 1n : whole)
}

function priceOverLimit (claim: Settled, reference: Reference, say: Say): void {
  let excess = 0
  for (const { line, cnt } of leftOf(claim)) {
    const limit = line.limit > 0 ? line.limit : reference.item(line.code, line.time.at)?.limit ?? 0
    const over = limit > 0 && line.pric > limit
    if (over && line.level !== '03' && inForce(line.time.at)) excess += floored(line.pric - limit, cnt, 100_000_000)
  }
  if (excess >= 100) say(worth('price-over-limit', claim, 1, excess))
}

function feeOutsideStay (claim: Settled, say: Say): void {
  const { adm, dscg } = claim.stay!
  if (adm === null || (dscg === null && !claim.mid)) return
  const last = claim.mid || dscg === null ? Infinity : dscg.day
  const outside = leftOf(claim).filter(({ line }) => (line.time.day < adm.day || line.time.day > last) && !line.takeHome && !line.external)
  if (outside.length > 0) say(worth('fee-outside-stay', claim, 1, sum(outside, one => one.amount)))
}

function dailyItemLimit (claim: Settled, say: Say): void {
  const [beds, rounds] = ['01', '02'].map(charge => {
    const some = leftOf(claim).filter(({ line }) => line.charge === charge)
    return [...new Set(some.map(({ line }) => line.time.day))].map(day => {
      const today = some.filter(({ line }) => line.time.day === day)
      return { cnt: sum(today, one => one.cnt), amount: sum(today, one => one.amount) }
    }).filter(day => day.cnt > 10_000)
  }) as [Array<{ cnt: number, amount: number }>, Array<{ cnt: number, amount: number }>]
  const days = rounds.length > beds.length ? rounds : beds
  if (days.length >= 2) say(worth('daily-item-limit', claim, 2, sum(days, day => floored(day.amount, day.cnt - 10_000, day.cnt))))
}

function daysOverStay (claim: Settled, say: Say): void {
  const { adm, dscg } = claim.stay!
  if (adm === null || dscg === null || claim.mid) return
  const allowed = (dscg.day - adm.day + 1) * 10_000
  const charged = ['01', '02', '07'].map(charge => {
    const some = leftOf(claim).filter(({ line }) => line.charge === charge)
    return { cnt: sum(some, one => one.cnt), amount: sum(some, one => one.amount) }
  })
  const most = charged.sort((a, b) => b.cnt - a.cnt)[0]! // equal ones stay in the order of their codes
  if (most.cnt > allowed) say(worth('days-over-stay', claim, 2, floored(most.amount, most.cnt - allowed, most.cnt)))
}

function suspendedInstitution (claim: Settled, reference: Reference, say: Say): void {
  const { stay, begin } = claim
  const fees = claim.lines.map(line => line.time.at).sort((a, b) => a - b)
  const service = stay === null ? fees[0] ?? claim.time.at : (stay.dscg ?? claim.end ?? claim.time).at
  const state = (at: number): string => reference.place(claim.fix, at)?.state ?? ''
  if (!['0', '2'].includes(state(service)) || !inForce(service)) return
  if (/^(13|24)/.test(claim.med_type) || stay?.adm_way === '1') return
  const admitted = stay === null ? null : stay.adm ?? begin
  if (admitted !== null && state(admitted.at) === '1') return
  const { psn_no, fix, setl_id, mdtrt_id, medfee, fund, acct } = claim
  const main = [`${fix}/${mdtrt_id}/${setl_id}`]
  say({ rule: 'suspended-institution', psn_no, anchor: [fix, setl_id], severity: 1, medfee, fund, acct, main })
}
