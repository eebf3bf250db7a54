/**
 * The certificate number against sex and birth as settled: each alone and both, the 15-digit form, other papers,
 * numbers that cannot be judged.
 */
import { oldCertificate } from '../people.ts'
import type { Person } from '../people.ts'
import { nodeOf } from './plant.ts'
import type { Claim, Plant } from './plant.ts'
import { scenarios } from './scenario.ts'

const RULE = 'certificate-mismatch'

function seen (plant: Plant, person: Person): Claim {
  return plant.visit(person, { place: plant.clinic(), at: plant.at(1, 10) })
}

function label (plant: Plant, person: Person, claim: Claim): void {
  plant.flag(RULE, person, [claim.fixmedins_code, claim.setl_id], 3)
}

type Change = (person: Person) => Partial<Person>
const flagged = (change: Change) => (plant: Plant): void => {
  const person = plant.person({ age: 52 })
  label(plant, person, seen(plant, { ...person, ...change(person) }))
}
const excused = (change: Change) => (plant: Plant): void => {
  const person = plant.person({ age: 52 })
  seen(plant, { ...person, ...change(person) })
  plant.innocent(person)
}

const otherSex: Change = person => ({ gend: person.gend === '1' ? '2' : '1' })
const otherBirth: Change = person => ({ brdy: `${Number(person.brdy.slice(0, 4)) - 1}${person.brdy.slice(4)}` })

export default scenarios(RULE, { needs: 10 }, [
  ['sex', flagged(otherSex)],
  ['birth', flagged(otherBirth)],
  ['birth-one-day', flagged(person => ({ brdy: `${person.brdy.slice(0, 8)}${person.brdy.slice(8) === '15' ? '16' : '15'}` }))],
  ['sex-and-birth', flagged(person => ({ ...otherSex(person), ...otherBirth(person) }))],
  ['fifteen-digits-sex', flagged(person => ({ certno: oldCertificate(person.certno), ...otherSex(person) }))],
  ['fifteen-digits-birth', flagged(person => ({ certno: oldCertificate(person.certno), ...otherBirth(person) }))],
  ['sex-unknown-birth-differs', flagged(person => ({ gend: '0', ...otherBirth(person) }))],
  ['in-hospital', plant => {
    const person = plant.person({ age: 52 })
    label(plant, person, plant.spell({ ...person, ...otherSex(person) }, plant.hospital(), 0, 3).claim)
  }],
  ['each-settlement', plant => {
    const person = plant.person({ age: 52 })
    const wrong = { ...person, ...otherSex(person) }
    label(plant, person, seen(plant, wrong))
    label(plant, person, plant.visit(wrong, { place: plant.pharmacy(), at: plant.at(4, 16) }))
    plant.visit(person, { place: plant.clinic(), at: plant.at(6, 9) })
  }],
  ['fifteen-digits-agree', excused(person => ({ certno: oldCertificate(person.certno) }))],
  ['other-papers', excused(person => ({ psn_cert_type: '08', ...otherSex(person) }))],
  ['number-of-another-length', excused(person => ({ certno: person.certno.slice(0, 12), ...otherSex(person) }))],
  ['impossible-birth-in-number', excused(person => ({
    certno: `${person.certno.slice(0, 10)}1332${person.certno.slice(14)}`, ...otherSex(person)
  }))],
  ['sex-unknown', excused(() => ({ gend: '9' }))],
  ['newborn-on-the-mothers-papers', plant => {
    const child = plant.newborn()
    const mother = plant.person({ gend: '2', age: 30 })
    seen(plant, { ...child, gend: '1', certno: mother.certno })
    plant.innocent(child)
  }],
  ['newborn-stay-on-the-mothers-papers', plant => {
    const mother = plant.person({ gend: '2', age: 30 })
    const person = { ...plant.newborn(), certno: mother.certno, psn_type: '15' }
    plant.spell(person, plant.hospital(), 0, 3, { dept: 'A07', diagnosis: ['J20.900', '急性支气管炎'], info: { nwb_flag: '1' } })
    plant.innocent(person)
  }],
  ['reversed', plant => {
    const person = plant.person({ age: 52 })
    plant.reverse(seen(plant, { ...person, ...otherSex(person) }), plant.at(3, 9))
    plant.innocent(person)
  }],
  ['sent-twice', plant => {
    const person = plant.person({ age: 52 })
    const claim = seen(plant, { ...person, ...otherSex(person) })
    plant.again(claim)
    label(plant, person, claim)
  }],
  ['corrected-away', plant => {
    const person = plant.person({ age: 52 })
    const claim = seen(plant, { ...person, ...otherSex(person) })
    plant.correct(claim, plant.at(4, 9), record => { nodeOf(record, 'setlinfo').gend = person.gend })
    plant.innocent(person)
  }],
  ['corrected-into', plant => {
    const person = plant.person({ age: 52 })
    const claim = seen(plant, person)
    plant.correct(claim, plant.at(4, 9), record => { nodeOf(record, 'setlinfo').brdy = otherBirth(person).brdy })
    label(plant, person, claim)
  }]
])
