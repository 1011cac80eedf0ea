-- What people are told, and the letters that go out.

-- Whether a person is told by e-mail as well: by the word of the frequency.
ALTER TABLE persons ADD COLUMN notice_mail TEXT NOT NULL DEFAULT 'daily';

-- One row per person and entry of the history that they were told of.
CREATE TABLE notices (
    person_id  BLOB NOT NULL REFERENCES persons (id),
    number     INTEGER NOT NULL REFERENCES history (number),
    request_id BLOB NOT NULL REFERENCES requests (id),
    at         TEXT NOT NULL,
    read_at    TEXT,
    -- Since when it waits to be told by e-mail; absent where it does not.
    mail_since TEXT,
    mailed_at  TEXT,
    PRIMARY KEY (person_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX notices_unread ON notices (person_id, number) WHERE read_at IS NULL;
CREATE INDEX notices_to_mail ON notices (person_id, number) WHERE mail_since IS NOT NULL;
CREATE INDEX notices_by_time ON notices (at);

-- Letters on their way. What stands in one is kept no longer than it takes to send it.
CREATE TABLE letters (
    id           BLOB NOT NULL PRIMARY KEY,
    name         TEXT NOT NULL,
    address      TEXT NOT NULL,
    subject      TEXT NOT NULL,
    text         TEXT NOT NULL,
    html         TEXT NOT NULL,
    -- The address by which its reader wants no more of these; absent in letters that were asked for.
    unsubscribe  TEXT,
    -- Who is unsubscribed by the token of which this is the digest.
    person_id    BLOB REFERENCES persons (id),
    token_hash   BLOB UNIQUE,
    queued_at    TEXT NOT NULL,
    sent_at      TEXT,
    given_up_at  TEXT,
    why          TEXT
) STRICT;

CREATE INDEX letters_by_time ON letters (queued_at);
