/** JSON schemas used by several routes. They bound what is accepted, choose what is sent, and are the OpenAPI document. */
import { REJECTION_REASONS } from '../core/rejection.ts'
import { SHARED_KINDS } from '../core/shared.ts'

export const text = (description: string, example?: string) =>
  ({ type: 'string', description, ...(example === undefined ? {} : { examples: [example] }) }) as const
export const whole = (description: string, example?: number) =>
  ({ type: 'integer', description, ...(example === undefined ? {} : { examples: [example] }) }) as const
export const list = <S>(items: S, description = '') => ({ type: 'array', items, description }) as const
/** An object with exactly these properties, all required: what is not named is never sent. */
export const object = <P extends Record<string, object>>(properties: P, description = '', optional: ReadonlyArray<keyof P> = []) => ({
  type: 'object',
  description,
  required: Object.keys(properties).filter(name => !optional.includes(name)),
  additionalProperties: false,
  properties
}) as const

export const bilingual = object({ zh: text('Chinese', '分解住院'), en: text('English', 'split hospitalisation') })
export const moment = (description: string) => text(`${description}, yyyy-MM-dd HH:mm:ss at UTC+8`, '2026-03-02 10:15:00')
export const fen = (description: string) => whole(`${description}, in 分`, 12340)
export const severity = { type: 'integer', enum: [1, 2, 3], description: '1 高 high, 2 中 medium, 3 低 low' } as const
/** Numbers and texts by name. */
export const named = (description: string, types: readonly string[] = ['string', 'number']) =>
  ({ type: 'object', description, additionalProperties: { type: types } }) as const

export const moneyParts = object({
  total: fen('medical fee of the main claims'), pooled: fen('of it paid by the pooled fund'),
  personal: fen('of it paid by the personal account')
}, 'Each claim is counted once.')

const PROBLEM = object({
  code: text('what happened, from a closed list', 'BAD_PARAMETER'),
  message: text('what was wrong with this request', 'limits is not a parameter. Did you mean limit?'),
  message_zh: text('the same kind of problem in Chinese', '参数有误'),
  advice: text('what to do next', 'Correct the parameter named in the message.')
})

const SAID: Readonly<Record<number, string>> = {
  400: '请求有误 · the request is wrong',
  401: '缺少令牌 · the token is missing or wrong',
  404: '未找到 · nothing has this address',
  405: '方法不符 · the address takes other methods; see Allow',
  413: '过大 · the body is too large',
  415: '类型不支持 · content type or encoding not supported',
  429: '并发过多 · too many requests of this client; see Retry-After',
  503: '繁忙或未就绪 · overloaded, not ready, or the store is away; see Retry-After'
}

/** The error answers of a route, for its `response`. Every route may also answer 401, 429, and 500. */
export function problems (...statuses: number[]) {
  return Object.fromEntries([...statuses, 401, 429].map(status => [status, { ...PROBLEM, description: SAID[status] ?? '' }]))
}

export const rejectionReason = { type: 'string', enum: Object.keys(REJECTION_REASONS), description: 'why, from a closed list' } as const

const SUBJECT_KINDS = 'what it is about: a person, or what the claims of several share: a trace code, a bed, a terminal, ' +
  'an institution as a whole, an item of an institution; medicine: a medicine of one person'
const SUBJECT_NAME = 'its name: psn_no, a trace code, or parts with bars between, as institution|ward|bed|month; persons masked as in psn_no'
const WHOSE = 'person; masked where a sender put a certificate number there; empty when it is about what claims share: its items say whose they are'

export const briefFlag = object({
  flag_id: text('fingerprint of rule, subject and anchor', '4f1c2a9be07d3355aa01'),
  revision: whole('grows with what is known', 1),
  status: { type: 'string', enum: ['active', 'retracted'] },
  rule_id: text('rule', 'split-hospitalisation'),
  title: bilingual,
  severity,
  severity_zh: { type: 'string', enum: ['高', '中', '低'] },
  subject_kind: { type: 'string', enum: ['person', ...SHARED_KINDS], description: SUBJECT_KINDS },
  subject: text(SUBJECT_NAME, 'P1'),
  psn_no: text(WHOSE, 'P1'),
  person: text('what finds the person in addresses: psn_no, or `flag:<flag_id>` where psn_no is masked; empty with psn_no', 'P1'),
  fixmedins_code: text('institution it is laid against, empty when about the person only', 'H34170200001'),
  area: text('pooling area (insuplc_admdvs)', '341702'),
  service_time: moment('date of service'),
  sentence_zh: text('what is suspicious', '出院后 3 天再次入院'),
  sentence_en: text('the same in English', 'readmitted 3 days after discharge'),
  settled: { type: 'boolean', description: 'false while a stay it is about is not settled: its money is not known yet and counted as 0' },
  money: moneyParts,
  evidence: text('address of the printable page', '/v1/flags/4f1c2a9be07d3355aa01/evidence')
})

/** As lists show it: an answer to a submitter does not wait for names. */
export const listedFlag = object({ ...briefFlag.properties, fixmedins_name: text('name of that institution, or empty', '某某医院') })

/** An HTML page. */
export const page = (description: string) => ({ description, content: { 'text/html': { schema: { type: 'string' } } } }) as const
