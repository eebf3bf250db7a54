/** No device of the background is at two places, and none is in a hurry. */
import { beforeAll, expect, test } from 'vitest'
import { buildCity } from './city.ts'
import { Counters, deviceNumber } from './devices.ts'
import { generate } from './generate.ts'
import type { Raw } from './types.ts'

let visits: Raw[]
beforeAll(() => {
  visits = [...generate({ seed: 5, claims: 12_000, days: 20, plants: false, city: { scale: 1 } }).records].filter(record => ['2102', '2207'].includes(String(record.infno)))
})

function timesBy (key: (record: Raw) => string): number[][] {
  const groups = new Map<string, Set<string>>()
  for (const record of visits) {
    const info = record.setlinfo as Raw
    if (typeof record.dev_no === 'string' && record.dev_no !== '') groups.set(key(record), (groups.get(key(record)) ?? new Set()).add(`${String(info.setl_time)}|${String(info.psn_no)}`))
  }
  return [...groups.values()].map(times => [...times].map(text => Date.parse(`${text.slice(0, 19).replace(' ', 'T')}+08:00`)).sort((a, b) => a - b))
}

test('never five people within five minutes on one device, though there are at one place', () => {
  const fiveWithin = (times: readonly number[]): boolean => times.some((time, i) => i >= 4 && time - times[i - 4]! <= 5 * 60_000)
  expect(timesBy(record => String(record.fixmedins_code)).some(fiveWithin)).toBe(true)
  expect(timesBy(record => `${String(record.fixmedins_code)} ${String(record.dev_no)}`).some(fiveWithin)).toBe(false)
})

test('a maker’s number is at one place; those that places count themselves are at many', () => {
  const places = new Map<string, Set<unknown>>()
  for (const { dev_no, fixmedins_code } of visits) places.set(String(dev_no), (places.get(String(dev_no)) ?? new Set()).add(fixmedins_code))
  const makers = [...places].filter(([dev_no]) => dev_no.startsWith('SN'))
  expect(makers.length).toBeGreaterThan(50)
  expect(makers.every(([, at]) => at.size === 1)).toBe(true)
  expect(places.get('D-01')!.size).toBeGreaterThan(1)
})

test('more people than devices have more devices opened; days that passed are forgotten', () => {
  const place = buildCity(1, 1).districts[0]!.clinics[0]!
  const counters = new Counters()
  const used = [0, 1, 2, 3, 4].map(second => counters.next(place, second * 1000))
  expect(place.devices).toEqual([deviceNumber(place.fixmedins_code, 0)])
  expect(used).toEqual([0, 0, 1, 1, 2].map(i => deviceNumber(place.fixmedins_code, i)))
  counters.passed(0)
  expect(counters.next(place, 5000)).toBe(deviceNumber(place.fixmedins_code, 2))
  counters.passed(1)
  expect(counters.next(place, 6000)).toBe(place.devices[0])
})
