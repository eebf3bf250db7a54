/** A flag as a check answers it: all that a stored flag says of its judgement, and nothing that would have to be looked up. */
import type { FlagRow } from '../core/flag.ts'
import type { Rulebook } from '../core/rulebook.ts'
import { isSettled } from './brief-flag.ts'
import { flagDetail } from './flag-detail.ts'

export type CheckedFlag = ReturnType<typeof checkedFlag>

const NO_NAME = (): string => ''

export function checkedFlag (row: FlagRow, rulebook: Rulebook) {
  const detail = flagDetail({ ...row, settled: isSettled(row.items) }, [], [], rulebook, NO_NAME, NO_NAME)
  // There is no page, and nobody was looked up: an empty list would say that nobody is responsible.
  const { evidence, responsible, told, fixmedins_name, items, ...rest } = detail
  return {
    ...rest,
    items: items.map(({ fixmedins_name, claims, ...item }) => item)
  }
}
