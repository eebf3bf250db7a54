-- What settlements show of subjects that several persons' claims share (a trace code, a bed): one row a rule × subject × settlement.
-- A row counts as long as its version is the settlement's own; so a correction or a reversal needs no second row.
CREATE TABLE IF NOT EXISTS sightings (
  rule_id LowCardinality(String),
  subject String,
  fixmedins_code LowCardinality(String),
  setl_id String,
  psn_no String,
  version UInt128,
  mdtrt_id String,
  insuplc_admdvs LowCardinality(String),
  event_time DateTime64(3, 'Asia/Shanghai') CODEC(Delta, ZSTD(1)),
  setl_time DateTime64(3, 'Asia/Shanghai') CODEC(Delta, ZSTD(1)),
  medfee_sumamt Int64 COMMENT '分, as the two below',
  fund_pay_sumamt Int64,
  acct_pay Int64,
  marks Array(String) COMMENT 'under which names it is counted; none: under the subject itself',
  seen_as String COMMENT 'what must differ for a look; empty when counted',
  weight Int64,
  facts String COMMENT 'JSON: what the rule wants to see again',
  received DateTime64(3, 'Asia/Shanghai') COMMENT 'by the engine, its own clock' CODEC(Delta, ZSTD(1)),
  INDEX setl_id_known setl_id TYPE bloom_filter(0.01) GRANULARITY 4
) ENGINE = ReplacingMergeTree(version) ORDER BY (rule_id, subject, fixmedins_code, setl_id, psn_no)
SETTINGS min_bytes_for_wide_part = 268435456, index_granularity = 512;

CREATE OR REPLACE VIEW sightings_v AS SELECT * FROM sightings FINAL;

-- Of whom settlements are said to be, in which version, and which are reversed: a narrow copy of `claims`, by identity. A look asks it
-- of a few settlements at a time; in `claims`, which is by person and wide, that took five times as long.
CREATE TABLE IF NOT EXISTS identities (
  fixmedins_code LowCardinality(String),
  setl_id String,
  kind LowCardinality(String) COMMENT 'settlement or reversal',
  psn_no String,
  version UInt128
) ENGINE = ReplacingMergeTree(version) ORDER BY (fixmedins_code, setl_id, kind, psn_no) SETTINGS index_granularity = 512;

CREATE MATERIALIZED VIEW IF NOT EXISTS identities_of_claims TO identities AS
SELECT fixmedins_code, id AS setl_id, kind, psn_no, version FROM claims WHERE kind IN ('settlement', 'reversal');

INSERT INTO identities SELECT fixmedins_code, id AS setl_id, kind, psn_no, version FROM claims WHERE kind IN ('settlement', 'reversal');

-- What has been reached once and for all, until it changes: of which rules about shared subjects every stored claim was looked through.
CREATE TABLE IF NOT EXISTS milestones (
  name LowCardinality(String),
  value String,
  reached_at DateTime64(3, 'Asia/Shanghai') DEFAULT now64(3)
) ENGINE = ReplacingMergeTree(reached_at) ORDER BY name;

-- Whose claims a flag's items are, when they are not all the subject's own.
ALTER TABLE flags ADD COLUMN IF NOT EXISTS persons Array(String) AFTER items;

CREATE OR REPLACE VIEW flags_all_v AS SELECT * FROM flags FINAL;

CREATE OR REPLACE VIEW flags_v AS SELECT * FROM flags FINAL WHERE status = 'active';

CREATE OR REPLACE VIEW flag_items_v AS
SELECT
  flag_id, revision, rule_id, rule_version, severity, whose.2 AS psn_no, flag_fixmedins_code, area, service_time,
  item.role AS role, item.fixmedins_code AS fixmedins_code, item.setl_id AS setl_id, item.mdtrt_id AS mdtrt_id,
  arrayJoin(if(empty(item.lines), [''], item.lines)) AS line,
  item.medfee_sumamt AS medfee_sumamt, item.fund_pay_sumamt AS fund_pay_sumamt, item.acct_pay AS acct_pay
FROM (
  SELECT flag_id, revision, rule_id, rule_version, severity, fixmedins_code AS flag_fixmedins_code, area, service_time,
    arrayJoin(arrayZip(items, if(empty(persons), arrayMap(i -> subject, items), persons))) AS whose, whose.1 AS item
  FROM flags_v
);

-- As before (003), but of everybody whose claims are items.
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
  WHERE psn_no IN (SELECT psn_no FROM flag_items_v)
) AS s ON s.psn_no = m.psn_no AND s.fixmedins_code = m.fixmedins_code AND s.setl_id = m.setl_id AND m.setl_id != '';
