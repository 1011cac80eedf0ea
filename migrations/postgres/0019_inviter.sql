-- Who invited: an invitation works no longer than whoever made it may make any.
ALTER TABLE invitations ADD COLUMN inviter_id UUID REFERENCES persons (id);

CREATE INDEX invitations_by_inviter ON invitations (inviter_id);
