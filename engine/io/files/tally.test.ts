/** The tally: records by what became of them, flags by what happened to them. */
import { expect, it } from 'vitest'
import type { FlagRow } from '../../core/flag.ts'
import type { Outcome } from '../../core/ports.ts'
import { count, emptyTally, reasonsText, sumOf } from './tally.ts'

const flag = (flag_id: string, status: FlagRow['status'] = 'active'): FlagRow => ({ flag_id, status }) as FlagRow
type Status = Exclude<Outcome['status'], 'rejected'>
const taken = (status: Status, ...flags: FlagRow[]): Outcome => ({ status, identity: 'i', flags })
const refused = (reason: string): Outcome => ({ status: 'rejected', rejection: { reason, field: '', seen: '' } }) as Outcome

it('counts master data, repeats and rejected records apart from what was judged', () => {
  const tally = emptyTally()
  count(tally, [
    taken('judged'), taken('learned'), taken('learned'), taken('duplicate'), taken('superseded'), taken('corrected'), taken('late'),
    refused('unknown_code'), refused('missing_field'), refused('unknown_code')
  ], new Set())
  expect(tally).toEqual({
    records: 10, judged: 1, learned: 2, duplicate: 2, corrected: 1, late: 1, rejected: 3, reasons: { unknown_code: 2, missing_field: 1 },
    raised: 0, revised: 0, retracted: 0
  })
  expect(reasonsText(tally)).toBe('unknown_code 2, missing_field 1')
})

it('tells flags raised, revised and retracted apart; those of repeats are none', () => {
  const tally = emptyTally()
  const standing = new Set(['before'])
  count(tally, [
    taken('judged', flag('a'), flag('b')), taken('judged', flag('a')), taken('duplicate', flag('a'), flag('z')), taken('late', flag('before')),
    taken('corrected', flag('b', 'retracted')), taken('judged', flag('b'))
  ], standing)
  expect([tally.raised, tally.revised, tally.retracted]).toEqual([3, 2, 1])
  expect([...standing].sort()).toEqual(['a', 'b', 'before'])
})

it('adds up', () => {
  const one = { ...emptyTally(), records: 2, rejected: 1, reasons: { a: 1 } }
  expect(sumOf([one, one])).toEqual({ ...emptyTally(), records: 4, rejected: 2, reasons: { a: 2 } })
})
