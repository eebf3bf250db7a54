/** Other orders in which the same records may arrive; none may change the flags. */
import { DAY } from '../../core/time.ts'
import type { Sending } from './build.ts'
import { cell } from './record.ts'

/** Records further apart than this would be late in another order, which is judged from the store. */
const SPAN = 31 * DAY

/**
 * Every record twice in a row; and, where none would become late, the reverse order and the odd before the even ones.
 * Reference data stay in front: they are there before the claims.
 */
export function otherOrders (sendings: readonly Sending[]): Sending[][] {
  const fixed = sendings.filter(isReference)
  const free = sendings.filter(each => !isReference(each))
  const twice = [...fixed, ...free.flatMap(each => [each, each])]
  if (spanOf(free) >= SPAN) return [twice]
  const odd = free.filter((_, i) => i % 2 === 1)
  const even = free.filter((_, i) => i % 2 === 0)
  return [twice, [...fixed, ...free.toReversed()], [...fixed, ...odd, ...even]]
}

function isReference ({ row }: Sending): boolean {
  return ['institution', 'catalogue', 'peer_median', 'department', 'practitioner', 'trace_prefix'].includes(cell(row, 'kind'))
}

const TIMES = /"(?:setl_time|dscg_time|adm_time|enddate|fee_ocur_time)":"([^"]+)"/g

/** Between the earliest and latest time that any of the records carries. */
function spanOf (sendings: readonly Sending[]): number {
  const times = sendings.flatMap(each => [...JSON.stringify(each.record).matchAll(TIMES)].map(match => Date.parse(match[1]!)))
  return Math.max(...times) - Math.min(...times)
}
