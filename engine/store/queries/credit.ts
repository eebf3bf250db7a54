/** Institutions, candidates, scores, totals. Suspected money counts each claim line once, whatever number of rules hit it. */
import { millis, type NamedQuery } from './named.ts'

const BETWEEN = (moment: string): string => `({from_ms:Int64} = 0 OR ${millis(moment)} >= {from_ms:Int64})
  AND ({to_ms:Int64} = 0 OR ${millis(moment)} < {to_ms:Int64})`

const ANY_TIME = { from_ms: 0, to_ms: 0 }

export const CREDIT_QUERIES = {
  'institutions.names': {
    about: 'names of institutions by code, as the newest master data have them; unknown codes have no row',
    sql: `SELECT fixmedins_code, fixmedins_name FROM institutions_v
WHERE fixmedins_code IN {codes:Array(String)} AND fixmedins_name != '' ORDER BY fixmedins_code`
  },
  'institution.summary': {
    about: 'one institution: settlements, fund money, flags laid against it, suspected money',
    sql: `SELECT {fixmedins_code:String} AS fixmedins_code,
  (SELECT any(fixmedins_name) FROM institutions_v WHERE fixmedins_code = {fixmedins_code:String}) AS fixmedins_name,
  (SELECT any(level) FROM institutions_v WHERE fixmedins_code = {fixmedins_code:String}) AS institution_level,
  s.*, f.*, u.*
FROM (SELECT count() AS settlements, uniqExact(psn_no) AS persons, sum(medfee_sumamt) AS medfee_sumamt,
    sum(fund_pay_sumamt) AS fund_pay_sumamt, sum(acct_pay) AS acct_pay
  FROM settlements_v WHERE fixmedins_code = {fixmedins_code:String} AND ${BETWEEN('event_time')}) AS s,
(SELECT count() AS flags, countIf(severity = 1) AS flags_high, countIf(severity = 2) AS flags_mid, countIf(severity = 3) AS flags_low
  FROM flags_v WHERE fixmedins_code = {fixmedins_code:String} AND ${BETWEEN('service_time')}) AS f,
(SELECT countIf(settled) AS suspected_claims, sum(medfee_sumamt) AS suspected_medfee, sum(fund_pay_sumamt) AS suspected_fund,
    sum(acct_pay) AS suspected_acct
  FROM suspicions_v WHERE scope = 'institution' AND fixmedins_code = {fixmedins_code:String} AND ${BETWEEN('last_seen')}) AS u`,
    defaults: ANY_TIME
  },
  'institution.rules': {
    about: 'flags laid against one institution, by rule and severity',
    sql: `SELECT rule_id, severity, count() AS flags,
  uniqExactArray(if(empty(persons), [subject], persons)) AS persons, ${millis('max(service_time)')} AS last_seen
FROM flags_v WHERE fixmedins_code = {fixmedins_code:String} AND ${BETWEEN('service_time')}
GROUP BY rule_id, severity ORDER BY severity, flags DESC, rule_id`,
    defaults: ANY_TIME
  },
  'institution.doctors': {
    about: 'billing doctors on the suspected claims of one institution, most claims first',
    sql: `SELECT doctor, any(p.name) AS name, uniqExact(setl_id) AS claims, uniqExact(psn_no) AS persons, uniqExactArray(flag_ids) AS flags
FROM (
  SELECT u.psn_no AS psn_no, u.setl_id AS setl_id, u.flags.1 AS flag_ids,
    arrayJoin(arrayDistinct(arrayMap(e -> e.2, arrayFilter(e -> e.2 != '' AND (u.whole OR has(u.lines, e.1)), c.doctors)))) AS doctor
  FROM (SELECT * FROM suspicions_v WHERE scope = 'institution' AND fixmedins_code = {fixmedins_code:String}) AS u
  JOIN (SELECT psn_no, setl_id, arrayZip(feedetail.feedetl_sn, feedetail.bilg_dr_codg) AS doctors
    FROM settlements_v WHERE fixmedins_code = {fixmedins_code:String} AND psn_no IN (SELECT psn_no FROM flag_items_v)) AS c
    ON c.psn_no = u.psn_no AND c.setl_id = u.setl_id
) AS d
LEFT JOIN (SELECT key, argMax(JSONExtractString(fields, 'name'), (valid_from, version)) AS name
  FROM master_data_v WHERE type = 'practitioner' GROUP BY key) AS p ON p.key = d.doctor
GROUP BY doctor ORDER BY claims DESC, flags DESC, doctor LIMIT {limit:UInt32}`,
    defaults: { limit: 20 }
  },
  'candidates.list': {
    about: 'negative-information candidates, largest suspected loss first',
    sql: `SELECT c.* EXCEPT (first_seen, last_seen), ${millis('c.first_seen')} AS first_seen, ${millis('c.last_seen')} AS last_seen
FROM candidates_v AS c
WHERE ({fixmedins_code:String} = '' OR c.fixmedins_code = {fixmedins_code:String})
  AND ({negative_item:String} = '' OR c.negative_item = {negative_item:String})
  AND ({band:String} = '' OR c.band = {band:String})
ORDER BY c.suspected_loss DESC, c.fixmedins_code, c.negative_item LIMIT {limit:UInt32} OFFSET {skip:UInt32}`,
    defaults: { fixmedins_code: '', negative_item: '', band: '', limit: 100, skip: 0 }
  },
  'candidate.claims': {
    about: 'the claims of one candidate with the share that counts, largest first',
    sql: `SELECT psn_no, setl_id, mdtrt_id, settled, whole, lines, u.flags.1 AS flag_ids, severity, ${millis('u.first_seen')} AS first_seen,
  ${millis('u.last_seen')} AS last_seen, medfee_sumamt, fund_pay_sumamt, acct_pay
FROM suspicions_v AS u
WHERE scope = 'item' AND fixmedins_code = {fixmedins_code:String} AND negative_item = {negative_item:String}
ORDER BY fund_pay_sumamt + acct_pay DESC, psn_no, setl_id, mdtrt_id LIMIT {limit:UInt32} OFFSET {skip:UInt32}`,
    defaults: { limit: 1000, skip: 0 }
  },
  'scores.list': {
    about: 'early-warning scores, gravest level first, then highest score; as_of_ms 0 = the latest event time stored',
    sql: `SELECT s.* EXCEPT (as_of_time), ${millis('s.as_of_time')} AS as_of_time
FROM institution_scores_at_v(as_of_ms = {as_of_ms:Int64}) AS s
WHERE ({fixmedins_code:String} = '' OR s.fixmedins_code = {fixmedins_code:String})
  AND ({level:String} = '' OR s.level = {level:String})
ORDER BY transform(s.level, ['红', '橙', '黄', '蓝'], [4, 3, 2, 1], 0) DESC, s.score DESC, s.fixmedins_code
LIMIT {limit:UInt32} OFFSET {skip:UInt32}`,
    defaults: { as_of_ms: 0, fixmedins_code: '', level: '', limit: 100, skip: 0 }
  },
  totals: {
    about: 'the whole store or a span of event time: settlements, fund money, flags by severity, suspected money once per claim',
    sql: `SELECT s.*, f.*, u.*
FROM (SELECT count() AS settlements, uniqExact(psn_no) AS persons, uniqExact(fixmedins_code) AS institutions, sum(medfee_sumamt) AS medfee_sumamt,
    sum(fund_pay_sumamt) AS fund_pay_sumamt, sum(acct_pay) AS acct_pay, ${millis('max(event_time)')} AS latest_event_time
  FROM settlements_v WHERE startsWith(insuplc_admdvs, {area:String}) AND ${BETWEEN('event_time')}) AS s,
(SELECT count() AS flags, countIf(severity = 1) AS flags_high, countIf(severity = 2) AS flags_mid, countIf(severity = 3) AS flags_low
  FROM flags_v WHERE startsWith(area, {area:String}) AND ${BETWEEN('service_time')}) AS f,
(SELECT count() AS suspected_claims, sum(medfee_sumamt) AS suspected_medfee, sum(fund_pay_sumamt) AS suspected_fund,
    sum(acct_pay) AS suspected_acct
  FROM suspicions_v WHERE scope = 'claim' AND settled AND startsWith(insuplc_admdvs, {area:String}) AND ${BETWEEN('event_time')}) AS u`,
    defaults: { ...ANY_TIME, area: '' }
  },
  'totals.rules': {
    about: 'active flags by rule and severity in a span of service time',
    sql: `SELECT rule_id, severity, count() AS flags, uniqExact(subject) AS persons, sum(medfee_sumamt) AS medfee_sumamt,
  sum(fund_pay_sumamt) AS fund_pay_sumamt, sum(acct_pay) AS acct_pay
FROM flags_v WHERE startsWith(area, {area:String}) AND ${BETWEEN('service_time')}
GROUP BY rule_id, severity ORDER BY severity, flags DESC, rule_id`,
    defaults: { ...ANY_TIME, area: '' }
  }
} satisfies Record<string, NamedQuery>
