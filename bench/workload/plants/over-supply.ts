/** 累计开药超量: a medicine fetched again while most of it is left, here and elsewhere, and everything that only looks like it. */
import { formatDate } from '../../../engine/core/time.ts'
import type { Item } from '../catalogue.ts'
import type { Place } from '../city.ts'
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import type { Raw } from '../types.ts'
import { listOf, nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'over-supply'
const FIRST = 2
const CHRONIC: Partial<VisitWish> = { med_type: '14', diagnosis: ['I10.x00', '高血压'] }

const medicine = (plant: Plant): Item => plant.world.catalogue.packed[2]!

interface Wish extends Partial<VisitWish> { readonly item?: Item, readonly extra?: (fee: Fee) => Fee[] }

/** Hands out one box for so many days. */
function fetch (plant: Plant, person: Person, day: number, days: string, wish: Wish = {}): Claim {
  const { item = medicine(plant), extra = () => [], ...more } = wish
  const fee = feeOf(item, plant.at(day, 10), 1, { sn: '1' })
  return plant.visit(person, {
    place: plant.clinic(), at: plant.at(day, 10, 6), fees: [fee, ...extra(fee)],
    change: record => { Object.assign(listOf(record, 'feedetail')[0]!, { prd_days: days }) }, ...more
  })
}

function label (plant: Plant, person: Person, severity: 2 | 3, day = FIRST): void {
  plant.flagShared(RULE, 'medicine', `${person.psn_no}|${medicine(plant).med_list_codg}`, person, [formatDate(plant.at(day))], severity)
}

type Step = readonly [day: number, days: string, wish?: Wish]

/** Several times the same medicine. @returns the person and the claims */
function fetched (plant: Plant, steps: readonly Step[], person = plant.person()): { person: Person, claims: Claim[] } {
  return { person, claims: steps.map(([day, days, wish]) => fetch(plant, person, day, days, wish)) }
}

const flagged = (severity: 2 | 3, ...steps: Step[]) => (plant: Plant): void => label(plant, fetched(plant, steps).person, severity)
const excused = (...steps: Step[]) => (plant: Plant): void => plant.innocent(fetched(plant, steps).person)

/** Twice at once, the second at the pharmacy or clinic given. */
function elsewhere (place: (plant: Plant) => Place, severity: 2 | 3) {
  return (plant: Plant): void => {
    const { person } = fetched(plant, [[FIRST, '28'], [FIRST + 3, '28', { place: place(plant) }]])
    label(plant, person, severity)
  }
}

export default scenarios(RULE, { needs: 14 }, [
  ['ten-days-later', flagged(3, [FIRST, '28'], [FIRST + 10, '28'])],
  ['eleven-days-later-outside', excused([FIRST, '28'], [FIRST + 11, '28'])],
  ['sixty-one-days', flagged(2, [FIRST, '28'], [FIRST + 1, '28'], [FIRST + 2, '7'])],
  ['sixty-days-outside', flagged(3, [FIRST, '28'], [FIRST + 1, '28'], [FIRST + 2, '6'])],
  ['three-times', flagged(2, [FIRST, '28'], [FIRST + 3, '28'], [FIRST + 6, '28'])],
  ['at-a-pharmacy-too', elsewhere(plant => plant.pharmacy(), 2)],
  ['at-another-clinic', elsewhere(plant => plant.clinic(1), 2)],
  ['at-the-same-clinic', elsewhere(plant => plant.clinic(), 3)],
  ['the-last-day-of-the-window', flagged(2, [FIRST, '70', CHRONIC], [FIRST + 29, '76', CHRONIC]), { needs: 34 }],
  ['a-day-after-the-window', excused([FIRST, '70', CHRONIC], [FIRST + 30, '77', CHRONIC]), { needs: 35 }],
  ['used-up', excused([FIRST, '28'], [FIRST + 28, '28']), { needs: 33 }],
  ['long-prescriptions', excused([FIRST, '84', CHRONIC], [FIRST + 1, '29', CHRONIC])],
  ['long-prescriptions-above', flagged(2, [FIRST, '84', CHRONIC], [FIRST + 1, '30', CHRONIC])],
  ['another-medicine', plant => {
    const [person, item] = [plant.person(), plant.world.catalogue.packed[6]!]
    fetch(plant, person, FIRST, '28')
    fetch(plant, person, FIRST + 1, '28', { item })
    plant.innocent(person)
  }],
  ['another-person', plant => {
    for (const day of [FIRST, FIRST + 1]) {
      const person = plant.person()
      fetch(plant, person, day, '28')
      plant.innocent(person)
    }
  }],
  ['settled-together', plant => {
    const early = { served: plant.at(FIRST, 10), fees: [feeOf(medicine(plant), plant.at(FIRST, 10), 1, { sn: '1' })] }
    plant.innocent(fetched(plant, [[FIRST + 24, '28', early], [FIRST + 25, '28']]).person)
  }, { needs: 30 }],
  ['refunded', plant => {
    const { named } = plant.world.catalogue
    const extra = (fee: Fee): Fee[] => [{ ...refundOf(fee, fee.at + 1000), sn: '2' }, feeOf(named.treatment, fee.at, 1, { sn: '3' })]
    plant.innocent(fetched(plant, [[FIRST, '28'], [FIRST + 1, '28', { extra }]]).person)
  }],
  ['split-by-batch', plant => {
    const extra = (fee: Fee): Fee[] => [{ ...fee, sn: '2' }]
    const change = (record: Raw): void => {
      for (const line of listOf(record, 'feedetail')) Object.assign(line, { prd_days: '14', rxno: 'R1' })
    }
    plant.innocent(fetched(plant, [FIRST, FIRST + 5, FIRST + 9].map(day => [day, '14', { extra, change }] as const)).person)
  }],
  ['taken-home-from-a-stay', plant => {
    const person = plant.person()
    fetch(plant, person, FIRST, '28')
    plant.spell(person, plant.hospital(), FIRST + 1, FIRST + 5, {
      edit: (fees, k) => k === 4 ? [...fees, feeOf(medicine(plant), fees[0]!.at, 1, { sn: '590' })] : fees,
      change: record => { Object.assign(listOf(record, 'feedetail').at(-1)!, { prd_days: '30', dscg_tkdrug_flag: '1' }) }
    })
    plant.innocent(person)
  }],
  ['first-comes-later', plant => {
    const { person } = fetched(plant, [[FIRST, '28', { sent: plant.at(FIRST + 7, 9) }], [FIRST + 3, '28']])
    label(plant, person, 3)
  }],
  ['late', plant => {
    const { person } = fetched(plant, [[FIRST, '28'], [FIRST + 3, '28', { sent: plant.at(13, 9) }]])
    label(plant, person, 3)
  }],
  ['sent-twice', plant => {
    const { person, claims } = fetched(plant, [[FIRST, '28'], [FIRST + 3, '28']])
    for (const claim of claims) plant.again(claim)
    label(plant, person, 3)
  }],
  ['sent-once', plant => {
    const { person, claims } = fetched(plant, [[FIRST, '28']])
    plant.again(claims[0]!)
    plant.innocent(person)
  }],
  ['first-reversed', plant => {
    const { person, claims } = fetched(plant, [[FIRST, '28'], [FIRST + 3, '28']])
    plant.reverse(claims[0]!, plant.at(FIRST + 5, 9))
    plant.innocent(person)
  }],
  ['reversed-and-settled-anew', plant => {
    const { person, claims } = fetched(plant, [[FIRST, '28'], [FIRST + 3, '28']])
    plant.reverse(claims[1]!, plant.at(FIRST + 4, 9))
    plant.resettle(claims[1]!, plant.at(FIRST + 4, 10))
    label(plant, person, 3)
  }],
  ['corrected-away', plant => {
    const { person, claims } = fetched(plant, [[FIRST, '28'], [FIRST + 3, '28']])
    plant.correct(claims[1]!, plant.at(FIRST + 5, 9), record => { listOf(record, 'feedetail')[0]!.prd_days = '7' })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const { person, claims } = fetched(plant, [[FIRST, '28'], [FIRST + 3, '7']])
    plant.correct(claims[1]!, plant.at(FIRST + 5, 9), record => { listOf(record, 'feedetail')[0]!.prd_days = '28' })
    label(plant, person, 3)
  }],
  ['found-to-be-chronic', plant => {
    const { person, claims } = fetched(plant, [[FIRST, '28'], [FIRST + 3, '28']])
    plant.correct(claims[0]!, plant.at(FIRST + 5, 9), record => { nodeOf(record, 'setlinfo').med_type = '14' })
    plant.innocent(person)
  }]
])
