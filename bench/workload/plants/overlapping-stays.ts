/**
 * 冒名 a, two stays at different institutions at once: both sides of 2 hours and of 24 hours for transfers, dates only,
 * three at once, open stays.
 */
import type { Severity } from '../../../engine/core/flag.ts'
import type { Person } from '../people.ts'
import { listOf, nodeOf } from './plant.ts'
import type { Plant } from './plant.ts'
import type { StayWish, Stayed } from './stays.ts'
import { scenarios } from './scenario.ts'

const RULE = 'overlapping-stays'

/** At the county hospital on days 0–6 (until 15:30); elsewhere from `hour` of day `day`, for four days. */
function pair (
  plant: Plant, day: number, time: readonly number[], second: Partial<StayWish> = {}, first: Partial<StayWish> = {}
): { person: Person, a: Stayed, b: Stayed } {
  const person = plant.person()
  const a = plant.spell(person, plant.hospital(0), 0, 6, first)
  const begin = second.fromDateOnly === true ? {} : { from: plant.at(day, ...time as [number]) }
  const b = plant.spell(person, plant.hospital(1), day, day + 4, { ...begin, ...second })
  return { person, a, b }
}

function anchorOf (a: Stayed, b: Stayed): string[] {
  return [...a.anchor, ...b.anchor]
}

const flagged = (
  severity: Severity, day: number, time: readonly number[], second?: Partial<StayWish>, first?: Partial<StayWish>
) => (plant: Plant): void => {
  const { person, a, b } = pair(plant, day, time, second, first)
  plant.flag(RULE, person, anchorOf(a, b), severity)
}
const excused = (day: number, time: readonly number[], second?: Partial<StayWish>, first?: Partial<StayWish>) => (plant: Plant): void => {
  plant.innocent(pair(plant, day, time, second, first).person)
}
const DATED = { fromDateOnly: true, toDateOnly: true }

export default scenarios(RULE, { needs: 18 }, [
  ['two-days', flagged(1, 4, [10, 0])],
  ['two-hours-and-a-second', flagged(1, 6, [13, 29, 59])],
  ['exactly-two-hours', excused(6, [13, 30])],
  ['one-inside-the-other', plant => {
    const person = plant.person()
    const a = plant.spell(person, plant.hospital(0), 0, 10)
    const b = plant.spell(person, plant.hospital(1), 3, 6)
    plant.flag(RULE, person, anchorOf(a, b), 1)
  }],
  ['dates-only-one-inner-day', flagged(2, 4, [], DATED, DATED)],
  ['dates-only-no-inner-day', excused(5, [], DATED, DATED)],
  ['one-date-only-one-inner-day', flagged(2, 4, [], { fromDateOnly: true })],
  ['one-date-only-no-inner-day', excused(5, [], { fromDateOnly: true })],
  ['transfer-within-24-hours', excused(5, [15, 30], {}, { info: { dscg_way: '2' } })],
  ['transfer-beyond-24-hours', flagged(1, 5, [15, 29, 59], {}, { info: { dscg_way: '2' } })],
  ['transfer-to-community-within', excused(5, [20, 0], {}, { info: { dscg_way: '3' } })],
  ['transfer-in-within', excused(5, [20, 0], { info: { adm_way: '3' } })],
  ['transfer-med-type-within', excused(5, [20, 0], { med_type: '23' })],
  ['transfer-by-date-one-inner-day', excused(4, [], DATED, { ...DATED, info: { dscg_way: '2' } })],
  ['transfer-by-date-two-inner-days', flagged(2, 3, [], DATED, { ...DATED, info: { dscg_way: '2' } })],
  ['excused-newborn', plant => {
    const person = plant.newborn()
    const ward = { dept: 'A07', diagnosis: ['J20.900', '急性支气管炎'] as const }
    plant.spell(person, plant.hospital(0), 0, 6, { ...ward, info: { nwb_flag: '1' } })
    plant.spell(person, plant.hospital(1), 4, 8, ward)
    plant.innocent(person)
  }],
  ['same-institution', plant => {
    const person = plant.person()
    plant.spell(person, plant.hospital(), 0, 6)
    plant.spell(person, plant.hospital(), 4, 8, { diagnosis: ['K80.200', '胆囊结石'], dept: 'A04' })
    plant.innocent(person)
  }],
  ['one-after-the-other', excused(6, [16, 0])],
  ['first-still-open', plant => {
    const person = plant.person()
    plant.stay(person, { place: plant.hospital(0), from: plant.at(0, 9, 10), to: null, openDays: 8 })
    plant.spell(person, plant.hospital(1), 2, 5)
    plant.innocent(person)
  }, { where: 'end', needs: 9 }],
  ['three-at-once', plant => {
    const person = plant.person()
    const [a, b, c] = [0, 1, 2].map(i => plant.spell(person, plant.hospital(i), i * 2, 8 + i)) as [Stayed, Stayed, Stayed]
    plant.flag(RULE, person, anchorOf(a, b), 1)
    plant.flag(RULE, person, anchorOf(a, c), 1)
    plant.flag(RULE, person, anchorOf(b, c), 1)
  }],
  ['known-without-settlement', plant => {
    const person = plant.person()
    const a = plant.spell(person, plant.hospital(0), 0, 6, { chain: true, settled: false })
    const b = plant.spell(person, plant.hospital(1), 4, 8)
    plant.flag(RULE, person, anchorOf(a, b), 1)
  }],
  ['second-reversed', plant => {
    const { person, b } = pair(plant, 4, [10, 0])
    plant.reverse(b.claim, plant.at(11, 9))
    plant.innocent(person)
  }],
  ['first-reversed-second-stands', plant => {
    const { person, a } = pair(plant, 4, [10, 0])
    plant.reverse(a.claim, plant.at(11, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const { person, a, b } = pair(plant, 4, [10, 0])
    plant.again(a.claim)
    plant.again(b.claim, plant.at(12, 9))
    plant.flag(RULE, person, anchorOf(a, b), 1)
  }],
  ['corrected-away', plant => {
    const { person, b } = pair(plant, 4, [10, 0])
    plant.correct(b.claim, plant.at(12, 9), record => {
      nodeOf(record, 'mdtrtinfo').adm_time = later(plant, 7)
      // All of it treatment: a bed for every day of the longer stay would be more than the shorter one has.
      for (const line of listOf(record, 'feedetail')) Object.assign(line, { fee_ocur_time: later(plant, 8), med_chrgitm_type: '05' })
    })
    plant.innocent(person)
  }],
  ['late-half', plant => {
    const { person, a, b } = pair(plant, 4, [10, 0], {}, { sent: plant.at(16, 9) })
    plant.flag(RULE, person, anchorOf(a, b), 1)
  }],
  ['settlement-list-tells-the-hours', plant => {
    const person = plant.person()
    const a = plant.spell(person, plant.hospital(0), 0, 6, { chain: true, list: true })
    const b = plant.spell(person, plant.hospital(1), 4, 8)
    plant.flag(RULE, person, anchorOf(a, b), 1)
  }]
])

function later (plant: Plant, day: number): string {
  return `${new Date(plant.at(day, 8)).toISOString().slice(0, 10)} 07:00:00`
}
