/** A row of `progress`: how far the exchange has come. */
import type { RowWriter } from './row-binary.ts'

/** @param until wall clock in milliseconds until which everything received has had its effect across persons */
export function encodeExchangedRow (row: RowWriter, until: number): void {
  row.text('exchange')
  row.int32(0)
  row.int64(until)
  row.endRow()
}
