/** 挂床 b, three or more days in a row with bed, consultation and nursing only: runs of 2, 3 and more, broken runs, refunds, excuses. */
import { DAY, HOUR } from '../../../engine/core/time.ts'
import { feeOf, priceAt, refundOf } from '../fees.ts'
import { nodeOf } from './plant.ts'
import type { Plant } from './plant.ts'
import type { StayWish } from './stays.ts'
import { scenarios } from './scenario.ts'

const RULE = 'bed-nursing-only-days'

const nursing = (...days: readonly number[]) => (k: number): 'full' | 'nursing' => days.includes(k) ? 'nursing' : 'full'

const flagged = (more: Partial<StayWish>) => (plant: Plant): void => {
  const person = plant.person()
  plant.flag(RULE, person, plant.spell(person, plant.hospital(), 0, 8, more).anchor, 3)
}
const excused = (more: Partial<StayWish>) => (plant: Plant): void => {
  const person = plant.person()
  plant.spell(person, plant.hospital(), 0, 8, more)
  plant.innocent(person)
}

export default scenarios(RULE, { needs: 16 }, [
  ['three-days', flagged({ day: nursing(3, 4, 5) })],
  ['two-days-outside', excused({ day: nursing(3, 4) })],
  ['five-days', flagged({ day: nursing(2, 3, 4, 5, 6) })],
  ['first-days', flagged({ day: nursing(0, 1, 2) })],
  ['last-days', flagged({ day: nursing(6, 7, 8) })],
  ['two-runs-one-flag', flagged({ day: nursing(0, 1, 2, 5, 6, 7) })],
  ['broken-run', excused({ day: nursing(1, 2, 4, 5, 7) })],
  ['a-day-without-fees-breaks-it', excused({
    day: k => k === 4 ? 'none' : k === 2 || k === 3 || k === 5 ? 'nursing' : 'full',
    edit: (fees, k) => k === 3 ? fees.map(fee => ({ ...fee, at: fee.at + 8 * HOUR })) : fees // so that the empty day is no gap of 48 hours
  })],
  ['examined-elsewhere', plant => {
    const person = plant.person()
    const { consultation } = plant.world.catalogue.named
    plant.spell(person, plant.hospital(), 0, 8, {
      day: nursing(3, 4, 5),
      edit: (fees, k) => k === 4 ? fees.map(fee => fee.item === consultation ? { ...fee, external: true } : fee) : fees
    })
    plant.innocent(person)
  }],
  ['refunds-leave-only-nursing', flagged({
    day: nursing(3, 5), total: null,
    edit: (fees, k) => {
      if (k === 0) priceAt(fees.at(-1)!, 500_000)
      return k === 4 ? [...fees, ...fees.slice(3).map((fee, i) => ({ ...refundOf(fee, fee.at + 1000), sn: `${fee.sn}9${i}` }))] : fees
    }
  })],
  ['partial-refund-keeps-treatment', excused({
    day: nursing(3, 5), total: null,
    edit: (fees, k, plan) => {
      if (k === 0) priceAt(fees.at(-1)!, 500_000)
      if (k !== 4) return fees
      const double = feeOf(fees[3]!.item, fees[3]!.at, 2, { sn: fees[3]!.sn })
      return [...fees.slice(0, 3), double, { ...refundOf(double, plan.from + 5 * DAY, 1), sn: '588' }]
    }
  })],
  ['still-in-hospital', plant => {
    const person = plant.person()
    const stay = plant.stay(person, { place: plant.hospital(), from: plant.at(0, 9, 10), to: null, openDays: 6, day: nursing(1, 2, 3) })
    plant.flag(RULE, person, stay.anchor, 3)
  }, { where: 'end', needs: 7 }],
  ['and-cheap', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, { day: () => 'nursing', total: 8 * 82_000 / 5 })
    plant.flag(RULE, person, stay.anchor, 3)
    plant.flag('bed-low-day-cost', person, stay.anchor, 3)
  }],
  ['excused-day-surgery', excused({ day: nursing(3, 4, 5), info: { ipt_med_type: '2' } })],
  ['excused-newborn', plant => {
    const person = plant.newborn()
    plant.spell(person, plant.hospital(), 0, 6, {
      dept: 'A07', diagnosis: ['J20.900', '急性支气管炎'], day: nursing(2, 3, 4), info: { nwb_flag: '1' }
    })
    plant.innocent(person)
  }],
  ['reversed', plant => {
    const person = plant.person()
    plant.reverse(plant.spell(person, plant.hospital(), 0, 8, { day: nursing(3, 4, 5) }).claim, plant.at(11, 9))
    plant.innocent(person)
  }],
  ['settled-in-the-middle', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, { day: nursing(3, 4, 5), midAfter: 4 })
    plant.flag(RULE, person, stay.anchor, 3)
  }],
  ['sent-twice', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, { day: nursing(3, 4, 5), chain: true })
    plant.again(stay.claim)
    plant.flag(RULE, person, stay.anchor, 3)
  }],
  ['corrected-away', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, { day: nursing(3, 4, 5) })
    plant.correct(stay.claim, plant.at(12, 9), record => { nodeOf(record, 'mdtrtinfo').ipt_med_type = '2' })
    plant.innocent(person)
  }],
  ['daily-lines-late', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, { day: nursing(3, 4, 5), sent: plant.at(14, 9) })
    plant.flag(RULE, person, stay.anchor, 3)
  }]
])
