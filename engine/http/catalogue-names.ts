/** Names of the catalogue's items, as they were on the day of a fee line. */
import type { StoreReader } from '../core/ports.ts'
import type { Millis } from '../core/time.ts'
import { momentCell, type Row, textCell } from './cells.ts'
import type { StoredClaim } from './rows.ts'

/** Codes asked for at once: a bound parameter may have 128 KiB, and a code has up to 50 characters. */
const CODES_A_QUERY = 1000

/** The name of a catalogue item at a moment; '' when the catalogue does not know the code. */
export type NameOf = (med_list_codg: string, at: Millis) => string

/** Names of the items on these claims' lines. */
export async function catalogueNames (reader: StoreReader, claims: readonly StoredClaim[]): Promise<NameOf> {
  const codes = [...new Set(claims.flatMap(claim => claim.lines.map(line => line.med_list_codg)))].filter(code => code !== '')
  const names = new Map<string, Array<{ from: Millis, name: string }>>()
  for (let i = 0; i < codes.length; i += CODES_A_QUERY) {
    const rows = await reader.query<Row>('catalogue.names', { codes: codes.slice(i, i + CODES_A_QUERY) })
    for (const row of rows) {
      const code = textCell(row, 'med_list_codg')
      const dated = { from: momentCell(row, 'valid_from'), name: textCell(row, 'name') }
      names.set(code, [...names.get(code) ?? [], dated])
    }
  }
  return (code, at) => {
    const known = names.get(code)
    // A line older than the catalogue's first entry still reads better with a name than without.
    return (known?.findLast(each => each.from <= at) ?? known?.[0])?.name ?? ''
  }
}
