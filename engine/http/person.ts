/**
 * Which person an address means. Where a sender put a certificate number into psn_no, answers show it masked, and a masked
 * number finds nobody; so a flag stands for its person: `flag:<flag_id>`. It needs no key, no table and no memory, outlives
 * restarts, and tells no more than the flag beside which it stands. Who knows the number itself may ask by it as before.
 */
import { maskPersonNo } from '../core/mask.ts'
import type { StoreReader } from '../core/ports.ts'
import { type Row, textCell } from './cells.ts'

const HANDLE = /^flag:(.+)$/

/** What finds the person of a flag: psn_no itself where it may be shown, else the flag. */
export function personHandle (psn_no: string, flag_id: string): string {
  return maskPersonNo(psn_no) === psn_no ? psn_no : `flag:${flag_id}`
}

/** The psn_no that an address means; what is no handle of a known flag is a psn_no. */
export async function personOf (reader: StoreReader, written: string): Promise<string> {
  const flag_id = HANDLE.exec(written)?.[1]
  if (flag_id === undefined) return written
  const [row] = await reader.query<Row>('flag.get', { flag_id })
  return row === undefined ? written : textCell(row, 'subject')
}
