/**
 * Which person an address means. Where a sender put a certificate number into psn_no, answers show it masked, and a masked
 * number finds nobody; so a flag stands for its person: `flag:<flag_id>`, or `flag:<flag_id>:<revision>.<n>` for the person of the
 * n-th of several persons' claims. It needs no key, no table and no memory, outlives restarts, and tells no more than the flag
 * beside which it stands. Who knows the number itself may ask by it as before.
 */
import type { FlagRow } from '../core/flag.ts'
import { maskPersonNo } from '../core/mask.ts'
import type { StoreReader } from '../core/ports.ts'
import { listCell, type Row, textCell, wholeCell } from './cells.ts'

const HANDLE = /^flag:([^:]+)(?::(\d+)\.(\d+))?$/

/** What finds the person of a flag: psn_no itself where it may be shown, else the flag. */
export function personHandle (psn_no: string, flag_id: string): string {
  return maskPersonNo(psn_no) === psn_no ? psn_no : `flag:${flag_id}`
}

/** The same of the flag's item at `place`. With its revision: the next one may have another person's claim there. */
export function itemHandle (psn_no: string, { flag_id, revision }: Pick<FlagRow, 'flag_id' | 'revision'>, place: number): string {
  return maskPersonNo(psn_no) === psn_no ? psn_no : `flag:${flag_id}:${revision}.${place + 1}`
}

/** The psn_no that an address means; what is no handle of a known flag is a psn_no. */
export async function personOf (reader: StoreReader, written: string): Promise<string> {
  const [, flag_id, revision, n] = HANDLE.exec(written) ?? []
  if (flag_id === undefined) return written
  const [row] = await reader.query<Row>('flag.get', { flag_id })
  if (row === undefined) return written
  if (n === undefined) return textCell(row, 'subject_kind') === 'person' ? textCell(row, 'subject') : written
  return (wholeCell(row, 'revision') === Number(revision) ? listCell<string>(row, 'persons')[Number(n) - 1] : undefined) ?? written
}

/**
 * A person who was asked about as pages repeat it: a certificate number is not written back, a flag of the person finds as much.
 * @param flags of the person, of which one is taken
 */
export async function repeatablePerson (
  reader: StoreReader, psn_no: string, written: string, flags: ReadonlyArray<Pick<FlagRow, 'flag_id' | 'subject_kind'>>
): Promise<string> {
  const masked = maskPersonNo(written)
  const flag = flags.find(each => each.subject_kind === 'person') ?? flags[0]
  if (masked === written || flag === undefined) return masked
  if (flag.subject_kind === 'person') return personHandle(psn_no, flag.flag_id)
  const { flag_id } = flag
  const [row] = await reader.query<Row>('flag.get', { flag_id })
  if (row === undefined) return masked
  const place = listCell<string>(row, 'persons').indexOf(psn_no)
  return place < 0 ? masked : itemHandle(psn_no, { flag_id, revision: wholeCell(row, 'revision') }, place)
}
