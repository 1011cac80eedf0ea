-- Where requests come from: upgrades of others, and files that are imported.

-- Who asks for a better version of a request.
CREATE INDEX requests_by_upgrade ON requests (upgrade_of) WHERE upgrade_of IS NOT NULL;

-- Files whose requests are not made yet: what each line would do has been shown, and is waiting to be confirmed.
CREATE TABLE imports (
    id        BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES persons (id),
    file      TEXT NOT NULL,
    digest    BLOB NOT NULL,
    content   TEXT NOT NULL,
    made_at   TEXT NOT NULL
) STRICT;

CREATE INDEX imports_by_time ON imports (made_at);
