/** Draws beds, few enough that patients meet in them, and houses with more patients than beds. */
import { DAY, HOUR } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import type { Raw } from './oracle/read.ts'
import { diagnosis, line, settlement } from './records.ts'
import { BEDS, COTTAGE, dateOf, DISEASES, someone, timeOf } from './world.ts'
import type { Draw } from './world.ts'

/** Ward and bed of a stay; now and then unknown, or another one in the end. */
export function drawBed (draw: Draw): Raw {
  const adm_bed = draw.chance(6) ? '' : draw.pick(BEDS)
  return { wardarea_codg: draw.chance(10) ? '' : 'W1', adm_bed, dscg_bed: draw.chance(12) ? draw.pick(['', 'W1-3', ...BEDS]) : adm_bed }
}

/** Patients of a house of ten beds, most of them at one time. */
export function drawFullHouse (draw: Draw): Raw[] {
  const first = draw.moment()
  const fullDays = draw.random.between(1, 4)
  const records: Raw[] = []
  let person = someone(draw.random)
  for (let i = draw.random.between(11, 18); i > 0; i--) {
    if (draw.chance(90)) person = someone(draw.random)
    const adm = first - draw.random.below(6) * 12 * HOUR
    const dscg = first + (fullDays + draw.random.below(4)) * 12 * HOUR
    const mdtrt_id = draw.id('M')
    const of = { fix: COTTAGE, mdtrt_id, psn_no: person.psn_no }
    const bed = draw.chance(30) ? drawBed(draw) : { wardarea_codg: 'W1', adm_bed: `W1-${i + 9}`, dscg_bed: `W1-${i + 9}` }
    if (draw.chance(12)) records.push(settled(draw, of, adm, dscg, bed, true))
    records.push(settled(draw, of, adm, dscg, bed, false))
  }
  return records
}

type Stay = Readonly<Record<'fix' | 'mdtrt_id' | 'psn_no', string>>

/** The whole of a stay, or what was settled of it in the middle. */
function settled (draw: Draw, of: Stay, adm: Millis, dscg: Millis, bed: Raw, mid: boolean): Raw {
  const ended = mid ? Math.min(dscg, adm + DAY) : dscg
  const moment = draw.chance(10) ? dateOf : timeOf
  const at = timeOf(ended + draw.pick([0, 1, 30]) * HOUR)
  return settlement('2304', { ...of, setl_id: draw.id('S'), at }, {
    header: { inf_time: at, insuplc_admdvs: draw.pick(['341702', '341702', '310000']) },
    setlinfo: {
      mid_setl_flag: mid ? '1' : '0', begndate: dateOf(adm), enddate: dateOf(ended),
      ...(draw.chance(5) ? { psn_type: '1401' } : {})
    },
    mdtrtinfo: {
      ...bed, nwb_flag: draw.chance(4) ? '1' : '0', ipt_med_type: draw.chance(6) ? '2' : '1',
      ...(draw.chance(10) ? {} : { adm_time: moment(adm), ...(mid ? {} : { dscg_time: moment(dscg) }) })
    },
    diseinfo: [diagnosis(draw.pick(DISEASES))],
    feedetail: [line(1, timeOf(adm + HOUR), draw.random.between(50, 900) * 100)]
  })
}
