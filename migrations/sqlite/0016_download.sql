-- What was sent of a material, in whatever order: a program may fetch the parts of a file side by side.

ALTER TABLE material_downloads ADD COLUMN parts TEXT NOT NULL DEFAULT '[]';
UPDATE material_downloads SET parts = json_array(json_object('from', 0, 'to', sent)) WHERE sent > 0;
ALTER TABLE material_downloads DROP COLUMN sent;
