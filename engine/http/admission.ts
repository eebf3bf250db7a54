/**
 * How much is let in at once: bytes of bodies being received, and requests per client. Both are decided before a body
 * is read, so that a flood costs headers only. 429 means one client asks too much, 503 that the engine is full.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ServerDeps } from './deps.ts'
import { Problem } from './problem.ts'

export interface Admission {
  /** Hook of every route: counts the client's requests under way. */
  readonly admitClient: (request: FastifyRequest, reply: FastifyReply) => void
  /** Hook of routes with a body: reserves room for it until it is handed over or the request ends. */
  readonly admitBody: (request: FastifyRequest, reply: FastifyReply) => void
  /** As admitBody, for a check: it holds nothing that must become durable, so records waiting for the store do not keep it out. */
  readonly admitCheck: (request: FastifyRequest, reply: FastifyReply) => void
  /** The engine holds the body now and counts it itself. */
  readonly handOver: (request: FastifyRequest) => void
}

export function createAdmission ({ intake, metrics, settings, status }: ServerDeps): Admission {
  const underWay = new Map<string, number>()
  const reservations = new WeakMap<FastifyRequest, () => void>()
  let reserved = 0

  function admitClient (request: FastifyRequest, reply: FastifyReply): void {
    const client = request.ip
    const count = (underWay.get(client) ?? 0) + 1
    if (count > settings.maxClientRequests) {
      throw new Problem('TOO_MANY_REQUESTS', `more than ${settings.maxClientRequests} requests of this client are under way`)
    }
    underWay.set(client, count)
    onEnd(reply, () => {
      const left = (underWay.get(client) ?? 1) - 1
      if (left === 0) underWay.delete(client)
      else underWay.set(client, left)
    })
  }

  function admit (request: FastifyRequest, reply: FastifyReply, maxBytes: number, full: boolean): void {
    const { phase } = status()
    if (phase !== 'running') throw new Problem('NOT_READY', `the engine is ${phase}`)
    const bytes = expectedBytes(request, maxBytes)
    if (full || reserved + bytes > settings.maxBufferedBytes) {
      throw new Problem('OVERLOADED', 'the engine holds as much as it may')
    }
    reserve(bytes)
    const release = once(() => { reserve(-bytes) })
    reservations.set(request, release)
    onEnd(reply, release)
  }

  function reserve (bytes: number): void {
    reserved += bytes
    metrics.httpBufferedBytes.set(reserved)
  }

  const admitBody: Admission['admitBody'] = (request, reply) => {
    admit(request, reply, settings.maxBodyBytes, intake.pendingBytes >= settings.maxPendingBytes)
  }
  const admitCheck: Admission['admitCheck'] = (request, reply) => { admit(request, reply, settings.maxCheckBytes, false) }

  return { admitClient, admitBody, admitCheck, handOver: request => { reservations.get(request)?.() } }
}

/** Packed or chunked bodies may become as large as any, so they reserve as much. */
function expectedBytes (request: FastifyRequest, maxBodyBytes: number): number {
  const length = Number(request.headers['content-length'])
  if (request.headers['content-encoding'] !== undefined || !Number.isSafeInteger(length)) return maxBodyBytes
  if (length > maxBodyBytes) throw new Problem('TOO_LARGE', `the body is larger than ${maxBodyBytes} bytes`)
  return length
}

/** Runs `release` once, when the answer is sent or the client has gone. */
function onEnd (reply: FastifyReply, release: () => void): void {
  const end = once(release)
  reply.raw.once('close', end)
  reply.raw.once('finish', end)
}

function once (act: () => void): () => void {
  let done = false
  return () => {
    if (!done) act()
    done = true
  }
}
