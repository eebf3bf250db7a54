/** A flag with everything a reviewer needs: claims and lines, persons, law, thresholds, what was checked, for and against. */
import type { FlagItem, FlagRow, Values } from '../core/flag.ts'
import { COUNT_DECIMALS, PRICE_DECIMALS } from '../core/money.ts'
import { maskCertno, maskName, maskPersonNo } from '../core/mask.ts'
import type { Bilingual, LoadedRule, Rulebook } from '../core/rulebook.ts'
import { lawsOn } from '../core/rulebook/law.ts'
import { formatTime, type Millis } from '../core/time.ts'
import { type BriefSource, codesOf, type ListedFlag, listedFlag } from './brief-flag.ts'
import type { NameOf } from './catalogue-names.ts'
import { type ExplainedThreshold, type ExplainedValue, explainThresholds, explainValues } from './explained.ts'
import { type InstitutionName, withNames } from './institution-names.ts'
import type { ResponsiblePerson, StoredClaim, StoredLine } from './rows.ts'
import { codesOfSubject, explainSubject, personOfItem, type SubjectPart } from './subject.ts'
import { CAUTION, decimal } from './words.ts'

/** Lines shown of one claim; a long stay has thousands, and the store keeps them all. */
const LINES_SHOWN = 200

export interface NamedText extends Bilingual { readonly id: string }
export type ItemView = ReturnType<typeof itemView> & ReturnType<typeof personOfItem>
export type ClaimView = ReturnType<typeof claimView>

export interface FlagDetail extends ListedFlag {
  readonly subject_explained: readonly SubjectPart[]
  readonly rule: { readonly id: string, readonly version: number, readonly official_id: string }
  /** In force on the date of service. */
  readonly law_basis: readonly Bilingual[]
  readonly thresholds: Readonly<Record<string, number>>
  readonly thresholds_explained: readonly ExplainedThreshold[]
  readonly values: Values
  readonly values_explained: readonly ExplainedValue[]
  readonly items: readonly ItemView[]
  readonly responsible: readonly ResponsiblePerson[]
  readonly exclusions_checked: readonly NamedText[]
  readonly facts_for: readonly NamedText[]
  readonly facts_against: readonly NamedText[]
  readonly cleared: Bilingual
  readonly to_check: readonly Bilingual[]
  readonly caution: Bilingual
}

/**
 * @param claims those the flag's items refer to, as the store has them; an item whose claim is not there has `claims: []`.
 * @param nameOf names of the catalogue's items
 * @param institution names of the institutions of `codesOfFlag`
 */
export function flagDetail (
  row: FlagRow & BriefSource, claims: readonly StoredClaim[], responsible: readonly ResponsiblePerson[], rulebook: Rulebook,
  nameOf: NameOf, institution: InstitutionName
): FlagDetail {
  const rule = rulebook.rules.find(each => each.id === row.rule_id)
  return {
    ...listedFlag(row, rulebook, institution),
    subject_explained: explainSubject(row, institution, nameOf),
    rule: { id: row.rule_id, version: row.rule_version, official_id: rule?.official_id ?? '' },
    law_basis: lawsOn(rule?.law_basis ?? [], row.service_time).map(({ zh, en }) => ({ zh, en })),
    thresholds: row.thresholds,
    thresholds_explained: explainThresholds(row, rule),
    values: row.values,
    values_explained: explainValues(row, rule).map(each => ({ ...each, shown: withNames(each.shown, institution) })),
    items: row.items.map(item => ({
      ...itemView(item, claims.filter(claim => belongs(claim, item)), nameOf, institution),
      ...personOfItem(row, item)
    })),
    responsible: responsible,
    exclusions_checked: named(row.exclusions, rule?.exclusions),
    facts_for: named(row.supports, rule?.facts),
    facts_against: named(row.weakens, rule?.facts),
    cleared: { zh: row.cleared_zh, en: row.cleared_en },
    to_check: rule?.to_check ?? [],
    caution: CAUTION
  }
}

/** Codes of every institution that a flag's page names: its own, its subject's, its items', and those among its values. */
export function codesOfFlag (row: FlagRow & BriefSource): string[] {
  const values = Object.values(row.values).filter(value => typeof value === 'string')
  return [...codesOf(row), ...codesOfSubject(row), ...row.items.map(item => item.fixmedins_code), ...values]
}

function named (ids: readonly string[], texts: LoadedRule['facts'] | undefined): NamedText[] {
  return ids.map(id => ({ id, zh: texts?.get(id)?.zh ?? id, en: texts?.get(id)?.en ?? id }))
}

/** A settlement belongs to its own item; what else is known of the stay, to every item of that stay. */
function belongs (claim: StoredClaim, item: FlagItem): boolean {
  if (claim.fixmedins_code !== item.fixmedins_code) return false
  return claim.kind === 'settlement' ? claim.setl_id === item.setl_id : claim.mdtrt_id === item.mdtrt_id
}

function itemView (item: FlagItem, claims: readonly StoredClaim[], nameOf: NameOf, institution: InstitutionName) {
  return {
    role: item.role,
    fixmedins_code: item.fixmedins_code,
    fixmedins_name: institution(item.fixmedins_code),
    setl_id: item.setl_id,
    mdtrt_id: item.mdtrt_id,
    money: { total: item.medfee_sumamt, pooled: item.fund_pay_sumamt, personal: item.acct_pay },
    claims: claims.map(claim => claimView(claim, nameOf, new Set(item.lines)))
  }
}

/** @param meant feedetl_sn of the lines meant; empty = all. */
export function claimView (claim: StoredClaim, nameOf: NameOf, meant: ReadonlySet<string> = new Set()) {
  const lines = meant.size === 0 ? claim.lines : claim.lines.filter(line => meant.has(line.feedetl_sn))
  return {
    infno: claim.infno,
    reversed: claim.reversed,
    fixmedins_code: claim.fixmedins_code,
    setl_id: claim.setl_id,
    mdtrt_id: claim.mdtrt_id,
    psn_no: maskPersonNo(claim.psn_no),
    psn_name: maskName(claim.psn_name),
    certno: maskCertno(claim.certno),
    gend: claim.gend,
    med_type: claim.med_type,
    setl_time: written(claim.setl_time),
    adm_time: written(claim.adm_time),
    dscg_time: written(claim.dscg_time),
    inf_time: written(claim.inf_time),
    adm_dept_codg: claim.adm_dept_codg,
    dscg_dept_codg: claim.dscg_dept_codg,
    medfee_sumamt: claim.medfee_sumamt,
    fund_pay_sumamt: claim.fund_pay_sumamt,
    acct_pay: claim.acct_pay,
    opter: claim.opter,
    dev_no: claim.dev_no,
    diagnoses: claim.diagnoses,
    line_count: lines.length,
    lines: lines.slice(0, LINES_SHOWN).map(line => lineView(line, nameOf))
  }
}

function lineView (line: StoredLine, nameOf: NameOf) {
  return {
    ...line,
    item_name: nameOf(line.med_list_codg, line.fee_ocur_time),
    fee_ocur_time: formatTime(line.fee_ocur_time),
    cnt: decimal(line.cnt, COUNT_DECIMALS),
    pric: decimal(line.pric, PRICE_DECIMALS)
  }
}

function written (at: Millis | null): string {
  return at === null || at === 0 ? '' : formatTime(at)
}
