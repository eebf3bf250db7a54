/** Records that could not become claims, with their bytes masked. */
import type { FastifyInstance } from 'fastify'
import { maskBytesForShow } from '../../core/mask.ts'
import type { Format } from '../../core/ports.ts'
import { REJECTION_REASONS, type RejectionReason } from '../../core/rejection.ts'
import { formatTime } from '../../core/time.ts'
import { momentCell, type Row, textCell, wholeCell } from '../cells.ts'
import type { ServerDeps } from '../deps.ts'
import { DEAD_LETTER_EXAMPLE } from '../examples.ts'
import { type PageQuery, pageQuery, pagingOf } from '../paging.ts'
import { list, object, problems, rejectionReason, text, whole } from '../schemas.ts'

const letter = object({
  source: text('where it came from', 'http'),
  partition: whole('partition of the source', 0),
  offset: whole('place in it', 17),
  reason: rejectionReason,
  reason_zh: text('the reason in Chinese', '金额恒等式不成立'),
  field: text('the field it is about, empty for the whole record', 'setlinfo.medfee_sumamt'),
  seen: text('what was there, masked', '123.40'),
  format: { type: 'string', enum: ['json', 'msgpack'] },
  fixmedins_code: text('institution, when it could be read', 'H34170200001'),
  inf_time: text('when sent, or empty', '2026-03-02 10:15:00'),
  bytes: text('beginning of the record, names and numbers masked', '{"infno":"2207",…}')
})

interface LetterQuery { Querystring: PageQuery & { reason?: string, institution?: string } }

export function registerDeadLetters (app: FastifyInstance, { reader }: ServerDeps): void {
  app.get<LetterQuery>('/v1/dead-letters', {
    schema: {
      operationId: 'listDeadLetters',
      tags: ['engine'],
      summary: '拒收的记录 · records that could not become claims, newest first',
      querystring: {
        type: 'object',
        properties: {
          reason: { type: 'string', enum: ['', ...Object.keys(REJECTION_REASONS)], description: 'why' },
          institution: { ...text('fixmedins_code', 'H34170200001'), maxLength: 64 },
          ...pageQuery
        }
      },
      response: {
        200: { ...object({ dead_letters: list(letter) }, '拒收的记录 · dead letters'), examples: [{ dead_letters: [DEAD_LETTER_EXAMPLE] }] },
        ...problems(400, 503)
      }
    }
  }, async ({ query }) => {
    const rows = await reader.query<Row>('dead_letters.list', { reason: query.reason ?? '', fixmedins_code: query.institution ?? '', ...pagingOf(query) })
    return { dead_letters: rows.map(shown) }
  })
}

function shown (row: Row) {
  const reason = textCell(row, 'reason') as RejectionReason
  const at = momentCell(row, 'inf_time')
  const format: Format = textCell(row, 'format') === 'msgpack' ? 'msgpack' : 'json'
  return {
    source: textCell(row, 'source'), partition: wholeCell(row, 'partition'), offset: wholeCell(row, 'offset'),
    // A store may hold reasons of another version of fundwatch.
    reason, reason_zh: REJECTION_REASONS[reason]?.[0] ?? reason, field: textCell(row, 'field'), seen: textCell(row, 'seen'),
    format, fixmedins_code: textCell(row, 'fixmedins_code'), inf_time: at === 0 ? '' : formatTime(at),
    bytes: maskBytesForShow(row.bytes as Uint8Array, format)
  }
}
