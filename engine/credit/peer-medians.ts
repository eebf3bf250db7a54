/**
 * Peer medians, computed from the store and handed in as the master data that rules read. Those of a month rest on the twelve months
 * that end with it and hold in the month after it: medians of 2026-03 are of stays that ended from 2025-04-01 to 2026-03-31, and
 * hold from 2026-04-01 to 2026-04-30. They are computed of the stays that the rule bed-low-day-cost compares with them.
 *
 * Handed in again, a median that the store has already is left out; one that its stays have changed since is a correction, sent a
 * second later than what it corrects. One that too few stays are left of ends where it began. A median that somebody else sent in
 * for the month stays as it is.
 */
import { dateNumber, dayOfDate, nextMonth } from '../core/calendar.ts'
import type { PeerMedian } from '../core/masterdata.ts'
import { yuan } from '../core/money.ts'
import type { Outcome, StoreReader } from '../core/ports.ts'
import { dayOf, formatDate, formatTime, type Millis, monthOf, parseMoment, SECOND, startOfDay } from '../core/time.ts'

/** Stays that a median needs at least: peer_sample_min of bed-low-day-cost. */
export const SAMPLE_MIN = 30
/** Days that a stay must have lasted to be compared: min_los_days of bed-low-day-cost. */
export const LOS_MIN = 3
/** Where the records say that they come from. */
const SOURCE = 'medians'
/** Records handed in at once. */
const RECORDS_AT_ONCE = 500

/** A month's medians: of stays that ended in [from, until), for dates of service in [until, holds_until). */
export interface MedianSpan { readonly month: string, readonly from: Millis, readonly until: Millis, readonly holds_until: Millis }

/** @param month "yyyy-MM". @returns null when it is no month. */
export function medianSpan (month: string): MedianSpan | null {
  const first = parseMoment(`${month}-01`)
  if (first === null || !first.dateOnly || month.length !== 7) return null
  const until = nextMonth(first.at)
  const date = dateNumber(dayOf(until))
  const from = startOfDay(dayOfDate(Math.floor(date / 10_000) - 1, Math.floor(date / 100) % 100, 1))
  return { month, from, until, holds_until: nextMonth(until) }
}

/** "yyyy-MM" of the month before the one that `at` falls in: the last one that is over. */
export function monthBefore (at: Millis): string {
  return monthOf(parseMoment(`${monthOf(at)}-01`)!.at - 1)
}

/** The medians of a month as the store's stays have them now, by level, department and diagnosis. */
export async function computeMedians (reader: StoreReader, { from, until }: MedianSpan): Promise<PeerMedian[]> {
  return await reader.query<PeerMedian>('peer_medians.computed', { from_ms: from, to_ms: until, sample_min: SAMPLE_MIN, los_min: LOS_MIN })
}

/** What became of a month's medians. */
export interface HandedIn {
  readonly medians: readonly PeerMedian[]
  readonly added: number
  /** Said otherwise before. */
  readonly corrected: number
  /** Valid no longer, because too few stays are left. */
  readonly ended: number
  readonly unchanged: number
  /** Left as somebody else sent them in. */
  readonly sent_in: number
  /** Of those added or corrected: kept as dead letters. */
  readonly rejected: number
}

type Submit = (bytes: Uint8Array, format: 'json', source: string) => Promise<Outcome[]>

/**
 * Computes a month's medians and hands them in; resolves when they and all that they change are durable. Throws EngineError.
 * Done again after a failure it goes on where that one ended.
 */
export async function handInMedians (reader: StoreReader, submit: Submit, span: MedianSpan): Promise<HandedIn> {
  const medians = await computeMedians(reader, span)
  const known = await reader.query<KnownMedian>('peer_medians.handed_in', { valid_from_ms: span.until })
  const { added, corrected, ended, unchanged, sent_in } = compared(medians, known, span)
  const records = [
    ...added.map(median => recordOf(median, span, span.until)),
    ...corrected.map(({ median, before }) => recordOf(median, span, before.inf_time + SECOND)),
    ...ended.map(before => ({ ...recordOf(before, span, before.inf_time + SECOND), valid_to: formatDate(span.until) }))
  ]
  let rejected = 0
  for (let at = 0; at < records.length; at += RECORDS_AT_ONCE) {
    const outcomes = await submit(Buffer.from(JSON.stringify(records.slice(at, at + RECORDS_AT_ONCE))), 'json', SOURCE)
    rejected += outcomes.filter(({ status }) => status === 'rejected').length
  }
  return { medians, added: added.length, corrected: corrected.length, ended: ended.length, unchanged, sent_in, rejected }
}

/** A median as the store has it. */
interface KnownMedian extends PeerMedian {
  readonly key: string
  readonly source: string
  readonly inf_time: Millis
  readonly valid_to: Millis | null
}

/** What the month's medians are to those that the store has for it. */
function compared (medians: readonly PeerMedian[], known: readonly KnownMedian[], { until, holds_until }: MedianSpan) {
  const before = new Map(known.map(each => [each.key, each]))
  const added: PeerMedian[] = []
  const corrected: Array<{ readonly median: PeerMedian, readonly before: KnownMedian }> = []
  let [unchanged, sent_in] = [0, 0]
  for (const median of medians) {
    const old = before.get(keyOf(median))
    if (old === undefined) added.push(median)
    else if (old.source !== SOURCE) sent_in++
    else if (old.day_cost === median.day_cost && old.sample === median.sample && old.valid_to === holds_until) unchanged++
    else corrected.push({ median, before: old })
  }
  const computed = new Set(medians.map(keyOf))
  const ended = known.filter(({ key, source, valid_to }) => source === SOURCE && !computed.has(key) && valid_to !== until)
  return { added, corrected, ended, unchanged, sent_in }
}

function keyOf ({ hosp_lv, dept_codg, diag_group }: PeerMedian): string {
  return `${hosp_lv}/${dept_codg}/${diag_group}`
}

/** The record of a median as senders write it. */
function recordOf (median: PeerMedian, { until, holds_until }: MedianSpan, inf_time: Millis): Readonly<Record<string, string>> {
  const { hosp_lv, dept_codg, diag_group, day_cost, sample } = median
  return {
    type: 'peer_median', hosp_lv, dept_codg, diag_group, day_cost: yuan(day_cost), sample: String(sample),
    valid_from: formatDate(until), valid_to: formatDate(holds_until), inf_time: formatTime(inf_time)
  }
}
