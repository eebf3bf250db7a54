/** Away from every threshold by construction: simple statistics of the background alone, read from the raw records by themselves. */
import { beforeAll, expect, test } from 'vitest'
import { generate } from './generate.ts'
import type { Raw } from './types.ts'

interface Seen { readonly psn_no: string, readonly infno: string, readonly fix: string, readonly day: string, readonly info: Raw, readonly stay: Raw, readonly record: Raw }

let seen: Seen[]
let reversed: Set<string>
let catalogue: Raw[]
beforeAll(() => {
  const records = [...generate({ seed: 17, claims: 12_000, plants: false }).records]
  catalogue = records.filter(record => record.type === 'catalogue')
  reversed = new Set(records.filter(record => ['2103', '2208', '2305'].includes(String(record.infno))).map(record => idOf(record)))
  const newest = new Map<string, Raw>()
  for (const record of records) if (['2102', '2207', '2304'].includes(String(record.infno))) newest.set(idOf(record), record)
  seen = [...newest].filter(([id]) => !reversed.has(id)).map(([, record]) => {
    const info = record.setlinfo as Raw
    return {
      psn_no: String(info.psn_no), infno: String(record.infno), fix: String(record.fixmedins_code), day: String(info.setl_time).slice(0, 10),
      info, stay: (record.mdtrtinfo ?? {}) as Raw, record
    }
  })
})

function idOf (record: Raw): string {
  return `${String(record.fixmedins_code)} ${String((record.setlinfo as Raw).setl_id)}`
}

function grouped (key: (one: Seen) => string, some: readonly Seen[] = seen): Seen[][] {
  const groups = new Map<string, Seen[]>()
  for (const one of some) groups.set(key(one), [...groups.get(key(one)) ?? [], one])
  return [...groups.values()]
}

test('a mix of kinds like a city’s', () => {
  const share = (infno: string): number => seen.filter(one => one.infno === infno).length / seen.length
  expect(share('2304')).toBeGreaterThan(0.035)
  expect(share('2304')).toBeLessThan(0.06)
  expect(share('2102')).toBeGreaterThan(0.15)
  expect(share('2207')).toBeGreaterThan(0.5)
  expect(reversed.size).toBeGreaterThan(50)
})

test('one to six visits or so a person, under ten a month, and no month dear', () => {
  const people = grouped(one => one.psn_no)
  const mean = seen.length / people.length
  expect(mean).toBeGreaterThan(1.2)
  expect(mean).toBeLessThan(4)
  for (const month of grouped(one => `${one.psn_no} ${one.day.slice(0, 7)}`, seen.filter(one => one.infno === '2207'))) {
    expect(month.length).toBeLessThan(10)
    expect(month.reduce((sum, one) => sum + Number(one.info.medfee_sumamt), 0)).toBeLessThan(4500)
  }
})

test('at most two institutions a day, of one district', () => {
  for (const day of grouped(one => `${one.psn_no} ${one.day}`)) {
    expect(new Set(day.map(one => one.fix)).size).toBeLessThanOrEqual(2)
    expect(new Set(day.map(one => one.fix.slice(1, 7))).size).toBe(1)
  }
})

test('one stay a person, with fees on each of its days, and no visit during it', () => {
  const stays = seen.filter(one => one.infno === '2304')
  for (const parts of grouped(one => one.psn_no, stays)) {
    expect(new Set(parts.map(one => String(one.info.mdtrt_id))).size).toBe(1)
    const days = new Set(parts.flatMap(one => (one.record.feedetail as Raw[]).map(line => String(line.fee_ocur_time).slice(0, 10))))
    const last = parts.find(one => one.info.mid_setl_flag === '0')
    if (last === undefined) continue
    const [from, to] = [last.info.begndate, last.info.enddate].map(text => Date.parse(String(text)))
    expect(days.size).toBe((to! - from!) / 86_400_000 + 1)
  }
  const stayOf = new Map(stays.map(one => [one.psn_no, one]))
  const checked = seen.filter(one => one.infno !== '2304' && stayOf.has(one.psn_no))
  expect(checked.length).toBeGreaterThan(50)
  for (const one of checked) {
    const stay = stayOf.get(one.psn_no)!
    expect(one.fix).toBe(stay.fix)
    expect(one.day > String(stay.info.enddate)).toBe(true)
  }
})

test('no price above the limit of its item, one bed, round and nursing a day, on the days of the stay', () => {
  const limits = new Map(catalogue.map(row => [String(row.med_list_codg), Number(row.pric_uplmt_amt ?? Infinity)]))
  const stays = seen.filter(one => one.infno === '2304')
  for (const line of seen.flatMap(({ record }) => record.feedetail as Raw[])) {
    expect(Number(line.pric)).toBeLessThan(limits.get(String(line.med_list_codg))!)
  }
  for (const { record, info } of stays) {
    const routine = (record.feedetail as Raw[]).filter(line => ['01', '02', '07'].includes(String(line.med_chrgitm_type)))
    const days = routine.map(line => `${String(line.med_chrgitm_type)} ${String(line.fee_ocur_time).slice(0, 10)}`)
    expect(new Set(days).size).toBe(days.length)
    expect(routine.every(line => Number(line.cnt) === 1)).toBe(true)
    const dates = (record.feedetail as Raw[]).map(line => String(line.fee_ocur_time).slice(0, 10))
    expect(dates.every(date => date >= String(info.begndate) && date <= String(info.enddate))).toBe(true)
  }
})

test('pharmacies are shut by night, and hardly two people buy the same', () => {
  const sales = seen.filter(one => one.infno === '2102')
  for (const { info } of sales) expect(String(info.setl_time).slice(11)).toMatch(/^(0[89]|1\d|20|21:00)/)
  const basketOf = ({ record }: Seen): string => (record.feedetail as Raw[]).map(line => `${String(line.med_list_codg)}:${String(line.cnt)}`).sort().join()
  const several = sales.filter(one => basketOf(one).includes(','))
  expect(several.length).toBeGreaterThan(1000)
  for (const alike of grouped(one => `${one.fix} ${one.day} ${basketOf(one)}`, several)) expect(alike.length).toBeLessThan(3)
})

test('four of one district and disease at most come to a hospital within a day and a night, emergencies apart, however full it is', () => {
  const records = [...generate({ seed: 18, claims: 20_000, days: 4, plants: false, city: { scale: 1 } }).records]
  const admitted = new Map<string, number[]>()
  for (const record of records) {
    const { adm_time, adm_way } = (record.mdtrtinfo ?? {}) as Raw
    if (record.infno !== '2304' || (record.setlinfo as Raw).mid_setl_flag === '1' || adm_way === '1' || typeof adm_time !== 'string') continue
    const [main] = record.diseinfo as Raw[]
    const key = [record.fixmedins_code, record.insuplc_admdvs, String(main!.diag_code).slice(0, 3)].join(' ')
    admitted.set(key, [...admitted.get(key) ?? [], Date.parse(`${adm_time}+08:00`)])
  }
  const most = [...admitted.values()].map(times => Math.max(...times.map(from => times.filter(at => at >= from && at <= from + 86_400_000).length)))
  expect(Math.max(...most)).toBeLessThan(5)
  expect(Math.max(...most)).toBeGreaterThan(1)
})

test('mornings are busy, Mondays most of all', () => {
  const visits = seen.filter(one => one.infno === '2207')
  const morning = visits.filter(one => Number(String(one.info.setl_time).slice(11, 13)) < 12).length
  expect(morning / visits.length).toBeGreaterThan(0.5)
  const on = (weekday: number): number => visits.filter(one => new Date(`${one.day}T12:00:00Z`).getUTCDay() === weekday).length
  expect(on(1)).toBeGreaterThan(on(0) * 1.5)
})
