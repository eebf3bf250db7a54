/**
 * 挂床 d, a visit in person elsewhere strictly inside a stay: its first and last day, dates only, open stays, late
 * discharges, excuses of the visit and of the stay. Each such visit is also one of visit-while-inpatient, and labelled
 * so.
 */
import type { VisitWish } from './visits.ts'
import { both, neither, pair } from './inpatient-visits.ts'
import { feeOf } from '../fees.ts'
import { nodeOf } from './plant.ts'
import type { Plant } from './plant.ts'
import type { StayWish } from './stays.ts'
import { scenarios } from './scenario.ts'

const flagged = (day: number, visit?: Partial<VisitWish>, stay?: Partial<StayWish>) =>
  (plant: Plant): void => both(plant, pair(plant, day, visit, stay))
const excused = (day: number, visit?: Partial<VisitWish>, stay?: Partial<StayWish>) =>
  (plant: Plant): void => neither(plant, pair(plant, day, visit, stay))

export default scenarios('bed-visit-elsewhere', { needs: 16 }, [
  ['in-the-middle', flagged(3)],
  ['first-inner-day', flagged(1)],
  ['last-inner-day', flagged(6)],
  ['day-of-admission', excused(0)],
  ['day-of-discharge', excused(7)],
  ['day-after-discharge', excused(8)],
  ['stay-known-by-dates', flagged(3, {}, { fromDateOnly: true, toDateOnly: true, bare: true })],
  ['where-paid-not-said', flagged(3, { pay_loc: '' })],
  ['visit-known-by-date', plant => {
    both(plant, pair(plant, 3, { at: plant.at(3), dateOnly: true, served: plant.at(3, 9) }))
  }],
  ['two-visits', plant => {
    const first = pair(plant, 3)
    const second = plant.visit(first.person, { place: plant.clinic(1), at: plant.at(5, 15) })
    both(plant, first)
    plant.flag('visit-while-inpatient', first.person, [second.fixmedins_code, second.setl_id], 2)
  }],
  ['same-institution', plant => neither(plant, pair(plant, 3, { place: plant.hospital() }))],
  ['excused-internet-hospital', excused(3, { pay_loc: '5', cert: '01' })],
  ['excused-entered-afterwards', plant => neither(plant, pair(plant, 3, { served: plant.at(2, 10) }))],
  ['excused-external-examination', excused(3, { external: true })],
  ['excused-arranged-by-the-ward', plant => {
    const { examination } = plant.world.catalogue.named
    neither(plant, pair(plant, 3, {}, {
      edit: (fees, k) => k === 3 ? [...fees, feeOf(examination, fees[0]!.at, 1, { sn: '499', external: true })] : fees
    }))
  }],
  ['arranged-for-another-day', plant => {
    const { examination } = plant.world.catalogue.named
    both(plant, pair(plant, 3, {}, {
      edit: (fees, k) => k === 4 ? [...fees, feeOf(examination, fees[0]!.at, 1, { sn: '599', external: true })] : fees
    }))
  }],
  ['excused-day-surgery', excused(3, {}, { info: { ipt_med_type: '2' } })],
  ['excused-newborn', plant => {
    const person = plant.newborn()
    neither(plant, pair(plant, 3, {}, { dept: 'A07', diagnosis: ['J20.900', '急性支气管炎'], info: { nwb_flag: '1' } }, person))
  }],
  ['still-in-hospital', plant => {
    const person = plant.person()
    const stay = plant.stay(person, { place: plant.hospital(), from: plant.at(0, 9, 10), to: null, openDays: 6 })
    const visit = plant.visit(person, { place: plant.clinic(), at: plant.at(3, 10) })
    both(plant, { person, stay, visit })
  }, { where: 'end', needs: 7 }],
  ['discharged-before-as-turns-out', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 5, { chain: true, settled: false })
    const visit = plant.visit(person, { place: plant.clinic(), at: plant.at(7, 10) })
    neither(plant, { person, stay, visit })
  }],
  ['discharge-told-late', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 5, { chain: true, dischargeSent: plant.at(11, 8), sent: plant.at(11, 9) })
    const visit = plant.visit(person, { place: plant.clinic(), at: plant.at(7, 10) })
    neither(plant, { person, stay, visit })
  }],
  ['stay-reversed', plant => {
    const three = pair(plant, 3)
    plant.reverse(three.stay.claim, plant.at(9, 9))
    neither(plant, three)
  }],
  ['stay-reversed-but-admitted', plant => {
    const three = pair(plant, 3, {}, { chain: true })
    plant.reverse(three.stay.claim, plant.at(9, 9))
    both(plant, three)
  }],
  ['sent-twice', plant => {
    const three = pair(plant, 3)
    plant.again(three.visit)
    plant.again(three.stay.claim)
    both(plant, three)
  }],
  ['stay-corrected-away', plant => {
    const three = pair(plant, 3)
    plant.correct(three.stay.claim, plant.at(10, 9), record => { nodeOf(record, 'mdtrtinfo').ipt_med_type = '2' })
    neither(plant, three)
  }],
  ['stay-late', plant => both(plant, pair(plant, 3, {}, { sent: plant.at(14, 9) }))]
])
