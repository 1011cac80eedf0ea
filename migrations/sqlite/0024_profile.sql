-- What files of one source type must look like in one package, where the platform wants it otherwise than shipped.

CREATE TABLE profiles (
    package_id  BLOB NOT NULL REFERENCES packages (id),
    source_type TEXT NOT NULL,
    -- Grows by one with every change; the newest holds.
    version     INTEGER NOT NULL,
    settings    TEXT NOT NULL,
    set_by      BLOB NOT NULL REFERENCES persons (id),
    set_at      TEXT NOT NULL,
    PRIMARY KEY (package_id, source_type, version)
) STRICT;
