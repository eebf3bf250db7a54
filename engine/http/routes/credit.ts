/** Candidates, early-warning scores and totals. */
import type { FastifyInstance } from 'fastify'
import { candidateSchema, scoreSchema } from '../credit-rows.ts'
import type { ServerDeps } from '../deps.ts'
import { CANDIDATE_EXAMPLE, SCORE_EXAMPLE, TOTALS_EXAMPLE } from '../examples.ts'
import { type PageQuery, pageQuery, pagingOf, type SpanQuery, spanOf, spanQuery } from '../paging.ts'
import { listCandidates, listScores, totals } from '../reads.ts'
import { list, object, problems, text } from '../schemas.ts'
import { totalsProperties } from '../totals.ts'

const institution = { ...text('fixmedins_code', 'H34170200001'), maxLength: 64 } as const
interface CandidateQuery { Querystring: PageQuery & { institution?: string } }
interface ScoreQuery { Querystring: PageQuery & { institution?: string, level?: string } }
interface TotalsQuery { Querystring: SpanQuery & { area?: string } }

export function registerCredit (app: FastifyInstance, { reader }: ServerDeps): void {
  app.get<CandidateQuery>('/v1/candidates', {
    schema: {
      operationId: 'listCandidates',
      tags: ['credit'],
      summary: '负面信息候选 · negative-information candidates, largest suspected loss first; none is confirmed',
      querystring: { type: 'object', properties: { institution, ...pageQuery } },
      response: {
        200: { ...object({ candidates: list(candidateSchema) }, '候选 · candidates'), examples: [{ candidates: [CANDIDATE_EXAMPLE] }] },
        ...problems(400, 503)
      }
    }
  }, async ({ query }) => ({ candidates: await listCandidates(reader, query.institution ?? '', pagingOf(query)) }))

  app.get<ScoreQuery>('/v1/scores', {
    schema: {
      operationId: 'listScores',
      tags: ['credit'],
      summary: '信用预警分 · early-warning scores of institutions, gravest level first',
      querystring: { type: 'object', properties: { institution, level: { type: 'string', enum: ['', '红', '橙', '黄', '蓝'], description: 'warning level' }, ...pageQuery } },
      response: {
        200: { ...object({ scores: list(scoreSchema) }, '预警分 · scores'), examples: [{ scores: [SCORE_EXAMPLE] }] },
        ...problems(400, 503)
      }
    }
  }, async ({ query }) => ({ scores: await listScores(reader, query.institution ?? '', query.level ?? '', pagingOf(query)) }))

  app.get<TotalsQuery>('/v1/totals', {
    schema: {
      operationId: 'getTotals',
      tags: ['engine'],
      summary: '总计 · settlements, fund money, flags, and suspected money with each claim once',
      querystring: {
        type: 'object', properties: { ...spanQuery, area: { ...text('pooling area, or the first digits of one', '3417'), pattern: '^\\d{0,6}$' } }
      },
      response: { 200: { ...object(totalsProperties, '总计 · totals'), examples: [TOTALS_EXAMPLE] }, ...problems(400, 503) }
    }
  }, async ({ query }) => totals(reader, { area: query.area ?? '', ...spanOf(query) }))
}
