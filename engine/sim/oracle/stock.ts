/** Oracle of an institution's items: what was counted, came in and went out of each, against what was settled of it. */
import { isStockRecord, newest, versionOf } from './claims.ts'
import type { FeeLine, Settled } from './claims.ts'
import { inForce } from './found.ts'
import { dateText, dayStart, node, scaledBy, text, when } from './read.ts'
import type { Raw } from './read.ts'
import { worthOf } from './shared.ts'
import type { Shared, SharedOracleRule } from './shared.ts'

/** A stock record or mapping that stands, of one item. Quantity × 10^4. */
export interface StockRow {
  readonly infno: string, readonly own: string, readonly code: string, readonly day: number, readonly cnt: number, readonly change: string
}
/** By institution|code, the national one or its own. */
export type Shelves = ReadonlyMap<string, readonly StockRow[]>

/** Where each kind keeps its fields, its quantity and its time. */
const PARTS: Readonly<Record<string, readonly [node: string, cnt: string, time: string]>> = {
  3501: ['invinfo', 'inv_cnt', 'invdate'], 3502: ['invinfo', 'cnt', 'inv_chg_time'],
  3503: ['purcinfo', 'purc_retn_cnt', 'purc_retn_stoin_time'], 3504: ['purcinfo', 'purc_retn_cnt', 'purc_retn_stoin_time'],
  3505: ['selinfo', 'sel_retn_cnt', 'sel_retn_time'], 3506: ['selinfo', 'sel_retn_cnt', 'sel_retn_time'], 3507: ['data', '', ''],
  3301: ['catalogcompin', '', 'begndate']
}
/** inv_data_type of a deletion. */
const DELETES: Readonly<Record<string, readonly string[]>> = { 1: ['3501'], 2: ['3502'], 3: ['3503', '3504'], 4: ['3505', '3506'] }

/** @param records any records, all versions */
export function shelvesFrom (records: readonly Raw[]): Shelves {
  const standing = newest(records.filter(isStockRecord), nameOf)
  const deletions = standing.filter(raw => text(raw, 'infno') === '3507')
  const shelves = new Map<string, StockRow[]>()
  for (const raw of standing) {
    const infno = text(raw, 'infno')
    if (infno === '3507' || deletions.some(one => deletes(one, raw))) continue
    const [inner, cnt, time] = PARTS[infno]!
    const info = node(raw, inner)
    const [code, own] = [text(info, 'med_list_codg'), text(info, 'fixmedins_hilist_id')]
    const quantity = cnt === '' ? 0 : scaledBy(info, cnt, 4)
    const row = { infno, own, code, day: when(info, time)!.day, cnt: quantity, change: text(info, 'inv_chg_type') }
    for (const name of new Set([code, own])) {
      const key = `${text(raw, 'fixmedins_code')}|${name}`
      shelves.set(key, [...shelves.get(key) ?? [], row])
    }
  }
  return shelves
}

function nameOf (raw: Raw): string {
  const infno = text(raw, 'infno')
  const info = node(raw, PARTS[infno]![0])
  const batch = infno === '3507' ? ['fixmedins_bchno', 'inv_data_type'] : ['fixmedins_bchno']
  const more = infno === '3301' ? ['med_list_codg', 'begndate'] : batch
  return [infno, text(raw, 'fixmedins_code'), ...['fixmedins_hilist_id', ...more].map(field => text(info, field))].join(' ')
}

function deletes (deletion: Raw, raw: Raw): boolean {
  const [what, batch] = ['inv_data_type', 'fixmedins_bchno'].map(field => text(node(deletion, 'data'), field)) as [string, string]
  const [time, order] = versionOf(deletion)
  const [otherTime, otherOrder] = versionOf(raw)
  return DELETES[what]?.includes(text(raw, 'infno')) === true && text(raw, 'fixmedins_code') === text(deletion, 'fixmedins_code') &&
    text(node(raw, PARTS[text(raw, 'infno')]![0]), 'fixmedins_bchno') === batch &&
    (time > otherTime || (time === otherTime && order > otherOrder))
}

interface Taken { readonly day: number, readonly cnt: number, readonly amount: number }
type Sale = Shared<Taken>

/** What is left of each item after refunds, by the name that `of` gives a line; '' for none. */
function taken (claim: Settled, of: (line: FeeLine) => string): Map<string, Taken> {
  const { day } = claim.infno === '2304' ? claim.stay!.dscg ?? claim.end ?? claim.time : claim.time
  const items = new Map<string, Taken>()
  for (const line of claim.lines) {
    const all = [line, ...claim.lines.filter(one => one.refunds === line.sn)]
    const [cnt, amount] = [total(all, one => one.cnt), total(all, one => one.amount)]
    if (line.refunds !== '' || cnt <= 0 || line.inParts || of(line) === '') continue
    const name = `${claim.fix}|${of(line)}`
    const sofar = items.get(name) ?? { cnt: 0, amount: 0 }
    items.set(name, { day, cnt: sofar.cnt + cnt, amount: sofar.amount + amount })
  }
  return items
}

const isGoods = (line: FeeLine): boolean => ['101', '103', '104', '301'].includes(line.list)

function total<T> (all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0)
}

/** What a row brings; less than nothing for what it takes away. */
function brought ({ infno, change, cnt }: StockRow): number {
  if (['3503', '3506'].includes(infno)) return cnt
  if (infno === '3504') return -cnt
  return infno === '3502' ? ['101', '103', '106'].includes(change) ? cnt : -cnt : 0
}

/** The last day of which anything is known. */
function lastDay (pile: readonly Sale[], rows: readonly StockRow[]): number {
  const telling = rows.filter(({ infno }) => infno !== '3301' && infno !== '3505')
  return Math.max(...pile.map(one => one.took.day), ...telling.map(({ day }) => day))
}

/** Of each day the five largest, in order. */
function largest (pile: readonly Sale[]): Sale[] {
  const before = (a: Sale, b: Sale): boolean => a.took.cnt > b.took.cnt || (a.took.cnt === b.took.cnt && a.setl_id < b.setl_id)
  return pile.filter(one => pile.filter(other => other.took.day === one.took.day && before(other, one)).length < 5)
}

const worth = (sales: readonly Sale[]): ReturnType<typeof worthOf> => worthOf(sales.map(of => ({ of, amount: of.took.amount })))

export const settledBeyondStock: SharedOracleRule<Taken> = {
  rule: 'settled-beyond-stock',
  kind: 'item',
  take: claim => {
    const { day } = claim.infno === '2304' ? claim.stay!.dscg ?? claim.end ?? claim.time : claim.time
    return taken(claim, line => isGoods(line) && line.time.day === day ? line.code : '')
  },
  judge: (name, pile, _, say, shelves) => {
    const rows = shelves.get(name) ?? []
    const counts = rows.filter(({ infno }) => infno === '3501')
    for (const start of new Set(counts.map(({ day }) => day))) {
      const next = Math.min(...counts.filter(({ day }) => day > start).map(({ day }) => day))
      const end = Math.min(lastDay(pile, rows) - 7, start + 90, next - 1)
      const sold = pile.filter(({ took: { day } }) => day > start && day <= end)
      const moved = rows.filter(row => row.day <= end + 7 && (brought(row) > 0 ? row.day >= start : row.day > start))
      const available = Math.max(0, total(counts.filter(({ day }) => day === start), ({ cnt }) => cnt) + total(moved, brought))
      const excess = total(sold, ({ took }) => took.cnt) - available
      if (!inForce(dayStart(start)) || excess + available <= Math.floor(available * 105 / 100) + 10_000) continue
      const shown = largest(pile).filter(one => sold.includes(one))
      const enough = [...shown.keys()].find(i => total(shown.slice(shown.length - 1 - i), ({ took }) => took.cnt) >= excess) ?? shown.length
      say({ anchor: [dateText(start)], severity: 2, ...worth(shown.slice(-Math.min(50, enough + 1))) })
    }
  }
}

export const settledWithoutPurchase: SharedOracleRule<Taken> = {
  rule: 'settled-without-purchase',
  kind: 'item',
  take: claim => taken(claim, line => isGoods(line) ? line.code : ''),
  judge: (name, pile, _, say, shelves) => {
    const rows = (shelves.get(name) ?? []).filter(({ infno }) => infno !== '3301')
    const came = rows.filter(row => row.infno === '3501' ? row.cnt > 0 : row.infno !== '3506' && brought(row) > 0)
    const bare = pile.filter(({ took: { day } }) => rows.length > 0 && inForce(dayStart(day)) && day + 7 <= lastDay(pile, rows) &&
      !came.some(row => row.day >= day - 180 && row.day <= day + 7))
    for (const month of new Set(bare.map(({ took }) => dateText(took.day).slice(0, 7)))) {
      const own = bare.filter(({ took }) => dateText(took.day).startsWith(month))
      const severity = total(own, ({ took }) => took.cnt) >= 200_000 ? 1 : 2
      say({ anchor: [month], severity, ...worth(largest(pile).filter(one => own.includes(one)).slice(0, 50)) })
    }
  }
}

export const mappingChange: SharedOracleRule<Taken> = {
  rule: 'mapping-change',
  kind: 'item',
  take: claim => taken(claim, line => line.own),
  judge: (name, pile, _, say, shelves) => {
    const meant = (shelves.get(name) ?? []).filter(({ infno, own }) => infno === '3301' && own === name.slice(name.indexOf('|') + 1))
    for (const key of new Set(meant.map(({ day, code }) => `${dateText(day)} ${code}`))) {
      const [date, code] = key.split(' ') as [string, string]
      const { day } = meant.find(one => dateText(one.day) === date)!
      const earlier = meant.filter(one => one.day < day)
      const lately = earlier.filter(one => one.day === Math.max(...earlier.map(each => each.day)))
      const old = lately.reduce((a, b) => b.code > a.code ? b : a, lately[0]!)
      if (old === undefined || old.code === code || day - old.day > 30 || !inForce(dayStart(day))) continue
      const end = Math.min(day + 30, ...meant.filter(one => one.day > day && one.code !== code).map(one => one.day))
      const [before, after] = [between(pile, day - 30, day), between(pile, day, end)]
      if (before.cnt === 0 || after.cnt === 0) continue
      const dearer = after.price > 0 && 100 * after.price >= 120 * before.price
      const more = after.cnt >= 100_000 && after.cnt / (end - day) >= 2 * before.cnt / 30 - 1e-6
      if (dearer || more) say({ anchor: [date, code], severity: dearer && more ? 2 : 3, ...worth(after.shown.slice(0, 50)) })
    }
  }
}

/** What was settled from a day to the one before another, and the price of one unit in whole 分 by what is shown of it. */
function between (pile: readonly Sale[], from: number, to: number) {
  const within = ({ took: { day } }: Sale): boolean => day >= from && day < to
  const shown = largest(pile).filter(within)
  const price = Math.floor(total(shown, ({ took }) => took.amount) * 10_000 / total(shown, ({ took }) => took.cnt))
  return { shown, cnt: total(pile.filter(within), ({ took }) => took.cnt), price }
}
