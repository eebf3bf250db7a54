/** 同一设备跨机构使用: a device at two institutions, at many, at branches, and numbers that are no device's. */
import { monthOf } from '../../../engine/core/time.ts'
import type { Place } from '../city.ts'
import type { Person } from '../people.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'device-elsewhere'
const FIRST = 2

interface Used extends Claim { readonly person: Person }

function use (plant: Plant, place: Place, device: string, day: number, wish: Partial<VisitWish> = {}): Used {
  const person = plant.person()
  return { ...plant.visit(person, { place, at: plant.at(day, 10), device, ...wish }), person }
}

interface Two { readonly device: string, readonly first: Used, readonly next: Used }

interface Wish {
  readonly device?: string
  readonly from?: Place
  readonly to?: Place
  readonly day?: number
  readonly first?: Partial<VisitWish>
  readonly next?: Partial<VisitWish>
}

/** A pharmacy's device, and a day later the same at another pharmacy. */
function twice (plant: Plant, wish: Wish = {}): Two {
  const { from = plant.pharmacy(), to = plant.pharmacy(1), device = plant.device(from), day = FIRST + 1, first = {}, next = {} } = wish
  return { device, first: use(plant, from, device, FIRST, first), next: use(plant, to, device, day, next) }
}

function label (plant: Plant, { device, first, next }: Two): void {
  const key = `${device}|${monthOf(next.setl_time)}`
  plant.flagShared(RULE, 'terminal', key, next.person, [device, first.fixmedins_code, next.fixmedins_code], 1)
}

function innocent (plant: Plant, two: Two): Two {
  plant.innocent(two.first.person)
  plant.innocent(two.next.person)
  return two
}

const flagged = (wish: (plant: Plant) => Wish = () => ({})) => (plant: Plant): void => label(plant, twice(plant, wish(plant)))
const excused = (wish: (plant: Plant) => Wish = () => ({})) => (plant: Plant): void => { innocent(plant, twice(plant, wish(plant))) }

export default scenarios(RULE, { needs: 14 }, [
  ['next-day', flagged()],
  ['same-day', flagged(plant => ({ day: FIRST, next: { at: plant.at(FIRST, 17) } }))],
  ['seven-days', flagged(plant => ({ day: FIRST + 7, next: { at: plant.at(FIRST + 7, 19) } }))],
  ['turn-of-month', plant => {
    const device = plant.device(plant.pharmacy())
    label(plant, { device, first: use(plant, plant.pharmacy(), device, 8), next: use(plant, plant.pharmacy(1), device, 11) })
  }, { where: 'turn', needs: 16 }],
  ['hospital-and-pharmacy', flagged(plant => ({ from: plant.hospital(), to: plant.pharmacy(1) }))],
  ['several-there', plant => {
    const two = twice(plant)
    for (const day of [4, 5, 11]) use(plant, plant.pharmacy(1), two.device, day)
    label(plant, two)
  }, { where: 'month' }],
  ['to-and-fro', plant => {
    const two = twice(plant)
    use(plant, plant.pharmacy(), two.device, 5)
    use(plant, plant.pharmacy(1), two.device, 6)
    label(plant, two)
  }, { where: 'month' }],
  ['five-institutions', plant => {
    const device = plant.device(plant.pharmacy())
    const uses = [0, 1, 2, 3, 4].map(k => use(plant, plant.pharmacy(k), device, FIRST + k))
    const fifth = uses[4]!
    plant.flagShared(RULE, 'terminal', `${device}|${monthOf(fifth.setl_time)}`, fifth.person, [device], 3)
  }, { where: 'month' }],
  ['first-comes-later', flagged(plant => ({ first: { sent: plant.at(11, 9) } }))],
  ['late', flagged(plant => ({ next: { sent: plant.at(FIRST + 26, 9) } })), { needs: 30 }],
  ['sent-twice', plant => { const two = twice(plant); plant.again(two.next); label(plant, two) }],
  ['corrected-into', plant => {
    const device = plant.device(plant.pharmacy())
    const two = { ...twice(plant, { device, next: { device: `${device}-9` } }), device }
    plant.correct(two.next, plant.at(8, 9), record => { record.dev_no = device })
    label(plant, two)
  }],
  ['eight-days', excused(plant => ({ day: FIRST + 8, next: { at: plant.at(FIRST + 8, 9) } }))],
  ['branches', excused(plant => ({ from: plant.world.city.away.store, to: plant.world.city.away.branch }))],
  ['windows', excused(() => ({ device: 'D-07' }))],
  ['placeholder', excused(() => ({ device: '00000001' }))],
  ['network-address', excused(() => ({ device: '192.168.1.105' }))],
  ['online', excused(() => ({ next: { pay_loc: '5', cert: '01' } }))],
  ['entered-afterwards', excused(plant => ({ next: { served: plant.at(FIRST, 11) } }))],
  ['at-home', excused(plant => ({ to: plant.pharmacy() }))],
  ['in-hospital', plant => {
    const device = plant.device(plant.pharmacy())
    const { person } = use(plant, plant.pharmacy(), device, FIRST)
    const patient = plant.person()
    plant.spell(patient, plant.hospital(), 1, 4, { change: record => { record.dev_no = device } })
    for (const each of [person, patient]) plant.innocent(each)
  }],
  ['first-reversed', plant => { const two = innocent(plant, twice(plant)); plant.reverse(two.first, plant.at(8, 9)) }],
  ['reversed-afterwards', plant => { const two = innocent(plant, twice(plant)); plant.reverse(two.next, plant.at(8, 9)) }],
  ['corrected-away', plant => {
    const two = innocent(plant, twice(plant))
    plant.correct(two.next, plant.at(8, 9), record => { record.dev_no = `${two.device}-9` })
  }]
])
