/** A row of a case as a stock record or mapping (3501–3507, 3301): quantity in `cnt`, time in `at_time`. */
import { STOCK, STOCK_FIELDS } from './columns.ts'
import type { StockKind } from './columns.ts'
import { cell } from './record.ts'
import type { RawRecord } from './record.ts'
import type { Row } from './parse.ts'

export function isStockKind (kind: string): kind is StockKind {
  return kind in STOCK
}

/** What follows the header. @param at its time as the interface writes it */
export function stockNode (row: Row, kind: StockKind, at: string): RawRecord {
  const { node, cnt, time } = STOCK[kind]
  const fields: Record<string, string> = {
    fixmedins_bchno: cell(row, 'claim'), fixmedins_hilist_id: 'Y102180', med_list_codg: 'XC08CAA259A001010102180',
    fixmedins_hilist_name: '某药',
    ...(kind === 'stock_change' ? { inv_chg_type: '103' } : {})
  }
  for (const name of STOCK_FIELDS) if (cell(row, name) !== '') fields[name] = cell(row, name)
  if (cnt !== '') fields[cnt] = cell(row, 'cnt') || '1'
  if (time !== '') fields[time] = at
  if (kind === 'deletion') delete fields['med_list_codg']
  if (kind === 'mapping') delete fields['fixmedins_bchno']
  return { [node]: fields }
}
