-- Titles, packages, source requests, and the list of requests.

-- The last number given out, per kind of thing. Small numbers are left to whoever imports.
CREATE TABLE numbers (
    kind TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

INSERT INTO numbers (kind, last) VALUES ('package', 5000), ('request', 20000), ('transfer', 80000), ('event', 0);

CREATE TABLE titles (
    id                BLOB NOT NULL PRIMARY KEY,
    movie_id          INTEGER NOT NULL UNIQUE,
    name              TEXT NOT NULL,
    release_year      INTEGER NOT NULL,
    kind              TEXT NOT NULL,
    season            INTEGER,
    episode           INTEGER,
    original_language TEXT NOT NULL,
    broadcast         TEXT
) STRICT;

CREATE TABLE packages (
    id        BLOB NOT NULL PRIMARY KEY,
    number    INTEGER NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    title_id  BLOB NOT NULL REFERENCES titles (id),
    countries TEXT NOT NULL,
    tags      TEXT NOT NULL,
    launch    TEXT
) STRICT;

CREATE INDEX packages_by_title ON packages (title_id);

CREATE TABLE requests (
    id                  BLOB NOT NULL PRIMARY KEY,
    number              INTEGER NOT NULL UNIQUE,
    title_id            BLOB NOT NULL REFERENCES titles (id),
    package_id          BLOB NOT NULL REFERENCES packages (id),
    source_type         TEXT NOT NULL,
    language            TEXT,
    status              TEXT NOT NULL,
    content_partner_id  BLOB NOT NULL REFERENCES organizations (id),
    partner_id          BLOB REFERENCES organizations (id),
    subassignee_id      BLOB REFERENCES organizations (id),
    due_at              TEXT NOT NULL,
    due_zone            TEXT NOT NULL,
    estimated_at        TEXT NOT NULL,
    estimated_zone      TEXT NOT NULL,
    date_reason         TEXT,
    date_comment        TEXT,
    service_type        TEXT,
    material_status     TEXT,
    -- A transfer of this request. No reference: transfers refer to requests.
    current_transfer_id BLOB,
    upgrade_of          BLOB REFERENCES requests (id),
    created_at          TEXT NOT NULL,
    delivered_at        TEXT,
    processed_at        TEXT,
    version             INTEGER NOT NULL,
    -- Status of the newest transfer, kept in step with it.
    newest_status       TEXT
) STRICT;

CREATE INDEX requests_by_package ON requests (package_id);

-- One row per request and organization that sees it, and one for those who see everything (an id of zeros).
-- The keys are those of the orders of the list: times in microseconds since 1970, the title in folded words.
-- The facet packs status, source type and newest transfer status.
CREATE TABLE request_list (
    viewer    BLOB NOT NULL,
    number    INTEGER NOT NULL,
    facet     INTEGER NOT NULL,
    due       INTEGER NOT NULL,
    estimated INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    title     TEXT NOT NULL,
    PRIMARY KEY (viewer, number)
) STRICT, WITHOUT ROWID;

-- Along each order, with the facet at hand.
CREATE INDEX request_list_by_due ON request_list (viewer, due, number, facet);
CREATE INDEX request_list_by_estimated ON request_list (viewer, estimated, number, facet);
CREATE INDEX request_list_by_created ON request_list (viewer, created, number, facet);
CREATE INDEX request_list_by_title ON request_list (viewer, title, number, facet);

-- Along each order within one facet.
CREATE INDEX request_list_by_facet_due ON request_list (viewer, facet, due, number);
CREATE INDEX request_list_by_facet_estimated ON request_list (viewer, facet, estimated, number);
CREATE INDEX request_list_by_facet_created ON request_list (viewer, facet, created, number);
CREATE INDEX request_list_by_facet_title ON request_list (viewer, facet, title, number);

-- The words by which a request is found, divided by single spaces.
CREATE TABLE request_search (
    number INTEGER NOT NULL PRIMARY KEY,
    words  TEXT NOT NULL
) STRICT;

-- Words are cut and folded before they come here: this tokenizer changes nothing about them.
CREATE VIRTUAL TABLE request_words USING fts5 (
    words, content = 'request_search', content_rowid = 'number',
    tokenize = 'ascii', prefix = '1 2 3'
);

CREATE TRIGGER request_words_insert AFTER INSERT ON request_search BEGIN
    INSERT INTO request_words (rowid, words) VALUES (new.number, new.words);
END;

CREATE TRIGGER request_words_delete AFTER DELETE ON request_search BEGIN
    INSERT INTO request_words (request_words, rowid, words) VALUES ('delete', old.number, old.words);
END;

CREATE TRIGGER request_words_update AFTER UPDATE ON request_search BEGIN
    INSERT INTO request_words (request_words, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO request_words (rowid, words) VALUES (new.number, new.words);
END;
