/** What a rule is about, as its definition and its flags say it. */
import { expect, test } from 'vitest'
import { claimRule, personRule, sharedRule, subjectOf } from './rule.ts'

test('a rule is about a person, a claim, or what it says several persons’ claims share', () => {
  const evaluate = (): void => {}
  expect(subjectOf(personRule({ reads: ['stays'], evaluate }))).toBe('person')
  expect(subjectOf(claimRule({ evaluate }))).toBe('claim')
  expect(subjectOf(sharedRule({ of: 'trace', sight: () => [], evaluate }))).toBe('trace')
})
