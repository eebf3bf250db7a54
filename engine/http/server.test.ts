import fc from 'fast-check'
import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { ALL_ROWS, harness } from './fakes.ts'

interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly requestBody?: object
  readonly parameters?: ReadonlyArray<{ name: string, description?: string, schema: object }>
  readonly responses: Readonly<Record<string, { description: string, content?: Readonly<Record<string, { schema: object, example?: unknown }>> }>>
}
interface Document { readonly openapi: string, readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

async function document (app: FastifyInstance): Promise<Document> {
  return (await app.inject('/openapi.json')).json()
}

function operations ({ paths }: Document): Array<[string, Operation]> {
  return Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]))
}

/** The framework lends its validator to requests only, so a route of a server of its own asks for it. */
async function isValid (schema: object, value: unknown): Promise<boolean> {
  const app = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allowUnionTypes: true } } })
  app.get('/', async request => ({ valid: request.compileValidationSchema(schema as Record<string, unknown>)(value) }))
  return (await app.inject('/')).json().valid
}

/** An address of every route that answers from the fakes. */
const READS = [
  '/', '/flags', '/institutions/H1', '/v1/flags', '/v1/flags/4f1c2a9be07d3355', '/v1/flags/4f1c2a9be07d3355/evidence', '/v1/persons/P1/claims', '/v1/institutions/H1',
  '/rules', '/rules/split-hospitalisation', '/api', '/v1/candidates', '/v1/scores', '/v1/rules', '/v1/rules/split-hospitalisation', '/v1/dead-letters', '/v1/totals', '/healthz', '/readyz', '/metrics', '/openapi.json',
  '/bed-hanging', '/v1/bed-hanging', '/v1/peer-medians'
]

describe('every route', () => {
  it.each(READS)('%s answers 200 with the security headers', async url => {
    const { app, failures } = await harness({ rows: ALL_ROWS })
    const answer = await app.inject(url)
    expect(failures).toEqual([])
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store'
    })
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  })

  it.each(READS)('%s refuses a parameter it does not have', async url => {
    const { app, asked } = await harness({ rows: ALL_ROWS })
    const answer = await app.inject(`${url}?no_such_thing=1`)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'BAD_PARAMETER'])
    expect(asked).toEqual([])
  })

  it('counts and times requests by route, not by address', async () => {
    const { app } = await harness({ rows: ALL_ROWS })
    await app.inject('/v1/flags/4f1c2a9be07d3355')
    await app.inject('/v1/elsewhere')
    const text = (await app.inject('/metrics')).body
    expect(text).toContain('fundwatch_http_request_seconds_count{route="/v1/flags/:flag_id",method="GET",status="200"} 1')
    expect(text).toContain('route="none",method="GET",status="404"')
    expect(text).not.toContain('4f1c2a9be07d3355')
  })

  it.each(['/v1/flags/%E0%A4%A', '/%', '/v1/flags/%00', `/v1/flags/${'x'.repeat(300)}`])('%s is answered in the one shape of errors', async url => {
    const { app, failures } = await harness()
    const answer = await app.inject(url as `/${string}`)
    expect([400, 404]).toContain(answer.statusCode)
    expect(Object.keys(answer.json())).toEqual(['code', 'message', 'message_zh', 'advice'])
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(failures).toEqual([])
  })

  it('never answers 500, whatever is written into the address', async () => {
    const { app, failures } = await harness({ rows: ALL_ROWS })
    const path = fc.oneof(fc.constantFrom(...READS, '/v1/claims'), fc.webPath(), fc.string().map(text => `/v1/flags/${encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ''))}`))
    const known = fc.constantFrom('limit', 'skip', 'cursor', 'from', 'to', 'severity', 'order', 'status', 'area', 'person', 'institution', 'reason', 'level')
    const value = fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom('', '\u0000', "' OR 1=1 --", '2026-01-01', 'WzEsIngiXQ', '%', '-0', '1e9'))
    const query = fc.array(fc.tuple(known, value)).map(pairs => new URLSearchParams(pairs).toString())
    await fc.assert(fc.asyncProperty(path, fc.oneof(query, fc.webQueryParameters()), fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'), async (url, parameters, method) => {
      const answer = await app.inject({ method, url: `${url}?${parameters}` as `/${string}` })
      expect(answer.statusCode).not.toBe(500)
      if (answer.statusCode >= 400 && method !== 'HEAD') expect(Object.keys(answer.json())).toEqual(['code', 'message', 'message_zh', 'advice'])
    }), { numRuns: 400 })
    expect(failures).toEqual([])
  })
})

describe('who may ask', () => {
  it('lets loopback names in while no token is set, and no others', async () => {
    const { app } = await harness()
    for (const host of ['localhost:8420', '127.0.0.1', '[::1]:8420']) {
      expect((await app.inject({ url: '/v1/rules', headers: { host } })).statusCode).toBe(200)
    }
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80']) {
      const answer = await app.inject({ url: '/v1/rules', headers: { host } })
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'FORBIDDEN_HOST'])
    }
  })

  it('asks for the token everywhere but at the health checks once one is set', async () => {
    const { app, submitted } = await harness({ rows: ALL_ROWS, settings: { token: 'secret token' } })
    for (const url of [...READS, '/nowhere']) {
      const open = url === '/healthz' || url === '/readyz'
      const answer = await app.inject(url)
      expect([url, answer.statusCode]).toEqual([url, open ? 200 : 401])
      if (!open) expect(answer.headers['www-authenticate']).toContain('Bearer')
    }
    expect((await app.inject({ method: 'POST', url: '/v1/claims', payload: '{}', headers: { 'content-type': 'application/json' } })).statusCode).toBe(401)
    expect(submitted).toEqual([])
  })

  it('takes the token as bearer or as the password of a browser, and nothing else', async () => {
    const { app } = await harness({ settings: { token: 'secret' } })
    const status = async (authorization: string) => (await app.inject({ url: '/v1/rules', headers: { authorization } })).statusCode
    const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
    expect(await status('Bearer secret')).toBe(200)
    expect(await status(basic('any:secret'))).toBe(200)
    for (const wrong of ['Bearer secre', 'Bearer secrets', 'Bearer', '', 'secret', basic('secret:x'), 'Digest secret', 'Bearer  secret']) {
      expect([wrong, await status(wrong)]).toEqual([wrong, 401])
    }
  })
})

describe('GET /readyz', () => {
  it('says what is missing until recovered and the store answers', async () => {
    const { app } = await harness({ status: { phase: 'recovering', recovered_claims: 12, claims_to_recover: 48, store_reachable: false } })
    const answer = await app.inject('/readyz')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ ready: false, reasons: [{ code: 'RECOVERING', message_zh: '正在恢复：已重放 12 / 48 条记录' }, { code: 'STORE_UNREACHABLE' }] })
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' })
  })
})

describe('/openapi.json', () => {
  it('describes every registered route', async () => {
    const { app } = await harness()
    const described = operations(await document(app)).map(([name]) => name.replace(/\{(\w+)\}/g, ':$1'))
    const printed = app.printRoutes({ commonPrefix: false, includeHooks: false })
    const registered = READS.length + 5
    expect(described).toHaveLength(registered)
    expect(printed.match(/\((?:GET|POST)/g)).toHaveLength(registered - 1) // one address takes both
    for (const name of described) {
      const [method = '', path = ''] = name.split(' ')
      // A colon within an address is doubled where the route is registered.
      const url = path.replace(/(?<=\w):/, '::')
      expect([name, app.hasRoute({ method: method.toUpperCase(), url })]).toEqual([name, true])
    }
  })

  it('gives every operation an id, a summary, a tag and described answers', async () => {
    const { app } = await harness()
    const all = operations(await document(app))
    expect(new Set(all.map(([, operation]) => operation.operationId)).size).toBe(all.length)
    for (const [name, operation] of all) {
      expect([name, operation.summary, operation.tags?.length]).toEqual([name, expect.stringMatching(/\p{Script=Han}.* · /u), expect.any(Number)])
      for (const [status, answer] of Object.entries(operation.responses)) {
        expect([name, status, answer.description, answer.content]).toEqual([name, status, expect.stringMatching(/\S/), expect.any(Object)])
      }
    }
  })

  it('carries an example of every JSON answer that is not an error, and each is valid', async () => {
    const { app } = await harness()
    const checks: Array<[string, boolean]> = []
    for (const [name, operation] of operations(await document(app))) {
      if (name === 'get /openapi.json') continue
      for (const [status, answer] of Object.entries(operation.responses)) {
        const media = answer.content?.['application/json']
        if (media === undefined || (Number(status) >= 400 && media.example === undefined)) continue
        checks.push([`${name} ${status}`, await isValid(media.schema, media.example)])
      }
    }
    expect(checks.length).toBeGreaterThan(12)
    expect(checks.filter(([, valid]) => !valid)).toEqual([])
  })

  it('is OpenAPI 3.1 and offers the three content types', async () => {
    const { app } = await harness()
    const { openapi, paths } = await document(app)
    expect(openapi).toBe('3.1.0')
    expect(paths['/v1/claims']?.post?.requestBody).toMatchObject({ content: { 'application/json': {}, 'application/x-ndjson': {}, 'application/msgpack': {} } })
  })
})
