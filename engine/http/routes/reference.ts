/** Pages that explain: the rules, one rule, and this interface. The JSON of each stays where programs look for it. */
import type { FastifyInstance } from 'fastify'
import type { ServerDeps } from '../deps.ts'
import { freshness } from '../freshness.ts'
import { type ApiDocument, apiBody } from '../pages/api.ts'
import { sendPage } from '../pages/layout.ts'
import { ruleBody } from '../pages/rule.ts'
import { ruleListBody } from '../pages/rule-list.ts'
import { Problem } from '../problem.ts'
import { object, page, problems, text } from '../schemas.ts'
import { ruleOr404 } from './rules.ts'

export function registerReference (app: FastifyInstance, { rulebook, status }: ServerDeps): void {
  app.get('/rules', {
    schema: {
      operationId: 'getRulesPage', tags: ['pages', 'rules'], summary: '规则清单页 · the rules, for reading',
      response: { 200: page('规则清单 · the rules'), ...problems() }
    }
  }, async (_request, reply) => sendPage(reply, { title: '规则', body: ruleListBody(rulebook), freshness: freshness(status()) }))

  app.get<{ Params: { id: string } }>('/rules/:id', {
    schema: {
      operationId: 'getRulePage', tags: ['pages', 'rules'], summary: '规则说明页 · one rule: law, comparison, numbers, what it misses',
      params: object({ id: text('rule', 'split-hospitalisation') }),
      response: { 200: page('规则 · the rule'), ...problems(404) }
    }
  }, async (request, reply) => {
    const rule = ruleOr404(rulebook, request.params.id)
    if (rule.folder === undefined) throw new Problem('NOT_FOUND', 'this rule has no definition to show')
    return sendPage(reply, { title: rule.title.zh, body: ruleBody(rule, rule.folder), freshness: freshness(status()) })
  })

  app.get('/api', {
    schema: {
      operationId: 'getApiPage', tags: ['pages', 'engine'], summary: '接口说明页 · this interface, for reading',
      response: { 200: page('接口说明 · the interface'), ...problems() }
    }
  }, async (_request, reply) => {
    const body = apiBody(app.swagger() as ApiDocument)
    return sendPage(reply, { title: '接口', body, freshness: freshness(status()) })
  })
}
