/** Draws what many persons do at one place: admitted together, the same basket, a night at the pharmacy. Mostly nothing of it. */
import { DAY, dayOf, HOUR, MINUTE, startOfDay } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import type { Raw } from './oracle/read.ts'
import { diagnosis, line, settlement } from './records.ts'
import { dateOf, ITEMS, PHARMACY, someone, timeOf, WARDS } from './world.ts'
import type { Draw, Someone } from './world.ts'

export function drawGroups (draw: Draw): Raw[] {
  switch (draw.random.below(6)) {
    case 0: return drawAdmissions(draw)
    case 1: return drawBaskets(draw)
    case 2: return drawNight(draw)
    default: return []
  }
}

function drawPersons (draw: Draw, least: number, most: number): Someone[] {
  return Array.from({ length: draw.random.between(least, most) }, () => someone(draw.random))
}

const personal = ({ psn_no, gend, brdy, certno }: Someone): Raw => ({ psn_no, gend, brdy, certno })

/** Four to twelve of one disease within a day or so, now and then at the turn of a month, one of them for another reason. */
function drawAdmissions (draw: Draw): Raw[] {
  const fix = draw.pick(WARDS)
  const turn = Date.parse('2026-04-01T00:00:00+08:00')
  const first = draw.chance(40) ? turn + draw.pick([-40, -12, -3, 0, 5]) * HOUR : draw.moment()
  const span = draw.pick([4, 23, 24, 26])
  return drawPersons(draw, 4, 12).flatMap((person, i) => {
    const adm = i === 0 ? first : first + draw.random.below(2 * span + 1) * HOUR / 2
    const parts = draw.chance(10) ? 2 : 1
    const mdtrt_id = draw.id('GM')
    const odd = draw.chance(8) ? draw.pick<Raw>([{ adm_way: '1' }, { nwb_flag: '1' }, { adm_time: null }]) : {}
    const adm_time = draw.chance(8) ? dateOf(adm) : timeOf(adm)
    const area = draw.chance(4) ? '310000' : '341702'
    const cost = draw.chance(85) ? 100_000 : draw.pick([120_000, 120_001, 80_000, 79_999, 250_000])
    return Array.from({ length: parts }, (_, part) => {
      const mid = part < parts - 1
      const end = adm + (mid ? 1 : 3) * DAY
      return settlement('2304', { fix, setl_id: draw.id('GS'), mdtrt_id, psn_no: person.psn_no, at: timeOf(end + HOUR) }, {
        header: { insuplc_admdvs: area },
        setlinfo: {
          ...personal(person), mid_setl_flag: mid ? '1' : '0',
          begndate: dateOf(adm), enddate: dateOf(end), med_type: draw.chance(3) ? '52' : '21'
        },
        mdtrtinfo: { adm_time, ...(mid ? { dscg_way: null, dscg_dept_codg: null } : { dscg_time: timeOf(end) }), ...odd },
        diseinfo: [diagnosis(draw.chance(4) ? 'K35.800' : 'J18.900'), ...draw.chance(3) ? [diagnosis('Z51.103', false)] : []],
        feedetail: [line(1 + part, timeOf(adm + part * DAY + HOUR), Math.round(cost / parts), { med_chrgitm_type: '05' })]
      })
    })
  })
}

/** A dozen or so with the same two things on one day, close together or not. */
function drawBaskets (draw: Draw): Raw[] {
  const from = startOfDay(dayOf(draw.moment())) + draw.pick([9, 15, 21]) * HOUR
  const step = draw.pick([5, 10, 12, 13, 30])
  return drawPersons(draw, 10, 16).map((person, i) => {
    const at = from + i * step * MINUTE
    const served = timeOf(at - (draw.chance(4) ? DAY : 0))
    const lines = [ITEMS.plain, ITEMS.adult].map((med_list_codg, k) => line(k + 1, served, 3000, { med_list_codg, cnt: 2 }))
    if (draw.chance(4)) lines.push(line(3, timeOf(at), -1500, { med_list_codg: ITEMS.adult, cnt: -1, init_feedetl_sn: '2' }))
    return sale(draw, person, at, draw.chance(20) ? lines.reverse() : lines)
  })
}

/** Ten or so by night, some of them twice, beginning somewhat early or ending somewhat late. */
function drawNight (draw: Draw): Raw[] {
  const midnight = startOfDay(dayOf(draw.moment()) + 1)
  const from = midnight + draw.pick([-120, -61, -60, -30, 0, 120, 240]) * MINUTE
  const step = draw.pick([3, 6, 12])
  return drawPersons(draw, 4, 9).flatMap((person, i) => Array.from({ length: draw.pick([1, 2, 2, 3]) }, (_, k) => {
    const at = from + (3 * i + k) * step * MINUTE
    return sale(draw, person, at, [line(1, timeOf(at - draw.pick([0, 2, 90]) * MINUTE - (draw.chance(6) ? 2 * DAY : 0)), draw.random.between(10, 90) * 100)])
  }))
}

function sale (draw: Draw, person: Someone, at: Millis, feedetail: readonly Raw[]): Raw {
  const setl_id = draw.id('GV')
  const setl_time = draw.chance(3) ? dateOf(at) : timeOf(at)
  return settlement('2102', { fix: PHARMACY, setl_id, mdtrt_id: `M${setl_id}`, psn_no: person.psn_no, at: setl_time }, {
    header: { inf_time: timeOf(at + draw.pick([0, 0, 1, 24]) * HOUR) },
    setlinfo: { ...personal(person), pay_loc: draw.chance(3) ? '5' : '2' },
    feedetail
  })
}
