-- Questions to the people who run the portal, and what was written under them.

CREATE TABLE tickets (
    id           BLOB NOT NULL PRIMARY KEY,
    number       INTEGER NOT NULL UNIQUE,
    asked_by     BLOB NOT NULL REFERENCES persons (id),
    asker        TEXT NOT NULL,
    organization TEXT NOT NULL,
    subject      TEXT NOT NULL,
    words        TEXT NOT NULL,
    -- The address in the portal from which they came.
    page         TEXT,
    status       TEXT NOT NULL,
    asked_at     TEXT NOT NULL,
    changed_at   TEXT NOT NULL,
    version      INTEGER NOT NULL
) STRICT;

CREATE INDEX tickets_by_person ON tickets (asked_by, number);
CREATE INDEX tickets_by_status ON tickets (status, number);

CREATE TABLE ticket_replies (
    id           BLOB NOT NULL PRIMARY KEY,
    ticket_id    BLOB NOT NULL REFERENCES tickets (id),
    at           TEXT NOT NULL,
    author_id    BLOB NOT NULL REFERENCES persons (id),
    name         TEXT NOT NULL,
    organization TEXT NOT NULL,
    words        TEXT NOT NULL
) STRICT;

CREATE INDEX ticket_replies_by_ticket ON ticket_replies (ticket_id, at);

INSERT INTO numbers (kind, last) VALUES ('ticket', 1000);
