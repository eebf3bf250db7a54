/** POST /v1/3101 and POST /v1/3102: a hospital's question in the national interface's own form, judged without being recorded. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { formatTime } from '../../core/time.ts'
import type { Millis } from '../../core/time.ts'
import type { Admission } from '../admission.ts'
import type { ServerDeps } from '../deps.ts'
import { Problem } from '../problem.ts'
import { timed } from '../routes/check.ts'
import { bodyOf, mediaType } from '../routes/claims.ts'
import { askOfficial } from './ask.ts'
import type { OfficialAnswer } from './ask.ts'
import { readOfficial } from './input.ts'
import type { OfficialRequest } from './input.ts'
import { officialSchema } from './schemas.ts'

const ERR_MSG_MAX = 200
const SERIAL_DIGITS = 10

export function registerOfficial (app: FastifyInstance, deps: ServerDeps, admission: Admission): void {
  const { checker, rulebook, settings } = deps
  for (const infno of ['3101', '3102'] as const) {
    app.post(`/v1/${infno}`, {
      schema: officialSchema(infno),
      bodyLimit: settings.maxCheckBytes,
      validatorCompiler: () => () => true,
      onRequest: (request, reply, done) => {
        admission.admitCheck(request, reply)
        done()
      }
    }, async (request, reply) => {
      const received = Date.now()
      const bytes = await bodyOf(request, settings.maxCheckBytes)
      if (mediaType(request) !== 'application/json') throw new Problem('UNSUPPORTED_MEDIA', 'this address takes application/json')
      const asked = readOfficial(bytes)
      const check: typeof checker.check = async (...about) => await checker.check(...about)
      const answered = await timed(deps, async () => await askOfficial(asked, check, settings.checkMs, rulebook, received))
      return send(reply, asked, answered, received)
    })
  }
}

function send (reply: FastifyReply, asked: OfficialRequest, answered: OfficialAnswer, received: Millis): FastifyReply {
  const { result, notes, asked: wanted, judged } = answered
  const none = wanted > 0 && judged === 0
  const output = { result, notes }
  return reply.code(none ? 422 : 200).send(asked.enveloped ? { ...header(asked, notes, received, none), output } : output)
}

let serial = 0

/** The header of an answer: the receiver's message id is area (6), time (14) and serial number (10). */
function header ({ patients }: OfficialRequest, notes: OfficialAnswer['notes'], received: Millis, none: boolean) {
  serial = (serial + 1) % 10 ** SERIAL_DIGITS
  const area = (patients[0]?.poolarea ?? '').slice(0, 6).padEnd(6, '0')
  const time = stamp(received)
  return {
    infcode: none ? -1 : 0,
    inf_refmsgid: `${area}${time.slice(0, 14)}${String(serial).padStart(SERIAL_DIGITS, '0')}`,
    refmsg_time: time,
    respond_time: stamp(Date.now()),
    err_msg: none ? notes.map(({ mdtrt_id, zh, field }) => `${mdtrt_id} ${zh} ${field}`.trim()).join('；').slice(0, ERR_MSG_MAX) : ''
  }
}

/** yyyyMMddHHmmssSSS */
function stamp (at: Millis): string {
  return formatTime(at).replace(/\D/g, '') + String(at % 1000).padStart(3, '0')
}
