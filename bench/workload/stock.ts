/**
 * A little stock: some pharmacies hand in what they have of some drugs. Each was counted just before the span and is bought again
 * every month, hundreds of boxes at a time, so that what is settled never comes near it.
 */
import { DAY, HOUR, SECOND } from '../../engine/core/time.ts'
import type { Millis } from '../../engine/core/time.ts'
import type { Item } from './catalogue.ts'
import type { Place } from './city.ts'
import { mix, Random } from './prng.ts'
import { header } from './records.ts'
import { dateText, timeText } from './stamp.ts'
import type { Timeline } from './timeline.ts'
import type { Raw } from './types.ts'
import type { World } from './world.ts'

export type StockInfno = '3501' | '3502' | '3503' | '3504' | '3505' | '3506' | '3301'

/** Bought so often; well within the half year in which something must have come in. */
const RESTOCK_DAYS = 30
/** Besides: what else happens to an item of a shelf now and then. */
const BESIDES = ['3505', '3502', '3506', '3505', '3504'] as const
/** Share of stock records that are not of every shelf, in percent. */
const BESIDES_PERCENT = 40

export interface Moving {
  readonly place: Place
  readonly item: Item
  readonly batch: string
  /** When it happened, and inf_time. */
  readonly at: Millis
  readonly sent: Millis
  readonly units: number
  readonly serial: number
  readonly more?: Raw
}

/** 3501–3507 and 3301 as an institution sends them. `more` is laid over the fields. */
export function stockRecord (infno: StockInfno | '3507', { place, item, batch, at, sent, units, serial, more = {} }: Moving): Raw {
  const record = header({ infno, place, area: place.admdvs, at: sent, serial })
  const row: Raw = {
    med_list_codg: item.med_list_codg, fixmedins_hilist_id: item.medins_list_codg, fixmedins_hilist_name: item.name, fixmedins_bchno: batch
  }
  const quantity = String(units)
  const manu_lotnum = `L${serial}`
  switch (infno) {
    case '3501': record.invinfo = { ...row, invdate: dateText(at), inv_cnt: quantity, manu_lotnum, ...more }; break
    case '3502': record.invinfo = { ...row, inv_chg_type: '101', cnt: quantity, inv_chg_time: timeText(at), trdn_flag: '0', ...more }; break
    case '3503': case '3504':
      record.purcinfo = {
        ...row, spler_name: '某医药有限公司', manu_lotnum, purc_retn_cnt: quantity, purc_retn_stoin_time: timeText(at),
        prod_geay_flag: '0', ...more
      }
      break
    case '3505': case '3506':
      record.selinfo = {
        ...row, setl_id: '', psn_no: '', sel_retn_cnt: quantity, sel_retn_time: timeText(at), trdn_flag: '0',
        drugtracinfo: [{ drug_trac_codg: `8${String(serial).padStart(19, '0')}` }], ...more
      }
      break
    case '3507': record.data = { fixmedins_bchno: batch, ...more }; break
    case '3301':
      delete row.fixmedins_bchno
      record.catalogcompin = { ...row, begndate: dateText(at), enddate: null, ...more }
  }
  return record
}

/** Plans about `count` records: as many shelves as that comes to, over the span from `first` on. */
export function stockOf (world: World, timeline: Timeline, first: Millis, count: number): void {
  const random = new Random(mix(world.seed, 0x570c))
  const months = Math.floor((world.end - first) / DAY / RESTOCK_DAYS)
  const shelves = Math.ceil(count * (100 - BESIDES_PERCENT) / 100 / (months + 2))
  let serial = 0
  const plan = (infno: StockInfno, place: Place, item: Item, at: Millis, units: number, more: Raw = {}): void => {
    const batch = `B${String(serial).padStart(8, '0')}`
    const sent = Math.max(at, first) + random.between(1, 9) * HOUR
    const moving = { place, item, batch, at, sent, units, serial: serial++, more }
    timeline.add(moving.sent + SECOND, () => stockRecord(infno, moving))
  }
  for (let i = 0; i < shelves; i++) {
    const place = random.pick(random.pick(world.city.districts).pharmacies)
    const item = random.pick(world.catalogue.packed)
    const hour = 7 * HOUR + random.below(6 * 3600) * SECOND
    plan('3301', place, item, first - 700 * DAY, 0, { begndate: '2024-01-01' })
    plan('3501', place, item, first - random.between(1, 5) * DAY, random.between(600, 2000))
    for (let month = 0; month < months; month++) {
      plan('3503', place, item, first + (month * RESTOCK_DAYS + random.below(10)) * DAY + hour, random.between(200, 600))
    }
    for (let n = Math.round((months + 2) * BESIDES_PERCENT / (100 - BESIDES_PERCENT)); n > 0; n--) {
      const infno = BESIDES[(i + n) % BESIDES.length]!
      const units = infno === '3505' || infno === '3506' ? random.between(1, 4) : random.between(1, 10)
      const more = infno === '3502' ? { inv_chg_type: random.pick(['101', '102', '103', '104']) } : {}
      plan(infno, place, item, first + random.below(Math.max(1, months * RESTOCK_DAYS)) * DAY + hour, units, more)
    }
  }
}
