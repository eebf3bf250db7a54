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
const KEPT = new Set(['judged', 'corrected', 'late'])

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
    const flush = (lane: number): void => {
      const batch = queues[lane]!.splice(0)
      const reply = states[lane]!.judge(batch)
      sink.writeFlags(reply.flags)
      clock = Math.max(clock, reply.eventTimeMax)
      rejected += reply.statuses.filter(status => status === 'rejected').length
      batch.forEach((sent, i) => { if (KEPT.has(reply.statuses[i]!)) remember(people, sent) })
      for (const late of reply.late) sink.writeFlags(states[lane]!.rejudge(late, people.get(late.psn_no)!))
    }
    for (const bytes of records) {
      const route = routeKey(bytes, 0, bytes.length, 'json')
      const master = route?.broadcast === true
      const task = master ? EVERY_TASK : route === null ? 0 : taskOf(route.key, TASKS)
      const sent = { bytes, task, psn_no: route?.key ?? '', number: number++, event: 0, identity: '' }
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
