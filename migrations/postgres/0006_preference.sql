-- What a person chose about how pages look follows them into every browser.
ALTER TABLE persons ADD COLUMN preference TEXT NOT NULL DEFAULT '';
