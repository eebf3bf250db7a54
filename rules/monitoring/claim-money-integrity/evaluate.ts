/** Do the amounts of one settlement contradict each other? Letters are the clauses of definition.md. */
import type { Line, Settlement } from '../../../engine/core/claim.ts'
import { claimRule } from '../../../engine/core/rule.ts'
import { serviceTime } from '../../../engine/core/settlements.ts'

type Limits = Readonly<Record<'line_tolerance_fen', number>>

/** Price × 10^6 yuan times quantity × 10^4 is money in 分 × 10^8. */
const SCALE = 100_000_000

export default claimRule<Limits>({
  evaluate (claim, { law }, report) {
    const limits = law.on(serviceTime(claim), claim.insuplc_admdvs)
    if (limits === null) return

    let checks = ''
    const fails = (letter: string): void => { checks += checks === '' ? letter : `,${letter}` }
    if (!fundsAddUp(claim)) fails('a')
    if (!linesAddUp(claim)) fails('b')
    if (claim.feedetail.some(line => !isPriced(line, limits.line_tolerance_fen))) fails('c')
    if (claim.setlinfo.acct_mulaid_pay > claim.setlinfo.acct_pay) fails('d')
    if (checks !== '') report({ severity: 3, values: { checks }, supports: [], weakens: [] })
  }
})

/** (a) What each fund pays makes up what the funds pay together. */
function fundsAddUp ({ setlinfo: s }: Settlement): boolean {
  const shares = s.hifp_pay + s.cvlserv_pay + s.hifes_pay + s.hifmi_pay + s.hifob_pay + s.maf_pay + s.oth_pay
  return shares === s.fund_pay_sumamt
}

/** (b) The lines make up the medical fee; a settlement without lines does not. */
function linesAddUp ({ setlinfo, feedetail }: Settlement): boolean {
  let sum = 0
  for (const line of feedetail) sum += line.det_item_fee_sumamt
  return feedetail.length > 0 && sum === setlinfo.medfee_sumamt
}

/** (c) A line's amount is price times quantity, give or take the tolerance in 分. Exact also beyond 2^53. */
function isPriced ({ pric, cnt, det_item_fee_sumamt }: Line, tolerance: number): boolean {
  const product = pric * cnt
  const amount = det_item_fee_sumamt * SCALE
  if (Number.isSafeInteger(product) && Number.isSafeInteger(amount)) {
    return Math.abs(amount - product) <= tolerance * SCALE
  }
  const apart = BigInt(det_item_fee_sumamt) * BigInt(SCALE) - BigInt(pric) * BigInt(cnt)
  return (apart < 0n ? -apart : apart) <= BigInt(tolerance) * BigInt(SCALE)
}
