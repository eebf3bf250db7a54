/**
 * What the benchmark of checks asks and what streams beside it, all from one made-up city:
 *
 *   history  all up to some days into the city's month, handed in before anything is timed
 *   stream   the others, but for those of the persons asked about: so every check has one right answer, whatever has streamed in
 *   asked    one settlement of a known person each: new ones, and every tenth one that history has already
 */
import { dayOf, formatDate, startOfDay } from '../../engine/core/time.ts'
import { generate } from '../workload/generate.ts'
import type { Raw } from '../workload/types.ts'
import { encodeRecords } from '../workload/write.ts'

/** Below the lateness of 31 days: nothing asked is ever late, however far the stream has come. */
const DAYS = 30
/** Some persons have come, some of them more than once, and most of the month is left to stream. */
const HISTORY_DAYS = 6
const KNOWN_EVERY = 10
const VISIT = '2207'

export interface Question {
  readonly body: string
  /** What the answer must call it: 'duplicate' shows that memory was looked at. */
  readonly status: 'judged' | 'duplicate'
  readonly identity: string
}

export interface CheckWorkload {
  readonly history: readonly Buffer[]
  readonly stream: readonly Buffer[]
  readonly questions: readonly Question[]
  /** Settlements that history has of the persons asked about. */
  readonly known: number
}

export interface CheckWorkloadOptions {
  readonly seed: number
  /** Settlements in the city. */
  readonly claims: number
  /** Persons asked about, one question each. */
  readonly persons: number
}

/** @throws RangeError when the city has too few persons who can be asked about */
export function checkWorkload ({ seed, claims, persons }: CheckWorkloadOptions): CheckWorkload {
  const options = { seed, claims, days: DAYS }
  const { span } = generate(options)
  const history = firstSentOn(generate(options).records, daysAfter(span.from, HISTORY_DAYS))
  const visits = [...plainVisits(generate(options).records, history)]
  const recent = visits.filter(([, own]) => String(setlinfoOf(own.at(-1)!)['setl_time']) >= span.from)
  const asked = new Map(recent.slice(0, persons))
  if (asked.size < persons) throw new RangeError(`only ${asked.size} persons of ${claims} settlements can be asked about, not ${persons}`)
  const after = daysAfter(span.to, 1)
  return {
    history: [...encodeRecords(part(generate(options).records, index => index < history), 'ndjson')],
    stream: [...encodeRecords(part(generate(options).records, (index, psn_no) => index >= history && !asked.has(psn_no)), 'ndjson')],
    questions: [...asked.values()].map((own, index) => questionOf(own.at(-1)!, index, after)),
    known: [...asked.values()].reduce((sum, own) => sum + own.length, 0)
  }
}

/** How many records come before the first claim that is sent on the date. */
function firstSentOn (records: Iterable<Raw>, date: string): number {
  let index = 0
  for (const record of records) {
    if (!('type' in record) && String(record['inf_time']) >= date) return index
    index++
  }
  throw new RangeError(`nothing is sent on ${date}`)
}

/** "yyyy-MM-dd" so many days later. */
function daysAfter (date: string, days: number): string {
  return formatDate(startOfDay(dayOf(Date.parse(`${date}T12:00:00+08:00`)) + days))
}

/** Persons of whom the whole city has nothing but outpatient visits, each sent once, and of those what is in history. */
function plainVisits (records: Iterable<Raw>, history: number): Map<string, Raw[]> {
  const known = new Map<string, Raw[]>()
  const others = new Set<string>()
  const ids = new Set<string>()
  let index = 0
  for (const record of records) {
    const psn_no = personOf(record)
    const inHistory = index++ < history
    if (psn_no === '' || others.has(psn_no)) continue
    const id = `${record['fixmedins_code']}/${setlinfoOf(record)['setl_id']}`
    if (record['infno'] !== VISIT || ids.has(id)) {
      others.add(psn_no)
      known.delete(psn_no)
      continue
    }
    ids.add(id)
    if (!inHistory) continue
    const own = known.get(psn_no)
    if (own === undefined) known.set(psn_no, [record])
    else own.push(record)
  }
  return known
}

function * part (records: Iterable<Raw>, wanted: (index: number, psn_no: string) => boolean): Generator<Raw> {
  let index = 0
  for (const record of records) if (wanted(index++, personOf(record))) yield record
}

/** The person's last visit as it was sent, or a new one like it on the day after the city's last. */
function questionOf (visit: Raw, index: number, date: string): Question {
  const institution = String(visit['fixmedins_code'])
  const { setl_id } = setlinfoOf(visit)
  if (index % KNOWN_EVERY === 0) return { body: JSON.stringify(visit), status: 'duplicate', identity: `${institution}/${setl_id}` }
  const id = `SCHECK${String(index).padStart(8, '0')}`
  const time = `${date} 10:00:00`
  const next = {
    ...visit,
    inf_time: time,
    setlinfo: { ...setlinfoOf(visit), setl_id: id, mdtrt_id: `M${id}`, setl_time: time, begndate: date, enddate: date },
    diseinfo: (visit['diseinfo'] as Raw[]).map(each => ({ ...each, diag_time: time })),
    feedetail: (visit['feedetail'] as Raw[]).map(each => ({ ...each, fee_ocur_time: time }))
  }
  return { body: JSON.stringify(next), status: 'judged', identity: `${institution}/${id}` }
}

const setlinfoOf = (record: Raw): Raw => (record['setlinfo'] ?? {}) as Raw

/** Whose record it is; '' for stock and for reference data but deaths. */
function personOf (record: Raw): string {
  const mdtrtinfo = (record['mdtrtinfo'] ?? {}) as Raw
  return String(setlinfoOf(record)['psn_no'] ?? mdtrtinfo['psn_no'] ?? record['psn_no'] ?? '')
}
