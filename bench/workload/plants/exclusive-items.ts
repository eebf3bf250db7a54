/** 同日互斥项目同时收费: one day and two, one settlement and two, refunds, and corrections. */
import { feeOf, refundOf } from '../fees.ts'
import type { Fee } from '../fees.ts'
import type { Person } from '../people.ts'
import { listOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'exclusive-items'
const DAY = 2

interface Charged { readonly person: Person, readonly claim: Claim }
type Both = (care: Fee, consultation: Fee) => Fee[]

/** An emergency with its monitoring and a consultation; `fees` says what is charged of them. */
function charge (plant: Plant, fees: Both = (...both) => both, more: Partial<VisitWish> = {}, person = plant.person()): Charged {
  const at = plant.at(DAY, 20)
  const { emergencyCare, emergencyConsultation } = plant.world.catalogue.named
  const charged = fees(feeOf(emergencyCare, at, 1, { sn: '1' }), feeOf(emergencyConsultation, at + 1000, 1, { sn: '2' }))
  const claim = plant.visit(person, { place: plant.hospital(), at: plant.at(DAY, 20, 6), med_type: '13', fees: charged, ...more })
  return { person, claim }
}

function label (plant: Plant, { person, claim }: Charged): void {
  plant.flag(RULE, person, [claim.fixmedins_code, claim.setl_id], 2)
}

/** In hospital the emergency consultation takes the place of the usual one on day `consulted`, monitoring is charged on `monitored`. */
function inHospital (plant: Plant, monitored: number, consulted: number): Charged {
  const person = plant.person()
  const { consultation, emergencyCare, emergencyConsultation } = plant.world.catalogue.named
  const stay = plant.spell(person, plant.hospital(), 0, 5, {
    edit: (fees, k) => [
      ...fees.map(fee => k === consulted && fee.item === consultation ? feeOf(emergencyConsultation, fee.at, 1, { sn: fee.sn }) : fee),
      ...k === monitored ? [feeOf(emergencyCare, fees[0]!.at, 1, { sn: `${k + 1}90` })] : []
    ]
  })
  return { person, claim: stay.claim }
}

export default scenarios(RULE, { needs: 12 }, [
  ['one-day', plant => label(plant, charge(plant))],
  ['the-cheaper-first', plant => label(plant, charge(plant, (care, consultation) => [consultation, care]))],
  ['monitoring-only', plant => plant.innocent(charge(plant, care => [care]).person)],
  ['consultation-only', plant => plant.innocent(charge(plant, (_care, consultation) => [consultation]).person)],
  ['two-settlements', plant => {
    const { person } = charge(plant, care => [care])
    charge(plant, (_care, consultation) => [consultation], { at: plant.at(DAY, 21) }, person)
    plant.innocent(person)
  }],
  ['refunded', plant => {
    plant.innocent(charge(plant, (care, consultation) => [
      care, consultation, { ...refundOf(consultation, consultation.at + 1000), sn: '3' }
    ]).person)
  }],
  ['refunded-and-charged-again', plant => {
    label(plant, charge(plant, (care, consultation) => [
      care, consultation, { ...refundOf(consultation, consultation.at + 1000), sn: '3' }, { ...consultation, sn: '4' }
    ]))
  }],
  ['in-hospital-on-one-day', plant => label(plant, inHospital(plant, 2, 2))],
  ['in-hospital-on-two-days', plant => plant.innocent(inHospital(plant, 2, 3).person)],
  ['reversed', plant => {
    const { person, claim } = charge(plant)
    plant.reverse(claim, plant.at(5, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const made = charge(plant)
    plant.again(made.claim)
    label(plant, made)
  }],
  ['corrected-away', plant => {
    const { person, claim } = charge(plant)
    const { med_list_codg } = plant.world.catalogue.named.treatment
    plant.correct(claim, plant.at(5, 9), record => { listOf(record, 'feedetail')[1]!.med_list_codg = med_list_codg })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const { emergencyConsultation, treatment } = plant.world.catalogue.named
    const made = charge(plant, care => [care, feeOf(treatment, care.at, 1, { sn: '2' })])
    plant.correct(made.claim, plant.at(5, 9), record => {
      listOf(record, 'feedetail')[1]!.med_list_codg = emergencyConsultation.med_list_codg
    })
    label(plant, made)
  }],
  ['late', plant => label(plant, charge(plant, undefined, { sent: plant.at(9, 9) }))]
])
