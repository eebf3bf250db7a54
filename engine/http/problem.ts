/** Every error answer: {code, message, message_zh, advice}, or a page of the same for browsers, and which status it comes with. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ERROR_CODES, EngineError, type ErrorCode } from '../core/errors.ts'
import { prefersHtml } from './accept.ts'
import type { ServerDeps } from './deps.ts'
import { sendPage } from './pages/layout.ts'
import { problemBody } from './pages/problem.ts'

/** code → [status, Chinese, what to do]. The English message says what was wrong with this request. */
const PROBLEMS = {
  BAD_REQUEST: [400, '请求格式有误', 'Compare the request with /openapi.json.'],
  BAD_PARAMETER: [400, '参数有误', 'Correct the parameter named in the message; /openapi.json lists them all.'],
  EMPTY_BODY: [400, '请求体为空', 'Send one record, an array of records, or one record a line.'],
  BAD_ENCODING: [400, '压缩数据已损坏', 'Send a whole gzip stream, or no Content-Encoding.'],
  UNAUTHORIZED: [401, '缺少访问令牌或令牌无效', 'Send the header Authorization: Bearer <token>.'],
  FORBIDDEN_HOST: [403, '未设令牌时只接受本机访问', 'Use http://127.0.0.1, or set FUNDWATCH_TOKEN.'],
  NOT_FOUND: [404, '未找到', 'Check the address; /openapi.json lists every route.'],
  METHOD_NOT_ALLOWED: [405, '该地址不支持此方法', 'Use the method that /openapi.json gives for this address.'],
  TOO_LARGE: [413, '请求体超过大小上限', 'Send fewer records in one request, or raise FUNDWATCH_BODY_BYTES_MAX.'],
  UNSUPPORTED_MEDIA: [415, '不支持的内容类型或编码', 'Send application/json, application/x-ndjson or application/msgpack, plain or gzip.'],
  TOO_MANY_REQUESTS: [429, '同一客户端的并发请求过多', 'Wait for answers before sending more; honour Retry-After.'],
  OVERLOADED: [503, '系统繁忙，请稍后重试', ERROR_CODES.OVERLOADED],
  NOT_READY: [503, '系统尚未就绪', 'Retry after the time in Retry-After; /readyz says what is missing.'],
  INTERNAL: [500, '系统内部错误', 'This is a fault of fundwatch: see its log and report it.']
} as const
export type ProblemCode = keyof typeof PROBLEMS

/** An error that a request is to be answered with. `message` is English, about this request, and holds no personal data. */
export class Problem extends Error {
  readonly code: ProblemCode
  /** Methods that the address takes; only with METHOD_NOT_ALLOWED. */
  readonly allow: readonly string[]
  constructor (code: ProblemCode, message: string, allow: readonly string[] = []) {
    super(message)
    this.name = 'Problem'
    this.code = code
    this.allow = allow
  }
}

export interface ProblemAnswer {
  readonly code: string
  readonly message: string
  readonly message_zh: string
  readonly advice: string
}

/** Chinese beside the engine's own codes, where a request can meet them. All of them mean: try again later. */
const ENGINE_ZH: Partial<Record<ErrorCode, string>> = {
  OVERLOADED: PROBLEMS.OVERLOADED[1],
  STORE_UNREACHABLE: '数据库不可达，请稍后重试',
  STORE_LOCKED: '数据目录被其他进程占用',
  STORE_WRITE_FAILED: '写入数据库失败，请稍后重试',
  LANE_LOST: '研判线程已重启，请稍后重试',
  CHECK_TIMED_OUT: '未能在规定时间内完成预检，请稍后重试'
}

/** What is nobody's fault but the moment's. */
const BUSY: Partial<Record<ErrorCode, string>> = {
  OVERLOADED: 'the engine holds as much as it may',
  CHECK_TIMED_OUT: 'the check was not done in time'
}
/** The message of a store error may quote what was being stored, so the answer carries the advice only. */
const AWAY = 'the store or a lane is not available'

/** Codes of the framework that are the request's fault, under our names. */
const FRAMEWORK: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA',
  FST_ERR_VALIDATION: 'BAD_PARAMETER'
}

/** What an error becomes: the status, the answer, and whether it is our fault. */
export function answerOf (error: unknown): { status: number, answer: ProblemAnswer, ours: boolean } {
  if (error instanceof EngineError) {
    const zh = ENGINE_ZH[error.code]
    if (zh === undefined) return internal()
    const message = BUSY[error.code]
    return { status: 503, answer: { code: error.code, message: message ?? AWAY, message_zh: zh, advice: error.advice }, ours: message === undefined }
  }
  if (error instanceof Problem) return problem(error.code, error.message)
  const { code = '', statusCode = 500, message = '' } = error as Partial<FastifyError>
  const known = FRAMEWORK[code]
  if (known !== undefined) return problem(known, message)
  if (statusCode >= 400 && statusCode < 500) return problem('BAD_REQUEST', 'the request cannot be understood')
  return internal()
}

function problem (code: ProblemCode, message: string) {
  const [status, zh, advice] = PROBLEMS[code]
  return { status, answer: { code, message, message_zh: zh, advice }, ours: status === 500 }
}

function internal () {
  return problem('INTERNAL', 'something in fundwatch failed while answering')
}

/** Fastify's error handler: answers every error in the one shape, and reports ours without any of the request's values. */
export function errorHandler (deps: ServerDeps) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, answer, ours } = answerOf(error)
    if (ours) {
      deps.onFailure?.({ method: request.method, route: request.routeOptions.url ?? '', code: answer.code, error })
    }
    if (status === 429 || status === 503) void reply.header('retry-after', String(deps.settings.retryAfterSeconds))
    if (error instanceof Problem && error.allow.length > 0) void reply.header('allow', error.allow.join(', '))
    if (status === 401) void reply.header('www-authenticate', 'Bearer realm="fundwatch", Basic realm="fundwatch", charset="UTF-8"')
    void reply.code(status).header('vary', 'accept')
    if (prefersHtml(request.headers.accept)) void sendPage(reply, { title: answer.message_zh, body: problemBody(status, answer) })
    else void reply.type('application/json; charset=utf-8').send(answer)
  }
}
