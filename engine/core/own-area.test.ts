/** The area in an institution's code. */
import { expect, test } from 'vitest'
import { ownArea } from './own-area.ts'

test('the six digits after the letter', () => {
  expect(ownArea('P34170200006')).toBe('341702')
  expect(ownArea('H31010112345')).toBe('310101')
})
