-- Views that have collapsed repeats. Nothing else reads the tables of 001 directly.

CREATE OR REPLACE VIEW claims_v AS SELECT * FROM claims FINAL;

-- Settlements that no reversal voids, whichever of the two came first.
CREATE OR REPLACE VIEW settlements_v AS
SELECT * FROM claims FINAL
WHERE kind = 'settlement'
  AND (fixmedins_code, setl_id) NOT IN (SELECT fixmedins_code, setl_id FROM claims FINAL WHERE kind = 'reversal');

CREATE OR REPLACE VIEW inventory_v AS SELECT * FROM inventory FINAL;

CREATE OR REPLACE VIEW master_data_v AS SELECT * FROM master_data FINAL;

CREATE OR REPLACE VIEW dead_letters_v AS SELECT * FROM dead_letters FINAL;

CREATE OR REPLACE VIEW progress_v AS SELECT * FROM progress FINAL;

CREATE OR REPLACE VIEW rule_versions_v AS SELECT * FROM rule_versions FINAL;

-- Every flag as it stands, retracted ones included.
CREATE OR REPLACE VIEW flags_all_v AS SELECT * FROM flags FINAL;

CREATE OR REPLACE VIEW flags_v AS SELECT * FROM flags FINAL WHERE status = 'active';

-- Institutions by their newest master row. `level` groups hosp_lv (01–04 三级, 05–07 二级, 08–11 一级及以下);
-- an institution without master data is a pharmacy when its code begins with P, and its level is unknown.
CREATE OR REPLACE VIEW institutions_v AS
SELECT
  key AS fixmedins_code,
  argMax(JSONExtractString(fields, 'fixmedins_name'), (valid_from, version)) AS fixmedins_name,
  argMax(JSONExtractString(fields, 'uscc'), (valid_from, version)) AS uscc,
  argMax(JSONExtractString(fields, 'fixmedins_type'), (valid_from, version)) AS fixmedins_type,
  argMax(JSONExtractString(fields, 'hosp_lv'), (valid_from, version)) AS hosp_lv,
  argMax(JSONExtractString(fields, 'admdvs'), (valid_from, version)) AS admdvs,
  multiIf(
    fixmedins_type = '2' OR (fixmedins_type = '' AND startsWith(key, 'P')), '药店',
    hosp_lv IN ('01', '02', '03', '04'), '三级',
    hosp_lv IN ('05', '06', '07'), '二级',
    hosp_lv IN ('08', '09', '10', '11'), '一级及以下',
    '') AS level
FROM master_data FINAL
WHERE type = 'institution'
GROUP BY key;

-- One row an active flag × claim × line; `line` is empty where the whole claim is meant. Amounts are the item's and repeat per line.
CREATE OR REPLACE VIEW flag_items_v AS
SELECT
  flag_id, revision, rule_id, rule_version, severity, subject AS psn_no, flag_fixmedins_code, area, service_time,
  item.role AS role, item.fixmedins_code AS fixmedins_code, item.setl_id AS setl_id, item.mdtrt_id AS mdtrt_id,
  arrayJoin(if(empty(item.lines), [''], item.lines)) AS line,
  item.medfee_sumamt AS medfee_sumamt, item.fund_pay_sumamt AS fund_pay_sumamt, item.acct_pay AS acct_pay
FROM (
  SELECT flag_id, revision, rule_id, rule_version, severity, subject, fixmedins_code AS flag_fixmedins_code, area, service_time,
    arrayJoin(items) AS item
  FROM flags_v
);
