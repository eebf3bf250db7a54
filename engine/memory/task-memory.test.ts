/** Keyed memory against the plain model: whatever is put in, in whatever order, the window is the same and nothing leaks. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY } from '../core/time.ts'
import { checkMemory } from './check.ts'
import { copyPerson } from './copy-person.ts'
import { Dictionary } from './dictionary.ts'
import type { PersonFact } from './memory.ts'
import { naiveWindow, plainWindow } from './naive-window.ts'
import { TaskMemory } from './task-memory.ts'
import { at, death, reversal, settlement, stayEvent, stayLines } from './testing.ts'
import type { LineSpec } from './testing.ts'

const START = at('2026-01-01')

function put (memory: TaskMemory, facts: readonly PersonFact[], psn_no = 'P1'): number {
  let person = memory.find(psn_no)
  for (const fact of facts) {
    if (memory.stand(person, fact).status === 'superseded') memory.notice(person, fact)
    else person = memory.apply(person, psn_no, fact, 0, 0)
  }
  return person
}

/** Whole hours keep collisions of times frequent. */
const hour = fc.integer({ min: 0, max: 24 * 40 }).map(hours => START + hours * 3_600_000)
const fix = fc.constantFrom('H1', 'H2')
const diag = fc.constantFrom('I10', 'Z51.1', 'N18.9', 'O80', undefined)
const inf = fc.integer({ min: 0, max: 200 }).map(hours => START + 60 * DAY + hours * 3_600_000)
const lineSpec: fc.Arbitrary<LineSpec> = fc.record({
  time: hour, charge: fc.constantFrom('01', '09', '07'), external: fc.boolean(), dateOnly: fc.boolean(),
  sn: fc.constantFrom('1', '2', '3'), refunds: fc.constantFrom('', '', '', '1'), cnt: fc.constantFrom(1, 2, -1)
})
const lines = fc.array(lineSpec, { maxLength: 5 })
const days = (time: number, length: number): number => time + length * DAY

const visitFact = fc.record({ id: fc.constantFrom('S1', 'S2', 'S3', 'S4'), time: hour, inf, fix, diag, lines, fee: fc.constantFrom(100, 200), infno: fc.constantFrom('2102' as const, '2207' as const) })
  .map(({ diag, ...rest }) => settlement({ ...rest, ...(diag === undefined ? {} : { diag }) }))
const stayFact = fc.record({
  id: fc.constantFrom('S1', 'S5', 'S6'), mdtrt: fc.constantFrom('M1', 'M2'), time: hour, inf, fix, lines, mid: fc.boolean(),
  length: fc.integer({ min: 0, max: 9 }), named: fc.constantFrom('times', 'dates', 'none'), diag
}).map(({ length, named, diag, ...rest }) => settlement({
  ...rest,
  infno: '2304',
  ...(diag === undefined ? {} : { diag }),
  ...(named === 'none' ? {} : { begin: days(rest.time, -length), end: rest.time }),
  ...(named === 'times' ? { stay: { adm: days(rest.time, -length), dscg: rest.mid ? null : rest.time, dscgDept: 'D1', disease: 'X' } } : {})
}))
const eventFact = fc.record({ kind: fc.constantFrom('admission' as const, 'discharge' as const, 'list' as const), mdtrt: fc.constantFrom('M1', 'M2', 'M3'), time: hour, inf, fix, length: fc.integer({ min: 0, max: 9 }), diag })
  .map(({ kind, time, length, diag, ...rest }) => stayEvent(kind, {
    ...rest, ...(diag === undefined ? {} : { diag }), stay: { adm: kind === 'discharge' ? null : days(time, -length), dscg: kind === 'admission' ? null : time, admWay: '2', dscgDept: 'D2' }
  }))
const linesFact = fc.record({ mdtrt: fc.constantFrom('M1', 'M2', 'M3'), inf, fix, lines: fc.array(lineSpec, { minLength: 1, maxLength: 4 }) }).map(stayLines)
const reversalFact = fc.record({ id: fc.constantFrom('S1', 'S2', 'S5', 'S9'), time: hour, inf, fix }).map(reversal)
const deathFact = fc.record({ die: hour, inf }).map(death)
const fact: fc.Arbitrary<PersonFact> = fc.oneof(visitFact, visitFact, stayFact, stayFact, eventFact, linesFact, reversalFact, deathFact)

/** inf_times of one record all differ, or its winner would be left to its content. */
function ordered (facts: readonly PersonFact[]): PersonFact[] {
  return facts.map((one, i) => ({ ...one, version: { ...one.version, order: i } }))
}

describe('TaskMemory', () => {
  it('shows the window that the plain model makes, after every step, and leaks nothing', () => {
    fc.assert(fc.property(fc.array(fact, { maxLength: 25 }), raw => {
      const facts = ordered(raw)
      const memory = new TaskMemory(new Dictionary())
      facts.forEach((_, i) => {
        const person = put(memory, [facts[i]!])
        checkMemory(memory.shelves)
        if (person !== 0) expect(plainWindow(memory.window(person))).toEqual(plainWindow(naiveWindow('P1', facts.slice(0, i + 1))))
      })
    }), { numRuns: 150 })
  })

  it('does not care for the order of arrival, in window and revision', () => {
    fc.assert(fc.property(fc.uniqueArray(fact, { minLength: 1, maxLength: 15, selector: one => one.version.contentHi }).chain(raw => {
      const facts = ordered(raw)
      return fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length }))
    }), ([facts, shuffled]) => {
      const one = new TaskMemory(new Dictionary())
      const other = new TaskMemory(new Dictionary())
      const person = put(one, facts)
      const again = put(other, [...shuffled, ...shuffled])
      expect(plainWindow(other.window(again))).toEqual(plainWindow(one.window(person)))
      expect(other.revision(again)).toBe(one.revision(person))
    }), { numRuns: 150 })
  })

  it('gives a greater revision to more knowledge, the same to repeats', () => {
    fc.assert(fc.property(fc.uniqueArray(fact, { maxLength: 15, selector: one => one.version.contentHi }), facts => {
      const memory = new TaskMemory(new Dictionary())
      let before = -1
      let window: unknown = null
      facts.forEach((one, i) => {
        const person = put(memory, [{ ...one, version: { ...one.version, inf_time: one.version.inf_time + i * 1000 } }])
        const after = memory.revision(person)
        const shown = plainWindow(memory.window(person))
        if (JSON.stringify(shown) !== JSON.stringify(window)) expect(after).toBeGreaterThan(before)
        expect(after).toBeGreaterThanOrEqual(before)
        put(memory, [{ ...one, version: { ...one.version, inf_time: one.version.inf_time + i * 1000 } }])
        expect(memory.revision(person)).toBe(after)
        before = after
        window = shown
      })
    }), { numRuns: 150 })
  })

  it('forgets by event time, stays as a whole, and gives every slot back', () => {
    fc.assert(fc.property(fc.array(fact, { maxLength: 20 }), hour, (raw, horizon) => {
      const facts = ordered(raw.filter(one => one.kind !== 'reversal' && one.kind !== 'master'))
      const memory = new TaskMemory(new Dictionary())
      const person = put(memory, facts)
      if (person === 0) return
      memory.expire(person, horizon)
      checkMemory(memory.shelves)
      expect(plainWindow(memory.window(person))).toEqual(plainWindow(naiveWindow('P1', facts, horizon)))
      memory.sweep(Infinity, 10)
      expect(memory.stats).toMatchObject({ persons: 0, records: 0 })
      expect(memory.shelves.visits.live + memory.shelves.stays.live).toBe(0)
    }), { numRuns: 150 })
  })

  it('copies a person whole', () => {
    fc.assert(fc.property(fc.array(fact, { minLength: 1, maxLength: 20 }), raw => {
      const facts = ordered(raw)
      const codes = new Dictionary()
      const [memory, copy] = [new TaskMemory(codes), new TaskMemory(codes)]
      const person = put(memory, facts)
      const copied = copyPerson(memory.shelves, person, copy.shelves)
      checkMemory(copy.shelves)
      expect(plainWindow(copy.window(copied))).toEqual(plainWindow(memory.window(person)))
      expect(copy.revision(copied)).toBe(memory.revision(person))
      copy.forget(copied)
      checkMemory(copy.shelves)
      expect(copy.shelves.visits.live + copy.shelves.stays.live).toBe(0)
    }), { numRuns: 100 })
  })

  it('keeps the newest records of a person who has too many, and counts the rest', () => {
    const memory = new TaskMemory(new Dictionary(), { recordsMax: 3 })
    let person = 0
    for (const day of [5, 1, 4, 2, 3]) {
      person = put(memory, [settlement({ id: `S${day}`, time: START + day * DAY })])
      memory.trim(person)
    }
    expect(memory.window(person).visits.map(visit => visit.setl_id)).toEqual(['S3', 'S4', 'S5'])
    expect(memory.stats).toMatchObject({ persons: 1, records: 3, evicted: 2, expired: 0 })
  })

  it('never forgets a death, though nothing else is left', () => {
    const memory = new TaskMemory(new Dictionary())
    put(memory, [settlement({ id: 'S1', time: START }), death({ die: START, inf: START })])
    memory.sweep(Infinity, 5)
    expect(memory.stats).toMatchObject({ persons: 1, records: 0, expired: 1 })
    expect(memory.window(memory.find('P1')).death).toMatchObject({ die_date: START })
  })

  it('wakes persons in the order of the moments they asked for', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.option(fc.integer({ min: 1, max: 99 }), { nil: Infinity })), { maxLength: 60 }), asks => {
      const memory = new TaskMemory(new Dictionary())
      const model = new Map<number, number>()
      for (let i = 0; i < 10; i++) model.set(put(memory, [settlement({ id: 'S', psn: `P${i}`, time: START })], `P${i}`), Infinity)
      for (const [who, wake] of asks) {
        const person = memory.find(`P${who}`)
        memory.setWake(person, wake)
        model.set(person, wake)
      }
      const woken: number[] = []
      for (let person = memory.nextToWake(); person !== 0; person = memory.nextToWake()) {
        expect(memory.wakeOf(person)).toBe(model.get(person))
        woken.push(memory.wakeOf(person))
        memory.setWake(person, Infinity)
      }
      expect(woken).toEqual([...model.values()].filter(wake => wake < Infinity).sort((a, b) => a - b))
    }))
  })
})
