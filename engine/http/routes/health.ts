/** Whether the process lives, whether it can be used, what it counts, and how to talk to it. */
import type { FastifyInstance } from 'fastify'
import type { ServerDeps } from '../deps.ts'
import { readinessReasons } from '../readiness.ts'
import { list, object, problems, text, whole } from '../schemas.ts'

const reason = object({
  code: { type: 'string', enum: ['STARTING', 'RECOVERING', 'DRAINING', 'STORE_UNREACHABLE'] },
  message: text('what is missing', 'recovering: 12000 of 48000 stored claims are folded'),
  message_zh: text('the same in Chinese', '正在恢复：已重放 12000 / 48000 条记录')
})
const readiness = object({
  ready: { type: 'boolean' },
  reasons: list(reason, 'empty when ready'),
  version: text('version of fundwatch', '0.1.0'),
  lanes: whole('worker threads that judge', 2)
})

const READY = { ready: true, reasons: [], version: '0.1.0', lanes: 2 }
const RECOVERING = {
  ...READY,
  ready: false,
  reasons: [{ code: 'RECOVERING', message: 'recovering: 12000 of 48000 stored claims are folded', message_zh: '正在恢复：已重放 12000 / 48000 条记录' }]
}

export function registerHealth (app: FastifyInstance, { status, metrics }: ServerDeps): void {
  app.get('/healthz', {
    schema: {
      operationId: 'getHealth',
      tags: ['engine'],
      summary: '进程是否存活 · whether the process lives',
      security: [],
      response: { 200: { ...object({ status: { type: 'string', enum: ['ok'] } }, '存活 · alive'), examples: [{ status: 'ok' }] }, ...problems() }
    }
  }, async () => ({ status: 'ok' }))

  app.get('/readyz', {
    schema: {
      operationId: 'getReadiness',
      tags: ['engine'],
      summary: '是否就绪 · whether it is recovered and the store answers',
      security: [],
      response: {
        200: { ...readiness, description: '就绪 · ready', examples: [READY] },
        ...problems(),
        503: { ...readiness, description: '未就绪 · not ready', examples: [RECOVERING] }
      }
    }
  }, async (_request, reply) => {
    const now = status()
    const reasons = readinessReasons(now)
    return reply.code(reasons.length === 0 ? 200 : 503)
      .send({ ready: reasons.length === 0, reasons, version: now.version, lanes: now.lanes })
  })

  app.get('/metrics', {
    schema: {
      operationId: 'getMetrics',
      tags: ['engine'],
      summary: 'Prometheus 指标 · metrics, classic text format',
      produces: ['text/plain'],
      response: { 200: { description: '指标 · metrics', content: { 'text/plain': { schema: { type: 'string' } } } }, ...problems() }
    }
  }, async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()))

  app.get('/openapi.json', {
    schema: {
      operationId: 'getOpenapi',
      tags: ['engine'],
      summary: '本接口的说明 · this interface, as OpenAPI 3.1',
      response: { 200: { description: 'OpenAPI 3.1', type: 'object', additionalProperties: true }, ...problems() }
    }
  }, async () => app.swagger())
}
