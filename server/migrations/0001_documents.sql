-- One text for both databases: BYTES stands for BLOB or BYTEA, NUMBERED for a primary key that counts upwards,
-- COUNTED for one that is counted by the server.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
-- Whoever commits holds the row "place" until the commit is over, so places become visible in order.
CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO counters VALUES ('place', 0), ('accounts', 0);
CREATE TABLE documents (
  id BYTES PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, team TEXT NOT NULL, institution TEXT NOT NULL,
  created_by TEXT NOT NULL, place BIGINT NOT NULL, heads BYTES NOT NULL
);
CREATE INDEX documents_by_place ON documents (place);
CREATE INDEX documents_by_subject ON documents (subject, kind);
-- A snapshot has place 0 and stands for every chunk of its document before it.
CREATE TABLE chunks (
  id NUMBERED, document BYTES NOT NULL, place BIGINT NOT NULL, relay BIGINT NOT NULL,
  since BYTES NOT NULL, heads BYTES NOT NULL, data BYTES NOT NULL
);
CREATE INDEX chunks_by_document ON chunks (document, id);
CREATE INDEX chunks_by_place ON chunks (place);
CREATE TABLE actors (
  document BYTES NOT NULL, actor BYTES NOT NULL, author BYTES NOT NULL, PRIMARY KEY (document, actor)
);
CREATE TABLE accounts (
  name TEXT PRIMARY KEY, password TEXT NOT NULL, role TEXT NOT NULL, institution TEXT NOT NULL, team TEXT NOT NULL,
  disabled BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE account_subjects (account TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (account, subject));
CREATE TABLE sessions (token BYTES PRIMARY KEY, account TEXT NOT NULL, expires BIGINT NOT NULL);
CREATE INDEX sessions_by_account ON sessions (account);
