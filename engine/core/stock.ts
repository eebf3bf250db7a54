/**
 * What rules about an institution's items ask of a window: what a settlement takes out of the stock, the periods that stocktakes
 * begin, what there can have been in each, and when one of its own codes came to mean another item. Quantities × 10^4 in the
 * minimum pricing unit. All functions are pure.
 */
import { chargesOf, partOf } from './charges.ts'
import type { Line, Settlement } from './claim.ts'
import type { Item } from './flag.ts'
import type { Fen } from './money.ts'
import type { Movement, SharedSettlement, SharedWindow, Sighting } from './shared.ts'
import { type DayNumber, dayOf, formatDate, startOfDay } from './time.ts'

/** The lines of one item in a settlement, their net quantity and amount. */
export interface Stocked extends Record<string, string | number | readonly string[]> {
  lines: readonly string[], cnt: number, amount: number
}
type Sale = SharedSettlement<Stocked>

/** One minimum pricing unit. */
export const UNIT = 10_000
/** list_type of what a stock has: medicines, preparations of its own, ethnic medicines, consumables; not pieces (102) and services. */
const STOCKED: ReadonlySet<string> = new Set(['101', '103', '104', '301'])
/** inv_chg_type: moved in, found over, other in; the others are moved out, found short, destroyed, other out. */
const CHANGES_IN: ReadonlySet<string> = new Set(['101', '103', '106'])
const STOCKTAKE = '3501'
const MAPPING = '3301'
const SALE = '3505'
const MAIN_MAX = 50

/** Whether a line is of what a stock has, and not dispensed in parts, which are other units. */
export function isStocked ({ list_type, trdn_flag }: Line): boolean {
  return STOCKED.has(list_type) && !trdn_flag
}

/**
 * What a settlement takes, item by item, net of what was taken back within it.
 * @param codeOf the code that names a line's item; a line of '' is left out
 */
export function takenItems (claim: Settlement, codeOf: (line: Line) => string): Array<Sighting<Stocked>> {
  const chargeOf = chargesOf(claim.feedetail)
  const items = new Map<string, Stocked>()
  for (const line of claim.feedetail) {
    const code = codeOf(line)
    const charge = code === '' ? null : chargeOf(line)
    if (charge === null) continue
    const { lines, cnt, amount } = items.get(code) ?? { lines: [], cnt: 0, amount: 0 }
    items.set(code, { lines: [...lines, line.feedetl_sn], cnt: cnt + charge.cnt, amount: amount + charge.amount })
  }
  return [...items].map(([code, facts]) => ({ subject: `${claim.fixmedins_code}|${code}`, weight: facts.cnt, facts }))
}

/** Institution, its area, and code of an item's name. An institution's national code is a letter, six digits of area and a number. */
export function itemOf ({ subject }: SharedWindow): { fixmedins_code: string, area: string, item: string } {
  const bar = subject.indexOf('|')
  const fixmedins_code = subject.slice(0, bar)
  return { fixmedins_code, area: fixmedins_code.slice(1, 7), item: subject.slice(bar + 1) }
}

/** What moved or counted stock; mappings do neither. */
export function stockOf ({ movements }: SharedWindow): Movement[] {
  return movements.filter(({ infno }) => infno !== MAPPING)
}

/**
 * Last day of the item's life that is known, of any settlement or stock record; -Infinity when there is none. Sales (3505) go with
 * settlements, and are too many to have the item looked at.
 */
export function knownUntil (window: SharedWindow): DayNumber {
  const stock = stockOf(window).filter(({ infno }) => infno !== SALE)
  return Math.max(...window.days.map(({ day }) => day), ...stock.map(({ at }) => dayOf(at)))
}

/** From one stocktake to the day before the next. */
export interface StockPeriod {
  /** Day of the stocktake, and the same as yyyy-MM-dd. */
  readonly from: DayNumber
  readonly date: string
  /** What was counted. */
  readonly counted: number
  /** Last day of the period; no end: Infinity. */
  readonly end: DayNumber
  /** Settled after the stocktake's day, up to and with a day. */
  readonly settledOn: (day: DayNumber) => number
  /** Counted, and what came in (from the stocktake's day on) and went out (after it) up to and with a day; not below 0. */
  readonly availableOn: (day: DayNumber) => number
}

/** Several stocktakes of one day (batches) are one. Ascending. */
export function periodsOf (window: SharedWindow): StockPeriod[] {
  const stock = stockOf(window).map(one => ({ ...one, day: dayOf(one.at), flow: flowOf(one) }))
  const stocktakes = stock.filter(({ infno }) => infno === STOCKTAKE)
  const starts = [...new Set(stocktakes.map(({ day }) => day))].sort((a, b) => a - b)
  return starts.map((from, i) => {
    const counted = sum(stocktakes.filter(({ day }) => day === from), ({ cnt }) => cnt)
    const flows = stock.filter(({ day, flow }) => flow > 0 ? day >= from : day > from)
    return {
      from, date: formatDate(startOfDay(from)), counted, end: (starts[i + 1] ?? Infinity) - 1,
      settledOn: day => sum(window.days.filter(one => one.day > from && one.day <= day), ({ weight }) => weight),
      availableOn: day => Math.max(0, counted + sum(flows.filter(one => one.day <= day), ({ flow }) => flow))
    }
  })
}

/** What a stock record adds; sales are the settlements' business, and what comes back of them adds. */
function flowOf (one: Movement): number {
  switch (one.infno) {
    case '3503': case '3506': return one.cnt
    case '3504': return -one.cnt
    case '3502': return CHANGES_IN.has(one.inv_chg_type) ? one.cnt : -one.cnt
    default: return 0
  }
}

/** Days on which there was some of the item, or some came in: counted, bought, moved in. What customers bring back does not tell. */
export function daysIn (window: SharedWindow): DayNumber[] {
  const shows = (one: Movement): boolean => one.infno === STOCKTAKE ? one.cnt > 0 : one.infno !== '3506' && flowOf(one) > 0
  return stockOf(window).filter(shows).map(({ at }) => dayOf(at))
}

/** Settlements of the window of these days, both included. */
export function salesOf ({ settlements }: SharedWindow<Stocked>, from: DayNumber, to: DayNumber): Sale[] {
  return settlements.filter(({ at }) => dayOf(at) >= from && dayOf(at) <= to)
}

/** Main items: these settlements' lines of the item, the first fifty. */
export function mainOf (sales: readonly Sale[]): Item[] {
  return sales.slice(0, MAIN_MAX).map(itemPart)
}

/** The latest of them that together come to the quantity; at most fifty. */
export function takeBack (sales: readonly Sale[], quantity: number): Sale[] {
  const taken: Sale[] = []
  let rest = quantity
  for (const sale of sales.toReversed()) {
    if (rest <= 0 || taken.length === MAIN_MAX) break
    taken.unshift(sale)
    rest -= sale.facts.cnt
  }
  return taken
}

/** What one unit cost on average, in whole 分, rounded down; 0 when there is none. */
export function meanPrice (sales: readonly Sale[]): Fen {
  const cnt = sum(sales, ({ facts }) => facts.cnt)
  return cnt === 0 ? 0 : partOf(sum(sales, ({ facts }) => facts.amount), UNIT, cnt)
}

/** The item's lines of a settlement. */
export function itemPart (sale: Sale): Item {
  return { of: sale, lines: sale.facts.lines, line_amount: sale.facts.amount }
}

/** One of an institution's codes begins to mean another national code. */
export interface MappingChange {
  readonly from: string
  readonly to: string
  /** The first day of the later mapping, and of the one before it. */
  readonly day: DayNumber
  readonly before: DayNumber
  /** The first day of what it means next; none: Infinity. */
  readonly next: DayNumber
}

/** Ascending by day, then code. Of two codes that begin on one day neither replaces the other. */
export function mappingChanges (window: SharedWindow): MappingChange[] {
  const { item } = itemOf(window)
  const own = window.movements.filter(({ infno, fixmedins_hilist_id }) => infno === MAPPING && fixmedins_hilist_id === item)
  const named = new Map(own.map(({ at, med_list_codg: code }) => [`${formatDate(at)} ${code}`, { day: dayOf(at), code }]))
  const mapped = [...named.keys()].sort().map(key => named.get(key)!)
  return mapped.flatMap(({ day, code }) => {
    const last = mapped.findLast(one => one.day < day)
    if (last === undefined || last.code === code) return []
    const next = mapped.find(one => one.day > day && one.code !== code)?.day ?? Infinity
    return [{ from: last.code, to: code, day, before: last.day, next }]
  })
}

function sum<T> (all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0)
}
