/** Draws stays in hospital: split, overlapping, open, settled in the middle, known by date, idle, told by different records. */
import { DAY, HOUR, startOfDay, dayOf } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import { drawBed } from './draw-beds.ts'
import { drawDispensed, drawItem, personFields, refundOf } from './draw-visits.ts'
import type { Raw } from './oracle/read.ts'
import { dailyLines, diagnosis, line, settlement, stayEvent } from './records.ts'
import { dateOf, DEPARTMENTS, DISEASES, EXCUSED_DISEASES, PLACES, timeOf } from './world.ts'
import type { Draw, Someone } from './world.ts'

interface Plan {
  readonly person: Someone
  readonly fix: string
  readonly mdtrt_id: string
  /** Of the settlement that ends it. */
  readonly setl_id: string
  readonly adm: Millis
  readonly dscg: Millis
  readonly open: boolean
  readonly byDate: boolean
  readonly disease: string
  readonly facts: Raw
  readonly lines: readonly Raw[]
}

/** One to four stays, mostly at one place and for one disease, soon after one another. */
export function drawStays (draw: Draw, person: Someone): Raw[] {
  const records: Raw[] = []
  let fix = draw.pick(PLACES)
  let adm = draw.moment()
  for (let i = draw.pick([1, 1, 2, 3, 4]); i > 0; i--) {
    const dscg = adm + draw.random.between(2, 9 * 48) * HOUR / 2
    records.push(...tell(draw, plan(draw, person, fix, adm, dscg)))
    adm = dscg + draw.pick([-30, -3, -1, 0, 1, 12, 24, 40, 24 * 7, 24 * 8, 24 * 15, 24 * 16]) * HOUR
    if (draw.chance(30)) fix = draw.pick(PLACES)
  }
  return records
}

function plan (draw: Draw, person: Someone, fix: string, adm: Millis, dscg: Millis): Plan {
  const department = draw.pick(DEPARTMENTS)
  return {
    person,
    fix,
    mdtrt_id: draw.id('M'),
    setl_id: draw.id('S'),
    adm,
    dscg,
    open: draw.chance(10),
    byDate: draw.chance(15),
    disease: draw.chance(8) ? draw.pick(EXCUSED_DISEASES) : draw.pick(DISEASES),
    facts: {
      adm_way: draw.chance(8) ? draw.pick(['1', '3']) : '2',
      dscg_way: draw.chance(8) ? draw.pick(['2', '3', '4']) : '1',
      ipt_med_type: draw.chance(4) ? '2' : '1',
      adm_dept_codg: department,
      dscg_dept_codg: draw.chance(20) ? draw.pick([...DEPARTMENTS, '']) : department,
      dise_codg: draw.chance(10) ? 'D001' : null,
      days_rinp_flag_31: draw.chance(6) ? '1' : '0',
      days_rinp_pup_31: draw.chance(50) ? '复查' : null,
      nwb_flag: draw.chance(3) ? '1' : '0',
      ...drawBed(draw)
    },
    lines: stayLines(draw, adm, dscg)
  }
}

/**
 * Fee lines of a stay: treated days, idle days, silent days, examinations elsewhere, several of a kind, some after the
 * discharge, refunds.
 */
function stayLines (draw: Draw, adm: Millis, dscg: Millis): Raw[] {
  const lines: Raw[] = []
  const cheap = draw.chance(25)
  const dated = draw.chance(10)
  const often = draw.chance(20)
  let mood = 'treated'
  for (let day = dayOf(adm); day <= dayOf(dscg); day++) {
    if (draw.chance(35)) mood = draw.pick(['treated', 'treated', 'idle', 'idle', 'silent'])
    if (mood === 'silent') continue
    for (let i = draw.pick([1, 1, 2]); i > 0; i--) {
      const at = startOfDay(day) + draw.random.between(14, 44) * HOUR / 2
      lines.push(line(lines.length + 1, dated ? dateOf(at) : timeOf(at), draw.random.between(5, cheap ? 200 : 900) * 100, {
        med_chrgitm_type: mood === 'treated' ? '09' : draw.pick(['01', '02', '07']),
        med_list_codg: drawItem(draw),
        ...drawDispensed(draw),
        cnt: often ? draw.pick([1, 2, 3, 1.5]) : 1,
        ...(draw.chance(4) ? { etip_flag: '1' } : {})
      }))
    }
  }
  if (draw.chance(6)) {
    const at = startOfDay(dayOf(dscg)) + draw.random.between(40, 80) * HOUR / 2
    const excused = draw.chance(30) ? { [draw.pick(['etip_flag', 'dscg_tkdrug_flag'])]: '1' } : {}
    lines.push(line(lines.length + 1, dated ? dateOf(at) : timeOf(at), draw.random.between(5, 90) * 100, excused))
  }
  if (lines.length > 0 && draw.chance(20)) lines.push(refundOf(draw, draw.pick(lines), lines.length + 1))
  return lines
}

/** The records that tell of a stay: any of admission, daily lines, discharge, list, and its settlements. */
function tell (draw: Draw, stay: Plan): Raw[] {
  const { fix, mdtrt_id, person: { psn_no } } = stay
  const of = (at: Millis): { fix: string, mdtrt_id: string, psn_no: string, at: string } => ({ fix, mdtrt_id, psn_no, at: timeOf(at) })
  const records: Raw[] = []
  const { adm_way, ipt_med_type, adm_dept_codg, dscg_way, dscg_dept_codg } = stay.facts
  if (stay.open || draw.chance(40)) {
    const slip = draw.chance(15) ? HOUR : 0 // the ward's clock and the settlement's differ
    records.push(stayEvent('2401', of(stay.adm + HOUR), {
      mdtrtinfo: { adm_time: moment(stay, stay.adm - slip), adm_way, ipt_med_type, adm_dept_codg, med_type: '21', adm_bed: 'W1' },
      ...(draw.chance(50) ? { diseinfo: [diagnosis(stay.disease)] } : {})
    }))
  }
  if (stay.lines.length > 0 && (stay.open || draw.chance(40))) {
    for (const some of [stay.lines.filter((_, i) => i % 2 === 0), stay.lines.filter((_, i) => i % 2 === 1)]) {
      if (some.length > 0) records.push(dailyLines(of(lastOf(some) + HOUR), some))
    }
  }
  if (stay.open) return draw.chance(30) ? [...records, settleMiddle(draw, stay)] : records
  if (draw.chance(30)) {
    records.push(stayEvent('2402', of(stay.dscg + HOUR), { mdtrtinfo: { dscg_time: moment(stay, stay.dscg), dscg_way, dscg_dept_codg } }))
  }
  if (draw.chance(20)) {
    records.push(stayEvent('4101', { ...of(stay.dscg + 48 * HOUR), setl_id: stay.setl_id }, {
      mdtrtinfo: { adm_time: moment(stay, stay.adm), dscg_time: moment(stay, stay.dscg - draw.pick([0, 0, 0, 0.5]) * HOUR), ...stay.facts },
      ...(draw.chance(50) ? { diseinfo: [diagnosis(draw.chance(20) ? draw.pick(DISEASES) : stay.disease)] } : {})
    }))
  }
  if (draw.chance(15) && stay.dscg - stay.adm > 3 * DAY) {
    records.push(settleMiddle(draw, stay), settle(draw, stay, stay.adm + 2 * DAY, false))
  }
  else if (draw.chance(92)) records.push(settle(draw, stay, stay.adm - DAY, false))
  return records
}

function moment (stay: Plan, at: Millis): string {
  return stay.byDate ? dateOf(at) : timeOf(at)
}

function lastOf (lines: readonly Raw[]): Millis {
  return Math.max(...lines.map(one => Date.parse(String(one['fee_ocur_time']).slice(0, 10)))) + 12 * HOUR
}

function settleMiddle (draw: Draw, stay: Plan): Raw {
  return settle(draw, stay, stay.adm + 2 * DAY, true)
}

/** Settles the days up to (mid) or after the day of `cut`. */
function settle (draw: Draw, stay: Plan, cut: Millis, mid: boolean): Raw {
  const { fix, mdtrt_id, person } = stay
  const lines = stay.lines.filter(one => {
    const day = String(one['fee_ocur_time']).slice(0, 10)
    return mid ? day <= dateOf(cut) : day > dateOf(cut)
  })
  const numbers = new Set(lines.map(one => one['feedetl_sn']))
  const feedetail = lines.filter(one => one['init_feedetl_sn'] === undefined || one['init_feedetl_sn'] === '999' ||
    numbers.has(one['init_feedetl_sn']))
  const setl = mid ? cut + 12 * HOUR : stay.dscg + draw.pick([0, 1, 30]) * HOUR
  const told = !mid && draw.chance(12) ? {} : { adm_time: moment(stay, stay.adm), ...(mid ? {} : { dscg_time: moment(stay, stay.dscg) }) }
  return settlement('2304', { fix, mdtrt_id, psn_no: person.psn_no, setl_id: mid ? draw.id('S') : stay.setl_id, at: timeOf(setl) }, {
    header: { inf_time: timeOf(setl + draw.pick([0, 2, 60]) * HOUR), insuplc_admdvs: draw.pick(['341702', '341702', '310000']) },
    setlinfo: {
      ...personFields(draw, person), mid_setl_flag: mid ? '1' : '0', med_type: draw.chance(8) ? draw.pick(['24', '23', '52']) : '21',
      begndate: dateOf(stay.adm), enddate: dateOf(mid ? cut : stay.dscg)
    },
    mdtrtinfo: { ...stay.facts, ...told, ...(mid ? { dscg_way: null, dscg_dept_codg: null } : {}) },
    diseinfo: draw.chance(3) ? [] : [diagnosis(stay.disease)],
    feedetail: feedetail.length === 0 && stay.lines.length > 0 ? [line(1, timeOf(setl - HOUR), 1000)] : feedetail
  })
}
