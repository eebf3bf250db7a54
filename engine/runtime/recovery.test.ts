/** What a recovery writes of what it finds, against what was written before. */
import { describe, expect, it } from 'vitest'
import { sampleFlag } from '../store/samples.ts'
import { notBelow, retraction } from './recovery.ts'

describe('a flag found again', () => {
  const found = sampleFlag({ flag_id: 'f', revision: 7, severity: 1 })
  /** The row that a ReplacingMergeTree keeps. */
  const stands = (...rows: Array<typeof found>) => rows.reduce((a, b) => b.revision >= a.revision ? b : a)

  it.each([
    ['was never written', []],
    ['was written like that', [found]],
    ['was taken back while its rule was off', [sampleFlag({ ...found, revision: 11 }), retraction(sampleFlag({ ...found, revision: 11 }))]],
    ['was taken back as ever', [sampleFlag({ ...found, status: 'retracted', revision: 12 })]],
    ['said something else by the numbers of then', [sampleFlag({ ...found, revision: 9, severity: 3 })]]
  ])('stands, and says what is found now, when it %s', (_, written) => {
    const [row] = notBelow([found], new Map(written.map(({ flag_id, revision }) => [flag_id, revision])))
    expect(row!.revision % 2).toBe(1)
    expect(stands(...written, row!)).toEqual({ ...found, revision: row!.revision })
  })
})
