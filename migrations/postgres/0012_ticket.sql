-- Questions to the people who run the portal, and what was written under them.

CREATE TABLE tickets (
    id           UUID NOT NULL PRIMARY KEY,
    number       BIGINT NOT NULL UNIQUE,
    asked_by     UUID NOT NULL REFERENCES persons (id),
    asker        TEXT NOT NULL,
    organization TEXT NOT NULL,
    subject      TEXT NOT NULL,
    words        TEXT NOT NULL,
    -- The address in the portal from which they came.
    page         TEXT,
    status       TEXT NOT NULL,
    asked_at     TIMESTAMPTZ NOT NULL,
    changed_at   TIMESTAMPTZ NOT NULL,
    version      BIGINT NOT NULL
);

CREATE INDEX tickets_by_person ON tickets (asked_by, number);
CREATE INDEX tickets_by_status ON tickets (status, number);

CREATE TABLE ticket_replies (
    id           UUID NOT NULL PRIMARY KEY,
    ticket_id    UUID NOT NULL REFERENCES tickets (id),
    at           TIMESTAMPTZ NOT NULL,
    author_id    UUID NOT NULL REFERENCES persons (id),
    name         TEXT NOT NULL,
    organization TEXT NOT NULL,
    words        TEXT NOT NULL
);

CREATE INDEX ticket_replies_by_ticket ON ticket_replies (ticket_id, at);

INSERT INTO numbers (kind, last) VALUES ('ticket', 1000);
