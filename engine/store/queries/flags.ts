/** Flags: the queue, one flag, its claims as received and who is responsible, and identities for comparing runs. */
import { COLUMNS, DIAGNOSIS_COLUMNS, LINE_COLUMNS } from '../tables.ts'
import { millis, type NamedQuery } from './named.ts'

/** Order of the queue: 分 × severity (高 10, 中 3, 低 1), or service time. */
const RANK = `if({order:String} = 'newest', ${millis('f.service_time')},
    (f.fund_pay_sumamt + f.acct_pay) * transform(f.severity, [1, 2, 3], [10, 3, 1], 0))`

/** What lists of flags show. */
export const HEAD = `f.flag_id AS flag_id, f.revision AS revision, f.status AS status, f.rule_id AS rule_id, f.rule_version AS rule_version,
  f.severity AS severity, f.subject_kind AS subject_kind, f.subject AS subject, f.fixmedins_code AS fixmedins_code,
  f.area AS area, ${millis('f.service_time')} AS service_time, f.medfee_sumamt AS medfee_sumamt,
  f.fund_pay_sumamt AS fund_pay_sumamt, f.acct_pay AS acct_pay, f.sentence_zh AS sentence_zh, f.sentence_en AS sentence_en`

/** A flag as its row is written. */
const WHOLE = `${HEAD}, f.anchor AS anchor, f.items AS items, f.persons AS persons, f.values_json AS values, f.thresholds_json AS thresholds,
  f.exclusions AS exclusions, f.supports AS supports, f.weakens AS weakens, f.cleared_zh AS cleared_zh, f.cleared_en AS cleared_en`

/** Whether a main item is a stay that has not been settled: its money is not known, which is not the same as nothing. */
export const UNSETTLED = `arrayExists(i -> i.role = 'main' AND i.setl_id = '', f.items)`

const FILTERS = `({rule_id:String} = '' OR f.rule_id = {rule_id:String})
  AND ({severity:UInt8} = 0 OR f.severity = {severity:UInt8})
  AND ({fixmedins_code:String} = '' OR f.fixmedins_code = {fixmedins_code:String})
  AND ({psn_no:String} = '' OR f.subject = {psn_no:String} OR has(f.persons, {psn_no:String}))
  AND startsWith(f.area, {area:String})
  AND ({from_ms:Int64} = 0 OR ${millis('f.service_time')} >= {from_ms:Int64})
  AND ({to_ms:Int64} = 0 OR ${millis('f.service_time')} < {to_ms:Int64})
  AND ({status:String} = '' OR f.status = {status:String})`

const NO_FILTER = {
  rule_id: '', severity: 0, fixmedins_code: '', psn_no: '', area: '', from_ms: 0, to_ms: 0, status: 'active'
}

/** An element of an array of tuples with its moments as milliseconds, so that JSON carries numbers. */
function elements (column: string, columns: ReadonlyArray<readonly [string, string]>): string {
  const fields = columns.map(([name, type]) => type.includes('DateTime64') ? millis(`e.${name}`) : `e.${name}`)
  const types = columns.map(([name, type]) =>
    `${name} ${type.startsWith('Nullable(DateTime64') ? 'Nullable(Int64)' : type.startsWith('DateTime64') ? 'Int64' : type}`)
  return `CAST(arrayMap(e -> (${fields.join(', ')}), c.${column}), 'Array(Tuple(${types.join(', ')}))')`
}

const HIDDEN = new Set(['version', 'raw', 'diseinfo', 'feedetail'])

/** A claim's columns as JSON: moments in milliseconds, arrays as arrays of objects, without the raw bytes. */
export const CLAIM_FIELDS = [
  ...COLUMNS.claims.filter(([name]) => !HIDDEN.has(name)).map(([name, type]) =>
    type.includes('DateTime64') ? `${millis(`c.${name}`)} AS ${name}` : `c.${name} AS ${name}`),
  `${millis('c.stored_at')} AS stored_at`,
  `${elements('diseinfo', DIAGNOSIS_COLUMNS)} AS diseinfo`,
  `${elements('feedetail', LINE_COLUMNS)} AS feedetail`
].join(',\n  ')

/** A flag's items, one a row, each with whose claim it is. */
const ITEMS = `SELECT psn_no, item.role AS role, item.fixmedins_code AS fixmedins_code, item.setl_id AS setl_id,
    item.mdtrt_id AS mdtrt_id, item.lines AS lines, item_no
  FROM (SELECT subject, items, persons FROM flags_all_v WHERE flag_id = {flag_id:String})
  ARRAY JOIN items AS item, arrayEnumerate(items) AS item_no, if(empty(persons), arrayMap(i -> subject, items), persons) AS psn_no`

/** Everybody whose claims a flag's items are. */
const PERSONS = `SELECT arrayJoin(if(empty(persons), [subject], persons)) FROM flags_all_v WHERE flag_id = {flag_id:String}`

export const FLAG_QUERIES = {
  'flags.list': {
    about: 'a page of flags; `unsettled`: about a stay to be settled yet; the next page begins after the last row (after_rank, after_id)',
    sql: `SELECT * FROM (
  SELECT ${HEAD}, ${UNSETTLED} AS unsettled, toInt64(${RANK}) AS rank FROM flags_all_v AS f WHERE ${FILTERS}
) WHERE rank < {after_rank:Int64} OR (rank = {after_rank:Int64} AND flag_id > {after_id:String})
ORDER BY rank DESC, flag_id LIMIT {limit:UInt32}`,
    defaults: { ...NO_FILTER, order: 'money', after_rank: Number.MAX_SAFE_INTEGER, after_id: '', limit: 50 }
  },
  'flags.count': {
    about: 'how many flags the filters of flags.list let through, by severity',
    sql: `SELECT count() AS flags, countIf(f.severity = 1) AS flags_high, countIf(f.severity = 2) AS flags_mid,
  countIf(f.severity = 3) AS flags_low FROM flags_all_v AS f WHERE ${FILTERS}`,
    defaults: NO_FILTER
  },
  'flag.get': {
    about: 'one flag with items, values and texts, retracted or not',
    sql: `SELECT ${WHOLE},
  ${millis('f.stored_at')} AS stored_at
FROM flags_all_v AS f WHERE f.flag_id = {flag_id:String}`,
    json: ['values', 'thresholds']
  },
  'flags.of_persons': {
    about: 'every flag of the named persons as a row is written, retracted ones included',
    sql: `SELECT ${WHOLE}
FROM flags_all_v AS f WHERE f.subject_kind = 'person' AND f.subject IN {psn_nos:Array(String)}
SETTINGS use_skip_indexes_if_final = 1`,
    json: ['values', 'thresholds']
  },
  'flags.of_subjects': {
    about: 'every flag of the shared subjects (rule and subject by place) as a row is written, retracted ones included',
    sql: `SELECT ${WHOLE}
FROM flags_all_v AS f WHERE f.subject_kind != 'person' AND f.subject IN {subjects:Array(String)}
  AND (f.rule_id, f.subject) IN (SELECT arrayJoin(arrayZip({rule_ids:Array(String)}, {subjects:Array(String)})))
SETTINGS use_skip_indexes_if_final = 1`,
    json: ['values', 'thresholds']
  },
  'flags.of_ids': {
    about: 'flags by id, each as its row is written, retracted ones included',
    sql: `SELECT ${WHOLE} FROM flags_all_v AS f WHERE f.flag_id IN {flag_ids:Array(String)}`,
    json: ['values', 'thresholds']
  },
  'flags.revisions': {
    about: 'the greatest revision ever written of each of the flags that is there',
    sql: `SELECT f.flag_id AS flag_id, max(f.revision) AS revision FROM flags AS f WHERE f.flag_id IN {flag_ids:Array(String)} GROUP BY f.flag_id`
  },
  'flags.whole': {
    about: 'active flags with everything they carry, for comparing with an oracle; paged by flag_id',
    sql: `SELECT ${HEAD}, f.anchor AS anchor, f.items AS items, f.persons AS persons
FROM flags_v AS f WHERE f.flag_id > {after_id:String} ORDER BY f.flag_id LIMIT {limit:UInt32}`,
    defaults: { after_id: '', limit: 10000 }
  },
  'flag.claims': {
    about: 'records behind a flag: the settlements of its items, and the stay’s admission, discharge, list and unsettled lines',
    sql: `SELECT i.role AS role, i.lines AS flagged_lines,
  toBool(c.kind = 'settlement' AND (c.fixmedins_code, c.setl_id) IN (
    SELECT fixmedins_code, setl_id FROM claims_v
    WHERE kind = 'reversal' AND psn_no IN (${PERSONS}))) AS reversed,
  ${CLAIM_FIELDS}
FROM (${ITEMS}) AS i
JOIN (SELECT * FROM claims_v WHERE psn_no IN (${PERSONS})) AS c
  ON c.psn_no = i.psn_no AND c.fixmedins_code = i.fixmedins_code
WHERE (c.kind = 'settlement' AND c.setl_id = i.setl_id)
  OR (c.mdtrt_id = i.mdtrt_id AND (c.kind IN ('admission', 'discharge', 'list') OR (c.kind = 'lines' AND i.setl_id = '')))
ORDER BY i.role = 'main' DESC, i.item_no, c.event_time, c.kind, c.id
LIMIT 1 BY c.kind, c.fixmedins_code, c.id`
  },
  'flag.responsible': {
    about: 'doctors, operators and devices on the main items of a flag, with the lines and the amount each stands on',
    sql: `SELECT who.1 AS role, who.2 AS code, any(p.name) AS name, countIf(who.3 != '') AS lines, sum(who.4) AS det_item_fee_sumamt
FROM (
  SELECT arrayJoin(arrayConcat(
    arrayMap(e -> ('billing_doctor', e.bilg_dr_codg, e.feedetl_sn, e.det_item_fee_sumamt), meant),
    arrayMap(e -> ('ordering_doctor', e.orders_dr_code, e.feedetl_sn, e.det_item_fee_sumamt), meant),
    arrayMap(e -> ('diagnosing_doctor', e.dise_dor_no, '', toInt64(0)), c.diseinfo),
    [('operator', c.opter, '', toInt64(0)), ('device', c.dev_no, '', toInt64(0))])) AS who
  FROM (${ITEMS}) AS i
  JOIN (SELECT *, feedetail AS all_lines FROM claims_v
    WHERE kind = 'settlement' AND psn_no IN (${PERSONS})) AS c
    ON c.psn_no = i.psn_no AND c.fixmedins_code = i.fixmedins_code AND c.setl_id = i.setl_id
  ARRAY JOIN [if(empty(i.lines), c.all_lines, arrayFilter(e -> has(i.lines, e.feedetl_sn), c.all_lines))] AS meant
  WHERE i.role = 'main'
) AS w
LEFT JOIN (SELECT key, argMax(JSONExtractString(fields, 'name'), (valid_from, version)) AS name
  FROM master_data_v WHERE type = 'practitioner' GROUP BY key) AS p ON p.key = who.2
WHERE who.2 != ''
GROUP BY role, code ORDER BY det_item_fee_sumamt DESC, lines DESC, role, code`
  },
  'flags.ids': {
    about: 'identities of all flags with a digest of their content, for comparing two runs; paged by flag_id',
    sql: `SELECT f.flag_id AS flag_id, f.revision AS revision, f.status AS status,
  lower(hex(sipHash128(${COLUMNS.flags.map(([name]) => `f.${name}`).join(', ')}))) AS digest
FROM flags_all_v AS f WHERE f.flag_id > {after_id:String} ORDER BY f.flag_id LIMIT {limit:UInt32}`,
    defaults: { after_id: '', limit: 100000 }
  },
  'rules.list': {
    about: 'recorded rule versions, newest first within a rule',
    sql: `SELECT rule_id, version, title_zh, title_en, official_id, severity, behaviour, negative_items, law_json AS law,
  exclusions_json AS exclusions, facts_json AS facts, to_check_json AS to_check, digest, ${millis('r.recorded_at')} AS recorded_at
FROM rule_versions_v AS r WHERE {rule_id:String} = '' OR rule_id = {rule_id:String} ORDER BY rule_id, version DESC`,
    defaults: { rule_id: '' },
    json: ['law', 'exclusions', 'facts', 'to_check']
  }
} satisfies Record<string, NamedQuery>
