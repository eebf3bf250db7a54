import { expect, test } from 'vitest'
import { personsAlike, spanFrom } from './runs.ts'

const of = (at: number, psn_no: string, goods = '') => ({ at, psn_no, goods })

test('a span begins at its first and includes what happened exactly at its end', () => {
  const all = [of(0, 'P1'), of(5, 'P1'), of(15, 'P2'), of(16, 'P3')]
  expect(spanFrom(all, 1, 10)).toEqual([all[1], all[2]])
  expect(spanFrom(all, 0, 0)).toEqual([all[0]])
  expect(spanFrom(all, 2, 100)).toEqual([all[2], all[3]])
  expect(spanFrom(all, 4, 100)).toEqual([])
})

test('the largest agreement counts, in persons, and nothing agrees with nothing', () => {
  const all = [of(0, 'P1', 'a'), of(1, 'P1', 'a'), of(2, 'P1', 'a'), of(3, 'P2', 'b'), of(4, 'P3', 'b'), of(5, 'P4'), of(6, 'P5'), of(7, 'P6')]
  expect(personsAlike(all, each => each.goods)).toBe(2)
  expect(personsAlike([] as Array<ReturnType<typeof of>>, each => each.goods)).toBe(0)
  expect(personsAlike([of(0, 'P1')], each => each.goods)).toBe(0)
})
