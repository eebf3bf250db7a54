/** The reference data a workload begins with: institutions, departments, practitioners, catalogue, trace prefixes, peer medians. */
import type { Millis } from '../../engine/core/time.ts'
import type { Item } from './catalogue.ts'
import { DEPARTMENTS } from './city.ts'
import type { Place } from './city.ts'
import { peerRows } from './peers.ts'
import { decimal, tracePrefix } from './records.ts'
import { dateText, timeText } from './stamp.ts'
import type { Raw } from './types.ts'
import type { World } from './world.ts'

interface Dated { readonly valid_from: string, readonly valid_to: null, readonly inf_time: string }

/** Everything has been known and valid since the year before last. */
function datedOf (world: World): Dated {
  const since = `${Number(dateText(world.start).slice(0, 4)) - 2}-01-01`
  return { valid_from: since, valid_to: null, inf_time: `${since} 00:00:00` }
}

/**
 * Every row, institutions first. The newest row of a code is the last one sent.
 * @param apart places besides the city's
 */
export function * masterRecords (world: World, apart: readonly Place[]): Generator<Raw> {
  const dated = datedOf(world)
  for (const place of [...placesOf(world), ...apart]) {
    yield * institution(world, place, dated)
    for (const dept of place.departments) yield department(place, dept, dated)
    for (const [i, doctor] of place.doctors.entries()) {
      yield {
        type: 'practitioner', pract_code: doctor, name: `医师${i + 1}`, kind: place.kind === '2' ? 'pharmacist' : 'doctor',
        fixmedins_code: place.fixmedins_code, ...dated
      }
    }
  }
  const { all, named } = world.catalogue
  for (const item of all) yield * catalogue(item, dated, item === named.formerlyWomenOnly ? world.formerUntil : null)
  for (const item of all.filter(each => each.trace)) {
    yield { type: 'trace_prefix', prefix: tracePrefix(item), med_list_codg: item.med_list_codg, ...dated }
  }
  for (const row of peerRows()) {
    const { day_cost, sample, ...key } = row
    yield { type: 'peer_median', ...key, day_cost: decimal(day_cost, 2), sample: String(sample), ...dated }
  }
}

export function placesOf (world: World): Place[] {
  return [
    ...world.city.districts.flatMap(each => [...each.hospitals, ...each.clinics, ...each.pharmacies]),
    ...Object.values(world.city.away)
  ]
}

/** fix_onln_open_flag before and after the turn; everybody else's is 1 all the time. */
function statesOf (world: World, place: Place): readonly [before: string, after: string] {
  const { closing, withdrawn, reopened } = world.city.away
  return place === closing ? ['1', '0'] : place === withdrawn ? ['1', '2'] : place === reopened ? ['0', '1'] : ['1', '1']
}

/** One row, or two when its state changes. */
function * institution (world: World, place: Place, dated: Dated): Generator<Raw> {
  const [before, after] = statesOf(world, place)
  const row: Raw = {
    type: 'institution', fixmedins_code: place.fixmedins_code, fixmedins_name: place.name,
    uscc: usccOf(place === world.city.away.branch ? world.city.away.store : place),
    fixmedins_type: place.kind, hosp_lv: place.hosp_lv, admdvs: place.admdvs, aprv_bed_cnt: String(place.beds),
    lng: place.lng === null ? null : String(place.lng), lat: place.lat === null ? null : String(place.lat),
    fix_onln_open_flag: before, ...dated
  }
  if (before === after) {
    yield row
    return
  }
  const turn = world.stateTurn
  yield { ...row, valid_to: dateText(turn) }
  yield { ...row, fix_onln_open_flag: after, valid_from: dateText(turn), inf_time: timeText(turn) }
}

/** Eighteen places, unlike any other institution’s: 12 a public institution, 91 an enterprise. */
function usccOf ({ kind, fixmedins_code }: Place): string {
  return `${kind === '2' ? '91' : '12'}${fixmedins_code.slice(1)}`.padEnd(18, '0')
}

function department (place: Place, dept: string, dated: Dated): Raw {
  const beds = Math.max(0, Math.round(place.beds / place.departments.length))
  return {
    type: 'department', fixmedins_code: place.fixmedins_code, hosp_dept_codg: dept, hosp_dept_name: DEPARTMENTS[dept] ?? dept,
    aprv_bed_cnt: String(beds), hi_crtf_bed_cnt: String(Math.floor(beds * 0.9)), ...dated
  }
}

/** One row, or two when the limit to a sex ended at `limitedUntil`. */
function * catalogue (item: Item, dated: Dated, limitedUntil: Millis | null): Generator<Raw> {
  const row: Raw = {
    type: 'catalogue', med_list_codg: item.med_list_codg, name: item.name, list_type: item.list_type, chrgitm_lv: item.chrgitm_lv,
    gend_limit: item.gend_limit === '' ? null : item.gend_limit, age_min: textOrNull(item.age_min), age_max: textOrNull(item.age_max),
    pack_units: String(item.pack_units), daily_dose_units: String(item.daily_dose_units),
    pric_uplmt_amt: item.list_type === '101' ? decimal(Math.round(item.pric * 1.15), 6) : null,
    trace_required: item.trace ? '1' : '0', ...dated
  }
  if (limitedUntil === null) {
    yield row
    return
  }
  yield { ...row, valid_to: dateText(limitedUntil) }
  yield { ...row, gend_limit: null, valid_from: dateText(limitedUntil), inf_time: timeText(limitedUntil) }
}

function textOrNull (value: number | null): string | null {
  return value === null ? null : String(value)
}
