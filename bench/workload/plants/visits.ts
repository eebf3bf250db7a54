/** A planted outpatient or pharmacy visit. */
import type { Fen } from '../../../engine/core/money.ts'
import { MINUTE } from '../../../engine/core/time.ts'
import type { Millis } from '../../../engine/core/time.ts'
import type { Place } from '../city.ts'
import { feeOf, numbered, priceAt, sumOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import { splitFunds } from '../funds.ts'
import type { Person } from '../people.ts'
import { settlementRecord } from '../records.ts'
import type { Diagnosis } from '../records.ts'
import type { Raw } from '../types.ts'
import type { Claim, Plant } from './plant.ts'

export interface VisitWish {
  readonly place: Place
  readonly at: Millis
  /** Default: what the place is, 2102 or 2207. */
  readonly infno?: '2102' | '2207'
  /** Default 11, 41 in a pharmacy. */
  readonly med_type?: string
  readonly diagnosis?: Diagnosis
  readonly pay_loc?: string
  readonly cert?: string
  /** The whole of it; default 86.50 yuan. Not together with `fees`. */
  readonly cost?: Fen
  readonly fees?: readonly Fee[]
  /** When the lines occurred; default a few minutes before `at`. */
  readonly served?: Millis
  readonly external?: boolean
  readonly dateOnly?: boolean
  /** dev_no; default one that nothing else is settled on. */
  readonly device?: string
  /** inf_time; default five seconds after `at`. */
  readonly sent?: Millis
  /** Arrival; default one second after `sent`. */
  readonly arrive?: Millis
  readonly change?: (record: Raw) => void
}

const COLD: Diagnosis = ['J06.900', '急性上呼吸道感染']

export function buildVisit (plant: Plant, person: Person, wish: VisitWish): Claim {
  const { place, at } = wish
  const infno = wish.infno ?? (place.kind === '2' ? '2102' : '2207')
  const pharmacy = infno === '2102'
  const served = wish.served ?? at - 6 * MINUTE
  const fees = wish.fees ?? usualFees(plant, served, wish.cost ?? 8650, pharmacy, wish.external ?? false)
  numbered(fees)
  const setl_id = plant.id('S', at)
  const mdtrt_id = plant.id('M', at)
  const sent = wish.sent ?? at + 5000
  const doctor = place.doctors[plant.seed % place.doctors.length]!
  const record = settlementRecord({
    infno, place, area: person.area, at: sent, serial: plant.random.below(10_000), device: wish.device ?? plant.device(place),
    person, setl_id, mdtrt_id, setl_time: at,
    setlDateOnly: wish.dateOnly ?? false, begin: served, finish: Math.max(at, served), med_type: wish.med_type ?? (pharmacy ? '41' : '11'),
    pay_loc: wish.pay_loc ?? '2', cert: wish.cert ?? '03', clr_type: pharmacy ? '41' : '11',
    funds: splitFunds({
      medfee: sumOf(fees), ownpay: 0, preself: 0, insutype: person.insutype, kind: pharmacy ? 'pharmacy' : 'visit',
      draw: plant.random.below(1000)
    }),
    fees, diagnoses: [wish.diagnosis ?? COLD], dept: pharmacy ? '' : 'A03', doctor
  })
  wish.change?.(record)
  plant.claims++
  plant.send(wish.arrive ?? sent + 1000, record)
  return { record, place, fixmedins_code: place.fixmedins_code, setl_id, mdtrt_id, setl_time: at, sent }
}

function usualFees (plant: Plant, served: Millis, cost: Fen, pharmacy: boolean, external: boolean): Fee[] {
  const { consumables, packed, named } = plant.world.catalogue
  const drug = feeOf(plant.random.pick(packed), served)
  // Whatever it costs it is below no limit: only drugs have one.
  const rest = feeOf(pharmacy ? consumables[0]! : named.treatment, served + MINUTE, 1, { external })
  if (cost <= drug.fee) {
    priceAt(rest, cost)
    return [rest]
  }
  priceAt(rest, cost - drug.fee)
  return [drug, rest]
}
