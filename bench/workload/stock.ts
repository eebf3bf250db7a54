/** A little stock: a stocktake and a purchase of some drugs at some pharmacies, sales and a mapping, all before the span or early in it. */
import { DAY, HOUR, SECOND } from '../../engine/core/time.ts'
import type { Millis } from '../../engine/core/time.ts'
import { mix, Random } from './prng.ts'
import { header } from './records.ts'
import { dateText, timeText } from './stamp.ts'
import type { Timeline } from './timeline.ts'
import type { Raw } from './types.ts'
import type { World } from './world.ts'

const KINDS = ['3501', '3503', '3505', '3502', '3301', '3506', '3504'] as const

/** Plans `count` records over the first days. */
export function stockOf (world: World, timeline: Timeline, first: Millis, count: number): void {
  const random = new Random(mix(world.seed, 0x570c))
  for (let i = 0; i < count; i++) {
    const at = first + random.below(10) * DAY + 7 * HOUR + random.below(12 * 3600) * SECOND
    const seed = random.word()
    timeline.add(at + SECOND, () => movement(world, KINDS[i % KINDS.length]!, at, seed, i))
  }
}

function movement (world: World, infno: typeof KINDS[number], at: Millis, seed: number, serial: number): Raw {
  const random = new Random(seed)
  const place = random.pick(random.pick(world.city.districts).pharmacies)
  const item = random.pick(world.catalogue.drugs)
  const record = header({ infno, place, area: place.admdvs, at, serial })
  const row: Raw = {
    med_list_codg: item.med_list_codg, fixmedins_hilist_id: item.medins_list_codg, fixmedins_hilist_name: item.name,
    fixmedins_bchno: `B${String(serial).padStart(8, '0')}`
  }
  const quantity = String(random.between(5, 200))
  switch (infno) {
    case '3501': record.invinfo = { ...row, invdate: dateText(at), inv_cnt: quantity, manu_lotnum: `L${seed % 10_000}` }; break
    case '3502': {
      const inv_chg_type = random.pick(['101', '102', '103', '104'])
      record.invinfo = { ...row, inv_chg_type, cnt: quantity, inv_chg_time: timeText(at), trdn_flag: '0' }
      break
    }
    case '3503': case '3504':
      record.purcinfo = {
        ...row, spler_name: '某医药有限公司', manu_lotnum: `L${seed % 10_000}`, purc_retn_cnt: quantity,
        purc_retn_stoin_time: timeText(at), prod_geay_flag: '0'
      }
      break
    case '3505': case '3506':
      record.selinfo = {
        ...row, setl_id: '', psn_no: '', sel_retn_cnt: String(random.between(1, 4)), sel_retn_time: timeText(at), trdn_flag: '0',
        drugtracinfo: [{ drug_trac_codg: `8${String(seed).padStart(19, '0')}` }]
      }
      break
    case '3301':
      delete row.fixmedins_bchno
      record.catalogcompin = { ...row, begndate: '2024-01-01', enddate: null }
  }
  return record
}
