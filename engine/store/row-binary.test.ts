import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions, type Version } from '../core/claim.ts'
import { RowWriter } from './row-binary.ts'

const written = (use: (row: RowWriter) => void, capacity = 8): Uint8Array => {
  const row = new RowWriter(capacity)
  use(row)
  return row.take().bytes
}

const versionNumber = (version: Version): bigint => {
  const view = new DataView(written(row => row.version(version)).buffer)
  return (view.getBigUint64(8, true) << 64n) | view.getBigUint64(0, true)
}

const anyVersion = fc.record({
  inf_time: fc.integer({ min: -2_208_988_800, max: 7_000_000_000 }).map(seconds => seconds * 1000),
  order: fc.integer({ min: 0, max: 999_999_999 }),
  contentHi: fc.integer(),
  contentLo: fc.integer()
})

describe('RowWriter', () => {
  it('writes integers as ClickHouse reads them', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), value => {
      expect(new DataView(written(row => row.int64(value)).buffer).getBigInt64(0, true)).toBe(BigInt(value))
    }))
  })

  it('writes any text as its UTF-8 with the length before it', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 60 }))
    fc.assert(fc.property(text, value => {
      const row = new RowWriter(4)
      row.text(value)
      const { bytes } = row.take()
      const utf8 = Buffer.from(value, 'utf8')
      const head = utf8.length < 128 ? [utf8.length] : [(utf8.length & 127) | 128, utf8.length >> 7]
      expect(Buffer.from(bytes)).toEqual(Buffer.concat([Buffer.from(head), utf8]))
    }), { numRuns: 500 })
  })

  it('orders versions exactly as compareVersions does', () => {
    fc.assert(fc.property(anyVersion, anyVersion, (a, b) => {
      const [x, y] = [versionNumber(a), versionNumber(b)]
      expect(x < y ? -1 : x > y ? 1 : 0).toBe(Math.sign(compareVersions(a, b)))
    }), { numRuns: 500 })
    const older = { inf_time: 5000, order: 999_999_999, contentHi: -1, contentLo: -1 }
    expect(versionNumber(older) < versionNumber({ inf_time: 6000, order: 0, contentHi: 0, contentLo: 0 })).toBe(true)
    const tied = { inf_time: 5000, order: 7, contentHi: 1, contentLo: 0 }
    expect(versionNumber(tied) < versionNumber({ ...tied, contentHi: -1 })).toBe(true)
  })

  it('hands over what it wrote and keeps no hold of it', () => {
    const row = new RowWriter(2)
    row.text('first')
    row.endRow()
    const first = row.takeChunk('claims')
    row.text('other')
    expect(first).toEqual({ table: 'claims', rows: 1, bytes: Uint8Array.of(5, 102, 105, 114, 115, 116) })
    expect(row.rows).toBe(0)
  })

  it('writes equal maps as equal bytes', () => {
    expect(written(row => row.textMap({ b: '2', a: '1' }))).toEqual(written(row => row.textMap({ a: '1', b: '2' })))
  })
})
