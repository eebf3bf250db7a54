/** Catalogue codes have the national formats and are unique; limits belong to the named items only. */
import { expect, test } from 'vitest'
import { buildCatalogue } from './catalogue.ts'

const FORMAT: Readonly<Record<string, RegExp>> = {
  101: /^(X[A-Z]\d{2}[A-Z]{2}[A-Z]\d{3}[A-Z]\d{3}\d{4}\d{5}|Z.{19})$/, 102: /^T\d{9}$/, 201: /^\d{15}$/, 301: /^C\d{26}$/
}

test('codes are well-formed and unique', () => {
  const { all } = buildCatalogue(5)
  expect(all.length).toBeGreaterThan(200)
  expect(new Set(all.map(item => item.med_list_codg)).size).toBe(all.length)
  expect(all.filter(item => !FORMAT[item.list_type]!.test(item.med_list_codg)).map(item => item.med_list_codg)).toEqual([])
})

test('what anybody may be given has no limit', () => {
  const { drugs, labs, exams, treatments, consumables } = buildCatalogue(5)
  const anybody = [...drugs, ...labs, ...exams, ...treatments, ...consumables]
  expect(anybody.every(item => item.gend_limit === '' && item.age_min === null && item.age_max === null)).toBe(true)
})
