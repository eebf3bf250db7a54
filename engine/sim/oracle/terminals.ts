/** Oracle of devices: many people's claims on one within minutes, and one device at two institutions. */
import type { Settled } from './claims.ts'
import { inForce } from './found.ts'
import { dateText } from './read.ts'
import type { Reference } from './reference.ts'
import { worthOf } from './shared.ts'
import type { Shared, SharedOracleRule } from './shared.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** China's calendar. */
const ZONE = 8 * HOUR

interface Burst { readonly operator: string, readonly goods: string }

export const terminalBurst: SharedOracleRule<Burst> = {
  rule: 'terminal-burst',
  kind: 'terminal',
  take: claim => {
    const taken = new Map<string, Burst>()
    const rest = claim.lines.filter(line => line.refunds === '' && line.cnt + refunded(claim, line.sn) > 0)
    const registration = claim.med_type.startsWith('12')
    if (!atCounter(claim) || claim.device === '' || claim.time.dateOnly || registration || rest.length === 0) return taken
    const goods = [...new Set(rest.filter(line => line.list !== '201').map(line => line.code))].sort().join(' ')
    const day = dateText(Math.floor((claim.time.at + ZONE - 4 * HOUR) / DAY))
    return taken.set(`${claim.fix}|${claim.device}|${day}`, { operator: claim.operator, goods })
  },
  judge: (_, pile, _reference, say) => {
    for (const operator of new Set(pile.map(one => one.took.operator))) {
      let rest = pile.filter(one => one.took.operator === operator)
      while (rest.length > 0) {
        const first = rest[0]!
        const run = rest.filter(one => one.at <= first.at + 5 * MINUTE)
        const severity = inForce(first.at) ? burstSeverity(run) : null
        if (severity !== null) say({ anchor: [first.fix, first.setl_id], severity, ...worthOf(run.map(of => ({ of, amount: of.medfee }))) })
        rest = rest.slice(severity === null ? 1 : run.length)
      }
    }
  }
}

function burstSeverity (run: ReadonlyArray<Shared<Burst>>): 2 | 3 | null {
  const people = (some: ReadonlyArray<Shared<Burst>>): number => new Set(some.map(one => one.psn_no)).size
  if (people(run) < 5) return null
  if (run.some(one => one.took.goods !== '' && people(run.filter(other => other.took.goods === one.took.goods)) >= 3)) return 2
  return people(run) >= 8 ? 3 : null
}

function refunded (claim: Settled, sn: string): number {
  return claim.lines.filter(line => line.refunds === sn).reduce((sum, line) => sum + line.cnt, 0)
}

/** No stay, not online, no refund, and something of it on the day on which it was settled. */
function atCounter ({ infno, pay_loc, isRefund, lines, time }: Settled): boolean {
  return infno !== '2304' && pay_loc !== '5' && !isRefund && (lines.length === 0 || lines.some(line => line.time.day === time.day))
}

export const deviceElsewhere: SharedOracleRule<string> = {
  rule: 'device-elsewhere',
  kind: 'terminal',
  take: claim => {
    const months = [claim.time.at, claim.time.at + 10 * DAY].map(monthOf)
    const shown = atCounter(claim) && isNumber(claim.device) ? months : []
    return new Map(shown.map(month => [`${claim.device}|${month}`, claim.device]))
  },
  judge: (name, pile, reference, say) => {
    const own = pile.filter(one => name.endsWith(monthOf(one.at)) && inForce(one.at))
    const owners = [...new Set(own.map(one => ownerOf(one, reference)))]
    if (owners.length > 4) {
      const fifth = own.find(one => ownerOf(one, reference) === owners[4])!
      say({ anchor: [fifth.took], severity: 3, ...worthOf([{ of: fifth, amount: fifth.medfee }]) })
      return
    }
    const places = [...new Set(pile.map(one => one.fix))]
    for (const [a, b] of places.flatMap((one, i) => places.slice(i + 1).map(other => [one, other] as const))) {
      const both = pile.filter(one => one.fix === a || one.fix === b)
      const nearest = (later: Shared<string>): Shared<string> | undefined => both.slice(0, both.indexOf(later))
        .filter(one => one.fix !== later.fix && days(one, later) <= 7 && ownerOf(one, reference) !== ownerOf(later, reference)).at(-1)
      const later = own.find(one => both.includes(one) && nearest(one) !== undefined)
      if (later === undefined) continue
      const earlier = nearest(later)!
      const after = pile.slice(pile.indexOf(later)).filter(one => one.fix === later.fix && own.includes(one) && days(earlier, one) <= 7)
      const known = [earlier, later].every(one => ownerOf(one, reference) !== one.fix)
      const worth = worthOf(after.slice(0, 50).map(of => ({ of, amount: of.medfee })))
      say({ anchor: [later.took, earlier.fix, later.fix], severity: known ? 1 : 2, ...worth })
    }
  }
}

/** The legal person, or the institution itself where that is not known. */
function ownerOf (one: Shared<string>, reference: Reference): string {
  return reference.place(one.fix, one.at)?.uscc || one.fix
}

function days (from: Shared<string>, to: Shared<string>): number {
  return Math.floor((to.at + ZONE) / DAY) - Math.floor((from.at + ZONE) / DAY)
}

function monthOf (at: number): string {
  return dateText(Math.floor((at + ZONE) / DAY)).slice(0, 7)
}

/** Six letters or digits after leading letters and zeros, not all alike, not counting up, no network address, no name. */
function isNumber (device: string): boolean {
  const rest = [...device].filter(each => /[0-9a-z]/i.test(each)).join('').replace(/^[a-z]+/i, '').replace(/^0+/, '')
  const placeholder = new Set(rest).size === 1 || '1234567890123456789012345678901234567890'.includes(rest)
  return rest.length >= 6 && !placeholder && !/^\d+\.\d+\.\d+\.\d+$/.test(device) && /^[!-}]*$/.test(device)
}
