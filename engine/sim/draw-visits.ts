/** Draws outpatient and pharmacy visits: alone, in clusters of a day, in a busy month, at one pharmacy, for dialysis. */
import { DAY, HOUR } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import type { Raw } from './oracle/read.ts'
import { diagnosis, line, settlement } from './records.ts'
import { dateOf, DISEASES, ITEMS, PHARMACY, PLACES, timeOf, TRACE_CODES } from './world.ts'
import type { Draw, Someone } from './world.ts'

/** One to six visits, close together or not, sometimes a month of them. */
export function drawVisits (draw: Draw, person: Someone): Raw[] {
  const visits: Raw[] = []
  const at = draw.moment()
  if (draw.chance(8)) { // a busy month
    const month = draw.start + draw.random.below(Math.max(1, draw.days - 30)) * DAY
    for (let i = draw.random.between(12, 22); i > 0; i--) {
      const day = month + draw.random.below(30) * DAY
      visits.push(drawVisit(draw, person, day + draw.random.between(16, 34) * HOUR / 2))
    }
  } else if (draw.chance(12)) { // three busy days
    for (let day = 0; day < 3; day++) {
      for (let i = draw.random.between(5, 8); i > 0; i--) {
        visits.push(drawVisit(draw, person, at + day * DAY + draw.random.below(4) * HOUR / 2))
      }
    }
  } else if (draw.chance(10)) { // a day at the pharmacy
    for (let i = draw.random.between(2, 4); i > 0; i--) {
      visits.push(drawVisit(draw, person, at + draw.random.below(4) * HOUR / 2, { pharmacy: true }))
    }
  } else if (draw.chance(11)) { // a fortnight of dialysis
    for (let i = draw.random.between(4, 9); i > 0; i--) {
      const session = { disease: 'N18.500', med_type: draw.pick(['14', '14', '13', '12']), cost: draw.pick([30_000, 40_000, 29_999]) }
      visits.push(drawVisit(draw, person, at + draw.random.below(14) * DAY + draw.random.below(4) * HOUR / 2, session))
    }
  } else {
    for (let i = draw.pick([1, 1, 1, 2, 3, 5]); i > 0; i--) visits.push(drawVisit(draw, person, at + draw.random.below(12) * HOUR / 2))
  }
  return visits
}

/** What a visit is to be; the rest is drawn. `cost` in 分, of one line. */
interface Wish { readonly pharmacy?: boolean, readonly disease?: string, readonly med_type?: string, readonly cost?: number }

function drawVisit (draw: Draw, person: Someone, at: Millis, wish: Wish = {}): Raw {
  const pharmacy = wish.pharmacy ?? (wish.disease === undefined && draw.chance(12))
  const setl_id = draw.id('V')
  const served = draw.chance(10) ? at - draw.pick([1, 3]) * DAY : at - draw.pick([0, 0, 15]) * 60_000
  const setl_time = draw.chance(6) ? dateOf(at) : timeOf(at)
  const feedetail = wish.cost === undefined ? drawLines(draw, served) : [line(1, timeOf(served), wish.cost)]
  const disease = wish.disease ?? (draw.chance(15) ? draw.pick(['N18.500', 'C34.900', 'I10.x00']) : draw.pick(DISEASES))
  return settlement(pharmacy ? '2102' : '2207', {
    fix: pharmacy ? PHARMACY : draw.pick(PLACES), setl_id, mdtrt_id: `M${setl_id}`, psn_no: person.psn_no, at: setl_time
  }, {
    header: { inf_time: timeOf(at + draw.pick([0, 0, 1, 24]) * HOUR), insuplc_admdvs: draw.pick(['341702', '341702', '310000']) },
    setlinfo: {
      ...personFields(draw, person),
      ...drawOddities(draw, setl_time),
      ...(pharmacy ? {} : { med_type: wish.med_type ?? draw.pick(['11', '11', '11', '11', '12', '13', '1402']) }),
      mdtrt_cert_type: draw.pick(['03', '03', '01', '01', '02']),
      pay_loc: draw.pick(['2', '2', '2', '1', '', '5'])
    },
    diseinfo: draw.chance(4) ? [diagnosis(disease), diagnosis('I10.x00')] : [diagnosis(disease), diagnosis('E11.900', false)],
    feedetail
  })
}

/** Sex, birth and certificate; now and then one that disagrees. */
export function personFields (draw: Draw, person: Someone): Raw {
  const { gend, brdy, certno } = person
  return {
    gend: draw.chance(4) ? draw.pick(['0', gend === '1' ? '2' : '1']) : gend,
    brdy: draw.chance(3) ? '1990-02-27' : draw.chance(3) ? null : brdy,
    certno: draw.chance(3) ? draw.pick(['', '341702800101001', '34170219800231001X']) : certno,
    ...(draw.chance(3) ? { psn_type: '1401' } : {}),
    ...(draw.chance(3) ? { psn_cert_type: '08' } : {})
  }
}

/** Amounts and dates that the integrity rules look for; most settlements have none. */
function drawOddities (draw: Draw, setl_time: string): Raw {
  if (draw.chance(3)) return { hifp_pay: '0.01' }
  if (draw.chance(2)) return { acct_mulaid_pay: '99999' }
  if (draw.chance(2)) return { begndate: dateOf(Date.parse(`${setl_time.slice(0, 10)}T00:00:00+08:00`) + DAY), enddate: null }
  return {}
}

function drawLines (draw: Draw, at: Millis): Raw[] {
  const lines: Raw[] = []
  const dear = draw.chance(4) ? 100 : 1
  for (let i = draw.pick([1, 1, 2, 3]); i > 0; i--) {
    const cnt = draw.pick([1, 2, 3, 0.5])
    const fen = draw.random.between(10, 120) * 100 * dear
    lines.push(line(lines.length + 1, timeOf(at + lines.length * 60_000), fen, {
      cnt, med_list_codg: drawItem(draw), ...drawDispensed(draw),
      ...(draw.chance(3) ? { etip_flag: '1' } : {}), ...(draw.chance(1) ? { pric: '999.99' } : {}),
      ...drawLimit(draw)
    }))
  }
  if (draw.chance(3)) return [...lines, { ...lines[0]!, feedetl_sn: '1' }]
  if (draw.chance(1)) return []
  return draw.chance(12) ? [...lines, refundOf(draw, lines[0]!, lines.length + 1)] : lines
}

/** Now and then a price limit comes back with a line, or the person pays all of it. */
function drawLimit (draw: Draw): Raw {
  return {
    ...(draw.chance(5) ? { pric_uplmt_amt: draw.pick(['25.00', '60.00', '0']) } : {}),
    ...(draw.chance(5) ? { chrgitm_lv: '03' } : {})
  }
}

/** Days of medicine, what was scanned, and what is dispensed without its box; most lines have none of it. */
export function drawDispensed (draw: Draw): Raw {
  return {
    ...(draw.chance(15) ? { prd_days: draw.pick(['3', '4', '7', '28', '28.5', '29', '84', '85']) } : {}),
    ...(draw.chance(12) ? { drugtracinfo: [{ drug_trac_codg: draw.pick(TRACE_CODES) }] } : {}),
    ...(draw.chance(3) ? { trdn_flag: '1' } : draw.chance(3) ? { list_type: '102' } : {})
  }
}

export function drawItem (draw: Draw): string {
  if (draw.chance(8)) return draw.pick([ITEMS.care, ITEMS.consultation])
  return draw.chance(25) ? draw.pick([ITEMS.female, ITEMS.child, ITEMS.adult]) : ITEMS.plain
}

/** Takes back all or half of a line; now and then of a line that is not there. */
export function refundOf (draw: Draw, original: Raw, sn: number): Raw {
  const part = draw.pick([1, 1, 0.5])
  const fen = Math.round(Number(original['det_item_fee_sumamt']) * 100 * part)
  return line(sn, String(original['fee_ocur_time']), -fen, {
    cnt: -Number(original['cnt']) * part, med_list_codg: original['med_list_codg'], med_chrgitm_type: original['med_chrgitm_type'],
    init_feedetl_sn: draw.chance(8) ? '999' : original['feedetl_sn']
  })
}
