-- Failed attempts by whoever or from wherever, under a hash: what was typed may be anything.
CREATE TABLE attempts (who BYTES PRIMARY KEY, failures BIGINT NOT NULL, last BIGINT NOT NULL, until BIGINT NOT NULL);
CREATE INDEX attempts_by_time ON attempts (last);
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN seen BIGINT NOT NULL DEFAULT 0;
-- One-time codes, known by their hash: to take on a subject, or to choose a new password.
CREATE TABLE codes (
  code BYTES PRIMARY KEY, purpose TEXT NOT NULL, account TEXT NOT NULL, subject TEXT NOT NULL, relation TEXT NOT NULL,
  given_by TEXT NOT NULL, expires BIGINT NOT NULL
);
-- Who agreed that an account acts for a subject.
ALTER TABLE account_subjects ADD COLUMN relation TEXT NOT NULL DEFAULT '';
ALTER TABLE account_subjects ADD COLUMN given_by TEXT NOT NULL DEFAULT '';
ALTER TABLE account_subjects ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
CREATE INDEX account_subjects_by_subject ON account_subjects (subject);
-- Second factors: the secret sealed, and the last step whose code was used.
CREATE TABLE factors (account TEXT PRIMARY KEY, secret BYTES NOT NULL, confirmed BIGINT NOT NULL, step BIGINT NOT NULL);
CREATE TABLE recovery_codes (account TEXT NOT NULL, code BYTES NOT NULL, PRIMARY KEY (account, code));
