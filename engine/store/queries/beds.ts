/** 挂床住院: the signals of a stay together, and the other signals of the stay that a flag is about. */
import { HEAD, UNSETTLED } from './flags.ts'
import { millis, type NamedQuery } from './named.ts'

/** The main items of active flags of the bed rules: the stays that have a signal. */
const SIGNALS = "flag_items_v WHERE startsWith(rule_id, 'bed-') AND role = 'main' AND mdtrt_id != ''"

export const BED_QUERIES = {
  'bed_hanging.list': {
    about: 'stays with signals of an unused bed, those with most kinds of signal first; a span is of the latest date of service',
    sql: `SELECT b.psn_no AS psn_no, b.fixmedins_code AS fixmedins_code, b.mdtrt_id AS mdtrt_id, b.area AS area, b.signals AS signals,
  b.flags.1 AS flag_rules, b.flag_ids AS flag_ids, b.severity AS severity, b.settled AS settled, b.setl_ids AS setl_ids,
  b.medfee_sumamt AS medfee_sumamt, b.fund_pay_sumamt AS fund_pay_sumamt, b.acct_pay AS acct_pay,
  ${millis('b.first_service')} AS first_service, ${millis('b.last_service')} AS last_service
FROM bed_hanging_v AS b
WHERE ({fixmedins_code:String} = '' OR b.fixmedins_code = {fixmedins_code:String})
  AND ({psn_no:String} = '' OR b.psn_no = {psn_no:String})
  AND ({rule_id:String} = '' OR has(b.signals, {rule_id:String}))
  AND ({severity:UInt8} = 0 OR b.severity = {severity:UInt8})
  AND startsWith(b.area, {area:String})
  AND ({from_ms:Int64} = 0 OR ${millis('b.last_service')} >= {from_ms:Int64})
  AND ({to_ms:Int64} = 0 OR ${millis('b.last_service')} < {to_ms:Int64})
ORDER BY length(b.signals) DESC, b.fund_pay_sumamt + b.acct_pay DESC, b.last_service DESC, b.fixmedins_code, b.mdtrt_id, b.psn_no
LIMIT {limit:UInt32} OFFSET {skip:UInt32}`,
    defaults: { fixmedins_code: '', psn_no: '', rule_id: '', severity: 0, area: '', from_ms: 0, to_ms: 0, limit: 50, skip: 0 }
  },
  'bed_hanging.beside': {
    about: 'the other active signals of an unused bed that name a stay which the flag names; none when it is no such signal itself',
    sql: `SELECT ${HEAD}, ${UNSETTLED} AS unsettled
FROM flags_v AS f
WHERE f.flag_id != {flag_id:String} AND f.flag_id IN (
  SELECT flag_id FROM ${SIGNALS}
    AND (psn_no, fixmedins_code, mdtrt_id) IN (SELECT psn_no, fixmedins_code, mdtrt_id FROM ${SIGNALS} AND flag_id = {flag_id:String}))
ORDER BY f.rule_id, f.flag_id`
  }
} satisfies Record<string, NamedQuery>
