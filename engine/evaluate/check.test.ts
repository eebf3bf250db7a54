/** A check of several claims says what judging them one after another then says, and the lane is as it was. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { subjectKeyOf } from '../core/claim.ts'
import { taskOf } from '../core/fingerprint.ts'
import { claimRule } from '../core/rule.ts'
import { DAY } from '../core/time.ts'
import { exampleSettlement } from '../decode/examples.ts'
import type { PersonFact } from '../memory/memory.ts'
import { at, death, reversal, settlement, stayEvent } from '../memory/testing.ts'
import { evaluateCheck } from './evaluate-check.ts'
import { LaneState } from './lane-state.ts'
import { Desk, RULES, loadedRule, wordsOf } from './testing.ts'

const START = at('2026-01-01')
const TASKS = 2
const psn = fc.constantFrom('P1', 'P2', 'P3')
const time = fc.integer({ min: 0, max: 240 }).map(steps => START + steps * DAY / 8)
const visit = fc.record({ psn, fix: fc.constantFrom('H1', 'H2'), id: fc.constantFrom('S1', 'S2', 'S3', 'S4'), time, fee: fc.constantFrom(10_000, 40_000) })
  .map(spec => settlement({ ...spec, id: `${spec.psn}${spec.id}` }))
const stay = fc.record({ psn, id: fc.constantFrom('S6', 'S7'), time, days: fc.integer({ min: 0, max: 8 }) }).map(({ days, time, psn, id }) => settlement({
  psn, fix: 'H1', infno: '2304', id: `${psn}${id}`, mdtrt: `M${psn}${id}`, time, end: time, fee: 10_000, stay: { adm: time - days * DAY, dscg: time }, lines: [{ time: time - DAY }]
}))
const admission = fc.record({ psn, time }).map(({ psn, time }) => stayEvent('admission', { psn, fix: 'H1', mdtrt: `M${psn}S6`, stay: { adm: time } }))
const voiding = fc.record({ psn, id: fc.constantFrom('S1', 'S6'), time }).map(({ psn, id, time }) => reversal({ psn, fix: 'H1', id: `${psn}${id}`, time }))
const dead = psn.map(psn => death({ psn, die: START + 9 * DAY, inf: START + 60 * DAY }))
const facts = fc.array(fc.oneof(visit, visit, stay, admission, voiding, dead), { minLength: 1, maxLength: 20 }).map(all => all.map((one, i): PersonFact => {
  const inf_time = START + 60 * DAY + i * 1000
  return { ...one, inf_time, version: { ...one.version, inf_time } }
}))

it('one after another, each with those before it, and again as often as asked', () => {
  fc.assert(fc.property(facts, fc.nat({ max: 20 }), (all, cut) => {
    const [known, asked] = [all.slice(0, cut), all.slice(cut)]
    const desk = new Desk({ tasks: TASKS })
    desk.batch(...known)
    desk.advance(START)
    const before = { ...desk.lane.stats(), bytes: 0 }
    const run = (): Array<[string, string[]]> => desk.lane.check(check => asked.map(fact => {
      const rows: string[] = []
      return [check.judge(taskOf(subjectKeyOf(fact), TASKS), fact, row => { rows.push(wordsOf(row)) }), rows] as [string, string[]]
    }))
    const checked = run()
    expect(run()).toEqual(checked)
    expect({ ...desk.lane.stats(), bytes: 0 }).toEqual(before)
    for (const [i, fact] of asked.entries()) {
      const rows = desk.batch(fact)
      const status = desk.statuses.at(-1)!
      if (status === 'deferred') return // what a claim rule took back is known from the store only
      expect(checked[i]![0]).toBe(status)
      if (status === 'late') return // from the store more is known, here and for those after it
      expect(checked[i]![1]).toEqual(rows.map(wordsOf))
    }
  }), { numRuns: 300 })
})

it('answers a record over which a rule throws, goes on with the next, and the lane is none the worse', () => {
  const brittle = loadedRule('brittle', claimRule({
    evaluate: ({ setlinfo }) => { if (setlinfo.setl_id === 'S-bad') throw new Error('no such thing as 张三') }
  }))
  const lane = new LaneState({ rulebook: { rules: [...RULES.rules, brittle], digest: '' }, tasks: 1 })
  const records = ['S-good', 'S-bad', 'S-next'].map(setl_id => Buffer.from(JSON.stringify(exampleSettlement({ setlinfo: { setl_id } }))))
  const bytes = Buffer.concat(records)
  let start = 0
  const placed = records.map((record, offset) => {
    const place = { start, length: record.length, task: 0, format: 'json' as const, source: '', offset, persist: false, passOver: 'never' as const }
    start += record.length
    return place
  })
  const settings = { tasks: 1, recordBytesMax: 1 << 20, received: at('2026-03-03') }
  for (let times = 0; times < 2; times++) {
    expect(evaluateCheck(lane, bytes, placed, settings)).toMatchObject([
      { status: 'judged', identity: 'H34170200001/S-good' },
      { status: 'rejected', rejection: { reason: 'judging_failed', seen: 'no such thing as 张*' } },
      { status: 'judged', identity: 'H34170200001/S-next' }
    ])
  }
  expect(lane.stats()).toMatchObject({ tasks: 0, persons: 0, records: 0 })
  const owner = taskOf('P1', 2)
  const elsewhere = placed.map(place => ({ ...place, task: 1 - owner }))
  expect(evaluateCheck(lane, bytes, elsewhere, { ...settings, tasks: 2 })).toEqual(placed.map(() => ({ status: 'misrouted', task: owner })))
})
