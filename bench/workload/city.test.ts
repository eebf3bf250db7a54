/** Places are where the scenarios and the background need them. */
import { expect, test } from 'vitest'
import { buildCity, kilometres } from './city.ts'

test('places of one district are never 50 km apart, whatever the scale', () => {
  for (const district of buildCity(3, 8).districts) {
    const places = [...district.hospitals, ...district.clinics, ...district.pharmacies]
    const far = Math.max(...places.flatMap(a => places.map(b => kilometres(a, b))))
    expect(far).toBeLessThan(30)
  }
})

test('the places around 50 km are on their sides of it', () => {
  const { away } = buildCity(1, 1)
  expect(kilometres(away.centre, away.beyond50km)).toBeGreaterThan(50)
  expect(kilometres(away.centre, away.within50km)).toBeLessThan(50)
  expect(kilometres(away.centre, away.hefei)).toBeGreaterThan(100)
})

test('codes are unique and of twelve characters', () => {
  const city = buildCity(1, 3)
  const codes = [...city.districts.flatMap(each => [...each.hospitals, ...each.clinics, ...each.pharmacies]), ...Object.values(city.away)].map(each => each.fixmedins_code)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes.every(code => /^[HP]\d{11}$/.test(code))).toBe(true)
})
