/** POST /v1/claims:check: records judged as if they were handed in now, and forgotten again (事前/事中). */
import type { FastifyInstance } from 'fastify'
import { EngineError } from '../../core/errors.ts'
import type { Admission } from '../admission.ts'
import { CONTENT_TYPES } from '../body.ts'
import { checkAnswer } from '../check-answer.ts'
import type { ServerDeps } from '../deps.ts'
import { checkedFlagSchema } from '../detail-schemas.ts'
import { CHECK_EXAMPLE, CHECK_REJECTED_EXAMPLE } from '../examples.ts'
import { Problem } from '../problem.ts'
import { bilingual, list, object, problems, rejectionReason, text, whole } from '../schemas.ts'
import { bodyOf, isSingle, mediaType, recordBodies } from './claims.ts'

const result = object({
  index: whole('place of the record in the request, from 0', 0),
  status: {
    type: 'string',
    enum: ['judged', 'corrected', 'late', 'learned', 'duplicate', 'superseded', 'rejected'],
    description: 'what would become of it; learned: stock or reference data, in which nothing is judged'
  },
  identity: text('what the record is, e.g. institution and settlement', 'H34170200001/S1'),
  judged_by: { type: 'string', enum: ['memory'], description: 'a check never waits for the store' },
  history: {
    type: 'string', enum: ['whole', 'partial'], description: 'partial: older than memory reaches; older history was not looked at'
  },
  history_says: bilingual,
  flags: list(checkedFlagSchema, 'flags that this record would raise, revise or retract'),
  reason: rejectionReason,
  reason_zh: text('the reason in Chinese', '金额恒等式不成立'),
  field: text('the field it is about, empty for the whole record', 'setlinfo.medfee_sumamt'),
  seen: text('what was there, masked', '123.40')
}, '', ['identity', 'judged_by', 'history', 'history_says', 'flags', 'reason', 'reason_zh', 'field', 'seen'])

const answer = object({
  recorded: { type: 'boolean', enum: [false], description: 'nothing of this request is stored or remembered' },
  checked: whole('records that were judged', 1),
  flags: whole('active flags among the results', 0),
  judged: whole('would be judged for the first time', 1),
  corrected: whole('would replace an older version', 0),
  late: whole('would be judged from the store; here by memory only', 0),
  learned: whole('stock and reference data: nothing to judge', 0),
  duplicate: whole('known already', 0),
  superseded: whole('older than the version known', 0),
  rejected: whole('would be refused, each with its reason', 0),
  results: list(result, 'one a record, in the order sent'),
  caution: bilingual
})

const schema = {
  operationId: 'checkClaims',
  tags: ['claims'],
  summary: '预检：研判而不记录（事前、事中） · judge without recording',
  description: 'The body is that of POST /v1/claims. Every record is judged as if it were handed in now; nothing is stored or ' +
    'remembered, and the store is not asked. Several records of one request are judged one after another: a later one of the same person sees the ' +
    'earlier ones; records of different persons need not see one another. What was handed in but is not judged yet is not seen. ' +
    'A claim that is older than memory reaches is answered with `history: partial`. ' +
    'What the claims of several persons share (a trace code, a bed, a terminal) is not judged by a check: only once the record is handed in.\n\n' +
    'A request may have as many bytes as a lane gets at once (FUNDWATCH_BATCH_BYTES). A check that is not done within ' +
    'FUNDWATCH_CHECK_MS is answered 503 with Retry-After; ' +
    'so is one that comes while the engine is not ready or holds too many bodies. 429: the client has too many requests under way.',
  consumes: Object.keys(CONTENT_TYPES),
  body: recordBodies,
  response: {
    200: { ...answer, description: '已研判，未记录 · judged, not recorded', examples: [CHECK_EXAMPLE] },
    422: { ...answer, description: '唯一的一条记录无法研判 · the only record would be refused', examples: [CHECK_REJECTED_EXAMPLE] },
    ...problems(400, 413, 415, 503)
  }
} as const

export function registerCheck (app: FastifyInstance, deps: ServerDeps, admission: Admission): void {
  const { rulebook, settings } = deps
  // Two colons stand for the one in the address; one alone would begin a parameter.
  app.post('/v1/claims::check', {
    schema,
    bodyLimit: settings.maxCheckBytes,
    validatorCompiler: () => () => true,
    onRequest: (request, reply, done) => {
      admission.admitCheck(request, reply)
      done()
    }
  }, async (request, reply) => {
    const bytes = await bodyOf(request, settings.maxCheckBytes)
    const type = mediaType(request)
    const format = CONTENT_TYPES[type]
    if (format === undefined) throw new Problem('UNSUPPORTED_MEDIA', 'this content type is not supported')
    const outcomes = await timed(deps, async () => await deps.checker.check(bytes, format, settings.checkMs))
    if (outcomes.length === 0) throw new Problem('EMPTY_BODY', 'the body holds no record')
    const answered = checkAnswer(outcomes, rulebook)
    const refused = answered.rejected === 1 && outcomes.length === 1 && isSingle(bytes, type)
    return reply.code(refused ? 422 : 200).send(answered)
  })
}

/** Does a check and counts how long it took, also when it was given up. */
export async function timed<T> ({ metrics }: Pick<ServerDeps, 'metrics'>, check: () => Promise<T>): Promise<T> {
  const started = performance.now()
  try {
    return await check()
  } catch (error) {
    if (error instanceof EngineError && error.code === 'CHECK_TIMED_OUT') metrics.checksTimedOut.inc()
    throw error
  } finally {
    metrics.checkSeconds.observe((performance.now() - started) / 1000)
  }
}
