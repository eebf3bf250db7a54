/** The root of a lane's thread: answers main's requests over the memory it holds. No I/O, no clock but for timing. */
import { randomUUID } from 'node:crypto'
import { workerData } from 'node:worker_threads'
import type { FlagRow } from './core/flag.ts'
import type { RowChunk, RowTable } from './core/ports.ts'
import { DAY, dayOf } from './core/time.ts'
import { loadRulebook } from './core/rulebook/load.ts'
import { evaluateBatch } from './evaluate/evaluate-batch.ts'
import { evaluateCheck } from './evaluate/evaluate-check.ts'
import { evaluateStored } from './evaluate/evaluate-stored.ts'
import type { FromStore } from './evaluate/evaluate-stored.ts'
import { emptyRows } from './evaluate/keep-row.ts'
import { LaneState } from './evaluate/lane-state.ts'
import type { StoredSubject } from './evaluate/shared-rules.ts'
import { SeenKeys, addressed } from './evaluate/sightings.ts'
import { JUDGING_BUCKETS } from './metrics.ts'
import { Latencies } from './runtime/latency.ts'
import { STATUSES } from './runtime/protocol.ts'
import type {
  CheckReply, CheckRequest, FlagsReply, JudgeReply, JudgeRequest, LaneRequest, LaneSettings, RejudgeReply, RejudgeRequest,
  RouteReply, RouteRequest,
  SeeReply, Told
} from './runtime/protocol.ts'
import { routePiece } from './runtime/route.ts'
import { recordAt } from './runtime/slab.ts'
import type { Slab } from './runtime/slab.ts'

/** What was stored was small enough then, whatever the limit is now. */
const STORED_BYTES_MAX = Infinity

const settings = workerData as LaneSettings
const rulebook = await loadRulebook()
let rows = emptyRows()
let incarnation = ''
let state: LaneState
let seen: SeenKeys

/** A new memory; main learns of it by the incarnation. */
function forget (): FlagsReply {
  incarnation = randomUUID()
  rows = emptyRows() // a batch that threw may have left rows behind, the last of them half written
  state = new LaneState({ rulebook, tasks: settings.tasks, retentionDays: settings.retentionDays, latenessDays: settings.latenessDays })
  seen = new SeenKeys(rulebook)
  return { incarnation, flags: [] }
}

forget()

export default function answer (request: LaneRequest): RouteReply | JudgeReply | FlagsReply | RejudgeReply | SeeReply | CheckReply {
  switch (request.op) {
    case 'route': return route(request)
    case 'judge': return judge(request)
    case 'advance': return gather(report => { advance(request.clock, report) })
    case 'emit': return gather(report => { for (const task of state.tasks()) state.emitAll(task, report) })
    case 'heard': return gather(() => { for (const { psn_no, revision } of request.said) state.heard(psn_no, revision) })
    case 'rejudge': return rejudge(request)
    case 'see': return { incarnation, doubtful: seen.see(request.numbers, request.of) }
    case 'subjects': return gather(report => { for (const subject of request.subjects) judgeSubject(subject, report) })
    case 'check': return check(request)
    case 'forget': return forget()
  }
}

function gather (work: (report: (flag: FlagRow) => void) => void): FlagsReply {
  const flags: FlagRow[] = []
  work(flag => { flags.push(flag) })
  return { incarnation, flags }
}

function advance (clock: number, report: (flag: FlagRow) => void): void {
  for (const task of state.tasks()) state.advance(task, clock, report)
  seen.sweep(dayOf(clock - settings.retentionDays * DAY))
}

function route ({ pieces }: RouteRequest): RouteReply {
  return { incarnation, pieces: pieces.map(({ bytes, format }) => routePiece(bytes, format, settings.tasks)) }
}

function * placed (slab: Slab): Generator<ReturnType<typeof recordAt>> {
  for (let i = 0; i < slab.count; i++) yield recordAt(slab, i)
}

function judge ({ slab, clock, received, mode, detail, showAgain = false }: JudgeRequest): JudgeReply {
  const judgingCounts = new Float64Array(JUDGING_BUCKETS.length + 1)
  let judgingSum = 0
  const latencies = new Latencies()
  const timed = (milliseconds: number): void => {
    const seconds = milliseconds / 1000
    let bucket = 0
    while (bucket < JUDGING_BUCKETS.length && seconds > JUDGING_BUCKETS[bucket]!) bucket++
    judgingCounts[bucket]!++
    judgingSum += seconds
    latencies.add(milliseconds * 1000)
  }
  const { tasks, storeLines } = settings
  const recordBytesMax = mode === 'live' ? settings.recordBytesMax : STORED_BYTES_MAX
  const batch = evaluateBatch(state, slab.bytes, placed(slab), rows, {
    tasks, recordBytesMax, storeLines, mode, detail, showAgain, received, timed
  })
  if (mode === 'live' && clock > -Infinity) advance(clock, flag => { batch.flags.push({ record: -1, flag }) })
  return {
    incarnation,
    statuses: Uint8Array.from(batch.statuses, status => STATUSES.indexOf(status)),
    identities: batch.identities,
    flags: batch.flags,
    rejections: batch.rejections,
    deadLetters: batch.deadLetters,
    chunks: takeRows(),
    misrouted: batch.misrouted,
    late: batch.late,
    changes: batch.changes,
    told: told(batch, batch.items),
    eventTimeMax: batch.eventTimeMax,
    judgingCounts,
    judgingSum,
    latencies: { counts: latencies.counts, max: latencies.max },
    unknownFields: batch.unknownFields,
    memory: state.stats()
  }
}

function takeRows (): RowChunk[] {
  const chunks: RowChunk[] = []
  for (const table of Object.keys(rows) as RowTable[]) {
    const writer = rows[table]
    if (writer.rows > 0) chunks.push(writer.takeChunk(table))
  }
  return chunks
}

/** The lane that judges a subject also owns what is counted under its name. */
function judgeSubject (subject: StoredSubject, report: (flag: FlagRow) => void): void {
  seen.rest(subject.rule_id, subject.subject, state.judgeSubject(subject, report))
}

function told ({ seen: own, disturbed }: Pick<FromStore, 'seen' | 'disturbed'>, items: readonly string[] = []): Told {
  return { seen: addressed(own, settings.tasks, settings.lanes), disturbed, items }
}

function rejudge ({ persons, late, received }: RejudgeRequest): RejudgeReply {
  const { storeLines } = settings
  const { statuses, flags, ...rest } = evaluateStored(state, persons, late.bytes, [...placed(late)], rows, { storeLines, received })
  return { incarnation, statuses, flags, chunks: takeRows(), told: told(rest) }
}

function check ({ slab, counts, passOver, received }: CheckRequest): CheckReply {
  const records = Array.from(placed(slab), (record, i) => ({ ...record, passOver: passOver[i]! }))
  const { tasks, recordBytesMax } = settings
  return {
    incarnation,
    answers: counts.flatMap(count => evaluateCheck(state, slab.bytes, records.splice(0, count), { tasks, recordBytesMax, received }))
  }
}
