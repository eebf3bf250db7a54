/** What rules about quantities of medicine ask of a settlement: which medicines it hands out, and for how many days. Pure. */
import { chargesOf } from './charges.ts'
import type { Line, Settlement } from './claim.ts'
import type { Fen } from './money.ts'
import type { Millis } from './time.ts'

/** One medicine of one settlement; goes into JSON. */
export interface Supply extends Record<string, number | boolean | readonly string[]> {
  /** Days × 100. Of a prescription's lines the longest counts, for each batch may have a line of its own; prescriptions add up. */
  days: number
  /** When it was handed out: the first of its lines. It may be settled much later. */
  at: Millis
  /** For a chronic disease, hypertension or diabetes (med_type 14, 9901), whose prescriptions may be long. */
  long: boolean
  /** feedetl_sn of its lines, and their amount net of refunds. */
  lines: readonly string[]
  amount: Fen
}

const STAY = '2304'
const TCM_PIECES = '102'

/** By med_list_codg. None for stays; lines without days, those that were refunded, and TCM pieces are left out. */
export function suppliesOf ({ infno, feedetail, setlinfo: { med_type } }: Settlement): ReadonlyMap<string, Supply> {
  const supplies = new Map<string, Supply>()
  if (infno === STAY) return supplies
  const chargeOf = chargesOf(feedetail)
  const prescribed = new Map<string, number>()
  for (const line of feedetail) {
    const charge = line.prd_days === 0 || line.list_type === TCM_PIECES ? null : chargeOf(line)
    if (charge === null) continue
    const { days, at, lines, amount } = supplies.get(line.med_list_codg) ?? { days: 0, at: Infinity, lines: [], amount: 0 }
    supplies.set(line.med_list_codg, {
      days: days + more(prescribed, line), at: Math.min(at, line.fee_ocur_time), long: isLong(med_type),
      lines: [...lines, line.feedetl_sn], amount: amount + charge.amount
    })
  }
  return supplies
}

function isLong (med_type: string): boolean {
  return med_type.startsWith('14') || med_type.startsWith('9901')
}

/** By how much a line lengthens its prescription. */
function more (prescribed: Map<string, number>, { med_list_codg, rxno, prd_days }: Line): number {
  const prescription = `${med_list_codg}|${rxno}`
  const known = prescribed.get(prescription) ?? 0
  prescribed.set(prescription, Math.max(known, prd_days))
  return Math.max(0, prd_days - known)
}

/** Days × 100 in hand after the last of these, were all of them taken from the first on. @param handed by day */
export function daysInHand (handed: ReadonlyArray<{ readonly days: number, readonly day: number }>): number {
  const elapsed = handed.length === 0 ? 0 : handed.at(-1)!.day - handed[0]!.day
  return handed.reduce((sum, { days }) => sum + days, 0) - elapsed * 100
}
