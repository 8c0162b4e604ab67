-- Changes of somebody's rights that no change of a document shows; each has a place in the sequence, so that devices look again.
CREATE TABLE access_changes (place BIGINT PRIMARY KEY, document BYTES NOT NULL, reader TEXT NOT NULL);
CREATE INDEX access_changes_by_reader ON access_changes (reader, place);
-- Who may read documents about a subject beyond the policy, and until when; `ended` says when that was over.
-- One that the reader took in an emergency has the institution whose managers judge it.
CREATE TABLE grants (
  id TEXT PRIMARY KEY, reader TEXT NOT NULL, subject TEXT NOT NULL, purpose TEXT NOT NULL, given_by TEXT NOT NULL,
  given BIGINT NOT NULL, expires BIGINT NOT NULL, ended BIGINT, institution TEXT, verdict TEXT NOT NULL, judged_by TEXT NOT NULL
);
CREATE INDEX grants_by_institution ON grants (institution, given);
CREATE INDEX grants_by_reader ON grants (reader, given);
CREATE INDEX grants_by_subject ON grants (subject, given);
CREATE INDEX grants_running ON grants (expires) WHERE ended IS NULL;
CREATE TABLE granted (grant_id TEXT NOT NULL, document BYTES NOT NULL, PRIMARY KEY (grant_id, document));
CREATE INDEX granted_by_document ON granted (document);
-- Grants that whoever brings the code takes, once.
CREATE TABLE offers (
  code BYTES PRIMARY KEY, subject TEXT NOT NULL, purpose TEXT NOT NULL, given_by TEXT NOT NULL, lasts BIGINT NOT NULL,
  expires BIGINT NOT NULL, documents BYTES NOT NULL
);
-- Documents that were sent to somebody under a grant.
CREATE TABLE reads (
  id NUMBERED, at BIGINT NOT NULL, account TEXT NOT NULL, document BYTES NOT NULL, grant_id TEXT NOT NULL
);
CREATE INDEX reads_by_grant ON reads (grant_id, id);
-- The latest time that this store has seen, whatever a clock says later.
INSERT INTO counters VALUES ('time', 0);
