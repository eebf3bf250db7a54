/** A row of `moved_settlements`: whose a settlement is that was said to be several persons'. */
import type { MovedSettlement } from '../core/ports.ts'
import type { RowWriter } from './row-binary.ts'

export function encodeMovedRow (row: RowWriter, { fixmedins_code, setl_id, psn_no, version }: MovedSettlement): void {
  row.text(fixmedins_code)
  row.text(setl_id)
  row.text(psn_no)
  row.uint128(BigInt(version))
  row.endRow()
}
