-- Inspections under way, and what they make of files on the way.

-- A row goes when its inspection is over.
CREATE TABLE inspection_runs (
    transfer_id BLOB NOT NULL PRIMARY KEY REFERENCES transfers (id),
    -- Which run it is: what one that was given up still has to say is not heard.
    run         BLOB NOT NULL,
    -- How far it has come.
    advance     TEXT NOT NULL,
    -- What was read out of the first file so far.
    facts       TEXT
) STRICT;

-- What people look at instead of a file, and what other files are laid over.
CREATE TABLE products (
    file_id   BLOB NOT NULL REFERENCES transfer_files (id),
    name      TEXT NOT NULL,
    -- The version of what makes it.
    recipe    INTEGER NOT NULL,
    -- Where the bytes lie in the vault.
    vault_key TEXT NOT NULL,
    size      INTEGER NOT NULL,
    at        TEXT NOT NULL,
    PRIMARY KEY (file_id, name)
) STRICT;
