/** Oracle of the rules that judge one settlement by itself: items against sex and age, certificate, integrity of money and list. */
import { judgeCharges } from './charges.ts'
import type { FeeLine, Settled } from './claims.ts'
import { inForce } from './found.ts'
import type { Found } from './found.ts'
import { netCount } from './person.ts'
import { judgePrescriptions } from './prescriptions.ts'
import type { Item, Reference } from './reference.ts'
import { dateText } from './read.ts'

type Say = (found: Found) => void

/** All claim rules over one settlement. */
export function judgeClaim (claim: Settled, reference: Reference, say: Say): void {
  sexLimitedItem(claim, reference, say)
  ageLimitedItem(claim, reference, say)
  judgePrescriptions(claim, reference, say)
  judgeCharges(claim, reference, say)
  if (!inForce((claim.stay === null ? claim.time : claim.stay.dscg ?? claim.end ?? claim.time).at)) return
  certificateMismatch(claim, say)
  moneyIntegrity(claim, say)
  listIntegrity(claim, say)
}

function whole (rule: string, claim: Settled, severity: 1 | 3): Found {
  const { psn_no, fix, setl_id, mdtrt_id, medfee, fund, acct } = claim
  return { rule, psn_no, anchor: [fix, setl_id], severity, medfee, fund, acct, main: [`${fix}/${mdtrt_id}/${setl_id}`] }
}

function isNewborn (claim: Settled): boolean {
  return claim.psn_type === '1401' || claim.stay?.newborn === true
}

/** A flag about some lines: its money is theirs, net of refunds; fund and account in the claim's proportion. */
function ofLines (rule: string, claim: Settled, lines: readonly FeeLine[]): Found {
  const amount = lines.reduce((sum, line) => sum + line.amount + refundsOf(claim, line), 0)
  const share = (money: number): number => claim.medfee === 0 ? 0 : Math.round(money * amount / claim.medfee)
  return { ...whole(rule, claim, 1), medfee: amount, fund: share(claim.fund), acct: share(claim.acct) }
}

function refundsOf (claim: Settled, line: FeeLine): number {
  return claim.lines.filter(one => one.refunds === line.sn).reduce((sum, one) => sum + one.amount, 0)
}

function limitedLines (claim: Settled, reference: Reference, breaks: (item: Item, line: FeeLine) => boolean): FeeLine[] {
  return claim.lines.filter(line => {
    if (line.refunds !== '' || !inForce(line.time.at) || netCount(claim.lines, line) <= 0) return false
    const item = reference.item(line.code, line.time.at)
    return item !== null && breaks(item, line)
  })
}

function sexLimitedItem (claim: Settled, reference: Reference, say: Say): void {
  if (isNewborn(claim) || !['1', '2'].includes(claim.gend)) return
  const lines = limitedLines(claim, reference, item => ['1', '2'].includes(item.gend) && item.gend !== claim.gend)
  if (lines.length > 0) say(ofLines('sex-limited-item', claim, lines))
}

function ageLimitedItem (claim: Settled, reference: Reference, say: Say): void {
  const born = claim.brdy
  if (isNewborn(claim) || born === null) return
  const lines = limitedLines(claim, reference, (item, line) => {
    const age = fullYears(dateText(born.day), dateText(line.time.day))
    return (item.ageMin !== null && age < item.ageMin) || (item.ageMax !== null && age > item.ageMax)
  })
  if (lines.length > 0) say(ofLines('age-limited-item', claim, lines))
}

/** Birthdays passed, of dates written yyyy-MM-dd. */
function fullYears (born: string, on: string): number {
  return Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0)
}

function certificateMismatch (claim: Settled, say: Say): void {
  if (isNewborn(claim) || claim.cert_type !== '01') return
  const long = /^\d{17}[\dXx]$/.test(claim.certno)
  if (!long && !/^\d{15}$/.test(claim.certno)) return
  const digits = long ? claim.certno.slice(6, 14) : `19${claim.certno.slice(6, 12)}`
  const born = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
  const real = new Date(`${born}T00:00:00Z`)
  if (Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== born) return
  const gend = Number(long ? claim.certno[16] : claim.certno[14]) % 2 === 1 ? '1' : '2'
  const sexDiffers = ['1', '2'].includes(claim.gend) && claim.gend !== gend
  const birthDiffers = claim.brdy !== null && dateText(claim.brdy.day) !== born
  if (sexDiffers || birthDiffers) say(whole('certificate-mismatch', claim, 3))
}

function moneyIntegrity (claim: Settled, say: Say): void {
  const sum = claim.lines.reduce((total, line) => total + line.amount, 0)
  const wrong = claim.fundParts !== claim.fund ||
    claim.lines.length === 0 || sum !== claim.medfee ||
    claim.lines.some(priceOff) ||
    claim.familyAcct > claim.acct
  if (wrong) say(whole('claim-money-integrity', claim, 3))
}

/** Price times quantity is more than one 分 away from the line's amount. */
function priceOff (line: FeeLine): boolean {
  const exact = BigInt(line.pric) * BigInt(line.cnt) // 分 × 10^8
  const difference = BigInt(line.amount) * 100_000_000n - exact
  return difference > 100_000_000n || difference < -100_000_000n
}

function listIntegrity (claim: Settled, say: Say): void {
  const hospital = claim.infno !== '2102'
  const numbers = claim.lines.map(line => line.sn)
  const wrong = (hospital && claim.diagnoses.filter(one => one.main).length !== 1) ||
    new Set(numbers).size !== numbers.length ||
    (hospital && claim.lines.some(line => line.refunds !== '' && !numbers.includes(line.refunds))) ||
    (claim.begin !== null && claim.time.day < claim.begin.day)
  if (wrong) say(whole('claim-list-integrity', claim, 3))
}
