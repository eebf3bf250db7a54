/** What this floor asks of the store, by named query, and nothing else. */
import type { StoreReader } from '../core/ports.ts'
import type { Rulebook } from '../core/rulebook.ts'
import { type BriefSource, codesOf, type ListedFlag, listedFlag } from './brief-flag.ts'
import { catalogueNames } from './catalogue-names.ts'
import { type Row, textCell, wholeCell } from './cells.ts'
import { type CandidateRow, candidateRow, type ScoreRow, scoreRow } from './credit-rows.ts'
import { encodeCursor } from './cursor.ts'
import { type ClaimView, claimView, codesOfFlag, type FlagDetail, flagDetail } from './flag-detail.ts'
import type { FlagFilter } from './flag-filter.ts'
import { institutionNames } from './institution-names.ts'
import { personOf, repeatablePerson } from './person.ts'
import { briefFlagRow, flagRow, responsiblePerson, storedClaim } from './rows.ts'
import { type InstitutionSummary, institutionRow, type Totals, totalsRow } from './totals.ts'

/** More than any person has; a bound all the same, because every row is held at once. */
const FLAGS_OF_PERSON = 100_000

export interface Paging { readonly limit: number, readonly skip: number }

/** One page of flags, the cursor of the next (null at the end), and the person who was asked about, to be asked about again. */
export async function listFlags (
  reader: StoreReader, rulebook: Rulebook, filter: FlagFilter
): Promise<{ flags: ListedFlag[], next: string | null, person: string }> {
  const psn_no = await personOf(reader, filter.person)
  const rows = await reader.query<Row>('flags.list', {
    rule_id: filter.rule, severity: filter.severity, fixmedins_code: filter.institution, area: filter.area,
    psn_no,
    from_ms: filter.from ?? 0, to_ms: filter.to ?? 0, status: filter.status === 'all' ? '' : filter.status, order: filter.order,
    ...(filter.cursor === null ? {} : { after_rank: filter.cursor.value, after_id: filter.cursor.id }),
    limit: filter.limit + 1 // one more than shown tells whether there is a next page
  })
  const shown = rows.slice(0, filter.limit).map(briefFlagRow)
  const last = rows[shown.length - 1]
  return {
    flags: await listed(reader, rulebook, shown),
    person: await repeatablePerson(reader, psn_no, filter.person, shown),
    next: rows.length <= filter.limit || last === undefined
      ? null
      : encodeCursor({ value: wholeCell(last, 'rank'), id: textCell(last, 'flag_id') })
  }
}

async function listed (reader: StoreReader, rulebook: Rulebook, rows: readonly BriefSource[]): Promise<ListedFlag[]> {
  const nameOf = await institutionNames(reader, rows.flatMap(codesOf))
  return rows.map(row => listedFlag(row, rulebook, nameOf))
}

/** A flag with its claims and who is named by them; null when there is none of this id. */
export async function findFlag (reader: StoreReader, rulebook: Rulebook, flag_id: string): Promise<FlagDetail | null> {
  const [row] = await reader.query<Row>('flag.get', { flag_id })
  if (row === undefined) return null
  const claims = (await reader.query<Row>('flag.claims', { flag_id })).map(storedClaim)
  const responsible = await reader.query<Row>('flag.responsible', { flag_id })
  const flag = flagRow(row)
  const names = await institutionNames(reader, codesOfFlag(flag))
  return flagDetail(flag, claims, responsible.map(responsiblePerson), rulebook, await catalogueNames(reader, claims), names)
}

export async function personClaims (
  reader: StoreReader, psn_no: string, from_ms: number, to_ms: number, paging: Paging
): Promise<ClaimView[]> {
  const claims = (await reader.query<Row>('person.claims', { psn_no, from_ms, to_ms, ...paging })).map(storedClaim)
  const nameOf = await catalogueNames(reader, claims)
  return claims.map(claim => claimView(claim, nameOf))
}

export async function personFlags (reader: StoreReader, rulebook: Rulebook, psn_no: string): Promise<ListedFlag[]> {
  const rows = await reader.query<Row>('flags.list', { psn_no, status: '', order: 'newest', limit: FLAGS_OF_PERSON })
  return listed(reader, rulebook, rows.map(briefFlagRow))
}

/** null when nothing is known of the institution. */
export async function institutionSummary (reader: StoreReader, fixmedins_code: string): Promise<InstitutionSummary | null> {
  const [row] = await reader.query<Row>('institution.summary', { fixmedins_code })
  if (row === undefined) return null
  const summary = institutionRow(row)
  return summary.settlements === 0 && summary.flags === 0 && summary.fixmedins_name === '' ? null : summary
}

export async function listCandidates (reader: StoreReader, fixmedins_code: string, paging: Paging): Promise<CandidateRow[]> {
  return (await reader.query<Row>('candidates.list', { fixmedins_code, ...paging })).map(candidateRow)
}

export async function listScores (reader: StoreReader, fixmedins_code: string, level: string, paging: Paging): Promise<ScoreRow[]> {
  return (await reader.query<Row>('scores.list', { fixmedins_code, level, ...paging })).map(scoreRow)
}

/** @param span event time, from inclusive to exclusive; 0 = open. `area` is a prefix of the pooling area. */
export async function totals (reader: StoreReader, span: { area?: string, from_ms?: number, to_ms?: number } = {}): Promise<Totals> {
  const [row] = await reader.query<Row>('totals', span)
  if (row === undefined) throw new TypeError('the query totals answers one row')
  return totalsRow(row)
}
