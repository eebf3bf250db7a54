-- A correction may say that a settlement was another person's. Claims are kept by person, so both would stand: whose it is, is said here.
CREATE TABLE IF NOT EXISTS moved_settlements (
  fixmedins_code LowCardinality(String),
  setl_id String,
  psn_no String COMMENT 'whose it is: the person of the greatest version',
  version UInt128,
  stored_at DateTime64(3, 'Asia/Shanghai') DEFAULT now64(3)
) ENGINE = ReplacingMergeTree(version) ORDER BY (fixmedins_code, setl_id);

CREATE OR REPLACE VIEW claims_v AS
SELECT * FROM claims FINAL
WHERE kind != 'settlement'
  OR (fixmedins_code, id) NOT IN (SELECT fixmedins_code, setl_id FROM moved_settlements)
  OR (fixmedins_code, id, psn_no) IN (SELECT fixmedins_code, setl_id, psn_no FROM moved_settlements FINAL);

-- A reversal voids the settlement of the person it names, here as in the lanes' memory.
CREATE OR REPLACE VIEW settlements_v AS
SELECT * FROM claims_v
WHERE kind = 'settlement'
  AND (psn_no, fixmedins_code, setl_id) NOT IN (SELECT psn_no, fixmedins_code, setl_id FROM claims FINAL WHERE kind = 'reversal');
