/** The filters of flag lists, as written in an address and as asked of the store. */
import type { Severity } from '../core/flag.ts'
import type { Millis } from '../core/time.ts'
import { decodeCursor, type Cursor } from './cursor.ts'
import { momentParameter } from './parameters.ts'
import { LIMIT_MAX } from './paging.ts'
import { text } from './schemas.ts'

export const ORDERS = ['newest', 'money'] as const
export type Order = typeof ORDERS[number]

const bounded = (description: string, example: string) => ({ ...text(description, example), maxLength: 64 }) as const

/** Every parameter may be written with an empty value, which filters nothing: plain forms send them so. */
export const flagQuery = {
  type: 'object',
  properties: {
    rule: bounded('rule id', 'split-hospitalisation'),
    severity: { type: 'string', enum: ['', '1', '2', '3'], description: '1 高, 2 中, 3 低' },
    institution: bounded('fixmedins_code', 'H34170200001'),
    person: bounded('psn_no', 'P1'),
    area: bounded('pooling area (insuplc_admdvs)', '341702'),
    from: bounded('date of service not before this date or moment', '2026-03-01'),
    to: bounded('date of service up to this date (the day included) or before this moment', '2026-03-31'),
    status: { type: 'string', enum: ['', 'active', 'retracted', 'all'], default: 'active' },
    order: { type: 'string', enum: ['', ...ORDERS], default: 'newest', description: 'newest: latest date of service first; money: fund money weighted by severity (高 10, 中 3, 低 1), greatest first' },
    limit: { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: 50 },
    cursor: { ...text('`next` of the page before'), maxLength: 512 }
  }
} as const

export interface FlagQuery {
  rule?: string, severity?: string, institution?: string, person?: string, area?: string, from?: string, to?: string
  status?: string, order?: string, limit: number, cursor?: string
}

export interface FlagFilter {
  readonly rule: string
  /** 0 = any. */
  readonly severity: Severity | 0
  readonly institution: string
  readonly person: string
  readonly area: string
  /** Inclusive; null = open. */
  readonly from: Millis | null
  /** Exclusive; null = open. */
  readonly to: Millis | null
  readonly status: 'active' | 'retracted' | 'all'
  readonly order: Order
  readonly limit: number
  readonly cursor: Cursor | null
}

/** @throws Problem BAD_PARAMETER for a moment or cursor that is none. */
export function readFlagFilter (query: FlagQuery): FlagFilter {
  const order = query.order === 'money' ? 'money' : 'newest'
  const status = query.status === 'retracted' || query.status === 'all' ? query.status : 'active'
  return {
    rule: query.rule ?? '',
    severity: Number(query.severity ?? 0) as Severity | 0,
    institution: query.institution ?? '',
    person: query.person ?? '',
    area: query.area ?? '',
    from: query.from ? momentParameter('from', query.from) : null,
    to: query.to ? momentParameter('to', query.to, true) : null,
    status,
    order,
    limit: query.limit,
    cursor: query.cursor ? decodeCursor(query.cursor) : null
  }
}
