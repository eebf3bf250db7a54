/** Draws a pharmacy's day of like amounts, and the months before a December with its end. Mostly neither. */
import { DAY, dayOf, HOUR, MINUTE, startOfDay } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import type { Raw } from './oracle/read.ts'
import { line, settlement } from './records.ts'
import { dateOf, ITEMS, PHARMACY, SHOPS, someone, timeOf } from './world.ts'
import type { Draw } from './world.ts'

export function drawPharmacyDays (draw: Draw): Raw[] {
  return [...draw.chance(20) ? drawLikeAmounts(draw) : [], ...draw.chance(30) ? drawYear(draw) : []]
}

/** Nine to fifteen on one day, about six of ten for nearly sixty yuan, now and then the same thing for the same price. */
function drawLikeAmounts (draw: Draw): Raw[] {
  const from = startOfDay(dayOf(draw.moment())) + draw.pick([8 * HOUR, 8 * HOUR, 22 * HOUR])
  const same = draw.chance(20)
  const spread = draw.pick([500, 500, 501, 900])
  const near = draw.pick([55, 65, 75])
  let { psn_no } = someone(draw.random)
  return Array.from({ length: draw.random.between(9, 15) }, (_, i) => {
    if (draw.chance(90)) psn_no = someone(draw.random).psn_no
    const at = from + i * draw.pick([5, 10, 15]) * MINUTE
    const close = draw.chance(near)
    const fen = close ? 5800 + (same ? 0 : draw.pick([0, draw.random.below(spread), spread])) : draw.pick([1999, 2000, 2900, 9000, 14_000, 21_500])
    const served = timeOf(at - (draw.chance(4) ? DAY : 0))
    return sale(draw, PHARMACY, psn_no, at, fen, served, { pay_loc: draw.chance(3) ? '5' : '2', refd_setl_flag: draw.chance(2) ? '1' : '0' })
  })
}

/** Some months of 2025 at one shop or two, one sale each, and a December about twice as large. */
function drawYear (draw: Draw): Raw[] {
  const fix = draw.pick(SHOPS)
  const opened = draw.pick([6, 6, 7, 9, 10])
  const month = draw.pick([300_000, 600_000, 600_000])
  const before = Array.from({ length: 12 - opened }, (_, i) => i + opened).flatMap(each => {
    const at = Date.parse(`2025-${String(each).padStart(2, '0')}-01T09:00:00+08:00`) + draw.pick([0, 9, 12, 25, 29]) * DAY
    return draw.chance(8) ? [] : [sale(draw, draw.chance(4) ? PHARMACY : fix, someone(draw.random).psn_no, at, month, timeOf(at))]
  })
  const parts = draw.pick([1, 3, 8])
  const december = month * draw.pick([2, 2, 3, 4, 5]) - draw.pick([0, 0, 10, 100_000])
  const last = Array.from({ length: parts }, (_, i) => {
    const at = Date.parse('2025-12-01T00:00:00+08:00') + draw.pick([0, 14, 14, 30]) * DAY + draw.random.below(24) * HOUR
    return sale(draw, fix, someone(draw.random).psn_no, at, Math.floor(december / parts) + i, timeOf(at))
  })
  return [...before, ...last]
}

function sale (draw: Draw, fix: string, psn_no: string, at: Millis, fen: number, served: string, setlinfo: Raw = {}): Raw {
  const setl_id = draw.id('PD')
  const things = draw.chance(85) ? [line(1, served, fen)] : [line(1, served, fen - 1500), line(2, served, 1500, { med_list_codg: ITEMS.adult })]
  const child = { med_list_codg: ITEMS.child }
  const taken = [line(3, served, 900, child), line(4, served, -900, { ...child, cnt: -1, init_feedetl_sn: '3' })]
  const back = draw.chance(5) ? taken : []
  return settlement('2102', { fix, setl_id, mdtrt_id: `M${setl_id}`, psn_no, at: draw.chance(4) ? dateOf(at) : timeOf(at) }, {
    header: { inf_time: timeOf(at + draw.pick([0, 0, 1, 24]) * HOUR), insuplc_admdvs: draw.chance(4) ? '310000' : '341702' },
    setlinfo,
    feedetail: [...things, ...back]
  })
}
