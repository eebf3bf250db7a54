/** The pages: the first one, the list of flags, one institution. Rendered here, in Chinese with English beside, without scripts. */
import type { FastifyInstance } from 'fastify'
import type { ServerDeps } from '../deps.ts'
import { type FlagQuery, flagQuery, type Order, readFlagFilter } from '../flag-filter.ts'
import { freshness } from '../freshness.ts'
import { flagListBody } from '../pages/flag-list.ts'
import { type Home, homeBody } from '../pages/home.ts'
import { institutionBody } from '../pages/institution.ts'
import { sendPage } from '../pages/layout.ts'
import { Problem } from '../problem.ts'
import { institutionSummary, listCandidates, listFlags, listScores, totals } from '../reads.ts'
import { object, page, problems, text } from '../schemas.ts'

/** Seconds after which the first page loads itself again. */
const REFRESH = 10
const FLAGS_SHOWN = 10
const ROWS = { limit: 10, skip: 0 }

export function registerPages (app: FastifyInstance, deps: ServerDeps): void {
  const { reader, rulebook, status } = deps
  const home = shared(() => readHome(deps))

  app.get('/', {
    schema: {
      operationId: 'getHomePage', tags: ['pages'], summary: '首页 · the first page',
      response: { 200: page('首页 · the first page'), ...problems(503) }
    }
  }, async (_request, reply) => {
    const body = homeBody(await home())
    return sendPage(reply, { title: '总览', body, freshness: freshness(status()), refresh: REFRESH })
  })

  app.get<{ Querystring: FlagQuery }>('/flags', {
    schema: {
      operationId: 'getFlagsPage', tags: ['pages'], summary: '疑点清单页 · the list of flags',
      querystring: flagQuery, response: { 200: page('疑点清单 · the list of flags'), ...problems(400, 503) }
    }
  }, async (request, reply) => {
    const { flags, next, person } = await listFlags(reader, rulebook, readFlagFilter(request.query))
    return sendPage(reply, {
      title: '疑点', body: flagListBody(flags, { ...request.query, person }, next, rulebook),
      freshness: freshness(status())
    })
  })

  app.get<{ Params: { fixmedins_code: string } }>('/institutions/:fixmedins_code', {
    schema: {
      operationId: 'getInstitutionPage', tags: ['pages', 'subjects'], summary: '机构页 · an institution',
      params: object({ fixmedins_code: text('institution', 'H34170200001') }),
      response: { 200: page('机构 · the institution'), ...problems(404, 503) }
    }
  }, async (request, reply) => {
    const code = request.params.fixmedins_code
    const summary = await institutionSummary(reader, code)
    if (summary === null) throw new Problem('NOT_FOUND', 'nothing is known of this institution')
    const { flags } = await listFlags(reader, rulebook, readFlagFilter({ institution: code, order: 'money', limit: FLAGS_SHOWN }))
    const body = institutionBody({
      summary, flags, candidates: await listCandidates(reader, code, ROWS), scores: await listScores(reader, code, '', ROWS)
    })
    const title = summary.fixmedins_name === '' ? `机构 ${code}` : summary.fixmedins_name
    return sendPage(reply, { title, body, freshness: freshness(status()) })
  })
}

async function readHome ({ reader, rulebook }: ServerDeps): Promise<Home> {
  const top = async (order: Order) => (await listFlags(reader, rulebook, readFlagFilter({ order, limit: FLAGS_SHOWN }))).flags
  return {
    totals: await totals(reader),
    dearest: await top('money'),
    newest: await top('newest'),
    candidates: await listCandidates(reader, '', ROWS),
    scores: await listScores(reader, '', '', ROWS)
  }
}

/** Calls made while one is under way get its result: many open first pages, each loading itself again, ask the store once. */
function shared<T> (work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null
  return () => {
    underWay ??= work().finally(() => { underWay = null })
    return underWay
  }
}
