/** Names of institutions beside their codes: a supervisor knows the hospital, not its number. */
import type { StoreReader } from '../core/ports.ts'
import type { Bilingual } from '../core/rulebook.ts'
import { type Row, textCell } from './cells.ts'

/** Codes asked for at once: a bound parameter may have 128 KiB, and a code has up to 50 characters. */
const CODES_A_QUERY = 1000

/** The name of an institution by its newest master data; '' when there are none. */
export type InstitutionName = (fixmedins_code: string) => string

/** Codes of institutions have letters and digits; dates and amounts have no letters, words no digits. */
const CODE = /(?<![0-9A-Za-z])(?=[0-9]*[A-Za-z])(?=[A-Za-z]*[0-9])[0-9A-Za-z]{2,50}(?![0-9A-Za-z])/g

/** What may be the code of an institution in a sentence; more than codes, as the store says which they are. */
export function codesIn (text: string): string[] {
  return text.match(CODE) ?? []
}

/** Names of these institutions, asked for at once. Repeats and '' among the codes do not matter. */
export async function institutionNames (reader: StoreReader, codes: Iterable<string>): Promise<InstitutionName> {
  const wanted = [...new Set(codes)].filter(code => code !== '')
  const names = new Map<string, string>()
  for (let i = 0; i < wanted.length; i += CODES_A_QUERY) {
    const rows = await reader.query<Row>('institutions.names', { codes: wanted.slice(i, i + CODES_A_QUERY) })
    for (const row of rows) names.set(textCell(row, 'fixmedins_code'), textCell(row, 'fixmedins_name'))
  }
  return code => names.get(code) ?? ''
}

/** A code with the spaces that set it off from Chinese text; a name needs none. */
const SPACED_CODE = new RegExp(` ?${CODE.source} ?`, 'g')

/** A text with the name put before every code that has one: "某某医院（H34170200001）". */
export function withNames ({ zh, en }: Bilingual, nameOf: InstitutionName): Bilingual {
  const put = (text: string, places: RegExp, open: string, close: string): string => text.replace(places, place => {
    const code = place.trim()
    const name = nameOf(code)
    return name === '' ? place : `${name}${open}${code}${close}`
  })
  return { zh: put(zh, SPACED_CODE, '（', '）'), en: put(en, CODE, ' (', ')') }
}
