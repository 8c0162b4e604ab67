-- The bytes are files. `looked` is when somebody last sent a piece, or when the document was last asked whether it names the blob.
CREATE TABLE blobs (
  document BYTES NOT NULL, hash BYTES NOT NULL, size BIGINT NOT NULL, whole BIGINT NOT NULL, account TEXT NOT NULL,
  begun BIGINT NOT NULL, looked BIGINT NOT NULL, PRIMARY KEY (document, hash)
);
CREATE INDEX blobs_by_account ON blobs (account, begun);
CREATE INDEX blobs_by_look ON blobs (whole, looked);
