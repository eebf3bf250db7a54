/** The identities of the national interface hold for every split. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitFunds } from './funds.ts'

test('amounts add up and none is negative', () => {
  const share = fc.record({
    medfee: fc.nat(20_000_000), ownpay: fc.nat(5_000_000), preself: fc.nat(500_000), insutype: fc.constantFrom('310', '390'),
    kind: fc.constantFrom('visit' as const, 'pharmacy' as const, 'stay' as const), draw: fc.nat(999)
  })
  fc.assert(fc.property(share, one => {
    const f = splitFunds(one)
    expect(f.hifp + f.cvlserv + f.hifes + f.hifmi + f.hifob + f.maf + f.oth).toBe(f.fund)
    expect(f.fund + f.part + f.hosp).toBe(f.medfee)
    expect(f.acct + f.cash).toBe(f.part)
    expect(f.ownpay + f.overlimit + f.preself + f.inscp).toBe(f.medfee)
    expect(f.family).toBeLessThanOrEqual(f.acct)
    expect(Math.min(...Object.values(f))).toBeGreaterThanOrEqual(0)
    expect(Object.values(f).every(Number.isSafeInteger)).toBe(true)
  }))
})
