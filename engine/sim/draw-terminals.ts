/** Draws what many persons do on one device: in a row within minutes, and at several institutions. */
import { DAY, dayOf, HOUR, MINUTE, SECOND, startOfDay } from '../core/time.ts'
import type { Millis } from '../core/time.ts'
import type { Raw } from './oracle/read.ts'
import { line, settlement } from './records.ts'
import { dateOf, ITEMS, PHARMACY, PLACES, SHOPS, someone, timeOf } from './world.ts'
import type { Draw } from './world.ts'

const SERVICE = { med_list_codg: ITEMS.consultation, list_type: '201' }
const DEVICES = ['TM341702000178', 'TM341702000178', 'SN-000417733', 'POS00017733', 'D-01', '12345678', '192.168.10.25']

export function drawTerminals (draw: Draw): Raw[] {
  return [...draw.chance(20) ? drawBurst(draw) : [], ...draw.chance(20) ? drawRoaming(draw) : []]
}

/** Up to a dozen in a row, mostly of the same medicine, by one operator or two; by day, across midnight, or at four in the morning. */
function drawBurst (draw: Draw): Raw[] {
  const records: Raw[] = []
  const fix = draw.pick([PHARMACY, PLACES[0]])
  const first = startOfDay(dayOf(draw.moment())) + draw.pick([10 * HOUR, 10 * HOUR, 24 * HOUR - 2 * MINUTE, 4 * HOUR - 2 * MINUTE])
  const step = draw.pick([20, 40, 60, 75]) * SECOND
  const alike = draw.pick([80, 50, 0])
  const operators = draw.pick([['op1'], ['op1'], ['op1', 'op2']])
  let person = someone(draw.random)
  for (let i = draw.random.between(4, 12); i > 0; i--) {
    if (draw.chance(90)) person = someone(draw.random)
    const at = first + i * step - draw.random.below(3) * 10 * SECOND
    const goods = draw.chance(alike) ? [{ med_list_codg: ITEMS.plain }] : draw.chance(20) ? [] : [{ med_list_codg: `X${i}` }]
    records.push(use(draw, fix, person.psn_no, at, {
      dev_no: draw.chance(5) ? draw.pick(['', 'D-02', '0']) : 'D-07', opter: draw.pick(operators), opter_type: draw.pick(['1', '1', '2'])
    }, [...goods, ...draw.chance(goods.length === 0 ? 100 : 20) ? [SERVICE] : []]))
  }
  return records
}

/** A device here and there for some weeks, in two shops or in all. */
function drawRoaming (draw: Draw): Raw[] {
  const records: Raw[] = []
  const shops = Array.from({ length: draw.pick([2, 2, 3, 8]) }, () => draw.pick(SHOPS))
  const from = draw.moment()
  const days = draw.pick([6, 20, 40])
  const dev_no = draw.pick(DEVICES)
  for (let i = draw.random.between(2, 9); i > 0; i--) {
    const at = from + draw.random.below(days) * DAY + draw.random.below(6) * HOUR
    records.push(use(draw, draw.pick(shops), someone(draw.random).psn_no, at, { dev_no, opter_type: draw.pick(['1', '3']) }, [{}]))
  }
  return records
}

function use (draw: Draw, fix: string, psn_no: string, at: Millis, header: Raw, goods: readonly Raw[]): Raw {
  const setl_id = draw.id('T')
  const served = draw.chance(5) ? at - DAY : at
  const time = draw.chance(4) ? dateOf(at) : timeOf(at)
  const feedetail = goods.map((more, i) => line(i + 1, timeOf(served), 3000, { cnt: draw.pick([1, 2]), ...more }))
  const [bought] = feedetail as [Raw]
  const back = { ...bought, feedetl_sn: '9', cnt: -Number(bought['cnt']), det_item_fee_sumamt: '-30.00', init_feedetl_sn: '1' }
  if (draw.chance(8)) feedetail.push(line(9, timeOf(served), -3000, back))
  const registration = fix.startsWith('H') && draw.chance(5) ? { med_type: '12' } : {}
  return settlement(fix.startsWith('P') ? '2102' : '2207', { fix, setl_id, mdtrt_id: `M${setl_id}`, psn_no, at: time }, {
    header: { inf_time: timeOf(at + draw.pick([0, 1, 24]) * HOUR), ...header },
    setlinfo: { pay_loc: draw.chance(4) ? '5' : '2', ...registration, refd_setl_flag: draw.chance(2) ? '1' : '0' },
    feedetail
  })
}
