/**
 * Does one settlement's list of diagnoses, lines and dates contradict itself?
 * Letters are the clauses of definition.md.
 */
import type { Settlement } from '../../../engine/core/claim.ts'
import { claimRule } from '../../../engine/core/rule.ts'
import { serviceTime } from '../../../engine/core/settlements.ts'
import { dayOf } from '../../../engine/core/time.ts'

const PHARMACY = '2102'

export default claimRule({
  evaluate (claim, { law }, report) {
    if (law.on(serviceTime(claim), claim.insuplc_admdvs) === null) return

    let checks = ''
    const fails = (letter: string): void => { checks += checks === '' ? letter : `,${letter}` }
    const numbers = new Set<string>()
    for (const line of claim.feedetail) numbers.add(line.feedetl_sn)
    if (claim.infno !== PHARMACY && mainDiagnoses(claim) !== 1) fails('a')
    if (numbers.size !== claim.feedetail.length) fails('b')
    if (claim.infno !== PHARMACY && refundsNothing(claim, numbers)) fails('c')
    if (settledBeforeBegin(claim)) fails('d')
    if (checks !== '') report({ severity: 3, values: { checks }, supports: [], weakens: [] })
  }
})

/** (a) How many diagnoses are marked as the main one. */
function mainDiagnoses ({ diseinfo }: Settlement): number {
  let count = 0
  for (const diagnosis of diseinfo) if (diagnosis.maindiag_flag) count++
  return count
}

/** (c) A line refunds one that the claim does not have. */
function refundsNothing ({ feedetail }: Settlement, numbers: ReadonlySet<string>): boolean {
  return feedetail.some(line => line.init_feedetl_sn !== '' && !numbers.has(line.init_feedetl_sn))
}

/** (d) Settled before the day on which the service began. */
function settledBeforeBegin ({ setlinfo }: Settlement): boolean {
  return setlinfo.begndate !== null && dayOf(setlinfo.setl_time) < dayOf(setlinfo.begndate)
}
