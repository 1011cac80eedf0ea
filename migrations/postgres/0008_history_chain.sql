-- Every entry of the history is sealed together with all before it, in the order of the commits.
CREATE TABLE history_chain (
    link  BIGINT NOT NULL PRIMARY KEY,
    entry BIGINT NOT NULL UNIQUE REFERENCES history (number),
    seal  BYTEA NOT NULL
);

INSERT INTO numbers (kind, last) VALUES ('history', 0);
