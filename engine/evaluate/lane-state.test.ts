/** Cases: what one claim after another does to flags. Rows are read as "rule anchor status". */
import { describe, expect, it } from 'vitest'
import type { FlagRow } from '../core/flag.ts'
import { personRule } from '../core/rule.ts'
import { DAY, HOUR } from '../core/time.ts'
import type { PersonFact } from '../memory/memory.ts'
import { at, death, reversal, settlement, stayEvent, stayLines } from '../memory/testing.ts'
import { Desk, brief, busyMonth, loadedRule } from './testing.ts'

const visit = (id: string, time: string, rest: Partial<Parameters<typeof settlement>[0]> = {}): PersonFact => settlement({ id, time, ...rest })
/** A settled stay of institution H1. */
const stay = (id: string, adm: string, dscg: string, rest: Partial<Parameters<typeof settlement>[0]> = {}): PersonFact =>
  settlement({ infno: '2304', id, time: dscg, stay: { adm, dscg }, lines: [{ time: adm }], ...rest })

describe('identity', () => {
  const three = [visit('S1', '03-02 10:00'), visit('S2', '03-03 10:00'), visit('S3', '03-04 10:00')]

  // each step is a batch; after it, the rows it wrote and what became of its last claim
  const cases: Array<[string, Array<[PersonFact[], string[], string]>]> = [
    ['a third visit raises', [[three, ['busy-month 2026-03 active'], 'judged']]],
    ['the same again says what stands, and nothing new', [
      [three, ['busy-month 2026-03 active'], 'judged'],
      [[three[1]!], ['busy-month 2026-03 active'], 'duplicate']
    ]],
    ['a duplicate of what no flag involves says nothing', [
      [[three[0]!], [], 'judged'],
      [[three[0]!], [], 'duplicate']
    ]],
    ['a correction moves a visit out of the month', [
      [three, ['busy-month 2026-03 active'], 'judged'],
      [[visit('S2', '03-03 10:00', { time: '02-20 10:00', inf: '03-05' })], ['busy-month 2026-03 retracted'], 'corrected']
    ]],
    ['an older version changes nothing', [
      [[...three.slice(0, 2), visit('S3', '03-04 10:00', { inf: '03-06', fee: 100 })], ['busy-month 2026-03 active'], 'judged'],
      [[visit('S3', '02-20 10:00', { inf: '03-05' })], [], 'superseded']
    ]],
    ['of two versions of one second the greater serial wins', [
      [[...three.slice(0, 2), visit('S3', '03-04 10:00', { order: 2 })], ['busy-month 2026-03 active'], 'judged'],
      [[visit('S3', '03-04 10:00', { order: 1, fee: 200 })], [], 'superseded'],
      [[visit('S3', '03-04 10:00', { order: 3, fee: 300 })], ['busy-month 2026-03 active'], 'corrected']
    ]],
    ['a reversal retracts', [
      [three, ['busy-month 2026-03 active'], 'judged'],
      [[reversal({ id: 'S2', time: '03-05' })], ['busy-month 2026-03 retracted'], 'judged'],
      [[reversal({ id: 'S2', time: '03-05' })], [], 'duplicate']
    ]],
    ['a reversal that comes first leaves a tombstone', [
      [[reversal({ id: 'S2', time: '03-05' })], [], 'late'],
      [three, [], 'judged'],
      [[visit('S4', '03-06')], ['busy-month 2026-03 active'], 'judged']
    ]],
    ['a voided settlement stays void whatever corrects it', [
      [[...three, reversal({ id: 'S2', time: '03-05' })], ['busy-month 2026-03 active', 'busy-month 2026-03 retracted'], 'judged'],
      [[visit('S2', '03-03 10:00', { inf: '03-07', fee: 50_000 })], [], 'corrected']
    ]],
    ['a reversal restores what it hid', [
      [[stay('A', '03-01', '03-05', { mdtrt: 'MA' }), stay('C', '03-12', '03-14', { mdtrt: 'MC' })], ['soon-again H1/MC active'], 'judged'],
      [[stay('B', '03-11', '03-11 12:00', { mdtrt: 'MB' })], ['soon-again H1/MB active', 'soon-again H1/MC active'], 'judged'],
      [[reversal({ id: 'B', time: '03-15' })], ['soon-again H1/MC active', 'soon-again H1/MB retracted'], 'judged']
    ]],
    ['a claim rule is retracted by a reversal, and by a correction', [
      [[visit('D', '03-02', { fee: 24_000 }), visit('E', '03-02', { fee: 24_000 })], ['dear H1/D active', 'dear H1/E active'], 'judged'],
      [[visit('D', '03-02', { fee: 24_000 })], ['dear H1/D active'], 'duplicate'],
      [[reversal({ id: 'D', time: '03-05' })], ['dear H1/D retracted'], 'deferred'],
      [[visit('E', '03-02', { fee: 100, inf: '03-05' })], ['dear H1/E retracted'], 'deferred']
    ]],
    ['a death judges the visits that came before it was known', [
      [[visit('S1', '03-02'), visit('S2', '03-09')], [], 'judged'],
      [[death({ die: '03-05', inf: '03-20' })], ['after-death H1/S2 active'], 'judged'],
      [[death({ die: '03-10', inf: '03-21' })], ['after-death H1/S2 retracted'], 'corrected'],
      [[death({ die: '03-05', inf: '03-20' })], [], 'superseded']
    ]]
  ]
  it.each(cases)('%s', (_name, steps) => {
    const desk = new Desk()
    for (const [batch, rows, status] of steps) {
      expect(brief(desk.batch(...batch))).toEqual(rows)
      expect(desk.statuses.at(-1)).toBe(status)
    }
  })
})

describe('stays', () => {
  const outside = visit('V', '03-04 12:00', { fix: 'H2' })
  const open = stayEvent('admission', { mdtrt: 'M1', stay: { adm: '03-02 09:00' } })
  const elsewhere = 'elsewhere H2/V active'
  const gone = 'elsewhere H2/V retracted'

  const cases: Array<[string, PersonFact[], string[]]> = [
    ['an open stay counts', [open, outside], [elsewhere]],
    ['a discharge before the visit retracts', [open, outside, stayEvent('discharge', { mdtrt: 'M1', stay: { dscg: '03-04' } })], [elsewhere, gone]],
    ['the settlement is believed before the discharge', [
      open, outside, stayEvent('discharge', { mdtrt: 'M1', stay: { dscg: '03-04' } }), stay('S', '03-02 09:00', '03-06', { mdtrt: 'M1' })
    ], [elsewhere, gone, elsewhere]],
    ['a list is believed before admission and discharge', [
      open, outside, stayEvent('list', { mdtrt: 'M1', stay: { adm: '03-04', dscg: '03-08' } })
    ], [elsewhere, gone]],
    ['a mid-stay settlement is no discharge', [open, outside, stay('S', '03-02 09:00', '03-03', { mdtrt: 'M1', mid: true, end: '03-03' })], [elsewhere, elsewhere]],
    ['settlements in mid-stay and at the end are one stay', [
      stay('S1', '03-02', '03-03', { mdtrt: 'M1', mid: true }), stay('S2', '03-02', '03-06', { mdtrt: 'M1' }), outside
    ], [elsewhere]],
    ['when its settlement is voided a stay goes on by what else is known', [
      open, outside, stay('S', '03-02 09:00', '03-03', { mdtrt: 'M1' }), reversal({ id: 'S', time: '03-07' })
    ], [elsewhere, gone, elsewhere]],
    ['a stay known only by a voided settlement is none', [stay('S', '03-02', '03-06', { mdtrt: 'M1' }), outside, reversal({ id: 'S', time: '03-07' })], [elsewhere, gone]],
    ['dates alone: begndate and enddate', [
      settlement({ infno: '2304', id: 'S', mdtrt: 'M1', time: '03-08', begin: '03-02', end: '03-07' }), outside
    ], [elsewhere]],
    ['lines alone are no stay', [stayLines({ mdtrt: 'M1', lines: [{ time: '03-02' }, { time: '03-06' }] }), outside], []],
    ['a bed change (a further 2401) takes the place of the first', [open, outside, stayEvent('admission', { mdtrt: 'M1', stay: { adm: '03-04 09:00' }, inf: '03-05' })], [elsewhere, gone]]
  ]
  it.each(cases)('%s', (_name, facts, rows) => {
    const desk = new Desk()
    const written = facts.flatMap(fact => desk.batch(fact))
    expect(brief(written.filter(row => row.rule_id === 'elsewhere'))).toEqual(rows)
  })
})

describe('waiting', () => {
  const open = stayEvent('admission', { mdtrt: 'M1', stay: { adm: '03-02 09:00' } })
  const due = at('03-02 09:00') + 72 * HOUR

  it('wakes exactly when the clock has come, once, and a later line takes it back', () => {
    const desk = new Desk()
    desk.batch(open)
    expect(brief(desk.advance(due - 1))).toEqual([])
    expect(brief(desk.advance(due))).toEqual(['quiet H1/M1 active'])
    expect(brief(desk.advance(due + DAY))).toEqual([])
    expect(brief(desk.batch(stayLines({ mdtrt: 'M1', lines: [{ time: '03-04' }] })))).toEqual(['quiet H1/M1 retracted'])
    expect(brief(desk.advance(at('03-07') - 1))).toEqual([])
    expect(brief(desk.advance(at('03-07')))).toEqual(['quiet H1/M1 active'])
    expect(desk.standing).toHaveLength(1)
  })

  it('is not woken for a stay that was discharged meanwhile', () => {
    const desk = new Desk()
    desk.batch(open, stayEvent('discharge', { mdtrt: 'M1', stay: { dscg: '03-03' } }))
    expect(desk.advance(due + DAY)).toEqual([])
  })

  it('says what was due before it forgets, however far a claim moves the watermark', () => {
    const desk = new Desk({ tasks: 1 })
    desk.batch(open)
    expect(brief(desk.batch(visit('V', '2027-08-01')))).toEqual(['quiet H1/M1 active'])
    expect(desk.lane.stats()).toMatchObject({ persons: 1, records: 1, expired: 1 })
  })

  it('keeps the clock apart from lateness', () => {
    const desk = new Desk({ tasks: 1 })
    desk.batch(visit('V', '03-01'))
    desk.advance(at('06-01'))
    desk.batch(visit('W', '03-02'))
    expect(desk.statuses).toEqual(['judged', 'judged'])
  })
})

describe('late claims', () => {
  it('are judged from the store as if they had come in order', () => {
    const facts = [visit('S1', '03-02'), visit('S2', '03-03'), visit('S3', '03-04', { fee: 24_000 }), visit('S9', '05-20')]
    const inOrder = new Desk()
    inOrder.batch(...facts)
    const desk = new Desk()
    desk.batch(facts[0]!, facts[1]!, facts[3]!)
    expect(desk.rows).toEqual([])
    expect(brief(desk.batch(facts[2]!))).toEqual(['busy-month 2026-03 active', 'dear H1/S3 active'])
    expect(desk.statuses.at(-1)).toBe('late')
    expect(desk.standing).toEqual(inOrder.standing)
    expect(brief(desk.batch(reversal({ id: 'S3', time: '05-21' })))).toEqual(['busy-month 2026-03 retracted', 'dear H1/S3 retracted'])
    expect(desk.standing).toEqual([])
  })

  it('reach what memory has forgotten', () => {
    const desk = new Desk({ retentionDays: 90 })
    desk.batch(visit('S1', '01-02'), visit('S2', '01-03'), visit('S3', '01-04'), visit('S9', '08-20'))
    expect(desk.lane.stats().records).toBe(1)
    expect(brief(desk.batch(reversal({ id: 'S2', time: '08-21' })))).toEqual(['busy-month 2026-01 retracted'])
  })

  it('of one batch do not hide from one another what each of them takes back', () => {
    const desk = new Desk()
    desk.batch(visit('S1', '03-02'), visit('S2', '03-03'), visit('S3', '03-04'), visit('S9', '05-20'))
    expect(desk.standing).toHaveLength(1)
    desk.batch(reversal({ id: 'S1', time: '05-21' }), reversal({ id: 'S2', time: '05-21' }))
    expect(desk.standing).toEqual([])
  })

  it('do not keep what comes in time for the same person waiting', () => {
    const desk = new Desk()
    desk.batch(visit('S1', '03-02'), visit('S2', '03-03'), visit('S3', '03-31'), visit('S9', '04-20'))
    expect(desk.standing).toHaveLength(1)
    desk.batch(reversal({ id: 'S1', time: '04-30' }), reversal({ id: 'S3', time: '04-30' }))
    expect(desk.statuses.slice(-2)).toEqual(['late', 'judged'])
    expect(desk.standing).toEqual([])
  })
})

describe('rows', () => {
  const raise = (...facts: PersonFact[]): FlagRow => new Desk().batch(...facts).at(-1)!

  it('carry the money of their main items, a stay by its settlements', () => {
    const mid = stay('A1', '03-01', '03-03', { mdtrt: 'MB', mid: true, fee: 1_000 })
    const end = stay('A2', '03-10', '03-12', { mdtrt: 'MB', fee: 3_000, stay: { adm: '03-10', dscg: '03-12' } })
    const row = new Desk().batch(stay('A', '03-01', '03-05', { mdtrt: 'MA', fee: 500 }), mid, end).filter(one => one.rule_id === 'soon-again').at(-1)!
    expect(row).toMatchObject({ rule_id: 'soon-again', medfee_sumamt: 4_000, fund_pay_sumamt: 2_000, acct_pay: 1_000, thresholds: { limit: 3 }, exclusions: ['newborn'] })
    expect(row.items.map(item => [item.role, item.setl_id, item.medfee_sumamt])).toEqual([['main', 'A1', 1_000], ['main', 'A2', 3_000], ['involved', 'A', 500]])
  })

  it('take the funds’ part of some lines in the claim’s proportion', () => {
    const row = raise(visit('S', '03-02', { fee: 40_000 }))
    expect(row).toMatchObject({ medfee_sumamt: 10_000, fund_pay_sumamt: 5_000, acct_pay: 2_500 })
    expect(row.items).toEqual([{ role: 'main', fixmedins_code: 'H1', setl_id: 'S', mdtrt_id: 'MS', lines: ['1'], medfee_sumamt: 10_000, fund_pay_sumamt: 5_000, acct_pay: 2_500 }])
  })

  it('of an unsettled stay refer to it without money', () => {
    const desk = new Desk()
    desk.batch(stayEvent('admission', { mdtrt: 'M1', stay: { adm: '03-02' } }))
    expect(desk.advance(at('03-09'))[0]!.items).toEqual([
      { role: 'main', fixmedins_code: 'H1', setl_id: '', mdtrt_id: 'M1', lines: [], medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0 }
    ])
  })

  it('retracted: no money, no items, a greater revision', () => {
    const desk = new Desk()
    const [raised] = desk.batch(visit('S1', '03-02'), visit('S2', '03-03'), visit('S3', '03-04'))
    const [retracted] = desk.batch(reversal({ id: 'S1', time: '03-05' }))
    expect(retracted).toMatchObject({ flag_id: raised!.flag_id, status: 'retracted', medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0, items: [] })
    expect(retracted!.revision).toBeGreaterThan(raised!.revision)
  })

  it('end a recovery by saying again what stands', () => {
    const desk = new Desk()
    desk.batch(visit('S1', '03-02'), visit('S2', '03-03'), visit('S3', '03-04'))
    const [before] = desk.rows
    desk.recover()
    expect(desk.rows.slice(1)).toEqual([before])
  })

  it('end in the lane’s death when a rule reports one anchor twice', () => {
    const twice = loadedRule('twice', personRule({
      reads: ['visits'],
      evaluate: ({ visits }, setting, report) => { for (const _ of [1, 2]) busyMonth.evaluate({ psn_no: '', stays: [], visits, death: null }, setting, report) }
    }))
    const desk = new Desk({ rulebook: { rules: [twice], digest: '' } })
    expect(() => desk.batch(visit('S1', '03-02'), visit('S2', '03-03'), visit('S3', '03-04'))).toThrow('one anchor twice')
  })
})
