/** 单次处方天数超限: a day on either side of each limit, half a day, refunds, stays, and corrections. */
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import type { Raw } from '../types.ts'
import { listOf, nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'prescription-days'
const DAY = 2

interface Prescribed { readonly person: Person, readonly claim: Claim }

/** Says that the first medicine of the record is for so many days. */
function forDays (record: Raw, days: string): void {
  listOf(record, 'feedetail').find(line => line.prd_days !== undefined)!.prd_days = days
}

function prescribe (plant: Plant, days: string, more: Partial<VisitWish> = {}): Prescribed {
  const person = plant.person()
  const claim = plant.visit(person, {
    place: plant.clinic(), at: plant.at(DAY, 10), change: record => { forDays(record, days) }, ...more
  })
  return { person, claim }
}

function label (plant: Plant, { person, claim }: Prescribed, severity: 2 | 3): void {
  plant.flag(RULE, person, [claim.fixmedins_code, claim.setl_id], severity)
}

const flagged = (days: string, severity: 2 | 3, more?: Partial<VisitWish>) => (plant: Plant): void => {
  label(plant, prescribe(plant, days, more), severity)
}
const excused = (days: string, more?: Partial<VisitWish>) => (plant: Plant): void => plant.innocent(prescribe(plant, days, more).person)
const emergency = { med_type: '13' }
const chronic = { med_type: '14', diagnosis: ['I10.x00', '高血压'] } as const

/** Two boxes of a medicine, what `back` takes of them, and a treatment. */
function refunded (plant: Plant, back: number): Prescribed {
  const at = plant.at(DAY, 10)
  const { packed, named } = plant.world.catalogue
  const drug: Fee = feeOf(packed[0]!, at, 2, { sn: '1' })
  const refund = { ...refundOf(drug, at + 1000, back), sn: '2' }
  return prescribe(plant, '60', { fees: [drug, refund, feeOf(named.treatment, at, 1, { sn: '3' })] })
}

export default scenarios(RULE, { needs: 12 }, [
  ['twenty-nine-days', flagged('29', 3)],
  ['twenty-eight-days-outside', excused('28')],
  ['half-a-day-more', flagged('28.5', 3)],
  ['emergency-four-days', flagged('4', 3, emergency)],
  ['emergency-three-days-outside', excused('3', emergency)],
  ['chronic-eighty-five-days', flagged('85', 2, chronic)],
  ['chronic-eighty-four-days-outside', excused('84', chronic)],
  ['two-diseases-eighty-four-days-outside', excused('84', { med_type: '9901' })],
  ['two-diseases-eighty-five-days', flagged('85', 2, { med_type: '9901' })],
  ['ordinary-eighty-four-days', flagged('84', 3)],
  ['ordinary-eighty-five-days', flagged('85', 2)],
  ['pharmacy-twenty-nine-days', plant => label(plant, prescribe(plant, '29', { place: plant.pharmacy() }), 3)],
  ['pharmacy-twenty-eight-days-outside', plant => plant.innocent(prescribe(plant, '28', { place: plant.pharmacy() }).person)],
  ['refunded', plant => plant.innocent(refunded(plant, 2).person)],
  ['half-refunded', plant => label(plant, refunded(plant, 1), 3)],
  ['taken-home-from-a-stay', plant => {
    const person = plant.person()
    const drug = plant.world.catalogue.packed[0]!
    plant.spell(person, plant.hospital(), 0, 4, {
      edit: (fees, k) => k === 4 ? [...fees, feeOf(drug, fees[0]!.at, 1, { sn: '590' })] : fees,
      change: record => { Object.assign(listOf(record, 'feedetail').at(-1)!, { prd_days: '90', dscg_tkdrug_flag: '1' }) }
    })
    plant.innocent(person)
  }],
  ['reversed', plant => {
    const { person, claim } = prescribe(plant, '60')
    plant.reverse(claim, plant.at(5, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const made = prescribe(plant, '60')
    plant.again(made.claim)
    label(plant, made, 3)
  }],
  ['corrected-away', plant => {
    const { person, claim } = prescribe(plant, '60')
    plant.correct(claim, plant.at(5, 9), record => { nodeOf(record, 'setlinfo').med_type = '14' })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const made = prescribe(plant, '14')
    plant.correct(made.claim, plant.at(5, 9), record => { forDays(record, '140') })
    label(plant, made, 2)
  }],
  ['late', plant => label(plant, prescribe(plant, '60', { sent: plant.at(9, 9) }), 3)]
])
