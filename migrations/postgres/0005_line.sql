-- All jobs wait in the same line.
DROP INDEX jobs_due;
ALTER TABLE jobs DROP COLUMN priority;
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE status = 'queued';
