/** 短时间多卡集中结算: runs of people on one device, runs that stop just short, and everything that only looks like one. */
import { DAY, formatDate, HOUR, MINUTE } from '../../../engine/core/time.ts'
import type { Millis } from '../../../engine/core/time.ts'
import type { Place } from '../city.ts'
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import type { Raw } from '../types.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'terminal-burst'
const ON = 2

interface Wish extends Partial<VisitWish> {
  /** Everything of the run; a minute apart from 10:00:30 on when absent. */
  readonly times?: readonly Millis[]
  /** How many of them buy the same; the others something of their own. */
  readonly alike?: number
  readonly each?: (i: number) => Partial<VisitWish> & { readonly record?: Raw, readonly more?: (fee: Fee) => Fee[] }
  readonly persons?: readonly Person[]
}

interface Run { readonly place: Place, readonly device: string, readonly persons: readonly Person[], readonly claims: readonly Claim[] }

/** So many people in a row at one device and operator, each with one medicine. */
function row (plant: Plant, count: number, { times, alike = 3, each = () => ({}), persons, ...wish }: Wish = {}): Run {
  const place = wish.place ?? plant.ownPharmacy
  const device = wish.device ?? plant.device(place)
  const people = persons ?? Array.from({ length: count }, () => plant.person())
  const claims = people.map((person, i) => {
    const at = times?.[i] ?? plant.at(ON, 10, i, 30)
    const { record: fields = {}, more = () => [], ...own } = each(i)
    const fee = feeOf(plant.world.catalogue.packed[i < alike ? 0 : i]!, own.served ?? at - 2 * MINUTE, 1, { sn: '1' })
    const change = (record: Raw): void => { Object.assign(record, { opter: 'op1' }, fields) }
    return plant.visit(person, { place, at, fees: [fee, ...more(fee)], device, change, ...wish, ...own })
  })
  return { place, device, persons: people, claims }
}

function label (plant: Plant, run: Run, severity: 2 | 3, first = 0): void {
  const { fixmedins_code, setl_id, setl_time } = run.claims[first]!
  const day = formatDate(setl_time - 4 * HOUR)
  plant.flagShared(RULE, 'terminal', `${fixmedins_code}|${run.device}|${day}`, run.persons[first]!, [fixmedins_code, setl_id], severity)
}

function innocent (plant: Plant, run: Run): Run {
  for (const person of run.persons) plant.innocent(person)
  return run
}

const flagged = (count: number, wish: (plant: Plant) => Wish = () => ({}), severity: 2 | 3 = 2) =>
  (plant: Plant): void => label(plant, row(plant, count, wish(plant)), severity)
const excused = (count: number, wish: (plant: Plant) => Wish = () => ({})) =>
  (plant: Plant): void => { innocent(plant, row(plant, count, wish(plant))) }
/** About the last of five. */
const fifth = (own: Partial<VisitWish> & { readonly record?: Raw, readonly more?: (fee: Fee) => Fee[] }) =>
  (): Wish => ({ each: i => i === 4 ? own : {} })

export default scenarios(RULE, { needs: 12, ownPharmacy: true }, [
  ['five-in-five', flagged(5, plant => ({ times: [0, 60, 120, 200, 300].map(second => plant.at(ON, 10, 0, second)) }))],
  ['seconds-apart', flagged(6, plant => ({ alike: 6, times: [0, 9, 18, 31, 40, 52].map(second => plant.at(ON, 16, 5, second)) }))],
  ['eight-unlike', flagged(8, plant => ({
    alike: 0, times: [0, 30, 70, 100, 150, 200, 240, 290].map(second => plant.at(ON, 11, 0, second))
  }), 3)],
  ['at-a-clinic', flagged(5, plant => ({ place: plant.clinic() }))],
  ['across-midnight', flagged(5, plant => ({
    place: plant.clinic(), med_type: '13', times: [0, 1, 2, 3, 4].map(minute => plant.at(ON, 23, 58 + minute, 30)),
    each: i => i > 1 ? { served: plant.at(ON + 1, 0, 0, 5) } : {}
  }))],
  ['two-runs', plant => {
    const run = row(plant, 10, { alike: 10, times: [0, 1, 2, 3, 4, 6, 7, 8, 9, 10].map(minute => plant.at(ON, 10, minute)) })
    label(plant, run, 2)
    label(plant, run, 2, 5)
  }],
  ['one-comes-twice', plant => {
    const persons = Array.from({ length: 5 }, () => plant.person())
    label(plant, row(plant, 6, { persons: [...persons, persons[0]!], times: [0, 1, 2, 3, 4, 5].map(i => plant.at(ON, 15, 0, i * 50)) }), 2)
  }],
  ['late', flagged(5, plant => ({ each: i => i === 2 ? { sent: plant.at(ON + 25, 9) } : {} })), { needs: 30 }],
  ['sent-twice', plant => {
    const run = row(plant, 5)
    for (const claim of run.claims) plant.again(claim)
    label(plant, run, 2)
  }],
  ['corrected-into', plant => {
    const run = row(plant, 5, { each: i => i === 4 ? { device: `${plant.device(plant.ownPharmacy)}-9` } : {} })
    plant.correct(run.claims[4]!, plant.at(ON + 3, 9), record => { record.dev_no = run.device })
    label(plant, run, 2)
  }],
  ['one-of-six-reversed', plant => {
    const run = row(plant, 6, { alike: 6, times: [0, 40, 80, 120, 160, 200].map(second => plant.at(ON, 10, 0, second)) })
    plant.reverse(run.claims[3]!, plant.at(ON + 1, 9))
    label(plant, run, 2)
  }],
  ['four', excused(4, () => ({ alike: 4 }))],
  ['six-minutes', excused(5, plant => ({ alike: 5, times: [0, 60, 120, 200, 301].map(second => plant.at(ON, 10, 0, second)) }))],
  ['seven-unlike', excused(7, plant => ({ alike: 2, times: [0, 30, 70, 100, 150, 200, 240].map(second => plant.at(ON, 11, 0, second)) }))],
  ['one-person', plant => {
    const persons = Array.from({ length: 4 }, () => plant.person())
    innocent(plant, row(plant, 5, { persons: [...persons, persons[0]!] }))
  }],
  ['two-operators', excused(6, () => ({ alike: 6, each: i => ({ record: { opter: i % 2 === 0 ? 'op1' : 'op2' } }) }))],
  ['two-devices', excused(6, plant => {
    const other = `${plant.device(plant.ownPharmacy)}-9`
    return { alike: 6, each: i => i % 2 === 0 ? {} : { device: other } }
  })],
  ['no-device', excused(6, () => ({ alike: 6, each: () => ({ record: { dev_no: null } }) }))],
  ['online', excused(5, fifth({ pay_loc: '5', cert: '01' }))],
  ['entered-afterwards', excused(5, plant => ({ each: i => i === 4 ? { served: plant.at(ON, 9) - DAY } : {} }))],
  ['registrations', excused(6, plant => ({
    place: plant.clinic(), med_type: '12', each: i => ({ fees: [feeOf(plant.world.catalogue.named.registration, plant.at(ON, 10, i))] })
  }))],
  ['consultations', excused(7, plant => ({
    place: plant.clinic(), times: [0, 40, 80, 120, 160, 200, 240].map(second => plant.at(ON, 10, 0, second)),
    each: () => ({ fees: [feeOf(plant.world.catalogue.named.consultation, plant.at(ON, 10))] })
  }))],
  ['refunded', excused(5, fifth({ more: fee => [{ ...refundOf(fee, fee.at + 1000), sn: '2' }] }))],
  ['time-unknown', excused(5, fifth({ dateOnly: true }))],
  ['reversed-afterwards', plant => { const run = innocent(plant, row(plant, 5)); plant.reverse(run.claims[1]!, plant.at(ON + 4, 9)) }],
  ['corrected-away', plant => {
    const run = innocent(plant, row(plant, 5))
    plant.correct(run.claims[2]!, plant.at(ON + 4, 9), record => { record.opter = 'op2' })
  }]
])
