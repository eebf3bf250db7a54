/** Draws somebody who fetches one medicine again and again: when it is used up, much too early, here and there, in several lines. */
import { DAY, HOUR } from '../core/time.ts'
import { personFields, refundOf } from './draw-visits.ts'
import type { Raw } from './oracle/read.ts'
import { line, settlement } from './records.ts'
import { ITEMS, PHARMACY, PLACES, timeOf } from './world.ts'
import type { Draw, Someone } from './world.ts'

/** Two to five settlements within some weeks. */
export function drawSupplies (draw: Draw, person: Someone): Raw[] {
  const from = draw.moment()
  const place = draw.pick(PLACES)
  return Array.from({ length: draw.pick([2, 2, 3, 4, 5]) }, () => {
    const pharmacy = draw.chance(10)
    const setl_id = draw.id('F')
    const served = from + draw.pick([0, 1, 7, 11, 14, 28, 29, 30, 45]) * DAY + draw.random.below(4) * HOUR / 2
    const settled = served + (draw.chance(8) ? draw.pick([1, 20, 40]) * DAY : 0)
    return settlement(pharmacy ? '2102' : '2207', {
      fix: pharmacy ? PHARMACY : draw.chance(95) ? place : draw.pick(PLACES),
      setl_id, mdtrt_id: `M${setl_id}`, psn_no: person.psn_no, at: timeOf(settled)
    }, {
      header: { inf_time: timeOf(settled + draw.pick([0, 0, 1, 24]) * HOUR) },
      setlinfo: { ...personFields(draw, person), ...(pharmacy ? {} : { med_type: draw.pick(['11', '11', '11', '14', '9901']) }) },
      feedetail: drawPrescriptions(draw, timeOf(served))
    })
  })
}

/** One line, or several of one prescription or two; now and then one is taken back, whole or by half. */
function drawPrescriptions (draw: Draw, at: string): Raw[] {
  const lines = Array.from({ length: draw.pick([1, 1, 1, 2, 3]) }, (_, i) => line(i + 1, at, draw.random.between(10, 90) * 100, {
    cnt: draw.pick([1, 2]), med_list_codg: draw.chance(90) ? ITEMS.plain : ITEMS.adult,
    prd_days: draw.pick(['7', '14', '14', '17', '18', '28', '28', '27.5', '60', '84']), rxno: draw.pick(['R1', 'R1', 'R2'])
  }))
  return draw.chance(8) ? [...lines, refundOf(draw, lines[0]!, lines.length + 1)] : lines
}
