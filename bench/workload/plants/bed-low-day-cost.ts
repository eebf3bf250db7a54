/** 挂床 c, a day's cost far under that of peers: one 分 under and exactly at 30 %, stays too short to judge, peers missing or too few. */
import type { Fen } from '../../../engine/core/money.ts'
import { medianDayCost, NO_PEER, SMALL_SAMPLE } from '../peers.ts'
import { nodeOf } from './plant.ts'
import type { Plant } from './plant.ts'
import type { StayWish } from './stays.ts'
import { scenarios } from './scenario.ts'

const RULE = 'bed-low-day-cost'
const LIMIT = 30

/** That share (in percent) of the peers' cost of `days` days of pneumonia at the first hospital. */
function share (plant: Plant, days: number, percent: number): Fen {
  return Math.ceil(medianDayCost(plant.hospital().hosp_lv, 'J18') * days * percent / 100)
}

const flagged = (days: number, cost: (plant: Plant) => Fen, more: Partial<StayWish> = {}) => (plant: Plant): void => {
  const person = plant.person()
  plant.flag(RULE, person, plant.spell(person, plant.hospital(), 0, days, { total: cost(plant), ...more }).anchor, 3)
}
const excused = (days: number, cost: (plant: Plant) => Fen, more: Partial<StayWish> = {}) => (plant: Plant): void => {
  const person = plant.person()
  plant.spell(person, plant.hospital(), 0, days, { total: cost(plant), ...more })
  plant.innocent(person)
}
const cheap = (days: number) => (plant: Plant): Fen => share(plant, days, 28)

export default scenarios(RULE, { needs: 18 }, [
  ['cheap', flagged(8, cheap(8))],
  ['one-fen-under', flagged(6, plant => share(plant, 6, LIMIT) - 1)],
  ['exactly-at-the-limit', excused(6, plant => share(plant, 6, LIMIT))],
  ['three-days-shortest', flagged(3, plant => share(plant, 3, LIMIT) - 100, { day: k => k === 1 ? 'full' : 'nursing' })],
  ['two-days-too-short', excused(2, plant => share(plant, 2, LIMIT) - 100, { day: k => k === 1 ? 'full' : 'nursing' })],
  ['department-of-admission-when-discharge-has-none', flagged(8, cheap(8), { info: { dscg_dept_codg: '' } })],
  ['sample-too-small', excused(8, cheap(8), { diagnosis: SMALL_SAMPLE })],
  ['no-peers', excused(8, cheap(8), { diagnosis: NO_PEER })],
  ['excused-day-surgery', excused(8, cheap(8), { info: { ipt_med_type: '2' } })],
  ['excused-newborn', plant => {
    const person = plant.newborn()
    const total = Math.floor(medianDayCost(plant.hospital().hosp_lv, 'J20') * 7 * 0.28)
    plant.spell(person, plant.hospital(), 0, 7, { dept: 'A07', diagnosis: ['J20.900', '急性支气管炎'], info: { nwb_flag: '1' }, total })
    plant.innocent(person)
  }],
  ['settled-in-the-middle-together-enough', excused(9, plant => share(plant, 9, 40), { midAfter: 4 })],
  ['settled-in-the-middle-together-too-little', flagged(9, cheap(9), { midAfter: 4 })],
  ['reversal-of-the-dear-half', plant => {
    // What is left is cheap, and of the first days no lines are left either.
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 9, {
      midAfter: 4, total: share(plant, 9, 100), edit: (fees, k) => k >= 5 ? fees.slice(0, 4) : fees
    })
    plant.reverse(stay.settlements[0]!, plant.at(12, 9))
    plant.flag('bed-no-lines', person, stay.anchor, 3)
    plant.flag(RULE, person, stay.anchor, 3)
  }],
  ['reversed', plant => {
    const person = plant.person()
    plant.reverse(plant.spell(person, plant.hospital(), 0, 8, { total: share(plant, 8, 28) }).claim, plant.at(11, 9))
    plant.innocent(person)
  }],
  ['not-settled-yet', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(), 0, 8, { total: share(plant, 8, 28), chain: true, settled: false })
    plant.innocent(person)
  }],
  ['reversed-and-settled-again', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, { total: share(plant, 8, 28) })
    plant.reverse(stay.claim, plant.at(11, 9))
    plant.resettle(stay.claim, plant.at(11, 10))
    plant.flag(RULE, person, stay.anchor, 3)
  }],
  ['sent-twice', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, { total: share(plant, 8, 28) })
    plant.again(stay.claim)
    plant.flag(RULE, person, stay.anchor, 3)
  }],
  ['corrected-away', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, { total: share(plant, 8, 28) })
    plant.correct(stay.claim, plant.at(12, 9), record => { nodeOf(record, 'mdtrtinfo').dscg_dept_codg = 'A04' })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, { total: share(plant, 8, 28), info: { dscg_dept_codg: 'A04' } })
    plant.correct(stay.claim, plant.at(12, 9), record => { nodeOf(record, 'mdtrtinfo').dscg_dept_codg = 'A03' })
    plant.flag(RULE, person, stay.anchor, 3)
  }],
  ['uploaded-late', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, { total: share(plant, 8, 28), sent: plant.at(16, 9) })
    plant.flag(RULE, person, stay.anchor, 3)
  }]
])
