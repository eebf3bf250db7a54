import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearest } from './suggest.ts'

const KNOWN = ['limit', 'cursor', 'institution', 'severity']

describe('nearest', () => {
  it.each([['limits', 'limit'], ['LIMIT', 'limit'], ['curser', 'cursor'], ['institutions', 'institution'], ['sevrity', 'severity'], ['zzzzzzzz', null], ['', null]])('%j → %j', (written, meant) => {
    expect(nearest(written, KNOWN)).toBe(meant)
  })

  it('finds a name again after one character was changed, and never invents one', () => {
    fc.assert(fc.property(fc.constantFrom(...KNOWN), fc.nat(4), fc.constantFrom('x', ''), (name, at, put) => {
      expect(nearest(name.slice(0, at) + put + name.slice(at + 1), KNOWN)).toBe(name)
    }))
    fc.assert(fc.property(fc.string({ maxLength: 200 }), text => {
      expect([null, ...KNOWN]).toContain(nearest(text, KNOWN))
    }))
  })
})
