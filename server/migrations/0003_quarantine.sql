-- Changes of somebody who may not make them, until a person has decided: state is waiting, accepted or rejected.
CREATE TABLE submissions (
  id NUMBERED, account TEXT NOT NULL, institution TEXT NOT NULL, at BIGINT NOT NULL, document BYTES NOT NULL, kind TEXT NOT NULL,
  subject TEXT NOT NULL, changes BIGINT NOT NULL, heads BYTES NOT NULL, data BYTES NOT NULL, state TEXT NOT NULL,
  decided_by TEXT NOT NULL, decided BIGINT NOT NULL
);
CREATE INDEX submissions_by_state ON submissions (state, id);
CREATE INDEX submissions_by_account ON submissions (account, id);
CREATE UNIQUE INDEX submissions_once ON submissions (account, document, heads);
