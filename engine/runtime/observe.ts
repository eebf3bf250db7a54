/** Turns what happens into metrics and log lines: the one place where the runtime meets both. */
import type { Logger } from 'pino'
import type { EngineError } from '../core/errors.ts'
import type { FlagRow } from '../core/flag.ts'
import type { Metrics } from '../metrics.ts'
import type { CommitEvents } from './group-commit.ts'
import { Latencies } from './latency.ts'
import type { Quantiles } from './latency.ts'
import { STATUSES } from './protocol.ts'
import type { JudgeReply } from './protocol.ts'
import type { Pump, PumpEvents } from './pump.ts'

export interface Observation {
  readonly pump: PumpEvents
  readonly commit: CommitEvents
  readonly readRetry: (error: EngineError, delayMs: number) => void
  readonly requestFailed: (failure: { method: string, route: string, code: string, error: unknown }) => void
  readonly storeReachable: () => boolean
  /** From bytes to judged and remembered, a record, in microseconds, since the start. */
  readonly latency: () => Quantiles
  /** Sets what is read rather than counted; called every second. */
  readonly gauges: (pump: Pump) => void
}

export function observe (metrics: Metrics, log: Logger): Observation {
  let reachable = true
  const latencies = new Latencies()
  const retry = (error: unknown, delayMs: number): void => {
    if (reachable) log.error({ ...trouble(error), delayMs }, 'the store does not take or give rows; waiting and trying again')
    reachable = false
  }
  return {
    pump: {
      judged (lane, reply, seconds) {
        countReply(metrics, reply)
        metrics.laneBatchSeconds.observe(seconds)
        latencies.addAll(reply.latencies.counts, reply.latencies.max)
        metrics.judging.observeBuckets(Array.from(reply.judgingCounts), reply.judgingSum)
        const labels = { lane: String(lane) }
        metrics.memoryPersons.set(labels, reply.memory.persons)
        metrics.memoryRecords.set(labels, reply.memory.records)
        metrics.memoryBytes.set(labels, reply.memory.bytes)
      },
      flagged (flags) { countFlags(metrics, flags) },
      laneLost (lane, error) {
        metrics.laneRestarts.inc({ lane: String(lane) })
        log.error({ lane, ...trouble(error) }, 'a lane died; its memory is rebuilt from the store')
      },
      quarantined (letter) {
        metrics.recordsRejected.inc({ reason: letter.reason })
        log.error({ origin: letter.origin, seen: letter.seen }, 'a record that kills lanes was quarantined')
      }
    },
    commit: {
      written (batch, seconds) {
        if (!reachable) log.warn('the store takes rows again')
        reachable = true
        metrics.storeWriteSeconds.observe(seconds)
        metrics.storeRowsWritten.inc({ table: 'flags' }, batch.flags.length)
        metrics.storeRowsWritten.inc({ table: 'dead_letters' }, batch.deadLetters.length)
        for (const chunk of batch.chunks) metrics.storeRowsWritten.inc({ table: chunk.table }, chunk.rows)
      },
      retry (error, delayMs) {
        metrics.storeWriteRetries.inc()
        retry(error, delayMs)
      }
    },
    readRetry: retry,
    requestFailed ({ method, route, code, error }) { log.error({ method, route, code, ...trouble(error) }, 'a request failed on our side') },
    storeReachable: () => reachable,
    latency: () => latencies.quantiles(),
    gauges (pump) {
      metrics.pendingBytes.set(pump.pendingBytes)
      pump.queueDepths.forEach((depth, lane) => { metrics.laneQueueDepth.set({ lane: String(lane) }, depth) })
      if (Number.isFinite(pump.clock)) metrics.setWatermarks(pump.clock, pump.clock)
    }
  }
}

function countReply (metrics: Metrics, reply: JudgeReply): void {
  const counts = STATUSES.map(() => 0)
  for (const status of reply.statuses) counts[status]!++
  const of = (status: (typeof STATUSES)[number]): number => counts[STATUSES.indexOf(status)]!
  metrics.recordsReceived.inc(reply.statuses.length - of('misrouted'))
  metrics.claimsJudged.inc(of('judged') + of('deferred'))
  metrics.claimsCorrected.inc(of('corrected'))
  metrics.claimsDuplicate.inc(of('duplicate') + of('resent'))
  metrics.claimsSuperseded.inc(of('superseded'))
  metrics.claimsLate.inc(of('late'))
  metrics.claimsLearned.inc(of('learned'))
  for (const { rejection } of reply.rejections) metrics.recordsRejected.inc({ reason: rejection.reason })
}

function countFlags (metrics: Metrics, flags: readonly FlagRow[]): void {
  for (const { rule_id: rule, severity, status } of flags) {
    const counter = status === 'retracted' ? metrics.flagsRetracted : metrics.flagsRaised
    counter.inc({ rule, severity: String(severity) })
  }
}

/**
 * What may be logged of an error: its kind, the codes of it and of its causes (ClickHouse's own, such as 243 NOT_ENOUGH_SPACE,
 * or the system's, such as ENOSPC) and where it arose; not its words, which can quote values of a record.
 */
export function trouble (error: unknown): { kind: string, codes: string[], at: string[] } {
  if (!(error instanceof Error)) return { kind: typeof error, codes: [], at: [] }
  const codes: string[] = []
  for (let cause: unknown = error; cause instanceof Error && codes.length < 8; cause = cause.cause) {
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string') codes.push(code)
    const clickhouse = /\bCode: (\d+)\b/.exec(cause.message)?.[1]
    if (clickhouse !== undefined) codes.push([`ClickHouse ${clickhouse}`, /\(([A-Z][A-Z0-9_]{3,})\)/.exec(cause.message)?.[1]].join(' ').trim())
  }
  const at = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line)).slice(0, 8).map(line => line.trim())
  return { kind: error.name, codes: [...new Set(codes)], at }
}
