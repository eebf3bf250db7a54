/** Medians of the cost of a day in hospital among peers: computed from the stays in the store, and as they were handed in. */
import { millis, type NamedQuery } from './named.ts'

/** What a record says of a stay. Who is believed: settlements, the latest first, then list, admission, discharge (memory/stay-view.ts). */
const PART = `psn_no, fixmedins_code, mdtrt_id, kind, mid_setl_flag, setl_id, medfee_sumamt, nwb_flag, ipt_med_type,
    adm_dept_codg, dscg_dept_codg, coalesce(${millis('adm_time')}, ${millis('begndate')}) AS adm,
    coalesce(${millis('dscg_time')}, ${millis('enddate')}) AS dscg, notEmpty(diseinfo) AS diagnosed,
    arraySort(d -> (d.diag_srt_no, d.diag_code), arrayFilter(d -> d.maindiag_flag, diseinfo))[1].diag_code AS diag_code,
    (transform(kind, ['settlement', 'list', 'admission'], [4, 3, 2], 1), ifNull(${millis('setl_time')}, 0), setl_id) AS belief`

/** Records of the stays that ended in the span: a discharge is the event time of whoever tells of it. Some of them are more than that. */
const ENDED = `(psn_no, fixmedins_code, mdtrt_id) IN (
      SELECT psn_no, fixmedins_code, mdtrt_id FROM claims
      WHERE ${millis('event_time')} >= {from_ms:Int64} AND ${millis('event_time')} < {to_ms:Int64}
        AND (kind IN ('list', 'discharge') OR (kind = 'settlement' AND infno = '2304')))`

/** A moment's calendar day at UTC+8. */
const day = (ms: string): string => `intDiv(${ms} + 28800000, 86400000)`

export const MEDIAN_QUERIES = {
  'peer_medians.computed': {
    about: 'median cost of a day (分, floor) by level of the institution on the day of discharge, department and diagnosis category, of '
      + 'the settled stays that ended in the span and lasted long enough, without voided settlements, day surgery and newborns',
    // quantileExact: of the sorted costs the one at place floor(n / 2), counted from 0: of an even number the greater of the middle two.
    sql: `WITH parts AS (
  SELECT ${PART} FROM settlements_v WHERE infno = '2304' AND ${ENDED}
  UNION ALL
  SELECT ${PART} FROM claims_v WHERE kind IN ('list', 'admission', 'discharge') AND ${ENDED}
), stays AS (
  SELECT psn_no, fixmedins_code, mdtrt_id,
    assumeNotNull(argMaxIf(p.adm, belief, kind != 'discharge' AND isNotNull(p.adm))) AS adm_ms,
    assumeNotNull(argMaxIf(p.dscg, belief, kind != 'admission' AND NOT mid_setl_flag AND isNotNull(p.dscg))) AS dscg_ms,
    argMaxIf(p.dscg_dept_codg, belief, kind != 'admission' AND NOT mid_setl_flag AND p.dscg_dept_codg != '') AS dscg_dept,
    argMaxIf(p.adm_dept_codg, belief, p.adm_dept_codg != '') AS adm_dept,
    argMaxIf(p.ipt_med_type, belief, p.ipt_med_type != '') AS ipt_type,
    argMaxIf(p.diag_code, belief, diagnosed) AS main_diag,
    sumIf(p.medfee_sumamt, kind = 'settlement') AS medfee,
    ${day('dscg_ms')} - ${day('adm_ms')} AS los_days
  FROM parts AS p
  GROUP BY psn_no, fixmedins_code, mdtrt_id
  HAVING countIf(kind = 'settlement') > 0 AND countIf(kind != 'discharge' AND isNotNull(p.adm)) > 0
    AND dscg_ms >= {from_ms:Int64} AND dscg_ms < {to_ms:Int64}
    AND los_days >= {los_min:UInt32} AND ipt_type != '2' AND max(nwb_flag) = false
), levels AS (
  SELECT key, arrayReverseSort(groupArray((version, ${millis('valid_from')}, ifNull(${millis('valid_to')}, 9007199254740991),
    JSONExtractString(fields, 'hosp_lv')))) AS said
  FROM master_data_v WHERE type = 'institution' GROUP BY key
)
SELECT hosp_lv, dept_codg, diag_group, toInt64(quantileExact(0.5)(cost)) AS day_cost, count() AS sample
FROM (
  SELECT tupleElement(arrayFirst(m -> m.2 <= s.dscg_ms AND s.dscg_ms < m.3, l.said), 4) AS hosp_lv,
    if(s.dscg_dept != '', s.dscg_dept, s.adm_dept) AS dept_codg,
    substringUTF8(s.main_diag, 1, 3) AS diag_group,
    intDiv(s.medfee, s.los_days) AS cost
  FROM stays AS s JOIN levels AS l ON l.key = s.fixmedins_code
)
WHERE hosp_lv != '' AND dept_codg != '' AND diag_group != ''
GROUP BY hosp_lv, dept_codg, diag_group
HAVING sample >= {sample_min:UInt32}
ORDER BY hosp_lv, dept_codg, diag_group`
  },
  'peer_medians.handed_in': {
    about: 'peer medians in the store that hold from a moment on, and where they came from',
    sql: `SELECT m.key AS key, m.source AS source, ${millis('m.inf_time')} AS inf_time, ${millis('m.valid_to')} AS valid_to,
  JSONExtractString(m.fields, 'hosp_lv') AS hosp_lv, JSONExtractString(m.fields, 'dept_codg') AS dept_codg,
  JSONExtractString(m.fields, 'diag_group') AS diag_group, JSONExtractInt(m.fields, 'day_cost') AS day_cost,
  JSONExtractInt(m.fields, 'sample') AS sample
FROM master_data_v AS m
WHERE m.type = 'peer_median' AND ${millis('m.valid_from')} = {valid_from_ms:Int64}
ORDER BY m.key`
  }
} satisfies Record<string, NamedQuery>
