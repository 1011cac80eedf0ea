-- When a link to materials was first followed: what broke off may be gone on with for some hours.

ALTER TABLE material_links ADD COLUMN followed_at TEXT;
