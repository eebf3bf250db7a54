/** What a recovery writes of what it finds, against what was written before. */
import { describe, expect, it } from 'vitest'
import type { FlagRow } from '../core/flag.ts'
import { sampleFlag } from '../store/samples.ts'
import { retraction, toWrite } from './recovery.ts'

const found = sampleFlag({ flag_id: 'f', revision: 7, severity: 1 })
const said = (more: Partial<FlagRow>): FlagRow => sampleFlag({ ...found, ...more })
/** The row that a ReplacingMergeTree keeps. */
const stands = (rows: readonly FlagRow[]): FlagRow => rows.reduce((a, b) => b.revision >= a.revision ? b : a)

describe('a claim rule’s flag found again', () => {
  it.each<[string, FlagRow[]]>([
    ['was never written', []],
    ['was written like that', [found]],
    ['was written like that when more was known', [said({ revision: 11 })]],
    ['was taken back while its rule was off', [said({ revision: 11 }), retraction(said({ revision: 11 }))]],
    ['was taken back as ever', [said({ status: 'retracted', revision: 12 })]],
    ['said something else by the numbers of then', [said({ revision: 9, severity: 3 })]]
  ])('stands, and says what is found now, when it %s', (_, written) => {
    const before = written.length === 0 ? [] : [stands(written)]
    const rows = toWrite([found], { revisions: new Map(before.map(({ flag_id, revision }) => [flag_id, revision])), wiser: new Map(before.map(flag => [flag.flag_id, flag])) })
    const row = stands([...written, ...rows])
    expect(row).toEqual({ ...found, revision: row.revision })
    expect(row.revision % 2).toBe(1)
  })
})

it('a person rule’s flag below what was written is left to the lane, which says it again above that', () => {
  expect(toWrite([found], { revisions: new Map([['f', 12]]), wiser: new Map() })).toEqual([])
  expect(toWrite([found], { revisions: new Map([['f', 7]]), wiser: new Map() })).toEqual([found])
})
