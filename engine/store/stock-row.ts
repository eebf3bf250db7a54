/** Rows of `inventory` (3501–3507, 3301) and of `master_data`. */
import type { MasterData, StockMovement } from '../core/claim.ts'
import type { Format, Origin } from '../core/ports.ts'
import { writeHeader, writeOrigin } from './claim-row.ts'
import type { RowWriter } from './row-binary.ts'

/**
 * What tells apart stock records of one (fixmedins_code, infno, fixmedins_bchno, fixmedins_hilist_id): nothing, except that
 * an institution's item may be mapped to several catalogue items over time and a deletion names a kind of row.
 */
export function stockRowId (stock: StockMovement): string {
  if (stock.kind === 'mapping') return `${stock.med_list_codg}@${stock.at}`
  return stock.infno === '3507' ? stock.inv_data_type : ''
}

/** Appends a stock movement's row. */
export function encodeStockRow (row: RowWriter, stock: StockMovement, origin: Origin, format: Format, raw: Uint8Array): void {
  row.text(stock.kind)
  row.text(stock.infno)
  row.text(stock.fixmedins_code)
  row.text(stock.fixmedins_bchno)
  row.text(stock.fixmedins_hilist_id)
  row.text(stockRowId(stock))
  row.version(stock.version)
  row.text(stock.msgid)
  row.time(stock.at)
  row.timeOrNull(stock.until)
  writeHeader(row, stock)
  row.text(stock.fixmedins_hilist_name)
  row.text(stock.med_list_codg)
  row.int64(stock.cnt)
  row.text(stock.inv_chg_type)
  row.text(stock.inv_data_type)
  row.text(stock.spler_name)
  row.text(stock.manu_lotnum)
  row.bool(stock.prod_geay_flag)
  row.bool(stock.trdn_flag)
  row.text(stock.setl_id)
  row.text(stock.psn_no)
  row.texts(stock.trace_codes)
  writeOrigin(row, origin, format, raw)
  row.endRow()
}

/** Appends a master row; repeats meet on (type, key, valid_from). */
export function encodeMasterRow (row: RowWriter, master: MasterData, origin: Origin, format: Format, raw: Uint8Array): void {
  row.text(master.type)
  row.text(master.key)
  row.version(master.version)
  row.time(master.inf_time)
  row.time(master.valid_from)
  row.timeOrNull(master.valid_to)
  row.text(JSON.stringify(master.fields))
  writeOrigin(row, origin, format, raw)
  row.endRow()
}
