/** Parameters that several lists share: pages, and spans of event time. */
import type { Millis } from '../core/time.ts'
import { momentParameter } from './parameters.ts'
import { text } from './schemas.ts'

export const LIMIT_MAX = 500

export const pageQuery = {
  limit: { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: 50, description: 'rows of a page' },
  skip: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 0, description: 'rows before it' }
} as const
export interface PageQuery { limit: number, skip: number }

export const spanQuery = {
  from: { ...text('not before this date or moment', '2026-03-01'), maxLength: 32 },
  to: { ...text('up to this date (the day included) or before this moment', '2026-03-31'), maxLength: 32 }
} as const
export interface SpanQuery { from?: string, to?: string }

export function pagingOf ({ limit, skip }: PageQuery): PageQuery {
  return { limit, skip }
}

/** From inclusive to exclusive; 0 = open, as the store's queries have it. */
export function spanOf ({ from, to }: SpanQuery): { from_ms: Millis, to_ms: Millis } {
  return { from_ms: from ? momentParameter('from', from) : 0, to_ms: to ? momentParameter('to', to, true) : 0 }
}
