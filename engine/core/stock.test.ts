/** Stock: what a settlement takes, periods between stocktakes, days on which something came in, codes that mean something else. */
import { describe, expect, test } from 'vitest'
import type { Line, Settlement } from './claim.ts'
import type { Movement, SharedWindow } from './shared.ts'
import {
  UNIT, daysIn, isStocked, itemOf, itemPart, knownUntil, mainOf, mappingChanges, meanPrice, periodsOf, salesOf, stockOf, takeBack, takenItems
} from './stock.ts'
import type { Stocked } from './stock.ts'
import { dayOf, startOfDay } from './time.ts'

const DAY_ONE = dayOf(Date.parse('2026-03-01T00:00:00+08:00'))

const movement = (infno: string, day: number, units: number, more: Partial<Movement> = {}): Movement => ({
  infno, fixmedins_bchno: 'B1', fixmedins_hilist_id: 'Y1', med_list_codg: 'X1', at: startOfDay(DAY_ONE + day) + 9, until: null, cnt: units * UNIT,
  inv_chg_type: '', spler_name: '', prod_geay_flag: false, trdn_flag: false, setl_id: '', ...more
})
const sale = (setl_id: string, day: number, units: number) => ({
  setl_id, at: startOfDay(DAY_ONE + day) + 10, facts: { lines: [`L${setl_id}`], cnt: units * UNIT, amount: units * 100 }
})
const windowOf = (movements: readonly Movement[], sales: ReadonlyArray<ReturnType<typeof sale>> = [], subject = 'P34170200001|X1') => ({
  subject, movements, settlements: sales,
  days: sales.map(({ at, facts }) => ({ day: dayOf(at), settlements: 1, weight: facts.cnt }))
}) as unknown as SharedWindow<Stocked>

describe('what a settlement takes', () => {
  const line = (feedetl_sn: string, more: Partial<Line> = {}): Line => ({
    feedetl_sn, init_feedetl_sn: '', med_list_codg: 'X1', list_type: '101', trdn_flag: false, cnt: 2 * UNIT, det_item_fee_sumamt: 500, ...more
  }) as unknown as Line
  const claim = (...feedetail: Line[]) => ({ fixmedins_code: 'P1', feedetail }) as unknown as Settlement

  test('by the code that is asked for, net of refunds', () => {
    const taken = takenItems(claim(line('1'), line('2', { cnt: 3 * UNIT }), line('3', { med_list_codg: 'X2' }), line('4', { init_feedetl_sn: '2', cnt: -UNIT, det_item_fee_sumamt: -200 })), one => one.med_list_codg)
    expect(taken).toEqual([
      { subject: 'P1|X1', weight: 4 * UNIT, facts: { lines: ['1', '2'], cnt: 4 * UNIT, amount: 800 } },
      { subject: 'P1|X2', weight: 2 * UNIT, facts: { lines: ['3'], cnt: 2 * UNIT, amount: 500 } }
    ])
  })

  test('not lines without a code, and not what was taken back whole', () => {
    expect(takenItems(claim(line('1'), line('2', { init_feedetl_sn: '1', cnt: -2 * UNIT, det_item_fee_sumamt: -500 })), one => one.med_list_codg)).toEqual([])
    expect(takenItems(claim(line('1')), () => '')).toEqual([])
  })

  test.each([['101', true], ['103', true], ['104', true], ['301', true], ['102', false], ['201', false]])('%s is stocked: %s', (list_type, expected) => {
    expect(isStocked(line('1', { list_type }))).toBe(expected)
    expect(isStocked(line('1', { list_type, trdn_flag: true }))).toBe(false)
  })
})

test('an item is named by its institution, which says the area, and a code', () => {
  expect(itemOf(windowOf([]))).toEqual({ fixmedins_code: 'P34170200001', area: '341702', item: 'X1' })
  expect(itemOf(windowOf([], [], 'H31010100001|X|1')).item).toBe('X|1')
})

test('a mapping is no stock record', () => {
  expect(stockOf(windowOf([movement('3301', 1, 0), movement('3505', 1, 1)])).map(({ infno }) => infno)).toEqual(['3505'])
})

test('known until the last settlement or stock record, whichever is later; sales and mappings do not tell', () => {
  expect(knownUntil(windowOf([movement('3503', 5, 1)], [sale('A', 3, 1)]))).toBe(DAY_ONE + 5)
  expect(knownUntil(windowOf([movement('3503', 2, 1), movement('3505', 9, 1), movement('3301', 9, 0)], [sale('A', 3, 1)]))).toBe(DAY_ONE + 3)
  expect(knownUntil(windowOf([]))).toBe(-Infinity)
})

describe('periods', () => {
  test('from one stocktake to the day before the next; of one day several', () => {
    const periods = periodsOf(windowOf([movement('3501', 10, 7), movement('3501', 0, 3), movement('3501', 0, 4)]))
    expect(periods.map(({ from, date, counted, end }) => [from - DAY_ONE, date, counted, end - DAY_ONE])).toEqual([
      [0, '2026-03-01', 7 * UNIT, 9], [10, '2026-03-11', 7 * UNIT, Infinity]
    ])
    expect(periodsOf(windowOf([movement('3503', 0, 5)]))).toEqual([])
  })

  test('what comes in counts from the day of the stocktake, what goes out from the day after', () => {
    const [period] = periodsOf(windowOf([
      movement('3501', 1, 10), movement('3503', 0, 100), movement('3503', 1, 5), movement('3504', 1, 100), movement('3504', 2, 3), movement('3506', 3, 2), movement('3505', 3, 50)
    ]))
    expect([1, 2, 3, 4].map(day => period!.availableOn(DAY_ONE + day) / UNIT)).toEqual([15, 12, 14, 14])
  })

  test.each([['101', 14], ['103', 14], ['106', 14], ['102', 6], ['104', 6], ['105', 6], ['107', 6]])('a change of kind %s makes ten %i', (inv_chg_type, units) => {
    const [period] = periodsOf(windowOf([movement('3501', 0, 10), movement('3502', 1, 4, { inv_chg_type })]))
    expect(period!.availableOn(DAY_ONE + 1)).toBe(units * UNIT)
  })

  test('the smallest quantity counts', () => {
    const [period] = periodsOf(windowOf([movement('3501', 0, 1), movement('3503', 0, 1 / UNIT)]))
    expect(period!.availableOn(DAY_ONE)).toBe(UNIT + 1)
  })

  test('there is never less than nothing', () => {
    const [period] = periodsOf(windowOf([movement('3501', 0, 1), movement('3504', 1, 4)]))
    expect(period!.availableOn(DAY_ONE + 1)).toBe(0)
  })

  test('settled counts from the day after the stocktake', () => {
    const [period] = periodsOf(windowOf([movement('3501', 1, 1)], [sale('A', 0, 1), sale('B', 1, 2), sale('C', 2, 4), sale('D', 3, 8)]))
    expect([1, 2, 3].map(day => period!.settledOn(DAY_ONE + day) / UNIT)).toEqual([0, 4, 12])
  })
})

test('something came in: counted, bought, moved in; not nothing, not moved out, not brought back', () => {
  const some = [
    movement('3501', 1, 1), movement('3501', 2, 0), movement('3503', 3, 1), movement('3503', 4, 0), movement('3504', 5, 1), movement('3506', 6, 1), movement('3505', 7, 1),
    movement('3501', 11, 1 / UNIT), movement('3503', 12, 1 / UNIT), movement('3502', 8, 1, { inv_chg_type: '101' }), movement('3502', 9, 1, { inv_chg_type: '102' }), movement('3301', 10, 0)
  ]
  expect(daysIn(windowOf(some)).map(day => day - DAY_ONE)).toEqual([1, 3, 11, 12, 8])
})

describe('sales', () => {
  const sales = [sale('A', 1, 5), sale('B', 2, 3), sale('C', 3, 1)]
  const shown = salesOf(windowOf([], sales), DAY_ONE, DAY_ONE + 9)

  test('of some days, both included', () => {
    expect(salesOf(windowOf([], sales), DAY_ONE + 1, DAY_ONE + 2).map(({ setl_id }) => setl_id)).toEqual(['A', 'B'])
  })

  test('the latest that come to a quantity, in order', () => {
    const of = (units: number) => takeBack(shown, units * UNIT).map(({ setl_id }) => setl_id)
    expect([0, 1, 1 + 1 / UNIT, 2, 4, 5, 99].map(of)).toEqual([[], ['C'], ['B', 'C'], ['B', 'C'], ['B', 'C'], ['A', 'B', 'C'], ['A', 'B', 'C']])
  })

  test('fifty at most', () => {
    const many = salesOf(windowOf([], Array.from({ length: 60 }, (_, i) => sale(String(i), i, 1))), DAY_ONE, DAY_ONE + 99)
    expect(takeBack(many, 100 * UNIT).map(({ setl_id }) => setl_id)).toEqual(Array.from({ length: 50 }, (_, i) => String(i + 10)))
    expect(mainOf(many)).toEqual(many.slice(0, 50).map(itemPart))
  })

  test('the mean price is rounded down, and none without a sale', () => {
    const priced = (cnt: number, amount: number) => ({ ...shown[0]!, facts: { lines: [], cnt, amount } })
    expect([[priced(30_000, 7300)], [priced(3, 1)], [priced(10_000, 2000), priced(30_000, 2000)], []].map(meanPrice)).toEqual([2433, 3333, 1000, 0])
  })

  test('a part of a settlement is the lines of the item', () => {
    expect(itemPart(shown[0]!)).toEqual({ of: shown[0], lines: ['LA'], line_amount: 500 })
  })
})

describe('codes that mean something else', () => {
  const map = (day: number, med_list_codg: string, more: Partial<Movement> = {}) => movement('3301', day, 0, { med_list_codg, ...more })
  const changes = (...movements: Movement[]) => mappingChanges(windowOf(movements, [], 'P34170200001|Y1'))
    .map(({ from, to, day, before, next }) => [from, to, day - DAY_ONE, before - DAY_ONE, next - DAY_ONE])

  test('one after another', () => {
    expect(changes(map(5, 'B'), map(0, 'A'), map(9, 'C'))).toEqual([['A', 'B', 5, 0, 9], ['B', 'C', 9, 5, Infinity]])
  })

  test('renewed under the same code is no change, and no end of it', () => {
    expect(changes(map(0, 'A'), map(3, 'A'))).toEqual([])
    expect(changes(map(0, 'A'), map(5, 'B'), map(7, 'B'), map(9, 'A'))).toEqual([['A', 'B', 5, 0, 9], ['B', 'A', 9, 7, Infinity]])
  })

  test('two of one day do not replace each other; the greater is what it meant', () => {
    expect(changes(map(0, 'A'), map(0, 'B'))).toEqual([])
    expect(changes(map(0, 'B'), map(0, 'A'), map(4, 'C'), map(4, 'D'))).toEqual([['B', 'C', 4, 0, Infinity], ['B', 'D', 4, 0, Infinity]])
  })

  test('the same code twice on one day is one', () => {
    expect(changes(map(0, 'A'), map(4, 'B'), map(4, 'B', { at: startOfDay(DAY_ONE + 4) }))).toEqual([['A', 'B', 4, 0, Infinity]])
  })

  test('of this own code only, and only mappings', () => {
    expect(changes(map(0, 'A', { fixmedins_hilist_id: 'Y2' }), map(4, 'B'), movement('3503', 1, 1))).toEqual([])
  })
})
