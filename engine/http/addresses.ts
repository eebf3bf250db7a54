/** Which methods an address takes, learnt from the routes as they are registered: a wrong method is 405, not 404. */
import type { FastifyInstance } from 'fastify'

/** The methods of the routes that a path meets; empty when no route does. */
export type MethodsOf = (path: string) => string[]

/** Call before any route is registered. @param maxParamLength of the router: longer parts meet no route. */
export function learnAddresses (app: FastifyInstance, maxParamLength: number): MethodsOf {
  const routes = new Map<string, { readonly shape: RegExp, readonly methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { shape: shapeOf(url, maxParamLength), methods: new Set<string>() }
    for (const each of [method].flat()) route.methods.add(each)
    routes.set(url, route)
  })
  return path => [...new Set([...routes.values()].filter(route => route.shape.test(path)).flatMap(route => [...route.methods]))].sort()
}

/** "/v1/flags/:flag_id" as an expression; our routes have no other kind of place. Two colons stand for one in the address. */
function shapeOf (url: string, maxParamLength: number): RegExp {
  const literal = (part: string): string => part.replace('::', ':').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const parts = url.split('/').map(part => part.startsWith(':') ? `[^/]{1,${maxParamLength}}` : literal(part))
  return new RegExp(`^${parts.join('/')}$`)
}
