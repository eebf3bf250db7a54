/** Draws an institution's stock records of one item or of everyday's, and sales of the item: too many, without a purchase, mapped anew. */
import { DAY, dayOf, HOUR, startOfDay } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import { refundOf } from './draw-visits.ts'
import type { Raw } from './oracle/read.ts'
import { line, settlement } from './records.ts'
import { dateOf, ITEMS, PHARMACY, PLACES, someone, timeOf } from './world.ts'
import type { Draw } from './world.ts'

type Kind = `${keyof typeof FIELDS}`
/** Whose stock it is, of what, from when, which records there are of it, and on which day its price rises. */
interface Shelf {
  readonly fix: string, readonly own: string, readonly code: string, readonly other: string
  readonly first: number, readonly kinds: readonly Kind[], readonly dearer: number
}

/** Everything; counted and bought; sold only; mapped anew. */
const THEMES: ReadonlyArray<readonly Kind[]> = [
  ['3501', '3501', '3502', '3503', '3503', '3504', '3505', '3506', '3301', '3301'], ['3501', '3501', '3503', '3504', '3502'],
  ['3505', '3505', '3506', '3504', '3503'], ['3301']
]
/** Where each keeps its fields, its quantity and its time. */
const FIELDS = {
  3501: ['invinfo', 'inv_cnt', 'invdate'], 3502: ['invinfo', 'cnt', 'inv_chg_time'],
  3503: ['purcinfo', 'purc_retn_cnt', 'purc_retn_stoin_time'], 3504: ['purcinfo', 'purc_retn_cnt', 'purc_retn_stoin_time'],
  3505: ['selinfo', 'sel_retn_cnt', 'sel_retn_time'], 3506: ['selinfo', 'sel_retn_cnt', 'sel_retn_time'],
  3301: ['catalogcompin', '', 'begndate']
} as const

/** Mostly nothing of it. Sales change as settlements do; stock records are corrected and deleted here. */
export function drawStock (draw: Draw): { readonly sales: readonly Raw[], readonly stock: readonly Raw[] } {
  if (draw.chance(30)) return { sales: [], stock: [] }
  const plain = draw.chance(25)
  const shelf: Shelf = {
    fix: draw.pick([PHARMACY, PLACES[0]]), own: plain ? 'Y1' : 'Y7', code: plain ? ITEMS.plain : 'XS01AAA001A001010100007',
    other: 'XS01AAA001A001010100008', first: dayOf(draw.start), kinds: draw.pick(THEMES), dearer: draw.random.between(8, draw.days - 8)
  }
  const stock = Array.from({ length: draw.random.between(2, 8) }, () => drawRecord(draw, shelf))
  const changes = stock.flatMap(raw => draw.chance(25) ? [changed(draw, shelf, raw)] : [])
  const sales = Array.from({ length: draw.random.between(4, 30) }, () => drawSale(draw, shelf))
  return { sales, stock: [...stock, ...changes] }
}

function drawRecord (draw: Draw, shelf: Shelf): Raw {
  const infno = draw.pick(shelf.kinds)
  const [node, quantity, time] = FIELDS[infno]
  const ago = infno !== '3501' && infno !== '3301' && draw.chance(25) ? draw.pick([100, 179, 180, 181, 200]) : 0
  const day = infno === '3301' ? shelf.dearer + draw.pick([-40, -20, -15, -5, 0, 0, 0, 10]) : draw.random.below(draw.days)
  const at = startOfDay(shelf.first + day - ago) + draw.pick([0, 9, 9, 23]) * HOUR
  const more: Raw = infno === '3502' ? { inv_chg_type: draw.pick(['101', '102', '103', '104', '105', '106', '107']) } : {}
  const cnt = draw.pick([0, 1, 2, 5, 10, 20, 30, 40])
  return {
    ...sent(draw, infno, shelf.fix, at + draw.pick([0, 0, 1, 10, 40, 60]) * DAY + HOUR),
    [node]: {
      fixmedins_hilist_id: shelf.own, fixmedins_hilist_name: '某药',
      med_list_codg: infno === '3301' && draw.chance(day < shelf.dearer ? 15 : 85) ? shelf.other : shelf.code,
      ...(infno === '3301' ? {} : { fixmedins_bchno: draw.id('SB'), [quantity]: String(cnt) }),
      [time]: infno === '3501' || infno === '3301' ? dateOf(at) : timeOf(at), ...more
    }
  }
}

function sent (draw: Draw, infno: string, fix: string, at: Millis): Raw {
  const inf_time = timeOf(at)
  const msgid = fix + inf_time.replace(/\D/g, '') + draw.id('').padStart(4, '0').slice(-4)
  const area = { mdtrtarea_admvs: '341702', insuplc_admdvs: '341702' }
  return { infno, msgid, ...area, dev_no: 'D-01', opter_type: '1', opter: 'op1', inf_time, fixmedins_code: fix }
}

/** A record corrected, or deleted; now and then the deletion is older than the record, and means nothing. */
function changed (draw: Draw, shelf: Shelf, raw: Raw): Raw {
  const infno = raw['infno'] as Kind
  const [node, quantity] = FIELDS[infno]
  const info = raw[node] as Raw
  const at = Date.parse(`${String(raw['inf_time']).replace(' ', 'T')}+08:00`) + draw.pick([-2, 1, 24, 500]) * HOUR
  const header = sent(draw, infno, shelf.fix, at)
  if (infno === '3301') return { ...header, [node]: { ...info, enddate: '2030-01-01' } }
  if (draw.chance(50)) return { ...header, [node]: { ...info, [quantity]: String(draw.random.below(40)) } }
  const inv_data_type = infno === '3501' ? '1' : infno === '3502' ? '2' : infno === '3503' || infno === '3504' ? '3' : '4'
  const data = { fixmedins_bchno: info['fixmedins_bchno'], inv_data_type: draw.chance(90) ? inv_data_type : '2' }
  return { ...header, infno: '3507', data }
}

/** One or a few, sometimes many; at one of two prices; mostly of the day, now and then in parts, in hospital, or taken back. */
function drawSale (draw: Draw, shelf: Shelf): Raw {
  const setl_id = draw.id('SK')
  const day = shelf.first + draw.random.below(draw.days)
  const at = startOfDay(day) + draw.random.between(16, 40) * HOUR / 2
  const served = draw.chance(5) ? at - draw.pick([1, 3]) * DAY : at
  const stay = shelf.fix.startsWith('H') && draw.chance(15)
  const cnt = draw.pick([1, 1, 2, 2, 3, 4, 12])
  const price = day >= shelf.first + shelf.dearer && draw.chance(90) ? draw.pick([2400, 2399, 3000, 3000]) : 2000
  const feedetail = [line(1, timeOf(served), cnt * price, {
    cnt, med_list_codg: shelf.code, medins_list_codg: shelf.own,
    list_type: draw.chance(4) ? '102' : '101', trdn_flag: draw.chance(4) ? '1' : '0'
  })]
  if (draw.chance(10)) feedetail.push(line(2, timeOf(at), cnt * price, { ...feedetail[0]!, feedetl_sn: '2', fee_ocur_time: timeOf(at) }))
  if (draw.chance(8)) feedetail.push(refundOf(draw, feedetail[0]!, 3))
  const { psn_no, gend, brdy, certno } = someone(draw.random)
  const infno = stay ? '2304' : shelf.fix.startsWith('P') ? '2102' : '2207'
  return settlement(infno, { fix: shelf.fix, setl_id, mdtrt_id: `M${setl_id}`, psn_no, at: timeOf(at) }, {
    header: { inf_time: timeOf(at + draw.pick([0, 0, 1, 24]) * HOUR) },
    setlinfo: { psn_no, gend, brdy, certno, ...(stay ? { begndate: dateOf(at - 3 * DAY) } : {}) },
    ...(stay ? { mdtrtinfo: { adm_time: timeOf(at - 3 * DAY), dscg_time: timeOf(at) } } : {}),
    feedetail
  })
}
