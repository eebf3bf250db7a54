/**
 * 结算清单信息异常: no main diagnosis or two, a line number used twice, a refund of nothing, settled before it began; and lists
 * that are merely long.
 */
import { feeOf, refundOf } from '../fees.ts'
import { dateText } from '../stamp.ts'
import type { Raw } from '../types.ts'
import { listOf, nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'
import type { StayWish } from './stays.ts'
import type { VisitWish } from './visits.ts'

const RULE = 'claim-list-integrity'

function seen (plant: Plant, wish: Partial<VisitWish>): { claim: Claim, label: () => void, clear: () => void } {
  const person = plant.person()
  const claim = plant.visit(person, { place: plant.clinic(), at: plant.at(1, 10), ...wish })
  return { claim, label: () => plant.flag(RULE, person, [claim.fixmedins_code, claim.setl_id], 3), clear: () => plant.innocent(person) }
}

type Breaking = (record: Raw) => void
const flagged = (change: Breaking) => (plant: Plant): void => seen(plant, { change }).label()
const excused = (change: Breaking) => (plant: Plant): void => seen(plant, { change }).clear()
const inHospital = (more: (plant: Plant) => Partial<StayWish>) => (plant: Plant): void => {
  const person = plant.person()
  const stay = plant.spell(person, plant.hospital(), 0, 6, more(plant))
  plant.flag(RULE, person, [stay.fixmedins_code, stay.claim.setl_id], 3)
}

const noMain: Breaking = record => { listOf(record, 'diseinfo')[0]!.maindiag_flag = '0' }
const twoMain: Breaking = record => {
  const list = listOf(record, 'diseinfo')
  list.push({ ...list[0], diag_srt_no: '2', diag_code: 'I10.x00', diag_name: '高血压' })
}
const sameNumber: Breaking = record => {
  const lines = listOf(record, 'feedetail')
  lines[1]!.feedetl_sn = lines[0]!.feedetl_sn
}

export default scenarios(RULE, { needs: 14 }, [
  ['no-main-diagnosis', flagged(noMain)],
  ['no-diagnosis', flagged(record => { record.diseinfo = [] })],
  ['two-main-diagnoses', flagged(twoMain)],
  ['two-main-diagnoses-in-hospital', inHospital(() => ({ change: twoMain }))],
  ['line-number-twice', flagged(sameNumber)],
  ['line-number-twice-in-hospital', inHospital(() => ({ change: sameNumber }))],
  ['line-number-twice-in-a-pharmacy', plant => seen(plant, { place: plant.pharmacy(), change: sameNumber }).label()],
  ['refund-of-nothing', plant => {
    const { drugs } = plant.world.catalogue
    const at = plant.at(1, 9, 50)
    const fee = feeOf(drugs[5]!, at, 3, { sn: '1' })
    const refund = { ...refundOf({ ...fee, sn: '77' }, at + 60_000, 1), sn: '3' }
    seen(plant, { fees: [fee, feeOf(drugs[6]!, at, 4, { sn: '2' }), refund] }).label()
  }],
  ['refund-of-what-was-settled-in-the-middle', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 0, 8, {
      midAfter: 3, edit: (fees, k) => k === 5 ? [...fees, { ...refundOf({ ...fees[3]!, sn: '204' }, fees[3]!.at + 1000), sn: '699' }] : fees
    })
    plant.flag(RULE, person, [stay.fixmedins_code, stay.claim.setl_id], 3)
  }],
  ['settled-before-it-began', flagged(record => {
    const info = nodeOf(record, 'setlinfo')
    const next = dateText(Date.parse(`${String(info.begndate)}T08:00:00+08:00`) + 86_400_000)
    Object.assign(info, { begndate: next, enddate: next })
  })],
  ['several-faults-one-flag', flagged(record => {
    noMain(record)
    sameNumber(record)
  })],
  ['pharmacy-without-diagnosis', plant => seen(plant, { place: plant.pharmacy(), change: record => { record.diseinfo = [] } }).clear()],
  ['other-diagnoses', excused(record => {
    const list = listOf(record, 'diseinfo')
    for (const [i, code] of ['I10.x00', 'E11.900', 'E78.500'].entries()) {
      list.push({ ...list[0], maindiag_flag: '0', diag_srt_no: String(i + 2), diag_code: code })
    }
  })],
  ['refund-with-its-original', plant => {
    const { drugs } = plant.world.catalogue
    const at = plant.at(1, 9, 50)
    const fee = feeOf(drugs[5]!, at, 3, { sn: '1' })
    seen(plant, { fees: [{ ...refundOf(fee, at + 60_000, 1), sn: '2' }, fee] }).clear()
  }],
  ['settled-days-after-it-began', plant => seen(plant, { served: plant.at(0, 10) }).clear()],
  ['begun-on-the-day', plant => seen(plant, { at: plant.at(1), dateOnly: true, served: plant.at(1) }).clear()],
  ['same-number-in-another-claim', plant => {
    const person = plant.person()
    for (const day of [1, 4]) plant.visit(person, { place: plant.clinic(), at: plant.at(day, 10) })
    plant.innocent(person)
  }],
  ['reversed', plant => {
    const { claim, clear } = seen(plant, { change: noMain })
    plant.reverse(claim, plant.at(3, 9))
    clear()
  }],
  ['sent-twice', plant => {
    const { claim, label } = seen(plant, { change: noMain })
    plant.again(claim)
    label()
  }],
  ['corrected-away', plant => {
    const { claim, clear } = seen(plant, { change: noMain })
    plant.correct(claim, plant.at(3, 9), record => { listOf(record, 'diseinfo')[0]!.maindiag_flag = '1' })
    clear()
  }],
  ['corrected-into', plant => {
    const { claim, label } = seen(plant, {})
    plant.correct(claim, plant.at(3, 9), twoMain)
    label()
  }]
])
