/** The HTTP face: puts hooks, routes and the OpenAPI document together. It listens when main.ts says so. */
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { createAdmission } from './admission.ts'
import { learnAddresses, type MethodsOf } from './addresses.ts'
import { accessCheck } from './auth.ts'
import { CONTENT_TYPES } from './body.ts'
import type { ServerDeps } from './deps.ts'
import { setSecurityHeaders } from './headers.ts'
import { openapi } from './openapi.ts'
import { refuseUnknownParameters } from './parameters.ts'
import { registerOfficial } from './official/routes.ts'
import { errorHandler, Problem } from './problem.ts'
import { registerBedHanging } from './routes/bed-hanging.ts'
import { registerCheck } from './routes/check.ts'
import { registerClaims } from './routes/claims.ts'
import { registerCredit } from './routes/credit.ts'
import { registerDeadLetters } from './routes/dead-letters.ts'
import { registerFlags } from './routes/flags.ts'
import { registerHealth } from './routes/health.ts'
import { registerPages } from './routes/pages.ts'
import { registerPeerMedians } from './routes/peer-medians.ts'
import { registerReference } from './routes/reference.ts'
import { registerRules } from './routes/rules.ts'
import { registerSubjects } from './routes/subjects.ts'

/** A request that is not whole after this long is dropped: a slow sender must not hold a connection for ever. */
const REQUEST_TIMEOUT = 60_000
const CONNECTIONS_MAX = 4096
const PARAM_LENGTH_MAX = 256
const READS = [
  registerFlags, registerSubjects, registerCredit, registerRules, registerDeadLetters, registerHealth, registerPages, registerReference,
  registerBedHanging
]

/**
 * @returns a server that is not listening yet. Call `ready()` before `inject()`.
 */
export function buildServer (deps: ServerDeps): FastifyInstance {
  const onError = errorHandler(deps)
  const app = Fastify({
    // Addresses that cannot be decoded never reach a route or a hook.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply)
      onError(error, request, reply)
    },
    logger: false,
    bodyLimit: deps.settings.maxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: false } }
  })
  app.server.maxConnections = CONNECTIONS_MAX

  app.setErrorHandler(onError)
  const methodsOf = learnAddresses(app, PARAM_LENGTH_MAX)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(Object.keys(CONTENT_TYPES), { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })

  addHooks(app, deps)
  app.register(swagger, openapi(deps.status().version))
  const admission = createAdmission(deps)
  app.addHook('onRequest', (request, reply, done) => {
    admission.admitClient(request, reply)
    // Before a body is read: what it holds does not matter where nobody takes it.
    if (request.is404) throw notFound(request, methodsOf)
    done()
  })
  app.register((routes, _options, done) => {
    registerClaims(routes, deps, admission)
    registerCheck(routes, deps, admission)
    registerOfficial(routes, deps, admission)
    registerPeerMedians(routes, deps, admission)
    for (const register of READS) register(routes, deps)
    done()
  })
  return app
}

/** An address that nothing has, or one that is asked with a method it does not take. */
function notFound (request: FastifyRequest, methodsOf: MethodsOf): Problem {
  const methods = methodsOf(request.url.split('?', 1)[0] ?? '')
  if (methods.length === 0 || methods.includes(request.method)) return new Problem('NOT_FOUND', 'nothing has this address')
  return new Problem('METHOD_NOT_ALLOWED', `this address takes ${methods.join(', ')}`, methods)
}

function addHooks (app: FastifyInstance, { metrics, settings }: ServerDeps): void {
  const check = accessCheck(settings.token)
  app.addHook('onRequest', (request, reply, done) => {
    setSecurityHeaders(reply)
    check(request)
    if (!request.is404) refuseUnknownParameters(request)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    metrics.httpRequestSeconds.observe({ route, method: request.method, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    done()
  })
}
