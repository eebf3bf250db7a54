/** Stays with signals of an unused bed put together: the list, and its page. */
import type { FastifyInstance } from 'fastify'
import { type BedQuery, bedQuery, bedStaySchema, listBedStays } from '../bed-stays.ts'
import type { ServerDeps } from '../deps.ts'
import { BED_STAY_EXAMPLE } from '../examples.ts'
import { freshness } from '../freshness.ts'
import { bedHangingBody } from '../pages/bed-hanging.ts'
import { sendPage } from '../pages/layout.ts'
import { list, object, page, problems } from '../schemas.ts'

export function registerBedHanging (app: FastifyInstance, { reader, rulebook, status }: ServerDeps): void {
  app.get<{ Querystring: BedQuery }>('/v1/bed-hanging', {
    schema: {
      operationId: 'listBedHanging',
      tags: ['flags'],
      summary: '挂床住院疑点（按住院合并） · stays with signals of an unused bed, most kinds of signal first',
      description: 'Each signal is a flag of its own (rules bed-…). ' +
        'One kind in a stay is 低 (or what it is by itself), two or more are 中; never 高.',
      querystring: bedQuery,
      response: {
        200: {
          ...object({
            stays: list(bedStaySchema), more: { type: 'boolean', description: 'whether there are rows after these' }
          }, '住院 · stays'),
          examples: [{ stays: [BED_STAY_EXAMPLE], more: false }]
        },
        ...problems(400, 503)
      }
    }
  }, async ({ query }) => {
    const { stays, more } = await listBedStays(reader, rulebook, query)
    return { stays, more }
  })

  app.get<{ Querystring: BedQuery }>('/bed-hanging', {
    schema: {
      operationId: 'getBedHangingPage', tags: ['pages', 'flags'], summary: '挂床住院疑点页 · stays with signals of an unused bed',
      querystring: bedQuery, response: { 200: page('挂床住院疑点 · signals of an unused bed, by stay'), ...problems(400, 503) }
    }
  }, async ({ query }, reply) => {
    const body = bedHangingBody(await listBedStays(reader, rulebook, query), query, rulebook)
    return sendPage(reply, { title: '挂床住院疑点', body, freshness: freshness(status()) })
  })
}
