/** The scores of a workload: a mistake of any kind is named, and a perfect result has none. */
import { expect, test } from 'vitest'
import type { FlagRow } from '../../engine/core/flag.ts'
import type { Label } from '../workload/types.ts'
import { loadRulebook } from '../../engine/core/rulebook/load.ts'
import { accuracy } from '../accuracy.ts'
import { inProcess } from './in-process.ts'
import { labelId } from '../workload/label.ts'
import { scoreLabels } from './labels.ts'
import { tableOf, widthOf } from './table.ts'

const label = (psn_no: string, severity: 1 | 2 | 3 = 2): Label => ({ rule: 'bed-no-lines', psn_no, anchor: ['H1', 'M1'], severity, scenario: 'planted' })
const row = (of: Label): FlagRow => ({ flag_id: labelId(of), rule_id: of.rule, subject: of.psn_no, persons: [], anchor: of.anchor, severity: of.severity } as unknown as FlagRow)
const rows = (...of: Label[]): Map<string, FlagRow> => new Map(of.map(one => [labelId(one), row(one)]))

test('a perfect result has no mistakes', () => {
  const { rules, mistakes } = scoreLabels(['bed-no-lines', 'use-after-death'], [label('P1')], [{ rule: 'bed-no-lines', psn_no: 'P2', scenario: 'tempting' }], rows(label('P1')))
  expect(mistakes).toEqual([])
  expect(rules).toEqual([
    { rule: 'bed-no-lines', planted: 1, found: 1, flags: 1, confusers: 1, confused: 0 },
    { rule: 'use-after-death', planted: 0, found: 0, flags: 0, confusers: 0, confused: 0 }
  ])
})

test.each([
  ['missing', rows(), /^missing: bed-no-lines of P1/],
  ['of another severity', rows(label('P1', 3)), /^severity 3 instead of 2/],
  ['a confuser', rows(label('P1'), label('P2')), /^confuser tempting flagged: bed-no-lines severity 2 of P2/],
  ['not planted', rows(label('P1'), label('P3')), /^nobody planted: bed-no-lines severity 2 of P3/]
])('%s', (_name, active, mistake) => {
  const { mistakes } = scoreLabels([], [label('P1')], [{ rule: 'bed-no-lines', psn_no: 'P2', scenario: 'tempting' }], active)
  expect(mistakes).toHaveLength(1)
  expect(mistakes[0]).toMatch(mistake)
})

test('columns line up, and 99.999 % is not 100 %', () => {
  const score = { rule: 'bed-no-lines', planted: 100_000, found: 99_999, flags: 99_999, confusers: 3, confused: 0 }
  const lines = tableOf([score], new Map([['bed-no-lines', '挂床']])).split('\n')
  expect(new Set(lines.filter(line => !line.includes('─')).map(widthOf)).size).toBe(1)
  expect(lines[2]).toContain('99.99 %')
  expect(lines[2]).toContain('100.00 %')
})

test('a small workload comes out as labelled and as the oracle says, with any number of lanes', async () => {
  const rulebook = await loadRulebook()
  const run = async (lanes: number) => await accuracy({ seed: 3, claims: 3000, lanes, runner: inProcess(rulebook), runs: 'in a test', say: () => {} })
  const one = await run(1)
  expect(one.text).toContain('oracle: no difference')
  expect(one.ok, one.text).toBe(true)
  expect((await run(3)).hash).toBe(one.hash)
})

test('an engine that loses flags is found out', async () => {
  const runner = inProcess(await loadRulebook())
  const { ok, text } = await accuracy({
    seed: 3,
    claims: 3000,
    lanes: 1,
    runs: 'in a test',
    say: () => {},
    runner: async (records, options) => {
      const { active, rejected } = await runner(records, options)
      return { active: new Map([...active].slice(1)), rejected }
    }
  })
  expect(ok).toBe(false)
  expect(text).toContain('labels: ')
  expect(text).toMatch(/oracle: 1 differences\n {2}missing/)
})
