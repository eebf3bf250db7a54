/** Rules about shared subjects: what has to be said besides what the store shows, and when memory wants a look. */
import { describe, expect, it } from 'vitest'
import type { Settlement } from '../core/claim.ts'
import type { FlagRow } from '../core/flag.ts'
import { sharedRule } from '../core/rule.ts'
import type { Rulebook } from '../core/rulebook.ts'
import type { SharedSettlement } from '../core/shared.ts'
import { ReferenceData } from './reference-data.ts'
import { SharedRules } from './shared-rules.ts'
import { SeenKeys, addressed, marksSeen } from './sightings.ts'
import { loadedRule } from './testing.ts'

/** Flags the last of two settlements or more, the graver the more there are. */
const pairs = sharedRule({
  of: 'terminal',
  quorum: 2,
  sight: () => [{ subject: 'T', facts: {} }, { subject: 'U', facts: {} }],
  evaluate ({ subject, settlements }, { enough }, report) {
    const last = settlements.at(-1)
    if (last === undefined || settlements.length < 2) return enough(2 - settlements.length)
    report({
      anchor: [subject], at: last.at, area: '', fixmedins_code: last.fixmedins_code, severity: settlements.length > 2 ? 1 : 2,
      main: [last], involved: settlements.slice(0, -1), values: {}, supports: [], weakens: []
    })
  }
})

const rulebook: Rulebook = { rules: [loadedRule('pairs', pairs)], digest: '' }
const rules = new SharedRules(rulebook, new ReferenceData())

const settlement = (setl_id: string): SharedSettlement => ({
  fixmedins_code: 'P1', setl_id, mdtrt_id: `M${setl_id}`, psn_no: `psn-${setl_id}`, insuplc_admdvs: '341702', at: 1_767_000_000_000, setl_time: 1_767_000_000_000,
  medfee_sumamt: 100, fund_pay_sumamt: 60, acct_pay: 40, facts: {}
})

/** What is said of so many settlements when the store shows these flags. */
function judged (count: number, flags: readonly FlagRow[] = []): FlagRow[] {
  const said: FlagRow[] = []
  const settlements = ['a', 'b', 'c'].slice(0, count).map(settlement)
  rules.judge({ rule_id: 'pairs', subject: 'T', window: { subject: 'T', settlements, days: [], movements: [] }, flags }, flag => { said.push(flag) })
  return said
}

describe('judging a shared subject', () => {
  const [raised] = judged(2) as [FlagRow]
  const [graver] = judged(3, [raised]) as [FlagRow]
  const [gone] = judged(1, [graver]) as [FlagRow]

  it('raises a flag of the subject, with whose claims the items are', () => {
    expect(raised).toMatchObject({ revision: 1, status: 'active', subject_kind: 'terminal', subject: 'T', severity: 2, medfee_sumamt: 100, persons: ['psn-b', 'psn-a'] })
    expect(raised.items.map(({ role, setl_id }) => `${role} ${setl_id}`)).toEqual(['main b', 'involved a'])
  })

  it('revises and retracts it above what was said, and says nothing twice', () => {
    expect([graver.revision, graver.severity, graver.flag_id === raised.flag_id]).toEqual([3, 1, true])
    expect([gone.revision, gone.status, gone.items, gone.persons, gone.medfee_sumamt]).toEqual([4, 'retracted', [], [], 0])
    expect(judged(3, [graver])).toEqual([])
    expect(judged(1, [gone])).toEqual([])
    expect(judged(0)).toEqual([])
    expect(judged(2, [gone]).map(({ revision, status }) => `${status} ${revision}`)).toEqual(['active 7'])
  })

  it('leaves flags of other subjects’ anchors alone only by being shown none of them: what it is shown and does not find goes', () => {
    expect(judged(2, [raised, { ...raised, flag_id: 'other' }]).map(({ flag_id, status }) => `${flag_id} ${status}`)).toEqual(['other retracted'])
  })
})

describe('what a settlement shows', () => {
  it('is each subject once', () => {
    expect(rules.shownBy({} as Settlement).map(({ rule_id, sighting }) => `${rule_id} ${sighting.subject}`)).toEqual(['pairs T', 'pairs U'])
    const twice = new SharedRules({ rules: [loadedRule('pairs', { ...pairs, sight: () => [{ subject: 'T', facts: {} }, { subject: 'T', facts: {} }] } as typeof pairs)], digest: '' }, new ReferenceData())
    expect(() => twice.shownBy({} as Settlement)).toThrow('sees T twice')
  })
})

describe('marks', () => {
  const see = (keys: SeenKeys, ...seen: ReturnType<typeof marksSeen>): string[] =>
    addressed(seen, 1, 1).flatMap(({ numbers, of, keys: names }) => Array.from(keys.see(numbers, of), place => names[place]!))
  const counted = (weight: number, mark = 'T') => marksSeen('pairs', 'T', [mark], '', weight, 1)

  it('are worth a look from the quorum on, each by itself', () => {
    const keys = new SeenKeys(rulebook)
    expect([see(keys, ...counted(1)), see(keys, ...counted(1, 'other')), see(keys, ...counted(1)), see(keys, ...counted(0))]).toEqual([[], [], ['T'], ['T']])
  })

  it('rest for as long as a rule says', () => {
    const keys = new SeenKeys(rulebook)
    see(keys, ...counted(5))
    keys.rest('pairs', 'T', 3)
    expect([see(keys, ...counted(2)), see(keys, ...counted(1)), see(keys, ...counted(0))]).toEqual([[], ['T'], ['T']])
    keys.rest('pairs', 'T', 0) // nothing to say of one that does not rest
    expect(see(keys, ...counted(0))).toEqual(['T'])
    keys.rest('pairs', 'T', 3)
    keys.rest('pairs', 'T', 0)
    expect(see(keys, ...counted(0))).toEqual(['T'])
    keys.rest('pairs', 'unknown', 3) // nobody has seen it
    expect(see(keys, ...marksSeen('pairs', 'unknown', ['unknown'], '', 2, 1))).toEqual(['unknown'])
  })

  it('seen as something else before are worth a look ever after', () => {
    const keys = new SeenKeys(rulebook)
    const as = (value: string) => marksSeen('pairs', 'T', ['T'], value, 1, 1)
    expect([see(keys, ...as('a')), see(keys, ...as('a')), see(keys, ...as('b')), see(keys, ...as('a'))]).toEqual([[], [], ['T'], ['T']])
  })

  it('of a rule that is not there any more are nobody’s', () => {
    expect(see(new SeenKeys({ rules: [], digest: '' }), ...counted(9))).toEqual([])
  })
})
