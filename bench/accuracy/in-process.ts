/** Runs the engine's decoder, memory and rules in this thread: no lanes, no store; flags as a store would show them. */
import { taskOf } from '../../engine/core/fingerprint.ts'
import type { Rulebook } from '../../engine/core/rulebook.ts'
import { routeKey } from '../../engine/decode/route-key.ts'
import { EVERY_TASK } from '../../engine/evaluate/evaluate-batch.ts'
import { Sink } from '../../engine/sim/sink.ts'
import { VirtualLane } from '../../engine/sim/virtual-lane.ts'
import type { Sent } from '../../engine/sim/virtual-lane.ts'
import type { EngineRunner } from './runner.ts'

const TASKS = 64
const BATCH = 1000
const KEPT = new Set(['judged', 'corrected', 'resent'])

/** @param rulebook the rules that judge */
export function inProcess (rulebook: Rulebook): EngineRunner {
  return async (records, { lanes, progress }) => {
    const sink = new Sink()
    const states = Array.from({ length: lanes }, () => new VirtualLane(rulebook, TASKS))
    const queues: Sent[][] = states.map(() => [])
    const people = new Map<string, Sent[]>() // in place of a store, for claims that come late
    let clock = -Infinity
    let rejected = 0
    let number = 0
    const again = (lane: number, psn_no: string, late: readonly Sent[]): void => {
      const flags = [...sink.rows.values()].filter(row => row.subject === psn_no)
      sink.writeFlags(states[lane]!.rejudge(psn_no, people.get(psn_no) ?? [], flags, late).flags)
      for (const sent of late) remember(people, sent)
    }
    const flush = (lane: number): void => {
      const batch = queues[lane]!.splice(0)
      const reply = states[lane]!.judge(batch)
      sink.writeFlags(reply.flags)
      clock = Math.max(clock, reply.eventTimeMax)
      rejected += reply.statuses.filter(status => status === 'rejected').length
      batch.forEach((sent, i) => { if (KEPT.has(reply.statuses[i]!)) remember(people, sent) })
      const late = reply.late.map(i => batch[i]!)
      for (const psn_no of new Set(late.map(one => one.psn_no))) again(lane, psn_no, late.filter(one => one.psn_no === psn_no))
      // Whom reference data touch is not asked here: everybody of the lane is judged again.
      if (reply.changed) for (const psn_no of people.keys()) if (taskOf(psn_no, TASKS) % lanes === lane) again(lane, psn_no, [])
    }
    for (const bytes of records) {
      const route = routeKey(bytes, 0, bytes.length, 'json')
      const master = route?.broadcast === true
      const task = master ? EVERY_TASK : route === null ? 0 : taskOf(route.key, TASKS)
      const sent = { bytes, task, psn_no: route?.key ?? '', number: number++, event: 0, identity: '', held: null, reversal: false }
      queues.forEach((queue, lane) => {
        if (!master && task % lanes !== lane) return
        queue.push(sent)
        if (queue.length === BATCH) flush(lane)
      })
      if (number % 10_000 === 0) progress(number)
    }
    queues.forEach((_, lane) => { flush(lane) })
    for (const state of states) sink.writeFlags(state.advance(clock))
    return { active: sink.active, rejected }
  }
}

function remember (people: Map<string, Sent[]>, sent: Sent): void {
  const own = people.get(sent.psn_no)
  if (own === undefined) people.set(sent.psn_no, [sent])
  else own.push(sent)
}
