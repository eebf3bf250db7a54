/** Stays with signals of an unused bed (挂床住院) put together, as answers and pages show them. */
import type { FlagRow, Severity } from '../core/flag.ts'
import { maskPersonNo } from '../core/mask.ts'
import type { StoreReader } from '../core/ports.ts'
import type { Bilingual, Rulebook } from '../core/rulebook.ts'
import { formatTime } from '../core/time.ts'
import { codesOf, evidencePath, type ListedFlag, listedFlag, ruleTitle } from './brief-flag.ts'
import { flagCell, listCell, momentCell, type Row, textCell, wholeCell } from './cells.ts'
import { institutionNames } from './institution-names.ts'
import { type PageQuery, pageQuery, type SpanQuery, spanOf, spanQuery } from './paging.ts'
import { personOf, repeatablePerson } from './person.ts'
import { briefFlagRow } from './rows.ts'
import { bilingual, briefFlag, list, moment, moneyParts, object, text } from './schemas.ts'
import { SEVERITIES } from './words.ts'

/** Rules whose flags are signals of an unused bed. */
const SIGNAL = /^bed-/

const bounded = (description: string, example: string) => ({ ...text(description, example), maxLength: 64 }) as const

/** As with flags, an empty value filters nothing: plain forms send them so. */
export const bedQuery = {
  type: 'object',
  properties: {
    severity: { type: 'string', enum: ['', '2', '3'], description: '2 中: two kinds of signal or more, or one that is 中 itself; 3 低: one' },
    rule: bounded('rule id of a signal that the stay has', 'bed-no-lines'),
    institution: bounded('fixmedins_code', 'H34170200001'),
    person: bounded('psn_no, or `person` of a flag', 'P1'),
    area: bounded('pooling area (insuplc_admdvs), or the first digits of one', '341702'),
    ...spanQuery,
    ...pageQuery
  }
} as const
export interface BedQuery extends PageQuery, SpanQuery {
  severity?: string, rule?: string, institution?: string, person?: string, area?: string
}

const signalSchema = object({
  rule_id: text('rule', 'bed-no-lines'), title: bilingual, flag_id: text('flag', '4f1c2a9be07d3355'),
  evidence: text('address of its printable page', '/v1/flags/4f1c2a9be07d3355/evidence')
})

const { severity_zh, psn_no, person, settled } = briefFlag.properties
export const bedStaySchema = object({
  severity: { type: 'integer', enum: [2, 3], description: '2 中: two kinds of signal or more, or one that is 中 itself; 3 低: one' },
  severity_zh,
  fixmedins_code: text('institution', 'H34170200001'),
  fixmedins_name: text('its name, or empty', '某某医院'),
  psn_no,
  person,
  mdtrt_id: text('the stay', 'M2'),
  area: text('pooling area (insuplc_admdvs)', '341702'),
  signals: list(signalSchema, 'flags of the stay, by rule; each is a lead of its own'),
  settled,
  money: moneyParts,
  first_service: moment('earliest date of service of the signals'),
  last_service: moment('latest date of service of the signals')
})

export interface BedSignal { readonly rule_id: string, readonly title: Bilingual, readonly flag_id: string, readonly evidence: string }
export type BedStay = ReturnType<typeof bedStay>

export interface BedStays {
  readonly stays: BedStay[]
  readonly more: boolean
  /** The person who was asked about, as it may be repeated; '' for nobody. */
  readonly person: string
}

/** A page of stays, those with most kinds of signal first, and whether there are more. */
export async function listBedStays (reader: StoreReader, rulebook: Rulebook, query: BedQuery): Promise<BedStays> {
  const asked = query.person ?? ''
  const psn_no = await personOf(reader, asked)
  const rows = await reader.query<Row>('bed_hanging.list', {
    severity: Number(query.severity ?? 0), rule_id: query.rule ?? '', fixmedins_code: query.institution ?? '', psn_no,
    area: query.area ?? '', ...spanOf(query), skip: query.skip,
    limit: query.limit + 1 // one more than shown tells whether there is a next page
  })
  const shown = rows.slice(0, query.limit)
  const nameOf = await institutionNames(reader, shown.map(row => textCell(row, 'fixmedins_code')))
  const stays: BedStay[] = []
  for (const row of shown) {
    const subject = textCell(row, 'psn_no')
    const person = await repeatablePerson(reader, subject, subject, flagsOf(row, rulebook))
    stays.push(bedStay(row, rulebook, nameOf(textCell(row, 'fixmedins_code')), person))
  }
  const [first] = shown
  return {
    stays,
    more: rows.length > shown.length,
    person: asked === '' ? '' : await repeatablePerson(reader, psn_no, asked, first === undefined ? [] : flagsOf(first, rulebook))
  }
}

function bedStay (row: Row, rulebook: Rulebook, fixmedins_name: string, person: string) {
  const severity = wholeCell(row, 'severity') as Severity
  const ids = listCell<string>(row, 'flag_ids')
  return {
    severity,
    severity_zh: SEVERITIES[severity].zh,
    fixmedins_code: textCell(row, 'fixmedins_code'),
    fixmedins_name,
    psn_no: maskPersonNo(textCell(row, 'psn_no')),
    person,
    mdtrt_id: textCell(row, 'mdtrt_id'),
    area: textCell(row, 'area'),
    signals: listCell<string>(row, 'flag_rules').map((rule_id, i) => bedSignal(rule_id, ids[i] ?? '', rulebook)),
    settled: flagCell(row, 'settled'),
    money: { total: wholeCell(row, 'medfee_sumamt'), pooled: wholeCell(row, 'fund_pay_sumamt'), personal: wholeCell(row, 'acct_pay') },
    first_service: formatTime(momentCell(row, 'first_service')),
    last_service: formatTime(momentCell(row, 'last_service'))
  }
}

/** The flags of a stay, as far as a handle of the person needs them: one about a bed that several share is not about the person. */
function flagsOf (row: Row, { rules }: Rulebook): Array<Pick<FlagRow, 'flag_id' | 'subject_kind'>> {
  const rule_ids = listCell<string>(row, 'flag_rules')
  return listCell<string>(row, 'flag_ids').map((flag_id, i) => {
    const rule = rules.find(each => each.id === rule_ids[i])?.rule
    return { flag_id, subject_kind: rule?.subject === 'shared' ? rule.of : 'person' }
  })
}

function bedSignal (rule_id: string, flag_id: string, rulebook: Rulebook): BedSignal {
  return { rule_id, title: ruleTitle(rulebook, rule_id), flag_id, evidence: evidencePath(flag_id) }
}

/** Whether a flag is a signal of an unused bed. */
export function isBedSignal ({ rule_id }: { readonly rule_id: string }): boolean {
  return SIGNAL.test(rule_id)
}

/** The other signals of the stay that a flag names; none of a flag that is no such signal, or retracted. */
export async function signalsBeside (reader: StoreReader, rulebook: Rulebook, flag: ListedFlag): Promise<ListedFlag[]> {
  if (!isBedSignal(flag)) return []
  const rows = (await reader.query<Row>('bed_hanging.beside', { flag_id: flag.flag_id })).map(briefFlagRow)
  const nameOf = await institutionNames(reader, rows.flatMap(codesOf))
  return rows.map(row => listedFlag(row, rulebook, nameOf))
}
