-- Titles that are entered and corrected in the portal, and what was done to them.

-- Counts changes, so that the second of two who change a title is told.
ALTER TABLE titles ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- The words of its name, by which it is found; empty until the portal has written them.
ALTER TABLE titles ADD COLUMN words TEXT NOT NULL DEFAULT '';

CREATE TABLE title_events (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    title_id BLOB NOT NULL REFERENCES titles (id),
    at       TEXT NOT NULL,
    author   TEXT NOT NULL,
    event    TEXT NOT NULL
) STRICT;

CREATE INDEX title_events_by_title ON title_events (title_id, number);
