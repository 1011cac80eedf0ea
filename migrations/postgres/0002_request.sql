-- Titles, packages, source requests, and the list of requests.

-- The last number given out, per kind of thing. Small numbers are left to whoever imports.
CREATE TABLE numbers (
    kind TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

INSERT INTO numbers (kind, last) VALUES ('package', 5000), ('request', 20000), ('transfer', 80000), ('event', 0);

CREATE TABLE titles (
    id                UUID NOT NULL PRIMARY KEY,
    movie_id          BIGINT NOT NULL UNIQUE,
    name              TEXT NOT NULL,
    release_year      INTEGER NOT NULL,
    kind              TEXT NOT NULL,
    season            INTEGER,
    episode           INTEGER,
    original_language TEXT NOT NULL,
    broadcast         TEXT
);

CREATE TABLE packages (
    id        UUID NOT NULL PRIMARY KEY,
    number    BIGINT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    title_id  UUID NOT NULL REFERENCES titles (id),
    countries JSONB NOT NULL,
    tags      JSONB NOT NULL,
    launch    DATE
);

CREATE INDEX packages_by_title ON packages (title_id);

CREATE TABLE requests (
    id                  UUID NOT NULL PRIMARY KEY,
    number              BIGINT NOT NULL UNIQUE,
    title_id            UUID NOT NULL REFERENCES titles (id),
    package_id          UUID NOT NULL REFERENCES packages (id),
    source_type         TEXT NOT NULL,
    language            TEXT,
    status              TEXT NOT NULL,
    content_partner_id  UUID NOT NULL REFERENCES organizations (id),
    partner_id          UUID REFERENCES organizations (id),
    subassignee_id      UUID REFERENCES organizations (id),
    due_at              TIMESTAMPTZ NOT NULL,
    due_zone            TEXT NOT NULL,
    estimated_at        TIMESTAMPTZ NOT NULL,
    estimated_zone      TEXT NOT NULL,
    date_reason         TEXT,
    date_comment        TEXT,
    service_type        TEXT,
    material_status     TEXT,
    -- A transfer of this request. No reference: transfers refer to requests.
    current_transfer_id UUID,
    upgrade_of          UUID REFERENCES requests (id),
    created_at          TIMESTAMPTZ NOT NULL,
    delivered_at        TIMESTAMPTZ,
    processed_at        TIMESTAMPTZ,
    version             BIGINT NOT NULL,
    -- Status of the newest transfer, kept in step with it.
    newest_status       TEXT
);

CREATE INDEX requests_by_package ON requests (package_id);

-- One row per request and organization that sees it, and one for those who see everything (an id of zeros).
-- The keys are those of the orders of the list: times in microseconds since 1970, the title in folded words.
-- The facet packs status, source type and newest transfer status.
CREATE TABLE request_list (
    viewer    UUID NOT NULL,
    number    BIGINT NOT NULL,
    facet     INTEGER NOT NULL,
    due       BIGINT NOT NULL,
    estimated BIGINT NOT NULL,
    created   BIGINT NOT NULL,
    title     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (viewer, number)
);

-- Along each order, with the facet at hand.
CREATE INDEX request_list_by_due ON request_list (viewer, due, number) INCLUDE (facet);
CREATE INDEX request_list_by_estimated ON request_list (viewer, estimated, number) INCLUDE (facet);
CREATE INDEX request_list_by_created ON request_list (viewer, created, number) INCLUDE (facet);
CREATE INDEX request_list_by_title ON request_list (viewer, title, number) INCLUDE (facet);

-- Along each order within one facet.
CREATE INDEX request_list_by_facet_due ON request_list (viewer, facet, due, number);
CREATE INDEX request_list_by_facet_estimated ON request_list (viewer, facet, estimated, number);
CREATE INDEX request_list_by_facet_created ON request_list (viewer, facet, created, number);
CREATE INDEX request_list_by_facet_title ON request_list (viewer, facet, title, number);

-- The words by which a request is found, divided by single spaces.
CREATE TABLE request_search (
    number BIGINT NOT NULL PRIMARY KEY,
    words  TEXT NOT NULL
);

-- Words are cut before they come here, so they are taken as they are: no parser, no stemming.
CREATE INDEX request_words ON request_search USING GIN (array_to_tsvector(string_to_array(words, ' ')));
