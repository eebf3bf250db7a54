/** More days charged than the stay has: each kind by itself and together, at the limit, in parts; all the surplus on one day. */
import type { Item, NamedItems } from '../catalogue.ts'
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import { timeText } from '../stamp.ts'
import { listOf, nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { Stayed, StayWish } from './stays.ts'

const RULE = 'days-over-stay'
/** A stay of days 0–6 has seven days, and by itself a bed, a round and nursing on each of them. */
const TO = 6
type Pick = (named: NamedItems) => Item
type Surplus = ReadonlyArray<readonly [Pick, number]>

const bed: Pick = named => named.bed
const round: Pick = named => named.consultation
const nursing: Pick = named => named.nursing
const A_BED: Surplus = [[bed, 1]]

function charged (
  plant: Plant, person: Person, surplus: Surplus, wish: Partial<StayWish> = {}, more: (fee: Fee) => Fee[] = () => []
): Stayed {
  const { named } = plant.world.catalogue
  return plant.spell(person, plant.hospital(), 0, TO, {
    edit: (fees, k) => k !== 1 ? fees : [...fees, ...surplus.flatMap(([pick, quantity], i) => {
      const fee = feeOf(pick(named), fees[0]!.at + 60_000, quantity, { sn: String(9001 + i * 10) })
      return [fee, ...more(fee)]
    })],
    ...wish
  })
}

function label (plant: Plant, person: Person, { fixmedins_code, setl_id }: Claim): void {
  plant.flag(RULE, person, [fixmedins_code, setl_id], 2)
}

const flagged = (surplus: Surplus, wish?: Partial<StayWish>, more?: (fee: Fee) => Fee[]) => (plant: Plant): void => {
  const person = plant.person()
  label(plant, person, charged(plant, person, surplus, wish, more).claim)
}
const excused = (surplus: Surplus, wish?: Partial<StayWish>, more?: (fee: Fee) => Fee[]) => (plant: Plant): void => {
  const person = plant.person()
  charged(plant, person, surplus, wish, more)
  plant.innocent(person)
}

export default scenarios(RULE, { needs: 14 }, [
  ['a-bed-too-many', flagged(A_BED)],
  ['a-round-too-many', flagged([[round, 1]])],
  ['nursing-too-much', flagged([[nursing, 4]])],
  ['half-a-day-too-many', flagged([[bed, 0.5]])],
  ['all-kinds', flagged([[bed, 2], [round, 2], [nursing, 5]])],
  ['both-ends-charged', excused([])],
  ['treatment-is-not-by-the-day', excused([[named => named.laboratory, 20]])],
  ['newborn', excused(A_BED, { dept: 'A05', info: { nwb_flag: '1' } })],
  ['day-surgery', excused(A_BED, { info: { ipt_med_type: '2' } })],
  ['refunded', excused(A_BED, {}, fee => [{ ...refundOf(fee, fee.at + 1000), sn: '9002' }])],
  ['refunded-in-part', flagged([[bed, 3]], {}, fee => [{ ...refundOf(fee, fee.at + 1000, 2), sn: '9002' }])],
  ['settled-in-the-middle', excused([[bed, 9]], { midAfter: 3 })],
  ['without-times', excused(A_BED, { bare: true })],
  ['known-by-dates', flagged(A_BED, { fromDateOnly: true, toDateOnly: true })],
  ['reversed', plant => {
    const person = plant.person()
    plant.reverse(charged(plant, person, A_BED).claim, plant.at(10, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const person = plant.person()
    const { claim } = charged(plant, person, A_BED)
    plant.again(claim)
    plant.again(claim, plant.at(11, 9))
    label(plant, person, claim)
  }],
  ['discharge-corrected-away', plant => {
    const person = plant.person()
    const { claim } = charged(plant, person, A_BED)
    plant.correct(claim, plant.at(10, 9), record => { nodeOf(record, 'mdtrtinfo').dscg_time = timeText(plant.at(TO + 1, 8)) })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const person = plant.person()
    const { claim } = charged(plant, person, [[named => named.laboratory, 1]])
    plant.correct(claim, plant.at(10, 9), record => {
      for (const line of listOf(record, 'feedetail')) if (String(line.feedetl_sn) === '9001') line.med_chrgitm_type = '07'
    })
    label(plant, person, claim)
  }],
  ['late', plant => {
    const person = plant.person()
    label(plant, person, charged(plant, person, A_BED, { sent: plant.at(12, 9) }).claim)
  }]
])
