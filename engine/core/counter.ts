/**
 * What rules about counters and terminals ask of a settlement: whether somebody stood there, what was bought, and whether a
 * device's number can be that of one device. All functions are pure.
 */
import { chargesOf } from './charges.ts'
import type { Settlement } from './claim.ts'
import { dayOf } from './time.ts'

const STAY = '2304'
const ONLINE = '5'
const SERVICE = '201'

/**
 * An outpatient or pharmacy settlement made in person on the day of service: exclusions `remote_settlement` (pay_loc 5, as
 * Visit.in_person has it) and `retroactive_entry` (all fees of other days, as Visit.retroactive has it). Refunds that are sent as
 * settlements of their own are none (refd_setl_flag).
 */
export function settledAtCounter ({ infno, setlinfo, feedetail }: Settlement): boolean {
  if (infno === STAY || setlinfo.pay_loc === ONLINE || setlinfo.refd_setl_flag) return false
  const day = dayOf(setlinfo.setl_time)
  return feedetail.length === 0 || feedetail.some(line => dayOf(line.fee_ocur_time) === day)
}

/**
 * Codes of the goods that were bought, sorted, each once: services (list_type 201) and what was refunded within the claim left out.
 * @returns null when nothing at all is left of the claim (exclusion `refunded`)
 */
export function goodsOf ({ feedetail }: Settlement): readonly string[] | null {
  const chargeOf = chargesOf(feedetail)
  const kept = feedetail.filter(line => chargeOf(line) !== null)
  const goods = kept.filter(line => line.list_type !== SERVICE).map(line => line.med_list_codg)
  return kept.length === 0 ? null : [...new Set(goods)].sort()
}

const NETWORK_ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/
/** What the decoder leaves of a name, a telephone number or anything else that is no code. */
const DISGUISED = '~'
const ASCENDING = '12345678901234567890'
const ONE_CHARACTER = /^(.)\1*$/

/**
 * What of a device's number can tell it from those of other makers and institutions: its letters and digits after the leading
 * letters and zeros. POS0024 → 24, SN20-417733 → 20417733. '' for what is no number of a device: a private network's
 * address, a name, digits that are all alike or ascend from anywhere (000000, 99999999, 12345678).
 */
export function distinctiveOf (dev_no: string): string {
  if (NETWORK_ADDRESS.test(dev_no) || dev_no.includes(DISGUISED)) return ''
  const rest = dev_no.replace(/[^0-9A-Za-z]/g, '').replace(/^[A-Za-z]*0*/, '')
  return ONE_CHARACTER.test(rest) || ASCENDING.includes(rest) ? '' : rest
}
