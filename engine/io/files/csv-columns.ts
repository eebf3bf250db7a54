/** Which node of a record a column of a table belongs to: columns are the field names of the interface. */
import { distance } from 'fastest-levenshtein'
import { EngineError } from '../../core/errors.ts'
import { DIAGNOSIS, LINE, SETLINFO, STAY } from '../../decode/shapes.ts'

const HEADER: ReadonlySet<string> = new Set([
  'infno', 'msgid', 'mdtrtarea_admvs', 'insuplc_admdvs', 'dev_no', 'opter_type', 'opter', 'inf_time', 'fixmedins_code'
])
const SETL: ReadonlySet<string> = new Set(SETLINFO.names)
const LINES: ReadonlySet<string> = new Set(LINE.names.filter(name => name !== 'drugtracinfo'))
/** What both a stay and a line have (etip_flag) is the line's: of a stay it is only a summary. */
const STAYS: ReadonlySet<string> = new Set(STAY.names.filter(name => !LINES.has(name)))
const DIAGNOSES: ReadonlySet<string> = new Set(DIAGNOSIS.names)
/** What no record can be told apart without. */
const NEEDED = ['infno', 'fixmedins_code', 'psn_no', 'insuplc_admdvs'] as const
/** Whose digits a spreadsheet shortens. */
const NUMBERS = /(?:_id|_no|_sn|no|_codg|_code|certno)$/
const TIMES = /(?:_time|date|brdy)$/

export interface Column {
  readonly name: string
  readonly place: number
  /** An identifier, where 3.4E+17 is a number that was lost. */
  readonly isNumber: boolean
  readonly isTime: boolean
}

/** The columns of a table, by where they go; columns of other names are passed over. */
export interface Columns {
  readonly count: number
  readonly header: readonly Column[]
  readonly setlinfo: readonly Column[]
  readonly mdtrtinfo: readonly Column[]
  readonly feedetail: readonly Column[]
  readonly diseinfo: readonly Column[]
  /** What all rows of one record must agree in. */
  readonly shared: readonly Column[]
}

/** @throws EngineError INPUT_UNREADABLE when the first row is no header, names a column twice or lacks one that is needed */
export function columnsOf (names: readonly string[], file: string): Columns {
  const given = names.map(name => name.toLowerCase())
  const all = given.map((name, place): Column => ({ name, place, isNumber: NUMBERS.test(name), isTime: TIMES.test(name) }))
  const missing = NEEDED.filter(name => !given.includes(name))
  if (missing.length > 0) {
    const named = missing.map(name => `${name}${near(name, given)}`).join(', ')
    throw new EngineError('INPUT_UNREADABLE', `${file}: the header lacks ${named}`)
  }
  const twice = given.find((name, i) => name !== '' && given.indexOf(name) !== i)
  if (twice !== undefined) throw new EngineError('INPUT_UNREADABLE', `${file}: the header names ${twice} twice`)
  const of = (names: ReadonlySet<string>): Column[] => all.filter(column => names.has(column.name))
  return {
    count: all.length,
    header: of(HEADER),
    setlinfo: of(SETL),
    mdtrtinfo: of(STAYS),
    feedetail: of(LINES),
    diseinfo: of(DIAGNOSES),
    shared: all.filter(({ name }) => HEADER.has(name) || SETL.has(name) || STAYS.has(name))
  }
}

/** " (is it psn_n?)" when a column is named nearly so. */
function near (name: string, given: readonly string[]): string {
  const like = given.find(other => other !== '' && distance(name, other) <= 2)
  return like === undefined ? '' : ` (the header has ${like})`
}
