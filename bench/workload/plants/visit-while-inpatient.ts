/** 冒名 b, the visit's side of the same pair: pharmacies, other ways to pay, and what happens to the visit afterwards. Both rules' labels. */
import { both, neither, pair } from './inpatient-visits.ts'
import { listOf, nodeOf } from './plant.ts'
import { scenarios } from './scenario.ts'

export default scenarios('visit-while-inpatient', { needs: 16 }, [
  ['pharmacy', plant => both(plant, pair(plant, 2, { place: plant.pharmacy() }))],
  ['electronic-certificate', plant => both(plant, pair(plant, 4, { cert: '01' }))],
  ['emergency-elsewhere', plant => both(plant, pair(plant, 4, { med_type: '13', at: plant.at(4, 2, 30) }))],
  ['in-another-province', plant => both(plant, pair(plant, 4, { place: plant.world.city.away.shanghai, pay_loc: '4' }))],
  ['excused-internet-pharmacy', plant => neither(plant, pair(plant, 2, { place: plant.pharmacy(), pay_loc: '5' }))],
  ['excused-served-before-admission', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 2, 8)
    const visit = plant.visit(person, { place: plant.clinic(), at: plant.at(5, 10), served: plant.at(0, 10) })
    neither(plant, { person, stay, visit })
  }],
  ['before-and-after', plant => {
    const person = plant.person()
    const stay = plant.spell(person, plant.hospital(), 3, 9)
    const visit = plant.visit(person, { place: plant.clinic(), at: plant.at(2, 10) })
    plant.visit(person, { place: plant.clinic(), at: plant.at(10, 10) })
    neither(plant, { person, stay, visit })
  }],
  ['two-stays-two-visits', plant => {
    const first = pair(plant, 2)
    const stay = plant.spell(first.person, plant.hospital(1), 9, 13)
    const visit = plant.visit(first.person, { place: plant.clinic(1), at: plant.at(11, 9) })
    both(plant, first)
    both(plant, { person: first.person, stay, visit })
  }],
  ['visit-reversed', plant => {
    const three = pair(plant, 3)
    plant.reverse(three.visit, plant.at(4, 9))
    neither(plant, three)
  }],
  ['visit-reversed-and-settled-again', plant => {
    const three = pair(plant, 3)
    plant.reverse(three.visit, plant.at(3, 11))
    const again = plant.resettle(three.visit, plant.at(3, 11, 5))
    both(plant, { ...three, visit: again })
  }],
  ['reversal-before-its-visit', plant => {
    const three = pair(plant, 3, { arrive: plant.at(6, 9) })
    plant.reverse(three.visit, plant.at(4, 9))
    neither(plant, three)
  }],
  ['visit-late', plant => both(plant, pair(plant, 3, { sent: plant.at(13, 9) }))],
  ['visit-out-of-order', plant => both(plant, pair(plant, 3, { arrive: plant.at(8, 9) }))],
  ['sent-twice', plant => {
    const three = pair(plant, 3)
    plant.again(three.visit)
    plant.again(three.visit, plant.at(9, 9))
    both(plant, three)
  }],
  ['corrected-away', plant => {
    const three = pair(plant, 3)
    plant.correct(three.visit, plant.at(9, 9), record => { nodeOf(record, 'setlinfo').pay_loc = '5' })
    neither(plant, three)
  }],
  ['corrected-into', plant => {
    const three = pair(plant, 3, { pay_loc: '5' })
    plant.correct(three.visit, plant.at(9, 9), record => { nodeOf(record, 'setlinfo').pay_loc = '2' })
    both(plant, three)
  }],
  ['corrected-to-external', plant => {
    const three = pair(plant, 3)
    plant.correct(three.visit, plant.at(9, 9), record => { listOf(record, 'feedetail')[0]!.etip_flag = '1' })
    neither(plant, three)
  }]
])
