-- Overrides: who has asked, why, and what the platform said.

CREATE TABLE overrides (
    number      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transfer_id UUID NOT NULL REFERENCES transfers (id),
    asked_by    UUID NOT NULL REFERENCES persons (id),
    asked_at    TIMESTAMPTZ NOT NULL,
    verdict     TEXT,
    -- Not known of what was decided before this table was there.
    decided_by  UUID REFERENCES persons (id),
    decided_at  TIMESTAMPTZ,
    comment     TEXT NOT NULL
);

CREATE INDEX overrides_by_transfer ON overrides (transfer_id, number);
CREATE INDEX overrides_undecided ON overrides (number) WHERE decided_at IS NULL;

CREATE TABLE override_reasons (
    override_number BIGINT NOT NULL REFERENCES overrides (number),
    code            TEXT NOT NULL,
    reason          TEXT NOT NULL,
    comment         TEXT NOT NULL,
    PRIMARY KEY (override_number, code)
);

CREATE INDEX override_reasons_by_code ON override_reasons (code, override_number);

-- What was overridden before waits for its verdict, or has it. The reasons stand in the history, as text.
INSERT INTO overrides (transfer_id, asked_by, asked_at, verdict, decided_at, comment)
SELECT t.id, t.initiated_by, p.at,
       CASE p.milestone WHEN 'overridden' THEN 'approved' END,
       CASE p.milestone WHEN 'overridden' THEN p.at END,
       ''
  FROM transfers t
  JOIN passages p ON p.number = (
       SELECT MAX(n.number) FROM passages n
        WHERE n.transfer_id = t.id AND n.milestone IN ('override_requested', 'overridden'))
 WHERE t.status = 'overridden';
