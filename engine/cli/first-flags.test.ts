/** What the demonstration shows in the end: nothing that was taken back meanwhile. */
import { expect, it } from 'vitest'
import { FirstFlags } from './first-flags.ts'

const flag = (flag_id: string, revision: number, status: 'active' | 'retracted' = 'active', sentence_zh = `${flag_id} ${revision}`) =>
  ({ flag_id, revision, status, severity: 2 as const, sentence_zh })
const inStore = (...ids: string[]) => ids.map(flag_id => ({ flag_id }))

it('shows flags that stand, in the order in which they came, as their newest revision says', () => {
  const first = new FirstFlags()
  first.add([flag('a', 1), flag('b', 1)])
  first.add([flag('c', 1)])
  first.add([flag('a', 2, 'retracted', ''), flag('b', 3)])
  first.add([flag('b', 2, 'retracted', '')]) // answered late
  first.add([flag('d', 1), flag('e', 1)])
  const shown = first.standing(inStore('b', 'c', 'e', 'x'), 2)
  expect(shown.map(({ sentence_zh }) => sentence_zh)).toEqual(['b 3', 'c 1'])
  expect(first.standing(inStore('b', 'c', 'e', 'x'), 5).map(({ flag_id }) => flag_id)).toEqual(['b', 'c', 'e'])
})
