-- The signals of 挂床住院 (rules bed-…) put together, one row a stay: one kind of signal is 低 (or what it is by itself), two or more
-- are 中, none is ever 高, because only the composition suspects. A stay is a person's at an institution, as in the lanes' memory: a
-- signal about what several persons share counts for each stay among its main items. A settlement's money counts once, however
-- many signals name it.
CREATE OR REPLACE VIEW bed_hanging_v AS
SELECT
  psn_no, fixmedins_code, mdtrt_id,
  arraySort(groupUniqArray((rule_id, flag_id))) AS flags,
  arrayDistinct(flags.1) AS signals,
  flags.2 AS flag_ids,
  toUInt8(if(length(signals) > 1, 2, greatest(2, min(own)))) AS severity,
  min(area) AS area,
  min(service_time) AS first_service,
  max(service_time) AS last_service,
  toBool(min(setl_id != '')) AS settled,
  arraySort(groupUniqArrayIf(setl_id, setl_id != '')) AS setl_ids,
  arraySum(mapValues(maxMap(map(setl_id, item_medfee)))) AS medfee_sumamt,
  arraySum(mapValues(maxMap(map(setl_id, item_fund)))) AS fund_pay_sumamt,
  arraySum(mapValues(maxMap(map(setl_id, item_acct)))) AS acct_pay
FROM (
  SELECT psn_no, fixmedins_code, mdtrt_id, rule_id, flag_id, severity AS own, area, service_time, setl_id,
    medfee_sumamt AS item_medfee, fund_pay_sumamt AS item_fund, acct_pay AS item_acct
  FROM flag_items_v
  WHERE startsWith(rule_id, 'bed-') AND role = 'main' AND mdtrt_id != ''
)
GROUP BY psn_no, fixmedins_code, mdtrt_id;
