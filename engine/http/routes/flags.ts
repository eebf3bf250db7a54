/** Flags: the list, one with its evidence, and its printable page. */
import type { FastifyInstance } from 'fastify'
import { signalsBeside } from '../bed-stays.ts'
import type { ServerDeps } from '../deps.ts'
import { FLAG_DETAIL_EXAMPLE, LISTED_FLAG_EXAMPLE } from '../examples.ts'
import { flagDetailSchema } from '../detail-schemas.ts'
import { type FlagQuery, flagQuery, readFlagFilter } from '../flag-filter.ts'
import { freshness } from '../freshness.ts'
import { evidenceBody } from '../pages/evidence.ts'
import { sendPage } from '../pages/layout.ts'
import { Problem } from '../problem.ts'
import { findFlag, listFlags } from '../reads.ts'
import { list, listedFlag, object, page, problems, text } from '../schemas.ts'

const idParameter = object({ flag_id: text('flag', '4f1c2a9be07d3355') })
interface FlagParams { Params: { flag_id: string } }

export function registerFlags (app: FastifyInstance, deps: ServerDeps): void {
  const { reader, rulebook, status } = deps

  app.get<{ Querystring: FlagQuery }>('/v1/flags', {
    schema: {
      operationId: 'listFlags',
      tags: ['flags'],
      summary: '疑点清单 · flags, newest first or by fund money × severity',
      querystring: flagQuery,
      response: {
        200: {
          ...object({ flags: list(listedFlag), next: text('cursor of the next page; empty at the end', '') }, '疑点 · flags'),
          examples: [{ flags: [LISTED_FLAG_EXAMPLE], next: '' }]
        },
        ...problems(400, 503)
      }
    }
  }, async request => {
    const { flags, next } = await listFlags(reader, rulebook, readFlagFilter(request.query))
    return { flags, next: next ?? '' }
  })

  app.get<FlagParams>('/v1/flags/:flag_id', {
    schema: {
      operationId: 'getFlag',
      tags: ['flags'],
      summary: '疑点及证据 · one flag with its evidence',
      params: idParameter,
      response: { 200: { ...flagDetailSchema, description: '疑点及证据 · the flag', examples: [FLAG_DETAIL_EXAMPLE] }, ...problems(404, 503) }
    }
  }, async request => flagOr404(deps, request.params.flag_id))

  app.get<FlagParams>('/v1/flags/:flag_id/evidence', {
    schema: {
      operationId: 'getEvidencePage',
      tags: ['flags', 'pages'],
      summary: '可打印的证据页 · printable evidence page, Chinese with English beside',
      params: idParameter,
      response: { 200: page('证据页 · evidence page'), ...problems(404, 503) }
    }
  }, async (request, reply) => {
    const flag = await flagOr404(deps, request.params.flag_id)
    const others = await signalsBeside(reader, rulebook, flag)
    return sendPage(reply, { title: `${flag.title.zh} ${flag.flag_id}`, body: evidenceBody(flag, others), freshness: freshness(status()) })
  })
}

async function flagOr404 ({ reader, rulebook }: ServerDeps, id: string) {
  const flag = await findFlag(reader, rulebook, id)
  if (flag === null) throw new Problem('NOT_FOUND', 'there is no flag of this id')
  return flag
}
