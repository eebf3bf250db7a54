/** The small world that simulated histories happen in: few places and items, chosen so that rules meet often. */
import type { Random } from '../../bench/workload/prng.ts'
import { formatDate, formatTime, HOUR } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import type { Raw } from './oracle/read.ts'
import { catalogueItem, institution, peerMedian, tracePrefix } from './records.ts'

/** Two neighbours, one 96 km away, one in the next province 40 km on, one whose place is not known. */
export const PLACES = ['H34170200001', 'H34170200002', 'H34170200003', 'H32010000004', 'H34170200005'] as const
export const PHARMACY = 'P34170200006'
/** A house of ten beds, full now and then, and its beds. */
export const COTTAGE = 'H34170200009'
export const BEDS = ['W1-1', 'W1-1', 'W1-2'] as const

export const DEPARTMENTS = ['A03', 'A04'] as const
/** Mostly one disease, so that stays chain; now and then one of an excluded group. */
export const DISEASES = ['I63.900', 'I63.901', 'I63.900', 'K35.800', 'I63.900', 'J18.900'] as const
export const EXCUSED_DISEASES = ['Z51.103', 'N18.500', 'O80.000', 'F20.900', 'Z50.900', 'C34.900'] as const

export const ITEMS = {
  plain: 'XC08CAA259A001010102180',
  female: 'XG01AFA259A001010102180',
  child: 'XJ01CAA259A001010102180',
  adult: 'XN05AAA259A001010102180',
  /** Contains the consultation: the two are not charged on one day. */
  care: '001103000010000',
  consultation: '001102000030000'
} as const

/**
 * There before all claims: what persons share is looked at when a claim shows it, and reference data alone have nobody look again.
 */
export const COTTAGE_BEDS: Raw = institution(COTTAGE, { aprv_bed_cnt: '10' })
/** Shops: two of one legal person until one is sold, others of their own, one without a uscc, and one that nothing is known of. */
export const SHOPS = [
  'P34170200011', 'P34170200012', 'P34170200013', 'P34170200014', 'P34170200015', 'P34170200016', 'P34170200017'
] as const
const shop = (i: number, uscc: string, more: Raw = {}): Raw => institution(SHOPS[i]!, { fixmedins_type: '2', uscc, ...more })
/** Hospitals to which people come in groups: one of a hundred beds, one of 120, and one that nothing is known of. */
export const WARDS = ['H34170200021', 'H34170200022', 'H34170200023'] as const
export const SHARED_MASTER: readonly Raw[] = [
  COTTAGE_BEDS, institution(WARDS[0], { aprv_bed_cnt: '100' }), institution(WARDS[1]),
  shop(0, 'U1'), shop(1, 'U1', { valid_to: '2026-03-15' }),
  shop(1, 'U9', { valid_from: '2026-03-15' }), shop(2, 'U2'),
  shop(3, 'U3'), shop(4, ''), shop(5, 'U5')
]

/** Trace codes: of the plain medicine, of the child's, of one that changes its medicine, of an unknown one, and one of another form. */
export const TRACE_CODES = [
  '81234560000000000001', '81234560000000000002', '81000010000000000003', '81000020000000000004', '89999990000000000005', '8100001000000006'
] as const

export const MASTER_DATA: readonly Raw[] = [
  institution(PLACES[0]), institution(PLACES[1], { lng: '117.50' }), institution(PLACES[2], { lng: '118.48' }),
  institution(PLACES[3], { lng: '118.90', admdvs: '320100' }), institution(PLACES[4], { lng: null, lat: null }),
  institution(PHARMACY, { fixmedins_type: '2' }),
  institution(PLACES[1], {
    lng: '117.50', fix_onln_open_flag: '0', valid_from: '2026-03-12', valid_to: '2026-03-17', inf_time: '2026-03-12 00:00:00'
  }),
  institution(PHARMACY, { fixmedins_type: '2', fix_onln_open_flag: '2', valid_from: '2026-04-01', inf_time: '2026-04-01 00:00:00' }),
  catalogueItem(ITEMS.plain),
  catalogueItem(ITEMS.female, { gend_limit: '2' }),
  catalogueItem(ITEMS.child, { age_max: '14', pric_uplmt_amt: '90.00' }),
  catalogueItem(ITEMS.adult, { age_min: '18', valid_to: '2026-03-20', inf_time: '2020-01-01 00:00:00' }),
  catalogueItem(ITEMS.adult, { age_min: '60', pric_uplmt_amt: '75.50', valid_from: '2026-03-20', inf_time: '2026-01-01 00:00:00' }),
  tracePrefix('8123456', ITEMS.plain), tracePrefix('8100001', ITEMS.child),
  tracePrefix('8100002', ITEMS.adult, { valid_to: '2026-03-15' }),
  tracePrefix('8100002', ITEMS.plain, { valid_from: '2026-03-15', inf_time: '2026-01-01 00:00:00' }),
  peerMedian('05', 'A03', 'I63', '900.00'), peerMedian('05', 'A04', 'I63', '700.00'), peerMedian('05', 'A03', 'K35', '800.00', '29'),
  ...SHARED_MASTER
]

export interface Someone { readonly psn_no: string, readonly gend: string, readonly brdy: string, readonly certno: string }

/** A person whose certificate agrees with sex and birth. */
export function someone (random: Random): Someone {
  const gend = random.pick(['1', '2'])
  const brdy = random.pick(['1951-04-02', '1966-03-15', '1990-02-28', '2013-03-10'])
  const sequence = `00${gend === '1' ? random.pick(['1', '3']) : random.pick(['2', '4'])}`
  return {
    psn_no: `34170000${random.between(10_000_000, 99_999_999)}`, gend, brdy,
    certno: `341702${brdy.replaceAll('-', '')}${sequence}${random.below(10)}`
  }
}

/** What a history is drawn with. `at` moments are whole minutes, so that equal times happen. */
export class Draw {
  readonly random: Random
  readonly start: Millis
  readonly days: number
  private next = 0

  constructor (random: Random, start: Millis, days: number) {
    this.random = random
    this.start = start
    this.days = days
  }

  /** An identifier not used before in this history. */
  id (prefix: string): string {
    return `${prefix}${this.next++}`
  }

  /** Some moment of the span, in working hours, on the half hour. */
  moment (): Millis {
    return this.start + this.random.below(this.days) * 24 * HOUR + this.random.between(14, 40) * HOUR / 2
  }

  chance (percent: number): boolean {
    return this.random.chance(percent)
  }

  pick<T> (from: readonly T[]): T {
    return this.random.pick(from)
  }
}

export { formatDate as dateOf, formatTime as timeOf }
