/** A slab gives back every record as it was laid out. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layOut, recordAt } from './slab.ts'
import type { SlabRecord } from './slab.ts'

const record: fc.Arbitrary<SlabRecord> = fc.record({
  bytes: fc.uint8Array({ maxLength: 40 }),
  format: fc.constantFrom('json', 'msgpack'),
  task: fc.integer({ min: 0, max: 4095 }),
  source: fc.constantFrom('http', 'file:a', 'file:b'),
  offset: fc.nat(),
  persist: fc.boolean()
})

it('gives back what was laid out, in order', () => {
  fc.assert(fc.property(fc.array(record, { maxLength: 30 }), records => {
    const slab = layOut(records)
    expect(slab.count).toBe(records.length)
    records.forEach((expected, i) => {
      const { start, length, ...rest } = recordAt(slab, i)
      expect({ ...rest, bytes: [...slab.bytes.subarray(start, start + length)] }).toEqual({ ...expected, bytes: [...expected.bytes] })
    })
  }))
})
