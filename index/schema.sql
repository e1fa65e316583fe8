-- The library: the only truth. Everything else on disk is derived from it and can be built again.
-- Text offsets are Unicode code points into documents.text.

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO settings VALUES ('format', '1');

-- A staged document (current = 0) is read and split but not yet part of the library.
CREATE TABLE documents (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again, so an old citation cannot point elsewhere
    path         TEXT NOT NULL,
    current      INTEGER NOT NULL DEFAULT 0,
    content_hash TEXT NOT NULL,
    size         INTEGER NOT NULL,
    modified_ns  INTEGER NOT NULL,
    title        TEXT NOT NULL,
    date         TEXT,
    author       TEXT,
    partly_read  TEXT,
    text         TEXT NOT NULL,
    UNIQUE (path, current)
);

CREATE TABLE blocks (
    document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    start       INTEGER NOT NULL,
    "end"       INTEGER NOT NULL,
    level       INTEGER NOT NULL,
    page        INTEGER,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE passages (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    start         INTEGER NOT NULL,
    "end"         INTEGER NOT NULL,
    paragraph     INTEGER NOT NULL,
    page          INTEGER,
    headings      TEXT NOT NULL,  -- a JSON list, outermost first
    introduction  TEXT NOT NULL,
    columns       TEXT NOT NULL,  -- a JSON list: the heads of a table's columns
    text          TEXT NOT NULL,  -- documents.text from start to end, kept so that a hit costs one row
    embedding_key BLOB NOT NULL
);
CREATE INDEX passages_of_document ON passages (document_id);

CREATE TABLE sentences (
    id            INTEGER PRIMARY KEY,
    passage_id    INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
    start         INTEGER NOT NULL,
    "end"         INTEGER NOT NULL,
    embedding_key BLOB NOT NULL
);
CREATE INDEX sentences_of_passage ON sentences (passage_id);

-- Embeddings by the hash of what was embedded: a renamed or repeated text costs nothing.
CREATE TABLE embeddings (
    key       BLOB PRIMARY KEY,
    embedding BLOB NOT NULL       -- float16, little endian
);

-- Texts of staged documents that still have to be embedded.
CREATE TABLE pending (
    key  BLOB PRIMARY KEY,
    text TEXT NOT NULL
);
CREATE INDEX pending_by_length ON pending (LENGTH(text) DESC, key);

CREATE TABLE skipped (
    path        TEXT PRIMARY KEY,
    size        INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    reason      TEXT NOT NULL
) WITHOUT ROWID;
