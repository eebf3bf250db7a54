/**
 * The naive model of the whole engine: all records at once, in any order, and which flags stand at the end.
 * Written to be obviously right, not fast. It reads raw JSON by itself and shares only the flag's name (fingerprint) with the engine,
 * so that a mistake in decoding, memory, judging or a rule cannot be made twice in the same way.
 */
import { bedLowDayCost, bedNoLines, bedNursingOnlyDays, bedVisitElsewhere, visitWhileInpatient } from './bed.ts'
import { judgeClaim } from './claim-rules.ts'
import { eventTime, isStockRecord, malformed, newest, personOf } from './claims.ts'
import { flagIdOf } from './found.ts'
import type { Found, OracleRule } from './found.ts'
import { frequentVisitDays, frequentVisitsMonth, frequentVisitsYear } from './frequent.ts'
import { impossibleTravel, manyInstitutionsADay, overlappingStays, useAfterDeath } from './impersonation.ts'
import { personFrom, settlementId } from './person.ts'
import { credentialMix, dialysisFrequency, pharmacySameDayRepeats } from './pharmacies.ts'
import { isRaw, node, text } from './read.ts'
import type { Raw } from './read.ts'
import { referenceFrom } from './reference.ts'
import type { Reference } from './reference.ts'
import { SharedSubjects } from './shared.ts'
import { sameDayReregistration, splitHospitalisation } from './stays.ts'

const PERSON_RULES: OracleRule[] = [
  splitHospitalisation, sameDayReregistration,
  bedNoLines, bedNursingOnlyDays, bedLowDayCost, bedVisitElsewhere, visitWhileInpatient,
  overlappingStays, impossibleTravel, manyInstitutionsADay, useAfterDeath,
  frequentVisitsMonth, frequentVisitsYear, frequentVisitDays,
  pharmacySameDayRepeats, credentialMix, dialysisFrequency
]

export interface OracleOptions {
  /**
   * How far event time has come, in epoch milliseconds, for rules that wait for an absence: one number, or one a person
   * (the engine keeps one a task). Default: the greatest event time of all claims given.
   */
  readonly watermark?: number | ((psn_no: string) => number)
  /** Records the engine would refuse; default: those that fail the oracle's own simple checks. */
  readonly rejected?: (record: Raw) => boolean
}

/** Flags that stand at the end, by flag_id. */
export type Standing = Map<string, Found>

/**
 * @param records the whole history as raw objects in the national interface's shape, master data included, in any
 * order, repeats allowed
 */
export function oracle (records: readonly unknown[], options: OracleOptions = {}): Standing {
  const rejected = options.rejected ?? malformed
  const valid = records.filter(isRaw).filter(raw => !rejected(raw))
  const reference = referenceFrom(valid)
  const standing: Standing = new Map()
  const watermark = options.watermark ?? greatestEventTime(valid)
  const shared = new SharedSubjects()
  for (const [psn_no, own] of byPerson(ofLastHolders(valid))) {
    const reached = typeof watermark === 'number' ? watermark : watermark(psn_no)
    judgePerson(psn_no, own, reference, reached, standing, shared)
  }
  for (const raw of valid) if (isStockRecord(raw)) shared.addStock(raw)
  shared.judge(reference, standing)
  return standing
}

/** Adds to `standing` what stands of one person, given all valid records that name them, and to `shared` what the person shares with others. */
export function judgePerson (
  psn_no: string, records: readonly Raw[], reference: Reference, watermark: number, standing: Standing, shared: SharedSubjects
): void {
  const say = (found: Found): void => { standing.set(flagIdOf(found), found) }
  const person = personFrom(psn_no, records)
  for (const rule of PERSON_RULES) rule(person, reference, watermark, say)
  for (const claim of person.settlements) {
    judgeClaim(claim, reference, say)
    shared.add(claim)
  }
}

/**
 * Of a settlement that several persons were said to have, only the versions of the person of the newest one; a reversal is of that
 * person, whomever it names.
 */
function ofLastHolders (records: readonly Raw[]): Raw[] {
  const isSettlement = (raw: Raw): boolean => ['2102', '2207', '2304'].includes(text(raw, 'infno'))
  const holders = new Map(newest(records.filter(isSettlement), settlementId).map(raw => [settlementId(raw), personOf(raw)]))
  const isReversal = (raw: Raw): boolean => ['2103', '2208', '2305'].includes(text(raw, 'infno'))
  return records.flatMap(raw => {
    const holder = holders.get(settlementId(raw))
    if (isSettlement(raw)) return holder === personOf(raw) ? [raw] : []
    return isReversal(raw) && holder !== undefined ? [{ ...raw, setlinfo: { ...node(raw, 'setlinfo'), psn_no: holder } }] : [raw]
  })
}

function byPerson (records: readonly Raw[]): Map<string, Raw[]> {
  const people = new Map<string, Raw[]>()
  for (const raw of records) {
    const psn_no = eventTime(raw) === null ? '' : personOf(raw)
    if (psn_no === '') continue
    const own = people.get(psn_no)
    if (own === undefined) people.set(psn_no, [raw])
    else own.push(raw)
  }
  return people
}

/** The greatest event time among claims; -Infinity when there are none. A death's registration says nothing of how far claims have come. */
export function greatestEventTime (records: readonly Raw[]): number {
  let greatest = -Infinity
  for (const raw of records) if (text(raw, 'type') === '') greatest = Math.max(greatest, eventTime(raw) ?? -Infinity)
  return greatest
}
