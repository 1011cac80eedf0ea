-- The only organization that may learn of an entry; NULL for all who work on the request.
ALTER TABLE history ADD COLUMN organization_id UUID REFERENCES organizations (id);
