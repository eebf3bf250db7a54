/** Schemas of a flag with its evidence and of claims as they are shown. */
import { bilingual, briefFlag, fen, list, listedFlag, moneyParts, named, object, text, whole } from './schemas.ts'
import { BASES, ROLES } from './words.ts'

const line = object({
  feedetl_sn: text('line number', '1'),
  init_feedetl_sn: text('the line it refunds, else empty', ''),
  fee_ocur_time: text('when the fee occurred', '2026-03-02 10:12:00'),
  med_list_codg: text('national catalogue code', 'XC08CAA259A001010102180'),
  item_name: text('name in the national catalogue on that day, or empty', '氨氯地平片'),
  medins_list_codg: text('institution’s own code', 'Y0001'),
  med_chrgitm_type: text('charge category', '09'),
  cnt: text('quantity', '2'),
  pric: text('price in yuan', '61.7'),
  det_item_fee_sumamt: fen('amount'),
  bilg_dept_codg: text('ordering department', 'A03'),
  bilg_dr_codg: text('ordering doctor', 'D341702000123'),
  orders_dr_code: text('executing doctor', '')
})

const diagnosis = object({
  maindiag_flag: { type: 'boolean' },
  diag_code: text('ICD-10, medical-insurance edition', 'I10.x00'),
  diag_name: text('name', '高血压'),
  dise_dor_no: text('diagnosing doctor', 'D341702000123')
})

/** A claim without its lines, as lists show it. */
const claimColumns = {
  infno: text('kind', '2304'),
  reversed: { type: 'boolean', description: 'a settlement that a reversal voids' },
  fixmedins_code: text('institution', 'H34170200001'),
  setl_id: text('settlement, empty when not settled', 'S1'),
  mdtrt_id: text('visit or stay', 'M1'),
  psn_no: text('person; masked where a sender put a certificate number there', 'P1'),
  psn_name: text('masked', '张*'),
  certno: text('masked', '340***********0020'),
  gend: text('1 male, 2 female', '2'),
  med_type: text('medical type', '21'),
  setl_time: text('when settled, or empty', '2026-03-05 12:00:00'),
  adm_time: text('admission, or empty', '2026-03-05 09:00:00'),
  dscg_time: text('discharge, or empty', '2026-03-09 09:00:00'),
  inf_time: text('when sent', '2026-03-09 12:00:00'),
  adm_dept_codg: text('department of admission', 'A03'),
  dscg_dept_codg: text('department of discharge', 'A03'),
  medfee_sumamt: fen('medical fee'),
  fund_pay_sumamt: fen('paid by the pooled fund'),
  acct_pay: fen('paid by the personal account'),
  opter: text('operator', 'op12'),
  dev_no: text('device', 'D-07')
}

export const claimSchema = object({
  ...claimColumns,
  diagnoses: list(diagnosis),
  line_count: whole('fee lines meant, listed or not', 1),
  lines: list(line, 'the first 200 of them')
})

const item = object({
  role: { type: 'string', enum: ['main', 'involved'], description: 'main 主疑点项: its money is the flag’s; involved 涉及项' },
  fixmedins_code: text('institution', 'H34170200001'),
  fixmedins_name: text('its name, or empty', '某某医院'),
  setl_id: text('settlement, empty while not settled', 'S1'),
  mdtrt_id: text('visit or stay', 'M1'),
  psn_no: text('whose claim it is; masked where a sender put a certificate number there', 'P1'),
  person: text('what finds that person in addresses: psn_no; where it is masked `flag:<flag_id>` or `flag:<flag_id>:<revision>.<n>`', 'P1'),
  money: moneyParts,
  claims: list(claimSchema, 'as received and stored')
})

const namedText = object({
  id: text('id in the rule’s definition', 'emergency'), zh: text('Chinese', '急诊入院'), en: text('English', 'emergency admission')
})

const responsibleSchema = object({
  role: { type: 'string', enum: Object.keys(ROLES), description: 'in what role' },
  code: text('code', 'D341702000123'),
  name: text('masked, or empty', '张*'),
  lines: whole('fee lines in this name', 1),
  amount: fen('amount of those lines')
})

const thresholdSchema = object({
  name: text('name in the rule’s thresholds.yaml', 'gap_days_core'),
  value: { type: 'number', description: 'as in thresholds; money in 分' },
  says: bilingual,
  shown: bilingual,
  unit: text('unit, or empty when the rulebook no longer has the threshold', 'days'),
  basis: {
    type: 'string', enum: [...Object.keys(BASES), ''],
    description: 'official: law or national library; local: the area’s document; derived: ours. Empty when the number has changed since'
  },
  source: text('public source, or empty', ''),
  link: text('where the source can be read, or empty', ''),
  why: text('why a derived number is what it is, or empty', '')
})

const valueSchema = object({
  name: text('name in values', 'gap_days'),
  value: { type: ['number', 'string'], description: 'as in values; money in 分, moments in milliseconds' },
  label: bilingual,
  shown: bilingual
})

/** What a flag says beside its list entry, whether it is stored or only checked. */
const judgement = {
  subject_explained: list(object({ label: bilingual, shown: bilingual }), 'the parts of the subject’s name in words'),
  rule: object({
    id: text('rule', 'split-hospitalisation'), version: whole('its version', 1),
    official_id: text('national code, or empty', 'GZ10000204001000')
  }),
  law_basis: list(bilingual, 'in force on the date of service'),
  thresholds: named('in force on the date of service in the pooling area', ['number']),
  thresholds_explained: list(thresholdSchema, 'the same with meaning, unit and source'),
  values: named('computed values'),
  values_explained: list(valueSchema, 'the same with label, as written for people'),
  exclusions_checked: list(namedText, 'all checked; none applies'),
  facts_for: list(namedText),
  facts_against: list(namedText),
  cleared: bilingual,
  to_check: list(bilingual, 'by hand, in order'),
  caution: bilingual
}

export const flagDetailSchema = object({
  ...listedFlag.properties,
  ...judgement,
  items: list(item),
  responsible: list(responsibleSchema, 'doctors, operators and devices that the main claims name')
})

const { evidence: _, ...brief } = briefFlag.properties
const { claims: __, fixmedins_name: ___, ...bareItem } = item.properties

/** A flag that would be raised: nothing of it is stored, so it has no page. */
export const checkedFlagSchema = object({ ...brief, ...judgement, items: list(object(bareItem)) })
