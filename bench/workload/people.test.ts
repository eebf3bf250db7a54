/** Made-up people agree with themselves: certificate, sex and birth. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildPerson, certificate, oldCertificate } from './people.ts'

const AREAS = ['341702', '341721']
const NOW = Date.parse('2026-03-01T00:00:00+08:00')

test('a certificate number checks, and tells sex and birth', () => {
  fc.assert(fc.property(fc.integer(), fc.nat(800_000_000), (seed, index) => {
    const person = buildPerson(seed, index, NOW, AREAS)
    let sum = 0
    for (let i = 0; i < 18; i++) sum += (person.certno[i] === 'X' ? 10 : Number(person.certno[i])) * (2 ** (17 - i) % 11)
    expect(sum % 11).toBe(1) // ISO 7064 MOD 11-2
    expect(Number(person.certno[16]) % 2).toBe(person.gend === '1' ? 1 : 0)
    expect(person.certno.slice(6, 14)).toBe(person.brdy.replaceAll('-', ''))
    expect(buildPerson(seed, index, NOW, AREAS)).toEqual(person)
  }))
})

test('a known number of the standard’s example', () => {
  expect(certificate('110105', '1949-12-31', '2', 1)).toBe('11010519491231002X')
  expect(oldCertificate('11010519491231002X')).toBe('110105491231002')
})

test('full years are those asked for', () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 0, max: 95 }), (seed, age) => {
    const { brdy } = buildPerson(seed, 5, NOW, AREAS, { age })
    const [year, month, day] = brdy.split('-').map(Number) as [number, number, number]
    const had = month < 3 || (month === 3 && day <= 1)
    expect(2026 - year - (had ? 0 : 1)).toBe(age)
  }))
})
