/** Whatever the order, the batches and the number of tasks: the flags that stand are those of the whole window judged from scratch. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventTimeOf } from '../core/event-time.ts'
import { DAY, formatTime } from '../core/time.ts'
import type { PersonFact } from '../memory/memory.ts'
import { naiveWindow } from '../memory/naive-window.ts'
import { at, death, reversal, settlement, stayEvent, stayLines } from '../memory/testing.ts'
import { Findings } from './findings.ts'
import { activeRow, person } from './flag-row.ts'
import { ReferenceData } from './reference-data.ts'
import { RuleSet } from './rule-set.ts'
import { TOUCHED_ALL } from '../memory/layout.ts'
import { Desk, RULES, wordsOf } from './testing.ts'

/** Seconds, not minutes; thousands were run when this was written. */
const RUNS = 300
const START = at('2026-01-01')
/** Every inf_time lies here, whole seconds apart, so that versions never tie. */
const END = START + 200 * DAY
const psn = fc.constantFrom('P1', 'P2')
const fix = fc.constantFrom('H1', 'H2')

/**
 * Event times within `span` days of START. Versions of one record, and parts of one stay, lie within `apart` days.
 * `closed`: only what is over at once, so that no rule has to look back far.
 */
function facts (span: number, { closed = false, apart = span + 1 } = {}): fc.Arbitrary<PersonFact[]> {
  const named = (id: string, time: number): string => `${id}-${Math.floor((time - START) / (apart * DAY))}`
  const time = fc.integer({ min: 0, max: span * 8 }).map(steps => START + steps * DAY / 8)
  const length = fc.integer({ min: 0, max: 8 })
  const setlId = (spec: { psn: string, fix: string, id: string }, time: number): string => named(`${spec.psn}${spec.fix}${spec.id}`, time)
  const visit = fc.record({ psn, fix, id: fc.constantFrom('S1', 'S2', 'S3', 'S4', 'S5'), time, fee: fc.constantFrom(10_000, 24_000, 40_000) })
    .map(spec => settlement({ ...spec, id: setlId(spec, spec.time) }))
  const stay = fc.record({ psn, fix, id: fc.constantFrom('S6', 'S7', 'S8'), time, length, mid: closed ? fc.constant(false) : fc.boolean(), fee: fc.constantFrom(10_000, 24_000) })
    .map(({ length, time, ...spec }) => settlement({
      ...spec, infno: '2304', id: setlId(spec, time), mdtrt: named(`M${spec.id}`, time), time, end: time, stay: { adm: time - length * DAY, dscg: time }, lines: [{ time: time - DAY }]
    }))
  const event = fc.record({ psn, fix, kind: fc.constantFrom('admission' as const, 'discharge' as const), mdtrt: fc.constantFrom('MS6', 'MS7', 'M9'), time })
    .map(({ kind, time, mdtrt, ...spec }) => stayEvent(kind, { ...spec, mdtrt: named(mdtrt, time), stay: kind === 'admission' ? { adm: time } : { dscg: time } }))
  const daily = fc.record({ psn, fix, mdtrt: fc.constantFrom('MS6', 'M9'), time }).map(({ time, mdtrt, ...spec }) => stayLines({ ...spec, mdtrt: named(mdtrt, time), lines: [{ time }] }))
  // Where memory forgets, versions of one record lie near each other, and it is voided after it happened.
  const voiding = fc.record({ psn, fix, id: fc.constantFrom('S1', 'S2', 'S6', 'S7'), time })
    .map(({ time, ...spec }) => reversal({ ...spec, id: setlId(spec, time), time: closed ? START + span * DAY : time }))
  const dead = fc.record({ psn, days: fc.constantFrom(3, 9, 45, 100) }).map(({ psn, days }) => death({ psn, die: START + days * DAY, inf: END }))
  const any: fc.Arbitrary<PersonFact> = closed ? fc.oneof(visit, visit, visit, stay, voiding, dead) : fc.oneof(visit, visit, visit, stay, stay, event, daily, voiding, dead)
  return fc.array(any, { minLength: 1, maxLength: 22 }).map(all => all.map((one, i) => {
    const inf_time = END + i * 1000
    return { ...one, inf_time, version: { ...one.version, inf_time } }
  }))
}

/** Flags of the whole window, from the plain model of it. */
function fromScratch (all: readonly PersonFact[], clock: number): string[] {
  const rules = new RuleSet(RULES, new ReferenceData())
  const rows: string[] = []
  const say = (psn_no: string, found: Findings): void => {
    for (const [, { rule, finding, items }] of found.entries()) rows.push(wordsOf(activeRow(rule, person(psn_no), finding, items, 0)))
  }
  for (const psn_no of ['P1', 'P2']) {
    const own = all.filter(fact => (fact.kind === 'settlement' ? fact.setlinfo.psn_no : fact.kind === 'master' ? fact.key : fact.psn_no) === psn_no)
    const window = naiveWindow(psn_no, own)
    const found = new Findings()
    rules.judgePerson(window, TOUCHED_ALL, clock, found)
    say(psn_no, found)
    const standing = new Set([...window.visits, ...window.stays.flatMap(stay => stay.settlements)].map(one => `${one.fixmedins_code}|${one.setl_id}`))
    const newest = new Map(own.filter(fact => fact.kind === 'settlement').map(fact => [`${fact.fixmedins_code}|${fact.setlinfo.setl_id}`, fact]))
    for (const [key, claim] of newest) {
      // A stay's voided or unplaced settlement has no window of its own; those tests draw always have an admission.
      if (!standing.has(key)) continue
      rules.judgeClaim(claim, clock, found, { lo: 0, hi: 0 })
      say(psn_no, found)
    }
  }
  return rows.sort()
}

function inBatches (all: readonly PersonFact[], cuts: readonly number[]): PersonFact[][] {
  const batches: PersonFact[][] = []
  let rest = [...all]
  for (const cut of cuts) batches.push(rest.splice(0, cut))
  rest = rest.splice(0)
  if (rest.length > 0) batches.push(rest)
  return batches
}

const cuts = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 })

/** A counterexample as a table: a claim a line, in the order of arrival. */
function reporter (run: { failed: boolean, seed: number, counterexample: [[PersonFact[], PersonFact[], number[], number] | [PersonFact[], number[], number]] | null, errorInstance: unknown }): void {
  if (run.counterexample === null) return
  const [arrivals, sizes, tasks] = run.counterexample[0].slice(-3) as [PersonFact[], number[], number]
  const lines = arrivals.map(fact => {
    const id = fact.kind === 'settlement' ? `${fact.infno} ${fact.setlinfo.setl_id} ${fact.setlinfo.mdtrt_id} fee ${fact.setlinfo.medfee_sumamt}` : fact.kind === 'master' ? 'death' : `${fact.kind} ${'setl_id' in fact ? fact.setl_id : ''} ${fact.mdtrt_id}`
    return `${fact.kind === 'master' ? '' : formatTime(eventTimeOf(fact))} ${fact.kind === 'master' ? '' : fact.fixmedins_code} ${id} inf ${fact.version.inf_time - END}`
  })
  throw new Error(`seed ${run.seed}, batches ${sizes.join(' ')}, ${tasks} tasks\n${lines.join('\n')}\n${String(run.errorInstance).slice(0, 3000)}`)
}

function holdsInAnyOrder (span: number, clockDays: number, retentionDays = 400): void {
  fc.assert(fc.property(facts(span, retentionDays < 400 ? { closed: true, apart: 20 } : {}).chain(all => fc.tuple(
    fc.constant(all), fc.shuffledSubarray([...all, ...all.slice(0, 4)], { minLength: all.length + Math.min(4, all.length) }), cuts, fc.constantFrom(1, 3, 64)
  )), ([all, arrivals, sizes, tasks]) => {
    const clock = START + clockDays * DAY
    const desk = new Desk({ tasks, retentionDays })
    inBatches(arrivals, sizes).forEach((batch, i) => {
      desk.batch(...batch)
      if (i % 2 === 0) desk.advance(START + i * 7 * DAY)
    })
    desk.advance(clock)
    expect(desk.standing).toEqual(fromScratch(all, clock))
  }), { numRuns: Number(process.env.RUNS ?? RUNS), reporter, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) })
}

describe('LaneState', () => {
  it('gives in any order, within the lateness, what the whole window gives', () => { holdsInAnyOrder(30, 40) })

  it('gives the same when claims are late and judged again from the store', () => { holdsInAnyOrder(120, 130) })

  it('gives the same when memory has forgotten the older half by then', () => { holdsInAnyOrder(150, 160, 80) })

  it('gives the same when memory is lost and folded anew in the middle of it', () => {
    fc.assert(fc.property(fc.tuple(facts(120, { closed: true, apart: 1 / 8 }), cuts, fc.nat({ max: 5 })), ([all, sizes, lost]) => {
      const clock = START + 130 * DAY
      const desk = new Desk()
      let seen = START
      inBatches(all, sizes).forEach((batch, i) => {
        if (i === lost) desk.interruptedBatch(...batch)
        else desk.batch(...batch)
        seen = Math.max(seen, ...batch.map(fact => fact.kind === 'master' ? START : eventTimeOf(fact)))
        desk.advance(seen)
        if (i === lost + 1) desk.recover()
      })
      desk.advance(clock)
      expect(desk.standing).toEqual(fromScratch(all, clock))
    }), { numRuns: RUNS, reporter })
  })

  it('checks a claim as it would judge it, and remembers nothing of it', () => {
    fc.assert(fc.property(facts(30), all => {
      const last = all.at(-1)!
      const [judged, checked] = [new Desk({ tasks: 1 }), new Desk({ tasks: 1 })]
      for (const desk of [judged, checked]) desk.batch(...all.slice(0, -1))
      for (const desk of [judged, checked]) desk.advance(START)
      const before = checked.lane.stats()
      const said: string[] = []
      const status = checked.lane.check(check => check.judge(0, last, row => { said.push(wordsOf(row)) }))
      expect({ ...checked.lane.stats(), bytes: 0 }).toEqual({ ...before, bytes: 0 })
      const rows = judged.batch(last)
      if (['late', 'deferred'].includes(judged.statuses.at(-1)!)) return
      expect(status).toBe(judged.statuses.at(-1))
      expect(said).toEqual(rows.map(wordsOf))
    }), { numRuns: 200 })
  })
})
