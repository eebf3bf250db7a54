/** A whole simulated history: everything that will ever be sent about a few persons, each record once, and what was put in. */
import { mix, Random } from '../../bench/workload/prng.ts'
import { DAY, HOUR } from '../core/time.ts'
import { drawBed, drawFullHouse } from './draw-beds.ts'
import { drawGroups } from './draw-groups.ts'
import { drawPharmacyDays } from './draw-pharmacy-days.ts'
import { drawStays } from './draw-stays.ts'
import { drawStock } from './draw-stock.ts'
import { drawTerminals } from './draw-terminals.ts'
import { drawSupplies } from './draw-supply.ts'
import { drawVisits } from './draw-visits.ts'
import { list, node, text, when } from './oracle/read.ts'
import type { Raw } from './oracle/read.ts'
import { death, restartSerial, reversal } from './records.ts'
import { dateOf, Draw, MASTER_DATA, someone, timeOf } from './world.ts'
import type { Someone } from './world.ts'

/** What a history contains besides ordinary records. */
export interface Put {
  corrections: number, reversals: number, retries: number, deaths: number, malformed: number,
  'handed over': number, 'reversals misnamed': number
}

export interface History { readonly master: readonly Raw[], readonly records: readonly Raw[], readonly put: Put }

/** The history of a seed: always the same. */
export function drawHistory (seed: number): History {
  const random = new Random(mix(seed, 1))
  restartSerial()
  const draw = new Draw(random, Date.parse('2026-02-20T00:00:00+08:00'), random.between(25, 70))
  const put: Put = { corrections: 0, reversals: 0, retries: 0, deaths: 0, malformed: 0, 'handed over': 0, 'reversals misnamed': 0 }
  const records: Raw[] = []
  for (let i = random.between(1, 4); i > 0; i--) {
    const person = someone(random)
    const own = drawPerson(draw, person)
    records.push(...own, ...drawChanges(draw, own, put))
    if (draw.chance(20)) {
      records.push(...drawDeaths(draw, person))
      put.deaths++
    }
  }
  if (draw.chance(25)) {
    const house = drawFullHouse(draw)
    records.push(...house, ...drawChanges(draw, house, put))
  }
  const groups = drawGroups(draw)
  records.push(...groups, ...drawChanges(draw, groups, put))
  const terminals = drawTerminals(draw)
  records.push(...terminals, ...drawChanges(draw, terminals, put))
  const pharmacyDays = drawPharmacyDays(draw)
  records.push(...pharmacyDays, ...drawChanges(draw, pharmacyDays, put))
  records.push(...drawHandovers(draw, records, put))
  const shelves = new Draw(new Random(mix(seed, 6)), draw.start, draw.days) // of its own, so that what else is drawn stays the same
  const { sales, stock } = drawStock(shelves)
  records.push(...sales, ...drawChanges(shelves, sales, put), ...drawHandovers(shelves, sales, put), ...stock)
  return { master: MASTER_DATA, records, put }
}

function drawPerson (draw: Draw, person: Someone): Raw[] {
  const records: Raw[] = []
  for (let i = draw.random.between(2, 6); i > 0; i--) {
    records.push(...(draw.chance(50) ? drawStays(draw, person) : drawVisits(draw, person)))
  }
  if (draw.chance(25)) records.push(...drawSupplies(draw, person))
  return records
}

/** Corrections that say that a settlement was somebody else's, and reversals that say so. */
function drawHandovers (draw: Draw, records: readonly Raw[], put: Put): Raw[] {
  const persons = [...new Set(records.map(raw => text(node(raw, 'setlinfo'), 'psn_no')).filter(psn_no => psn_no !== ''))]
  return records.flatMap(raw => {
    const info = node(raw, 'setlinfo')
    const settled = ['2102', '2207', '2304'].includes(text(raw, 'infno'))
    if (!settled || persons.length < 2) return []
    const other = draw.pick(persons.filter(psn_no => psn_no !== text(info, 'psn_no')))
    const moved = { ...raw, setlinfo: { ...info, psn_no: other } }
    if (draw.chance(4)) {
      put['handed over']++
      return [later(draw, moved)]
    }
    if (!draw.chance(3)) return []
    put['reversals misnamed']++
    return [reverse(draw, moved)]
  })
}

function drawDeaths (draw: Draw, person: Someone): Raw[] {
  const died = draw.moment()
  const deaths = [death(person.psn_no, dateOf(died), timeOf(died + draw.random.below(20) * DAY))]
  if (draw.chance(20)) deaths.push(death(person.psn_no, dateOf(died + 3 * DAY), timeOf(died + 21 * DAY)))
  if (draw.chance(20)) deaths.push({ ...death(person.psn_no, dateOf(died), timeOf(died + 22 * DAY)), vali_flag: '0' })
  return deaths
}

/** Corrections, retries, reversals and malformed copies of some of a person's records. */
function drawChanges (draw: Draw, records: readonly Raw[], put: Put): Raw[] {
  const changes: Raw[] = []
  for (const raw of records) {
    const settled = ['2102', '2207', '2304'].includes(text(raw, 'infno'))
    if (draw.chance(3)) {
      changes.push(later(draw, raw))
      put.retries++
    }
    if (draw.chance(settled ? 12 : 6) && text(raw, 'infno') !== '2301') {
      for (let i = draw.pick([1, 1, 2]); i > 0; i--) changes.push(later(draw, correct(draw, raw)))
      put.corrections++
    }
    if (settled && draw.chance(3)) {
      changes.push({ ...raw, setlinfo: { ...node(raw, 'setlinfo'), setl_id: draw.id('X'), medfee_sumamt: '0.01' } })
      put.malformed++
    }
    if (settled && draw.chance(10)) {
      changes.push(reverse(draw, raw))
      put.reversals++
    }
  }
  return changes
}

/** The same record sent again: a newer inf_time, or only a newer msgid, or the older one of the two. */
function later (draw: Draw, raw: Raw): Raw {
  const sent = when(raw, 'inf_time')!.at
  const serial = String(draw.random.below(10_000)).padStart(4, '0')
  const at = sent + draw.pick([0, 1, 48, 300]) * HOUR
  const msgid = text(raw, 'fixmedins_code') + timeOf(at).replace(/\D/g, '') + serial
  return text(raw, 'msgid').slice(-9) === msgid.slice(-9)
    ? { ...raw, inf_time: timeOf(at + HOUR) }
    : { ...raw, inf_time: timeOf(at), msgid }
}

function correct (draw: Draw, raw: Raw): Raw {
  const setlinfo = node(raw, 'setlinfo')
  const mdtrtinfo = node(raw, 'mdtrtinfo')
  const shift = draw.pick([-25, -1, 1, 30]) * HOUR
  const moved = (from: Raw, name: string): Raw => {
    const old = when(from, name)
    return old === null ? {} : { [name]: old.dateOnly ? dateOf(old.at + shift) : timeOf(old.at + shift) }
  }
  switch (text(raw, 'infno')) {
    case '2401': return { ...raw, mdtrtinfo: { ...mdtrtinfo, ...moved(mdtrtinfo, 'adm_time'), adm_bed: draw.id('W') } }
    case '2402': return { ...raw, mdtrtinfo: { ...mdtrtinfo, dscg_way: draw.pick(['1', '2', '9']), dscg_bed: draw.id('W') } }
    case '4101': return { ...raw, mdtrtinfo: { ...mdtrtinfo, adm_way: draw.pick(['1', '2', '9']), adm_bed: draw.id('W') } }
    case '2304':
      if (draw.chance(50)) {
        const bed = draw.chance(30) ? drawBed(draw) : {}
        return { ...raw, mdtrtinfo: { ...mdtrtinfo, ...movedStay(mdtrtinfo, moved), ...bed, ipt_no: draw.id('Z') } }
      }
  }
  switch (draw.random.below(3)) {
    case 0: return { ...raw, setlinfo: { ...setlinfo, ...moved(setlinfo, 'setl_time'), begndate: null, psn_name: draw.id('N') } }
    case 1: return { ...raw, setlinfo: { ...setlinfo, gend: setlinfo['gend'] === '1' ? '2' : '1', psn_name: draw.id('N') } }
    default: return { ...raw, feedetail: list(raw, 'feedetail').map(one => ({ ...one, med_chrgitm_type: '09', rxno: draw.id('R') })) }
  }
}

/** A stay's times moved, both or one, but never out of order. */
function movedStay (info: Raw, moved: (from: Raw, name: string) => Raw): Raw {
  const both = { ...info, ...moved(info, 'adm_time') }
  const adm = when(both, 'adm_time')
  const dscg = when(both, 'dscg_time')
  return adm !== null && dscg !== null && adm.at > dscg.at ? {} : moved(info, 'adm_time')
}

function reverse (draw: Draw, raw: Raw): Raw {
  const info = node(raw, 'setlinfo')
  const infno = ({ 2102: '2103', 2207: '2208', 2304: '2305' } as const)[text(raw, 'infno') as '2102' | '2207' | '2304']
  const at = when(info, 'setl_time')!.at + draw.pick([1, 24, 200]) * HOUR
  return reversal(infno, {
    fix: text(raw, 'fixmedins_code'), setl_id: text(info, 'setl_id'), mdtrt_id: text(info, 'mdtrt_id'),
    psn_no: text(info, 'psn_no'), at: timeOf(at)
  })
}
