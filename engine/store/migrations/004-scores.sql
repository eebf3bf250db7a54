-- A simple early-warning score per institution (辽医保规〔2023〕3号 第二十二条 asks for early warning, and sets no scale):
-- levels and weights are engineering values of ours, said so in `basis`. No clock: relative to `as_of_ms`, or, when that is 0,
-- to the latest event time stored.
--   points of a flag = severity weight (高 10, 中 3, 低 1) × 0.5^(age in days / 90) × (1 + log10(1 + yuan / 1000))
--   score = 1000 × (points + 200 × peers' points a settlement) / (settlements of 365 days + 200)
-- The 200 settlements of prior keep a small institution from being judged by one flag. Peers share the level (药店, 一级及以下, …).
-- Levels: 红 a stay overlapping another or service after death within 365 days, or suspected money above the 严重 band of
-- 扬医保规〔2020〕1号 第十一条 · 橙 any 高 or ten 中 in 30 days, or suspected money above 1万元 (药店) / 10万元 · 黄 three 中 in 30 days,
-- or 低 of 7 days a settlement above the peers' P95 · 蓝 above their P90. Percentiles need ten peers.
CREATE OR REPLACE VIEW institution_scores_at_v AS
WITH
  if({as_of_ms:Int64} = 0, (SELECT max(event_time) FROM claims), fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')) AS as_of,
  weighed AS (
    SELECT fixmedins_code, rule_id, severity,
      (toUnixTimestamp64Milli(as_of) - toUnixTimestamp64Milli(service_time)) / 86400000 AS age_days,
      transform(severity, [1, 2, 3], [10, 3, 1], 0) * exp2(-age_days / 90)
        * (1 + log10(1 + greatest(0, fund_pay_sumamt + acct_pay) / 100000)) AS points
    FROM flags_v
    WHERE fixmedins_code != '' AND service_time <= as_of
  ),
  by_rule AS (
    SELECT fixmedins_code, rule_id, severity, count() AS flags, sum(weighed.points) AS points,
      countIf(age_days < 30) AS flags_30, countIf(age_days < 7) AS flags_7,
      countIf(age_days < 365 AND rule_id IN ('overlapping-stays', 'use-after-death')) AS grave
    FROM weighed
    GROUP BY fixmedins_code, rule_id, severity
  ),
  facts AS (
    SELECT fixmedins_code, sum(by_rule.points) AS points, sum(by_rule.flags) AS flags,
      sumIf(flags_30, severity = 1) AS high_30, sumIf(flags_30, severity = 2) AS mid_30, sumIf(flags_7, severity = 3) AS low_7,
      sum(by_rule.grave) AS grave,
      arrayReverseSort(p -> (p.points, p.rule_id), groupArray(CAST((rule_id, severity, by_rule.flags, round(by_rule.points, 3)),
        'Tuple(rule_id String, severity UInt8, flags UInt64, points Float64)'))) AS parts,
      0 AS settlements, 0 AS amount
    FROM by_rule
    GROUP BY fixmedins_code
    UNION ALL
    SELECT fixmedins_code, 0, 0, 0, 0, 0, 0, [], count() AS settlements, 0
    FROM settlements_v
    WHERE event_time <= as_of AND event_time > as_of - INTERVAL 365 DAY
    GROUP BY fixmedins_code
    UNION ALL
    SELECT fixmedins_code, 0, 0, 0, 0, 0, 0, [], 0, sum(fund_pay_sumamt + acct_pay) AS amount
    FROM suspicions_v
    WHERE scope = 'institution' AND settled AND event_time <= as_of AND event_time > as_of - INTERVAL 365 DAY
    GROUP BY fixmedins_code
  ),
  institutions AS (
    SELECT f.fixmedins_code AS fixmedins_code, any(n.fixmedins_name) AS fixmedins_name,
      multiIf(any(n.level) != '', any(n.level), startsWith(fixmedins_code, 'P'), '药店', '级别未知') AS peers,
      sum(f.points) AS points, sum(f.flags) AS flags, sum(f.high_30) AS high_30, sum(f.mid_30) AS mid_30, sum(f.low_7) AS low_7,
      sum(f.grave) AS grave, arrayFlatten(groupArray(f.parts)) AS parts, sum(f.settlements) AS settlements, sum(f.amount) AS amount,
      1000 * low_7 / (settlements + 200) AS low_rate
    FROM facts AS f LEFT JOIN institutions_v AS n ON n.fixmedins_code = f.fixmedins_code
    GROUP BY f.fixmedins_code
  ),
  groups AS (
    SELECT peers, count() AS peer_count, sum(institutions.points) AS all_points, sum(institutions.settlements) AS all_settlements,
      if(all_settlements = 0, 0, all_points / all_settlements) AS prior,
      quantileExactInclusive(0.9)(low_rate) AS p90, quantileExactInclusive(0.95)(low_rate) AS p95
    FROM institutions
    GROUP BY peers
  )
SELECT
  i.fixmedins_code AS fixmedins_code, i.fixmedins_name AS fixmedins_name, i.peers AS peers, g.peer_count AS peer_count,
  as_of AS as_of_time, i.settlements AS settlements, i.flags AS flags, i.amount AS suspected_money,
  round(i.points, 3) AS points,
  round(1000 * (i.points + 200 * g.prior) / (i.settlements + 200), 3) AS score,
  transform(i.peers, ['药店', '一级及以下', '二级', '三级'], [1000000, 10000000, 50000000, 100000000], 9223372036854775807) AS serious_above,
  if(i.peers = '药店', 1000000, 10000000) AS orange_above,
  CAST(arrayFilter(x -> x.1 != '', [
    if(i.grave > 0, ('红', '一年内有重叠住院或死亡后就医疑点'), ('', '')),
    if(i.amount > serious_above, ('红', '一年内疑点金额超过严重失信档金额'), ('', '')),
    if(i.high_30 >= 1, ('橙', '30日内有高级别疑点'), ('', '')),
    if(i.mid_30 >= 10, ('橙', '30日内中级别疑点不少于10条'), ('', '')),
    if(i.amount > orange_above, ('橙', if(i.peers = '药店', '一年内疑点金额超过1万元', '一年内疑点金额超过10万元')), ('', '')),
    if(i.mid_30 >= 3, ('黄', '30日内中级别疑点不少于3条'), ('', '')),
    if(g.peer_count >= 10 AND i.low_rate > g.p95, ('黄', '7日低级别疑点率高于同级95%机构'), ('', '')),
    if(g.peer_count >= 10 AND i.low_rate > g.p90, ('蓝', '7日低级别疑点率高于同级90%机构'), ('', ''))]),
    'Array(Tuple(level String, zh String))') AS reasons,
  if(empty(reasons), '', reasons[1].1) AS level,
  i.parts AS parts,
  'engineering' AS basis
FROM institutions AS i JOIN groups AS g ON g.peers = i.peers;

CREATE OR REPLACE VIEW institution_scores_v AS SELECT * FROM institution_scores_at_v(as_of_ms = 0);
