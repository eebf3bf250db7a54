/** Peer medians: what the store's stays give for a month, and handing that in as reference data. */
import type { FastifyInstance } from 'fastify'
import { computeMedians, handInMedians, LOS_MIN, type MedianSpan, medianSpan, monthBefore, SAMPLE_MIN } from '../../credit/peer-medians.ts'
import { DAY, formatDate } from '../../core/time.ts'
import type { Admission } from '../admission.ts'
import type { ServerDeps } from '../deps.ts'
import { HANDED_IN_EXAMPLE, MEDIANS_EXAMPLE } from '../examples.ts'
import { Problem } from '../problem.ts'
import { fen, list, object, problems, text, whole } from '../schemas.ts'

const monthQuery = {
  type: 'object',
  properties: {
    month: {
      ...text('the month that the twelve end with; the last whole month of event time when left out', '2026-03'),
      pattern: '^\\d{4}-(0[1-9]|1[0-2])$'
    }
  }
} as const
interface MonthQuery { Querystring: { month?: string } }

const medians = {
  month: text('last month of the stays', '2026-03'),
  from: text('stays that ended from this day', '2025-04-01'),
  to: text('to this day', '2026-03-31'),
  valid_from: text('first date of service that they are for', '2026-04-01'),
  valid_to: text('the day they end before', '2026-05-01'),
  sample_min: whole('stays that a median needs at least', SAMPLE_MIN),
  min_los_days: whole('days that a stay must have lasted', LOS_MIN),
  medians: list(object({
    hosp_lv: text('level of the institution on the day of discharge', '05'),
    dept_codg: text('department of discharge, else of admission', 'A03'),
    diag_group: text('first three characters of the main diagnosis', 'I10'),
    day_cost: fen('median cost of a day; of an even number of stays the greater of the middle two'),
    sample: whole('stays it rests on', 214)
  }), 'by level, department and diagnosis')
} as const

const handedIn = object({
  ...medians,
  added: whole('handed in for the first time', 12),
  corrected: whole('said otherwise before', 0),
  ended: whole('valid no longer, as too few stays are left', 0),
  unchanged: whole('known already', 0),
  sent_in: whole('left as somebody else sent them in', 0),
  rejected: whole('of those added or corrected: refused, kept as dead letters with their reason', 0)
}, '已持久化 · durable')

export function registerPeerMedians (app: FastifyInstance, { intake, reader, status }: ServerDeps, admission: Admission): void {
  app.get<MonthQuery>('/v1/peer-medians', {
    schema: {
      operationId: 'computePeerMedians',
      tags: ['rules'],
      summary: '同级中位数试算 · peer medians of a month, computed and not recorded',
      description: 'Median cost of a day in hospital by level of the institution, department and diagnosis category, of settled stays ' +
        'that ended in the twelve months up to the end of the month, without voided settlements, day surgery and newborns.',
      querystring: monthQuery,
      response: { 200: { ...object(medians, '同级中位数 · medians'), examples: [MEDIANS_EXAMPLE] }, ...problems(400, 503) }
    }
  }, async ({ query }) => {
    const span = spanAsked(query.month, status().watermark)
    return { ...describe(span), medians: await computeMedians(reader, span) }
  })

  app.post<MonthQuery>('/v1/peer-medians', {
    schema: {
      operationId: 'handInPeerMedians',
      tags: ['rules'],
      summary: '计算同级中位数并作为参照数据提交 · compute a month’s peer medians and hand them in',
      description: 'No body. The medians become reference data for the month after, and whom they touch is judged again: 200 means ' +
        'that all of it is durable. The same month again hands in nothing but what its stays have changed since. What somebody ' +
        'else sent in for that month stays as it is.',
      querystring: monthQuery,
      response: { 200: { ...handedIn, examples: [HANDED_IN_EXAMPLE] }, ...problems(400, 413, 415, 503) }
    },
    onRequest: (request, reply, done) => {
      admission.admitBody(request, reply)
      done()
    }
  }, async request => {
    const { watermark } = status()
    const span = spanAsked(request.query.month, watermark)
    if (watermark === null || watermark < span.until) {
      throw new Problem('BAD_PARAMETER', `the records have not come to the end of ${span.month} yet`)
    }
    admission.handOver(request)
    const result = await handInMedians(reader, async (bytes, format, source) => await intake.submit(bytes, format, source), span)
    return { ...describe(span), ...result }
  })
}

/** @throws Problem BAD_PARAMETER when no month is named and none is known, or the year is beyond all calendars. */
function spanAsked (month: string | undefined, watermark: number | null): MedianSpan {
  if (month === undefined && watermark === null) throw new Problem('BAD_PARAMETER', 'no records tell which month is meant: name it')
  const span = medianSpan(month ?? monthBefore(watermark ?? 0))
  if (span === null) throw new Problem('BAD_PARAMETER', 'month is not a month (yyyy-MM)')
  return span
}

function describe ({ month, from, until, holds_until }: MedianSpan) {
  return {
    month, from: formatDate(from), to: formatDate(until - DAY), valid_from: formatDate(until), valid_to: formatDate(holds_until),
    sample_min: SAMPLE_MIN, min_los_days: LOS_MIN
  }
}
