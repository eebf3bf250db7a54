/** Records as stored: a person's claims, what recovery and late claims fold, master data, dead letters. */
import { CLAIM_FIELDS } from './flags.ts'
import { millis, type NamedQuery } from './named.ts'

/** What a lane needs to fold a stored record: its bytes as received and where it stood. */
const FOLDED = `c.kind AS kind, c.fixmedins_code AS fixmedins_code, c.id AS id, ${millis('c.event_time')} AS event_time,
  c.format AS format, base64Encode(c.raw) AS raw, c.source AS source, c.source_partition AS partition, c.source_offset AS offset`

/** Rows of the subjects asked for: rule and subject by place. */
const ASKED = '(rule_id, subject) IN (SELECT arrayJoin(arrayZip({rule_ids:Array(String)}, {subjects:Array(String)})))'

/** Identities of one kind that these rows name. */
const named = (kind: string): string => `FROM identities WHERE (fixmedins_code, setl_id, kind) IN (
  SELECT fixmedins_code, setl_id, '${kind}' FROM sightings WHERE ${ASKED})`

/** Settlements that stand and show one of the subjects, as their own versions show them: what settlements_v would say of them. */
const SHOWN = `FROM (SELECT * FROM sightings FINAL WHERE ${ASKED}) AS s
WHERE (s.psn_no, s.fixmedins_code, s.setl_id, s.version) IN (
    SELECT psn_no, fixmedins_code, setl_id, max(version) ${named('settlement')} GROUP BY psn_no, fixmedins_code, setl_id)
  AND (s.psn_no, s.fixmedins_code, s.setl_id) NOT IN (SELECT psn_no, fixmedins_code, setl_id ${named('reversal')})
  AND ((s.fixmedins_code, s.setl_id) NOT IN (SELECT fixmedins_code, setl_id FROM moved_settlements)
    OR (s.fixmedins_code, s.setl_id, s.psn_no) IN (SELECT fixmedins_code, setl_id, psn_no FROM moved_settlements FINAL))`

const SHARED_ROW = `s.rule_id AS rule_id, s.subject AS subject, s.fixmedins_code AS fixmedins_code, s.setl_id AS setl_id, s.mdtrt_id AS mdtrt_id, s.psn_no AS psn_no,
  s.insuplc_admdvs AS insuplc_admdvs, ${millis('s.event_time')} AS at, ${millis('s.setl_time')} AS setl_time,
  s.medfee_sumamt AS medfee_sumamt, s.fund_pay_sumamt AS fund_pay_sumamt, s.acct_pay AS acct_pay, s.facts AS facts`

export const RECORD_QUERIES = {
  'person.claims': {
    about: 'all claims of one person with lines, oldest first; `reversed` settlements included',
    sql: `SELECT toBool(c.kind = 'settlement' AND (c.fixmedins_code, c.setl_id) IN (
    SELECT fixmedins_code, setl_id FROM claims_v WHERE psn_no = {psn_no:String} AND kind = 'reversal')) AS reversed,
  ${CLAIM_FIELDS}
FROM claims_v AS c
WHERE c.psn_no = {psn_no:String} AND ({from_ms:Int64} = 0 OR ${millis('c.event_time')} >= {from_ms:Int64})
  AND ({to_ms:Int64} = 0 OR ${millis('c.event_time')} < {to_ms:Int64})
ORDER BY c.event_time, c.fixmedins_code, c.kind, c.id LIMIT {limit:UInt32} OFFSET {skip:UInt32}`,
    defaults: { from_ms: 0, to_ms: 0, limit: 1000, skip: 0 }
  },
  'person.flags': {
    about: 'all flags of one person, newest first',
    sql: `SELECT f.flag_id AS flag_id, f.revision AS revision, f.status AS status, f.rule_id AS rule_id, f.rule_version AS rule_version,
  f.severity AS severity, f.fixmedins_code AS fixmedins_code, f.area AS area, ${millis('f.service_time')} AS service_time,
  f.medfee_sumamt AS medfee_sumamt, f.fund_pay_sumamt AS fund_pay_sumamt, f.acct_pay AS acct_pay,
  f.sentence_zh AS sentence_zh, f.sentence_en AS sentence_en
FROM flags_all_v AS f
WHERE f.subject = {psn_no:String} AND ({status:String} = '' OR f.status = {status:String})
ORDER BY f.service_time DESC, f.flag_id`,
    defaults: { status: 'active' }
  },
  'catalogue.names': {
    about: 'names of catalogue items by code, oldest entry of each first',
    sql: `SELECT m.key AS med_list_codg, ${millis('m.valid_from')} AS valid_from, JSONExtractString(m.fields, 'name') AS name
FROM master_data_v AS m
WHERE m.type = 'catalogue' AND m.key IN {codes:Array(String)} ORDER BY m.key, m.valid_from`
  },
  'claims.of_persons': {
    about: 'bytes of all claims and deaths of the named persons, for judging them from the store',
    sql: `SELECT c.psn_no AS psn_no, c.format AS format, base64Encode(c.raw) AS raw
FROM claims_v AS c WHERE c.psn_no IN {psn_nos:Array(String)}
UNION ALL
SELECT m.key AS psn_no, m.format AS format, base64Encode(m.raw) AS raw
FROM master_data_v AS m WHERE m.type = 'death' AND m.key IN {psn_nos:Array(String)}`,
    binary: ['raw']
  },
  'settlements.holders': {
    about: 'every person who holds one of the settlements (institution and setl_id by place), with the version held',
    sql: `SELECT fixmedins_code, setl_id, psn_no, toString(max(i.version)) AS version FROM identities AS i
WHERE kind = 'settlement' AND (fixmedins_code, setl_id) IN (SELECT arrayJoin(arrayZip({institutions:Array(String)}, {setl_ids:Array(String)})))
GROUP BY fixmedins_code, setl_id, psn_no`
  },
  'reversals.misnamed': {
    about: 'reversals of the settlements that name others than who has them, while none names that one; keys are fixmedins_code|setl_id',
    sql: `WITH r AS (SELECT * FROM claims FINAL WHERE setl_id IN {setl_ids:Array(String)} AND kind = 'reversal'
  AND concat(fixmedins_code, '|', setl_id) IN {keys:Array(String)})
SELECT h.psn_no AS holder, r.infno AS infno, r.msgid AS msgid, r.mdtrtarea_admvs AS mdtrtarea_admvs, r.insuplc_admdvs AS insuplc_admdvs,
  r.dev_no AS dev_no, r.opter_type AS opter_type, r.opter AS opter, r.fixmedins_code AS fixmedins_code, r.setl_id AS setl_id,
  r.mdtrt_id AS mdtrt_id, r.refd_setl_id AS refd_setl_id, ${millis('r.inf_time')} AS inf_time, ${millis('assumeNotNull(r.setl_time)')} AS setl_time
FROM r
JOIN (SELECT DISTINCT psn_no, fixmedins_code, setl_id FROM claims_v WHERE setl_id IN {setl_ids:Array(String)} AND kind = 'settlement') AS h
  ON h.fixmedins_code = r.fixmedins_code AND h.setl_id = r.setl_id
WHERE h.psn_no != r.psn_no AND (h.psn_no, h.fixmedins_code, h.setl_id) NOT IN (SELECT psn_no, fixmedins_code, setl_id FROM r)`
  },
  'claims.touched': {
    about: 'the next persons after after_psn_no with a claim of one of the institutions, with a line of one of the items or a trace '
      + 'code of one of the prefixes (or lines not kept as columns), or of a stay in one of the departments, each from a moment on',
    sql: `SELECT DISTINCT psn_no FROM claims
WHERE psn_no > {after_psn_no:String} AND (
  (fixmedins_code IN {institutions:Array(String)} AND ${millis('event_time')} >= {institutions_since_ms:Int64})
  OR (notEmpty({items:Array(String)}) AND ${millis('event_time')} >= {items_since_ms:Int64}
    AND kind = 'settlement' AND (empty(feedetail) OR hasAny(feedetail.med_list_codg, {items:Array(String)})))
  OR (notEmpty({prefixes:Array(String)}) AND ${millis('event_time')} >= {prefixes_since_ms:Int64} AND kind = 'settlement'
    AND (empty(feedetail)
      OR hasAny(arrayMap(code -> substring(code, 1, 7), arrayFlatten(feedetail.trace_codes)), {prefixes:Array(String)})))
  OR (has_stay AND (adm_dept_codg IN {departments:Array(String)} OR dscg_dept_codg IN {departments:Array(String)})
    AND ${millis('event_time')} >= {departments_since_ms:Int64}))
ORDER BY psn_no LIMIT {persons:UInt32}`,
    defaults: {
      institutions: [], institutions_since_ms: 0, items: [], items_since_ms: 0, prefixes: [], prefixes_since_ms: 0,
      departments: [], departments_since_ms: 0
    }
  },
  'claims.settlement': {
    about: 'a settlement by its identity, and the reversal that voids it, if stored',
    sql: `SELECT c.psn_no AS psn_no, ${FOLDED}
FROM claims_v AS c
WHERE c.setl_id = {setl_id:String} AND c.fixmedins_code = {fixmedins_code:String} AND c.kind IN ('settlement', 'reversal')
ORDER BY c.kind`,
    binary: ['raw']
  },
  'shared.windows': {
    about: 'settlements that stand and show one of the subjects of a rule, in canonical order (event time, institution, setl_id)',
    sql: `SELECT ${SHARED_ROW}
${SHOWN}
ORDER BY s.event_time, s.fixmedins_code, s.setl_id`,
    json: ['facts']
  },
  'shared.of_days': {
    about: 'the weightiest settlements of each day of each of the subjects, otherwise as shared.windows',
    sql: `SELECT * FROM (SELECT ${SHARED_ROW}
${SHOWN}
ORDER BY s.weight DESC, s.fixmedins_code, s.setl_id LIMIT {of_day:UInt32} BY s.rule_id, s.subject, toRelativeDayNum(s.event_time))
ORDER BY at, fixmedins_code, setl_id`,
    json: ['facts']
  },
  'shared.days': {
    about: 'settlements that stand and show one of the subjects, summed up by the day of their event time (days since 1970, UTC+8)',
    sql: `SELECT s.rule_id AS rule_id, s.subject AS subject, toUInt32(toRelativeDayNum(s.event_time)) AS day, count() AS settlements,
  sum(s.weight) AS weight
${SHOWN}
GROUP BY rule_id, subject, day ORDER BY rule_id, subject, day`
  },
  'shared.movements': {
    about: 'stock records of items (fixmedins_code|national code or own code) in canonical order, without what was deleted (3507) since',
    sql: `SELECT concat(m.fixmedins_code, '|', code) AS subject, m.infno AS infno, m.fixmedins_bchno AS fixmedins_bchno,
  m.fixmedins_hilist_id AS fixmedins_hilist_id, m.med_list_codg AS med_list_codg, ${millis('m.at')} AS at,
  if(m.until IS NULL, NULL, ${millis('assumeNotNull(m.until)')}) AS until, m.cnt AS cnt, m.inv_chg_type AS inv_chg_type,
  m.spler_name AS spler_name, m.prod_geay_flag AS prod_geay_flag, m.trdn_flag AS trdn_flag, m.setl_id AS setl_id
FROM inventory_v AS m ARRAY JOIN arrayDistinct([m.med_list_codg, m.fixmedins_hilist_id]) AS code
LEFT JOIN (SELECT fixmedins_code, fixmedins_bchno, inv_data_type, max(version) AS version FROM inventory_v
  WHERE infno = '3507' AND fixmedins_code IN {institutions:Array(String)} GROUP BY fixmedins_code, fixmedins_bchno, inv_data_type) AS d
  ON d.fixmedins_code = m.fixmedins_code AND d.fixmedins_bchno = m.fixmedins_bchno
    AND d.inv_data_type = transform(m.infno, ['3501', '3502', '3503', '3504', '3505', '3506'], ['1', '2', '3', '3', '4', '4'], '')
WHERE m.fixmedins_code IN {institutions:Array(String)} AND m.infno != '3507' AND d.version <= m.version
  AND has({subjects:Array(String)}, concat(m.fixmedins_code, '|', code))
ORDER BY m.at, m.infno, m.fixmedins_bchno`
  },
  'shared.of_items': {
    about: 'shared subjects that are one of the items, or have a stock record of one of the batches (fixmedins_code#fixmedins_bchno)',
    sql: `SELECT DISTINCT s.rule_id AS rule_id, s.subject AS subject FROM sightings AS s
WHERE s.subject IN {codes:Array(String)} OR s.subject IN (
  SELECT concat(fixmedins_code, '|', arrayJoin([med_list_codg, fixmedins_hilist_id])) FROM inventory
  WHERE fixmedins_code IN {institutions:Array(String)} AND has({batches:Array(String)}, concat(fixmedins_code, '#', fixmedins_bchno)))`
  },
  'shared.of_institutions': {
    about: 'shared subjects of the rules that settlements of the institutions show, or have shown',
    sql: `SELECT DISTINCT s.rule_id AS rule_id, s.subject AS subject FROM sightings AS s
WHERE s.rule_id IN {rule_ids:Array(String)} AND s.fixmedins_code IN {institutions:Array(String)}`
  },
  'shared.shown': {
    about: 'shared subjects that one of the settlements shows or has shown, whoever had it; settlements are named fixmedins_code|setl_id',
    sql: `SELECT DISTINCT s.rule_id AS rule_id, s.subject AS subject FROM sightings AS s
WHERE s.setl_id IN {setl_ids:Array(String)} AND has({keys:Array(String)}, concat(s.fixmedins_code, '|', s.setl_id))`
  },
  'recovery.sightings': {
    about: 'what settlements showed of shared subjects, after (rule_id, subject, fixmedins_code, setl_id, psn_no); no rows = end',
    sql: `SELECT s.rule_id AS rule_id, s.subject AS subject, s.fixmedins_code AS fixmedins_code, s.setl_id AS setl_id, s.psn_no AS psn_no,
  s.marks AS marks, s.seen_as AS seen_as, s.weight AS weight, toUInt32(toRelativeDayNum(s.event_time)) AS day, ${millis('s.received')} AS received
FROM sightings AS s
WHERE (s.rule_id, s.subject, s.fixmedins_code, s.setl_id, s.psn_no)
    > ({after_rule:String}, {after_subject:String}, {after_fixmedins_code:String}, {after_setl_id:String}, {after_psn_no:String})
ORDER BY s.rule_id, s.subject, s.fixmedins_code, s.setl_id, s.psn_no LIMIT {limit:UInt32} WITH TIES`,
    defaults: { after_rule: '', after_subject: '', after_fixmedins_code: '', after_setl_id: '', after_psn_no: '', limit: 50000 }
  },
  'recovery.stocked': {
    about: 'the next items after after_item (fixmedins_code|national or own code) with stock records, and of which kinds; no rows = end',
    sql: `SELECT concat(fixmedins_code, '|', arrayJoin([med_list_codg, fixmedins_hilist_id])) AS item, groupUniqArray(toString(infno)) AS infnos,
  max(toUInt32(toRelativeDayNum(at))) AS day
FROM inventory WHERE infno != '3507' GROUP BY item HAVING item > {after_item:String} ORDER BY item LIMIT {limit:UInt32}`,
    defaults: { after_item: '', limit: 50000 }
  },
  'recovery.exchanged': {
    about: 'wall clock until which everything received was told to whom it concerns across persons; 0 = never',
    sql: `SELECT max(next_offset) AS until FROM progress WHERE source = 'exchange'`
  },
  'recovery.disturbed': {
    about: 'shared subjects shown by a settlement that was corrected or reversed since a moment of the wall clock, and items of which stock records came',
    sql: `SELECT DISTINCT s.rule_id AS rule_id, s.subject AS subject FROM sightings AS s
WHERE (s.fixmedins_code, s.setl_id) IN (
    SELECT fixmedins_code, id FROM claims WHERE kind IN ('settlement', 'reversal') AND ${millis('stored_at')} >= {since_ms:Int64})
  OR s.subject IN (
    SELECT concat(fixmedins_code, '|', arrayJoin([med_list_codg, fixmedins_hilist_id])) FROM inventory WHERE (fixmedins_code, fixmedins_bchno) IN (
      SELECT fixmedins_code, fixmedins_bchno FROM inventory WHERE ${millis('stored_at')} >= {since_ms:Int64}))`
  },
  'recovery.claims': {
    about: 'bytes of the claims of the next `persons` persons after psn_no, reversals first, then in canonical order (event time, id); the next page begins after the greatest psn_no; no rows = end',
    sql: `SELECT c.psn_no AS psn_no, ${FOLDED}
FROM claims_v AS c
WHERE ${millis('c.event_time')} >= {since_ms:Int64} AND c.psn_no IN (
  SELECT DISTINCT psn_no FROM claims
  WHERE psn_no > {after_psn_no:String} AND ${millis('event_time')} >= {since_ms:Int64}
  ORDER BY psn_no LIMIT {persons:UInt32})
ORDER BY c.kind != 'reversal', c.event_time, c.id, c.psn_no, c.fixmedins_code, c.kind`,
    defaults: { after_psn_no: '', persons: 1000, since_ms: Number.MIN_SAFE_INTEGER },
    binary: ['raw']
  },
  'recovery.identities': {
    about: 'settlements, and reversals, and whose they say they are, of the next `persons` persons after psn_no; the next page begins after the greatest; no rows = end',
    sql: `SELECT c.psn_no AS psn_no, c.fixmedins_code AS fixmedins_code, c.id AS setl_id, toUInt32(toRelativeDayNum(c.event_time)) AS day
FROM claims_v AS c
WHERE c.kind IN ('settlement', 'reversal') AND c.psn_no IN (
  SELECT DISTINCT psn_no FROM claims WHERE psn_no > {after_psn_no:String} AND kind IN ('settlement', 'reversal') ORDER BY psn_no LIMIT {persons:UInt32})`,
    defaults: { after_psn_no: '', persons: 10000 }
  },
  'recovery.said': {
    about: 'greatest revision ever written of any flag of a person, for the persons after psn_no; no rows = end',
    sql: `SELECT f.subject AS psn_no, max(f.revision) AS revision FROM flags AS f
WHERE f.subject_kind = 'person' AND f.subject > {after_psn_no:String}
GROUP BY f.subject ORDER BY f.subject LIMIT {limit:UInt32}`,
    defaults: { after_psn_no: '', limit: 100000 }
  },
  'recovery.master': {
    about: 'bytes of master data after (type, key), by type, key and date; a page never splits a key; no rows = end',
    sql: `SELECT * FROM (
SELECT m.type AS type, m.key AS key, ${millis('m.valid_from')} AS valid_from, m.format AS format, base64Encode(m.raw) AS raw,
  m.source AS source, m.source_partition AS partition, m.source_offset AS offset
FROM master_data_v AS m
WHERE (m.type, m.key) > ({after_type:String}, {after_key:String})
ORDER BY m.type, m.key LIMIT {limit:UInt32} WITH TIES
) ORDER BY type, key, valid_from`,
    defaults: { after_type: '', after_key: '', limit: 10000 },
    binary: ['raw']
  },
  'recovery.inventory': {
    about: 'bytes of stock records after fixmedins_code, whole institutions, by event time',
    sql: `SELECT c.fixmedins_code AS fixmedins_code, c.infno AS infno, ${millis('c.at')} AS at, c.format AS format, base64Encode(c.raw) AS raw,
  c.source AS source, c.source_partition AS partition, c.source_offset AS offset
FROM inventory_v AS c
WHERE c.fixmedins_code IN (SELECT DISTINCT fixmedins_code FROM inventory WHERE fixmedins_code > {after_fixmedins_code:String}
  ORDER BY fixmedins_code LIMIT {institutions:UInt32})
ORDER BY c.at, c.fixmedins_code, c.infno, c.fixmedins_bchno, c.fixmedins_hilist_id, c.id`,
    defaults: { after_fixmedins_code: '', institutions: 10 },
    binary: ['raw']
  },
  'store.milestone': {
    about: 'the value of a milestone; no row when it was never reached',
    sql: 'SELECT value FROM milestones FINAL WHERE name = {name:String}'
  },
  'store.latest_event_time': {
    about: 'greatest event time of any stored claim; 0 when there is none',
    sql: `SELECT if(count() = 0, 0, ${millis('max(event_time)')}) AS event_time FROM claims`
  },
  'store.offsets': {
    about: 'records known of each source and partition: greatest offset stored in any table',
    sql: `SELECT source, source_partition AS partition, max(source_offset) AS last_offset FROM (
  SELECT source, source_partition, source_offset FROM claims UNION ALL
  SELECT source, source_partition, source_offset FROM inventory UNION ALL
  SELECT source, source_partition, source_offset FROM master_data UNION ALL
  SELECT source, source_partition, source_offset FROM dead_letters)
GROUP BY source, partition ORDER BY source, partition`
  },
  'store.counts': {
    about: 'rows of every table once repeats have collapsed',
    sql: `SELECT * FROM (SELECT 'claims' AS table, count() AS rows FROM claims_v UNION ALL SELECT 'inventory', count() FROM inventory_v
UNION ALL SELECT 'master_data', count() FROM master_data_v UNION ALL SELECT 'flags', count() FROM flags_all_v
UNION ALL SELECT 'dead_letters', count() FROM dead_letters_v UNION ALL SELECT 'rule_versions', count() FROM rule_versions_v)
ORDER BY table`
  },
  'dead_letters.list': {
    about: 'records that could not become claims, newest arrival first, with their bytes (mask before showing)',
    sql: `SELECT d.source AS source, d.source_partition AS partition, d.source_offset AS offset, d.digest AS digest, d.reason AS reason,
  d.field AS field, d.seen AS seen, d.format AS format, d.fixmedins_code AS fixmedins_code, ${millis('d.inf_time')} AS inf_time,
  ${millis('d.stored_at')} AS stored_at, base64Encode(d.bytes) AS bytes
FROM dead_letters_v AS d
WHERE ({reason:String} = '' OR d.reason = {reason:String})
  AND ({fixmedins_code:String} = '' OR d.fixmedins_code = {fixmedins_code:String})
ORDER BY d.stored_at DESC, d.source, d.source_partition, d.source_offset DESC, d.digest LIMIT {limit:UInt32} OFFSET {skip:UInt32}`,
    defaults: { reason: '', fixmedins_code: '', limit: 100, skip: 0 },
    binary: ['bytes']
  },
  'dead_letters.reasons': {
    about: 'dead letters by institution and reason',
    sql: `SELECT fixmedins_code, reason, field, count() AS letters FROM dead_letters_v
GROUP BY fixmedins_code, reason, field ORDER BY letters DESC, fixmedins_code, reason, field LIMIT {limit:UInt32}`,
    defaults: { limit: 1000 }
  }
} satisfies Record<string, NamedQuery>
