/** POST /v1/claims: records in, answered with their flags once everything is durable. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Outcome } from '../../core/ports.ts'
import { REJECTION_REASONS } from '../../core/rejection.ts'
import type { Rulebook } from '../../core/rulebook.ts'
import type { Admission } from '../admission.ts'
import { CONTENT_TYPES, decodeBody } from '../body.ts'
import { briefFlag, isSettled } from '../brief-flag.ts'
import { shownIdentity } from '../check-answer.ts'
import type { ServerDeps } from '../deps.ts'
import { CLAIMS_EXAMPLE, CLAIMS_REJECTED_EXAMPLE, RECORD_EXAMPLE } from '../examples.ts'
import { Problem } from '../problem.ts'
import { briefFlag as briefFlagSchema, list, object, problems, rejectionReason, text, whole } from '../schemas.ts'

const result = object({
  index: whole('place of the record in the request, from 0', 0),
  status: { type: 'string', enum: ['judged', 'corrected', 'late', 'learned', 'duplicate', 'superseded', 'rejected'] },
  identity: text('what the record is, e.g. institution and settlement', 'H34170200001/S1'),
  flags: list(briefFlagSchema, 'flags that this record raised, revised or retracted. Of a duplicate or superseded record: ' +
    'only those that had to be written again; an empty list does not mean that no flag stands (see the description of this operation)'),
  reason: rejectionReason,
  reason_zh: text('the reason in Chinese', '金额恒等式不成立'),
  field: text('the field it is about, empty for the whole record', 'setlinfo.medfee_sumamt'),
  seen: text('what was there, masked', '123.40')
}, '', ['identity', 'flags', 'reason', 'reason_zh', 'field', 'seen'])

const answer = object({
  accepted: whole('records that became claims, known ones included', 1),
  judged: whole('judged for the first time', 1),
  corrected: whole('replaced an older version', 0),
  late: whole('judged from the store, being later than the lateness', 0),
  learned: whole('master data and stock records taken in', 0),
  duplicate: whole('known already; changed nothing', 0),
  superseded: whole('older than the version known; changed nothing', 0),
  rejected: whole('kept as dead letters, each with its reason', 0),
  results: list(result, 'one a record, in the order sent')
})

/** The records' own form is checked by the lanes; this says only what may be sent. */
const record = {
  type: 'object',
  additionalProperties: true,
  description: '一条记录，字段名与国家接口一致 · one record with the national interface’s field names; `infno` (or `type` of master data) says the kind',
  properties: { infno: text('transaction number', '2207') },
  examples: [RECORD_EXAMPLE]
} as const
const records = { oneOf: [record, { type: 'array', items: record, description: 'several records' }] } as const

/** Records in any of the forms that are taken, handed in or only checked. */
export const recordBodies = {
  content: {
    'application/json': { schema: records },
    'application/x-ndjson': { schema: { type: 'string', description: 'one record a line' } },
    'application/msgpack': { schema: records }
  }
} as const

/** What a sender who repeats itself may conclude, and what not. */
const DUPLICATES = '重复提交：记录已知时（`duplicate`，或被较新版本取代的 `superseded`）不改变任何结论，`flags` 只列出本次重新写入的疑点，可能为空；' +
  '空不表示没有疑点。现存疑点请用 `GET /v1/flags?person=…` 或 `?institution=…` 查询。 ' +
  'Repeats: a record that is known already (`duplicate`) or older than the version known (`superseded`) changes nothing. ' +
  'Its `flags` are those that were written again because the first time may have been lost in a crash. ' +
  'The list may be empty though flags stand, for example when the record is older than the lateness: what stands is answered by `GET /v1/flags`.'

/** What is judged across persons is in no answer to a submitter: see core/rule.ts SharedRule. */
const SHARED = '跨人比对：由多人结算共有的对象（追溯码、病床、终端等）产生的疑点不在本应答中，请用 `GET /v1/flags` 查询。 ' +
  'Across persons: flags about what the claims of several persons share (a trace code, a bed, a terminal; `subject_kind` other than `person`) are not among ' +
  '`flags` here, though a record may have raised them: they come from the exchange between lanes and are answered by `GET /v1/flags`.'

export const claimsSchema = {
  operationId: 'postClaims',
  tags: ['claims'],
  summary: '提交结算及其他记录 · submit records',
  description: 'One record, an array, or one record a line; plain or `Content-Encoding: gzip`. 200 means durable: every record is stored, as a claim with its flags or as a dead ' +
    'letter with its reason. A request of a single record that is rejected is answered 422. 429 (one client has too many requests under way) and 503 ' +
    '(the engine is full, not ready, or the store is away) carry Retry-After; sending the same again is safe.\n\n' +
    DUPLICATES + '\n\n' + SHARED,
  consumes: Object.keys(CONTENT_TYPES),
  body: recordBodies,
  response: {
    200: { ...answer, description: '已持久化 · durable', examples: [CLAIMS_EXAMPLE] },
    422: { ...answer, description: '唯一的一条记录被拒收 · the only record was rejected', examples: [CLAIMS_REJECTED_EXAMPLE] },
    ...problems(400, 413, 415, 503)
  }
} as const

export function registerClaims (app: FastifyInstance, { intake, rulebook, settings }: ServerDeps, admission: Admission): void {
  app.post('/v1/claims', {
    schema: claimsSchema,
    // Main must not parse what lanes will: bodies stay bytes, and only lanes say whether they are records.
    validatorCompiler: () => () => true,
    onRequest: (request, reply, done) => {
      admission.admitBody(request, reply)
      done()
    }
  }, async (request, reply) => {
    const bytes = await bodyOf(request, settings.maxBodyBytes)
    const format = CONTENT_TYPES[mediaType(request)]
    if (format === undefined) throw new Problem('UNSUPPORTED_MEDIA', 'this content type is not supported')
    const outcomes = intake.submit(bytes, format, 'http')
    admission.handOver(request)
    const results = await outcomes
    if (results.length === 0) throw new Problem('EMPTY_BODY', 'the body holds no record')
    const answered = summarise(results, rulebook)
    const refused = answered.rejected === 1 && answered.results.length === 1 && isSingle(bytes, mediaType(request))
    return reply.code(refused ? 422 : 200).send(answered)
  })
}

/** The body, unpacked. @throws Problem when it is empty, too large or broken */
export async function bodyOf (request: FastifyRequest, maxBytes: number): Promise<Uint8Array> {
  if (!Buffer.isBuffer(request.body)) throw new Problem('EMPTY_BODY', 'the body is empty')
  const bytes = await decodeBody(request.body, request.headers['content-encoding'], maxBytes)
  if (bytes.length === 0) throw new Problem('EMPTY_BODY', 'the body is empty')
  return bytes
}

export function mediaType (request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** Whether the request is one record by its form, not a list that happens to hold one: only then is it answered 422. */
export function isSingle (bytes: Uint8Array, type: string): boolean {
  switch (type) {
    case 'application/json': return bytes.find(byte => byte > 0x20) !== 0x5b // [
    case 'application/msgpack': {
      const first = bytes[0] ?? 0
      return !((first >= 0x90 && first <= 0x9f) || first === 0xdc || first === 0xdd) // fixarray, array 16, array 32
    }
    default: return false
  }
}

/** Counts what became of the records, and says so of each. */
export function summarise (outcomes: readonly Outcome[], rulebook: Rulebook) {
  const counts = { judged: 0, corrected: 0, late: 0, learned: 0, duplicate: 0, superseded: 0, rejected: 0 }
  const results = outcomes.map((outcome, index) => {
    counts[outcome.status]++
    if (outcome.status !== 'rejected') {
      const { status, identity, flags } = outcome
      const shown = flags.map(flag => briefFlag({ ...flag, settled: isSettled(flag.items) }, rulebook))
      return { index, status, identity: shownIdentity(identity), flags: shown }
    }
    const { reason, field, seen } = outcome.rejection
    return { index, status: outcome.status, reason, reason_zh: REJECTION_REASONS[reason][0], field, seen }
  })
  return { accepted: outcomes.length - counts.rejected, ...counts, results }
}
