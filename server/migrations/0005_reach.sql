-- A first list is found by what an account has in common with documents, not by looking at all there are.
CREATE INDEX documents_by_team ON documents (team);
CREATE INDEX documents_by_institution ON documents (institution);
CREATE INDEX documents_by_creator ON documents (created_by);
CREATE INDEX documents_by_kind ON documents (kind);
