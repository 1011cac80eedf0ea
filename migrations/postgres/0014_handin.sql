-- Hand-ins: files that a subassigned partner gives to the assigned one. Released, they become files of a transfer,
-- and are the same files all the way.

CREATE TABLE hand_ins (
    id              UUID NOT NULL PRIMARY KEY,
    request_id      UUID NOT NULL REFERENCES requests (id),
    status          TEXT NOT NULL,
    method          TEXT NOT NULL,
    client          TEXT,
    sender_id       UUID NOT NULL REFERENCES persons (id),
    organization_id UUID NOT NULL REFERENCES organizations (id),
    begun_at        TIMESTAMPTZ NOT NULL,
    arrived_at      TIMESTAMPTZ,
    metadata        JSONB NOT NULL,
    transfer_id     UUID REFERENCES transfers (id),
    decided_by      UUID REFERENCES persons (id),
    decided_at      TIMESTAMPTZ,
    reason          TEXT NOT NULL
);

CREATE INDEX hand_ins_by_request ON hand_ins (request_id, begun_at, id);
-- One upload at a time, as with deliveries.
CREATE UNIQUE INDEX hand_ins_unfinished ON hand_ins (request_id) WHERE status = 'waiting_for_upload';

-- A file belongs to a transfer, to a hand-in, or to a transfer that was a hand-in before.
ALTER TABLE transfer_files ALTER COLUMN transfer_id DROP NOT NULL;
ALTER TABLE transfer_files ADD COLUMN hand_in_id UUID REFERENCES hand_ins (id);
ALTER TABLE transfer_files ADD CONSTRAINT transfer_files_owned CHECK (transfer_id IS NOT NULL OR hand_in_id IS NOT NULL);
CREATE INDEX transfer_files_by_hand_in ON transfer_files (hand_in_id) WHERE hand_in_id IS NOT NULL;
