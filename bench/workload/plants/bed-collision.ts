/** 挂床 f, two patients in one bed: both sides of two hours, over the end of a month, three at once, and beds that many use by right. */
import { monthOf } from '../../../engine/core/time.ts'
import type { Person } from '../people.ts'
import type { Raw } from '../types.ts'
import { nodeOf } from './plant.ts'
import type { Plant } from './plant.ts'
import type { StayWish, Stayed } from './stays.ts'
import { scenarios } from './scenario.ts'

const RULE = 'bed-collision'
const WARD = 'W03'

/** A bed that nobody else has, as every record of a stay names it. */
function bedOf (plant: Plant): string {
  return `特${Number(plant.id('B', plant.at(0)).slice(-9))}`
}

function lyingIn (bed: string, more: Raw = {}): { readonly info: Raw } {
  return { info: { wardarea_codg: WARD, adm_bed: bed, dscg_bed: bed, ...more } }
}

interface Lain { readonly person: Person, readonly stay: Stayed }
interface Two { readonly bed: string, readonly first: Lain, readonly second: Lain }
type Wish = Partial<StayWish> & { readonly person?: Person }

/** One from day 1 to day 8, 15:30; the other from 9:10 of day 4 to day 10. */
function two (plant: Plant, later: Wish = {}, earlier: Wish = {}): Two {
  const bed = bedOf(plant)
  const lie = ({ person = plant.person(), info = {}, ...wish }: Wish, from: number, to: number): Lain =>
    ({ person, stay: plant.spell(person, plant.hospital(), from, to, { ...wish, ...lyingIn(bed, info) }) })
  return { bed, first: lie(earlier, 1, 8), second: lie(later, 4, 10) }
}

function label (plant: Plant, bed: string, earlier: Lain, later: Lain): void {
  const { fixmedins_code, mdtrt_id, plan } = later.stay
  const key = [fixmedins_code, WARD, bed, monthOf(plan.from)].join('|')
  plant.flagShared(RULE, 'bed', key, later.person, [earlier.stay.mdtrt_id, mdtrt_id], 2)
}

const flagged = (later?: Wish, earlier?: Wish) => (plant: Plant): void => {
  const { bed, first, second } = two(plant, later, earlier)
  label(plant, bed, first, second)
}
const from = (day: number, hour: number, minute: number, second = 0) => (plant: Plant): Wish =>
  ({ from: plant.at(day, hour, minute, second) })
/** Day 10 is the first of a month. */
const atTheTurn = (later: (plant: Plant) => Wish) => (plant: Plant): void => {
  flagged({ to: plant.at(14, 15, 30), ...later(plant) }, { to: plant.at(12, 15, 30) })(plant)
}

function innocent (plant: Plant, { first, second }: Two): void {
  plant.innocent(first.person)
  plant.innocent(second.person)
}
const excused = (later?: Wish, earlier?: Wish) => (plant: Plant): void => { innocent(plant, two(plant, later, earlier)) }

export default scenarios(RULE, { needs: 18 }, [
  ['four-days', flagged()],
  ['one-inside-the-other', plant => flagged({ to: plant.at(6, 15, 30) })(plant)],
  ['two-hours-and-a-second', plant => flagged(from(8, 13, 29, 59)(plant))(plant)],
  ['exactly-two-hours', plant => excused(from(8, 13, 30)(plant))(plant)],
  ['bed-of-discharge-not-sent', flagged({ info: { dscg_bed: null } })],
  ['before-the-turn-of-a-month', atTheTurn(from(9, 23, 30)), { where: 'turn' }],
  ['at-the-turn-of-a-month', atTheTurn(from(10, 0, 0)), { where: 'turn' }],
  ['three-at-once', plant => {
    const { bed, first, second } = two(plant)
    const person = plant.person()
    const third = { person, stay: plant.spell(person, plant.hospital(), 6, 12, lyingIn(bed)) }
    label(plant, bed, first, second)
    label(plant, bed, first, third)
    label(plant, bed, second, third)
  }],
  ['earlier-comes-later', plant => flagged({}, { sent: plant.at(12, 9) })(plant)],
  ['late', plant => flagged({}, { sent: plant.at(36, 9) })(plant), { needs: 38 }],
  ['settled-in-the-middle', flagged({ midAfter: 2 }, { midAfter: 3 })],
  ['sent-twice', plant => {
    const { bed, first, second } = two(plant)
    plant.again(second.stay.claim)
    label(plant, bed, first, second)
  }],
  ['corrected-into', plant => {
    const { bed, first, second } = two(plant, { info: { adm_bed: `${WARD}-+0`, dscg_bed: null } })
    plant.correct(second.stay.claim, plant.at(12, 9), record => { Object.assign(nodeOf(record, 'mdtrtinfo'), lyingIn(bed).info) })
    label(plant, bed, first, second)
  }],
  ['settled-anew', plant => {
    const { bed, first, second } = two(plant)
    plant.reverse(second.stay.claim, plant.at(11, 9))
    plant.resettle(second.stay.claim, plant.at(11, 10))
    label(plant, bed, first, second)
  }],
  ['handed-over-at-noon', plant => excused(from(8, 15, 30)(plant))(plant)],
  ['newborn-with-its-mother', plant => {
    const mother = plant.person({ gend: '2', age: 30 })
    innocent(plant, two(plant, { person: plant.newborn() }, { person: mother }))
  }],
  ['newborn-by-stay', excused({ info: { nwb_flag: '1' } })],
  ['day-surgery', excused({ info: { ipt_med_type: '2' } })],
  ['dates-only', excused({ fromDateOnly: true, toDateOnly: true })],
  ['earlier-by-date', excused({}, { toDateOnly: true })],
  ['changed-bed', plant => excused({}, { info: { dscg_bed: `${WARD}-+0` } })(plant)],
  ['other-ward', excused({ info: { wardarea_codg: 'W50' } })],
  ['other-hospital', plant => excused({ place: plant.hospital(1) })(plant)],
  ['reversed-afterwards', plant => {
    const both = two(plant)
    plant.reverse(both.second.stay.claim, plant.at(12, 9))
    innocent(plant, both)
  }],
  ['earlier-reversed', plant => {
    const both = two(plant)
    plant.reverse(both.first.stay.claim, plant.at(9, 9))
    innocent(plant, both)
  }],
  ['corrected-away', plant => {
    const both = two(plant)
    plant.correct(both.second.stay.claim, plant.at(12, 9), record => { nodeOf(record, 'mdtrtinfo').dscg_bed = `${WARD}-+0` })
    innocent(plant, both)
  }]
])
