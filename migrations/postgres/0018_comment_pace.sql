-- How many comments somebody has written within an hour is looked up with each of them.

CREATE INDEX comments_by_author ON comments (author_id, created_at);
