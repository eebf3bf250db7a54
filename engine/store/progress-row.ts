/** Rows of `progress` and `milestones`: how far the exchange has come, and what has been reached. */
import type { Milestone } from '../core/ports.ts'
import type { RowWriter } from './row-binary.ts'

/** @param until wall clock in milliseconds until which everything received has had its effect across persons */
export function encodeExchangedRow (row: RowWriter, until: number): void {
  row.text('exchange')
  row.int32(0)
  row.int64(until)
  row.endRow()
}

export function encodeMilestoneRow (row: RowWriter, { name, value }: Milestone): void {
  row.text(name)
  row.text(value)
  row.endRow()
}
