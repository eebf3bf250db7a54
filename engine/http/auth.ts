/** Who may ask: holders of the token, or, while none is set, programs of this machine. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Problem } from './problem.ts'

/** Answered to anyone: a supervisor of processes has no token, and the answers hold no data. */
const OPEN_TO_ALL = new Set(['/healthz', '/readyz'])
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/

/**
 * @param token what `Authorization: Bearer` must carry. A browser cannot send that by itself, so the token is also
 *   accepted as the password of Basic, whatever the user name. null lets requests through that name a loopback host.
 * @returns a hook's check, which throws a 401 or 403 Problem.
 */
export function accessCheck (token: string | null): (request: FastifyRequest) => void {
  if (token === null) return checkHost
  const expected = digest(token)
  return request => {
    if (OPEN_TO_ALL.has(request.routeOptions.url ?? '')) return
    // Digests have one length, so neither the length nor the first wrong character shows in the time taken.
    if (!timingSafeEqual(digest(givenToken(request.headers.authorization ?? '')), expected)) {
      throw new Problem('UNAUTHORIZED', 'the token is missing or wrong')
    }
  }
}

/** Without a token a web page elsewhere could reach us by pointing its own name at 127.0.0.1; its Host gives it away. */
function checkHost (request: FastifyRequest): void {
  if (LOOPBACK_HOST.test(request.headers.host ?? '')) return
  throw new Problem('FORBIDDEN_HOST', 'without a token only a loopback host name is answered')
}

function givenToken (authorization: string): string {
  const space = authorization.indexOf(' ')
  const credentials = authorization.slice(space + 1)
  switch (authorization.slice(0, Math.max(space, 0)).toLowerCase()) {
    case 'bearer': return credentials
    case 'basic': {
      const pair = Buffer.from(credentials, 'base64').toString()
      return pair.slice(pair.indexOf(':') + 1)
    }
    default: return ''
  }
}

function digest (text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
