-- From flags to negative-information candidates. Everything here is a suspicion (疑点) or a candidate (候选), never established.

-- The negative-information item of 扬医保规〔2020〕1号 第八条 that a rule's flags would fall under, for medical institutions
-- and for pharmacies, by the newest recorded version of the rule.
CREATE OR REPLACE VIEW rule_negative_items_v AS
SELECT rule_id, argMax(negative_items['yangzhou-2020'], version) AS medical_item,
  argMax(negative_items['yangzhou-2020/pharmacy'], version) AS pharmacy_item
FROM rule_versions FINAL
GROUP BY rule_id;

-- What main items mark, in three scopes: 'claim' (any flag), 'institution' (flags laid against the claim's institution)
-- and 'item' (the same, by negative-information item).
CREATE OR REPLACE VIEW suspicion_marks_v AS
SELECT 'claim' AS scope, '' AS negative_item, * FROM flag_items_v WHERE role = 'main'
UNION ALL
SELECT 'institution' AS scope, '' AS negative_item, * FROM flag_items_v
WHERE role = 'main' AND fixmedins_code = flag_fixmedins_code AND fixmedins_code != ''
UNION ALL
SELECT 'item' AS scope,
  if(n.level = '药店' OR (n.fixmedins_code = '' AND startsWith(i.fixmedins_code, 'P')), r.pharmacy_item, r.medical_item) AS negative_item,
  i.*
FROM flag_items_v AS i
LEFT JOIN rule_negative_items_v AS r ON r.rule_id = i.rule_id
LEFT JOIN institutions_v AS n ON n.fixmedins_code = i.fixmedins_code
WHERE i.role = 'main' AND i.fixmedins_code = i.flag_fixmedins_code AND i.fixmedins_code != '' AND negative_item != '';

-- One row a scope × item × claim: each claim line counts once, whatever number of rules hit it. A claim marked whole counts whole;
-- of marked lines (with the lines that refund them) the pooled and the account share are the claim's own, by amount, rounded down,
-- so that parts never exceed the claim. A claim that was reversed, or is not settled, has no money.
CREATE OR REPLACE VIEW suspicions_v AS
SELECT
  m.scope AS scope, m.negative_item AS negative_item, m.psn_no AS psn_no, m.fixmedins_code AS fixmedins_code,
  m.setl_id AS setl_id, m.mdtrt_id AS mdtrt_id, m.whole AS whole, m.lines AS lines, m.flags AS flags,
  m.gravest AS severity, m.first_seen AS first_seen, m.last_seen AS last_seen,
  toBool(s.setl_id != '') AS settled, s.event_time AS event_time, s.insuplc_admdvs AS insuplc_admdvs,
  if(whole, s.medfee_sumamt, least(s.medfee_sumamt, greatest(0, arraySum(arrayMap(
    (sn, init, amount) -> if(has(m.lines, sn) OR (init != '' AND has(m.lines, init)), amount, 0),
    s.sns, s.inits, s.amounts))))) AS medfee_sumamt,
  if(whole, s.fund_pay_sumamt, if(s.medfee_sumamt > 0,
    toInt64(intDiv(toInt128(s.fund_pay_sumamt) * medfee_sumamt, s.medfee_sumamt)), 0)) AS fund_pay_sumamt,
  if(whole, s.acct_pay, if(s.medfee_sumamt > 0,
    toInt64(intDiv(toInt128(s.acct_pay) * medfee_sumamt, s.medfee_sumamt)), 0)) AS acct_pay
FROM (
  SELECT scope, negative_item, psn_no, fixmedins_code, setl_id, mdtrt_id,
    toBool(max(line = '')) AS whole,
    groupUniqArrayIf(line, line != '') AS lines,
    groupUniqArray((flag_id, severity)) AS flags,
    min(severity) AS gravest,
    min(service_time) AS first_seen,
    max(service_time) AS last_seen
  FROM suspicion_marks_v
  GROUP BY scope, negative_item, psn_no, fixmedins_code, setl_id, mdtrt_id
) AS m
LEFT JOIN (
  SELECT psn_no, fixmedins_code, setl_id, event_time, insuplc_admdvs, medfee_sumamt, fund_pay_sumamt, acct_pay,
    feedetail.feedetl_sn AS sns, feedetail.init_feedetl_sn AS inits, feedetail.det_item_fee_sumamt AS amounts
  FROM settlements_v
  WHERE psn_no IN (SELECT subject FROM flags_v)
) AS s ON s.psn_no = m.psn_no AND s.fixmedins_code = m.fixmedins_code AND s.setl_id = m.setl_id AND m.setl_id != '';

-- Candidates: institution × item, with the loss band that 第十条 and 第十一条 would put the amount in if it were established.
-- The amount is pooled and account money together (医疗保障基金), both shown apart. Interpretations of ours are named in the row.
CREATE OR REPLACE VIEW candidates_v AS
SELECT
  'yangzhou-2020' AS regime, c.fixmedins_code AS fixmedins_code, n.fixmedins_name AS fixmedins_name, n.hosp_lv AS hosp_lv,
  if(n.fixmedins_code = '', if(startsWith(c.fixmedins_code, 'P'), '药店', ''), n.level) AS level,
  c.negative_item AS negative_item,
  c.flags AS flags, c.flags_high AS flags_high, c.flags_mid AS flags_mid, c.flags_low AS flags_low,
  c.persons AS persons, c.claims AS claims, c.first_seen AS first_seen, c.last_seen AS last_seen,
  c.medfee_sumamt AS suspected_medfee, c.fund_pay_sumamt AS suspected_fund, c.acct_pay AS suspected_acct,
  suspected_fund + suspected_acct AS suspected_loss,
  multiIf(level = '', 'unknown', suspected_loss > transform(level, ['药店', '一级及以下', '二级', '三级'],
    [1000000, 10000000, 50000000, 100000000], 0), 'serious', 'general') AS band,
  transform(band, ['general', 'serious'], ['候选·一般失信档', '候选·严重失信档'], '候选·等级未知，未分档') AS band_zh,
  multiIf(band = 'unknown', '',
    level = '药店', if(band = 'serious', '第十一条第（二）项', '第十条第（二）项'),
    if(band = 'serious', '第十一条第（一）项', '第十条第（一）项')) AS band_article,
  arrayFilter(x -> x != '', [
    '造成损失金额按统筹基金与个人账户合计计算，系本系统理解',
    if(level = '二级' AND suspected_loss < 10000000, '二级机构不足10万元，第十条未列，按一般档理解', ''),
    if(level = '三级' AND suspected_loss < 50000000, '三级机构不足50万元，第十条未列，按一般档理解', ''),
    if(n.hosp_lv = '11', '无等级机构按一级及以下理解', '')]) AS interpretations
FROM (
  SELECT fixmedins_code, negative_item,
    groupUniqArrayArray(suspicions_v.flags) AS flag_list,
    length(flag_list) AS flags,
    countEqual(flag_list.2, 1) AS flags_high,
    countEqual(flag_list.2, 2) AS flags_mid,
    countEqual(flag_list.2, 3) AS flags_low,
    uniqExact(psn_no) AS persons,
    countIf(settled) AS claims,
    min(suspicions_v.first_seen) AS first_seen,
    max(suspicions_v.last_seen) AS last_seen,
    sum(suspicions_v.medfee_sumamt) AS medfee_sumamt,
    sum(suspicions_v.fund_pay_sumamt) AS fund_pay_sumamt,
    sum(suspicions_v.acct_pay) AS acct_pay
  FROM suspicions_v
  WHERE scope = 'item'
  GROUP BY fixmedins_code, negative_item
) AS c
LEFT JOIN institutions_v AS n ON n.fixmedins_code = c.fixmedins_code;
