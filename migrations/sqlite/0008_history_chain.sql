-- Every entry of the history is sealed together with all before it, in the order of the commits.
CREATE TABLE history_chain (
    link  INTEGER NOT NULL PRIMARY KEY,
    entry INTEGER NOT NULL UNIQUE REFERENCES history (number),
    seal  BLOB NOT NULL
) STRICT;

INSERT INTO numbers (kind, last) VALUES ('history', 0);
