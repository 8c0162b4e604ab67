-- What was done and by whom; each hash covers the entry and the hash before it.
CREATE TABLE audit (
  sequence COUNTED, at BIGINT NOT NULL, account BYTES NOT NULL, device TEXT NOT NULL, act TEXT NOT NULL,
  document BYTES NOT NULL, changes BYTES NOT NULL, refusal TEXT NOT NULL, note TEXT NOT NULL, hash BYTES NOT NULL
);
-- The last entry's number and hash, so that a cut tail is seen.
INSERT INTO meta VALUES ('audit', '0:0000000000000000000000000000000000000000000000000000000000000000');
