import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleLine, sampleSettlement } from '../store/samples.ts'
import type { Line } from './claim.ts'
import { daysInHand, suppliesOf } from './supply.ts'

const ITEM = sampleLine().med_list_codg
const supply = (lines: Array<Partial<Line>>, med_type = '11', infno = '2207') =>
  suppliesOf(sampleSettlement({ med_type }, { infno }, { feedetail: lines.map((line, i) => sampleLine({ feedetl_sn: String(i + 1), ...line })) }))

describe('what a settlement hands out', () => {
  it('has of each medicine its days, its first moment, its lines and what they cost', () => {
    const [early, late] = [1_772_400_000_000, 1_772_500_000_000]
    const other = { med_list_codg: 'X', prd_days: 700, fee_ocur_time: late }
    expect(supply([{ prd_days: 1400, fee_ocur_time: late }, other, { prd_days: 2800, fee_ocur_time: early, det_item_fee_sumamt: 60 }])).toEqual(new Map([
      [ITEM, { days: 2800, at: early, long: false, lines: ['1', '3'], amount: 12_400 }], ['X', { days: 700, at: late, long: false, lines: ['2'], amount: 12_340 }]
    ]))
  })

  it('counts a prescription once, with its longest line, and adds prescriptions up', () => {
    const days = (...lines: Array<[string, number]>) => supply(lines.map(([rxno, prd_days]) => ({ rxno, prd_days }))).get(ITEM)?.days
    expect(days(['R1', 1400], ['R1', 1600], ['R1', 1500])).toBe(1600)
    expect(days(['R1', 1400], ['R2', 1600], ['R1', 1500])).toBe(3100)
    expect(days(['', 700], ['', 700])).toBe(700)
  })

  it.each([['14', true], ['1402', true], ['9901', true], ['11', false], ['41', false], ['', false], ['9', false]])('of med_type %s is for long: %s', (med_type, long) => {
    expect(supply([{}], med_type).get(ITEM)?.long).toBe(long)
  })

  it('leaves out stays, lines without days, pieces, and what was taken back', () => {
    const back = { init_feedetl_sn: '1', cnt: -20_000, det_item_fee_sumamt: -12_340 }
    expect([supply([{}], '21', '2304'), supply([{ prd_days: 0 }]), supply([{ list_type: '102' }]), supply([{}, back])].map(each => each.size)).toEqual([0, 0, 0, 0])
    expect(supply([{}, { ...back, cnt: -10_000, det_item_fee_sumamt: -6_170 }]).get(ITEM)).toMatchObject({ days: 2800, amount: 6_170, lines: ['1'] })
  })
})

describe('days in hand', () => {
  const handed = fc.array(fc.record({ days: fc.integer({ min: 1, max: 9000 }), day: fc.integer({ min: 20_000, max: 20_030 }) }), { minLength: 1 })
    .map(some => some.toSorted((a, b) => a.day - b.day))

  it('are those of the last and what is left of the others', () => {
    expect(daysInHand([])).toBe(0)
    fc.assert(fc.property(handed, some => {
      const last = some.at(-1)!
      const before = some.slice(0, -1)
      const passed = before.length === 0 ? 0 : last.day - before.at(-1)!.day
      expect(daysInHand(some)).toBe(daysInHand(before) - 100 * passed + last.days)
    }))
  })
})
