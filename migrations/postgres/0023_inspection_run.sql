-- Inspections under way, and what they make of files on the way.

-- A row goes when its inspection is over.
CREATE TABLE inspection_runs (
    transfer_id UUID NOT NULL PRIMARY KEY REFERENCES transfers (id),
    -- Which run it is: what one that was given up still has to say is not heard.
    run         UUID NOT NULL,
    -- How far it has come.
    advance     JSONB NOT NULL,
    -- What was read out of the first file so far.
    facts       JSONB
);

-- What people look at instead of a file, and what other files are laid over.
CREATE TABLE products (
    file_id   UUID NOT NULL REFERENCES transfer_files (id),
    name      TEXT NOT NULL,
    -- The version of what makes it.
    recipe    BIGINT NOT NULL,
    -- Where the bytes lie in the vault.
    vault_key TEXT NOT NULL,
    size      BIGINT NOT NULL,
    at        TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (file_id, name)
);
