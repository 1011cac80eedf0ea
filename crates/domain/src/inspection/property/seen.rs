//! Rows about what was seen in a picture.

use super::Rows;
use crate::{
    inspection::{Fields, Groups, PictureContent},
    quantity::{count, counted},
};

impl Rows {
    pub(super) fn seen(&mut self, content: &PictureContent) {
        self.push("decoded", "Frames decoded", count(content.frames));
        let frames = |number: u64| counted(number, "frame", "frames");
        self.push("head_black", "Black at the head", frames(content.head_black));
        self.push("tail_black", "Black at the tail", frames(content.tail_black));
        let inside = content.inner_black().map(|it| it.frames).max();
        self.maybe("inner_black", "Longest black inside", inside.map(frames));
        let frozen = content.frozen_picture().iter().map(|it| it.frames).max();
        self.maybe("frozen", "Longest still", frozen.map(frames));
        self.maybe("fields", "Scan as seen", fields(&content.fields));
        let active = content.active.map(|it| {
            let (width, height) = (count(it.width.into()), count(it.height.into()));
            format!(
                "{width} × {height} at column {}, row {}",
                count(it.left.into()),
                count(it.top.into())
            )
        });
        self.maybe("active", "Active picture", active);
        let levels =
            content.levels.as_ref().map(|it| format!("{} to {} in 8 bits", it.lowest, it.highest));
        self.maybe("levels", "Levels", levels);
        self.maybe("groups", "Groups of pictures", content.groups.as_ref().map(groups));
        let captioned = content.captioned;
        self.maybe("captions", "Frames with captions", (captioned > 0).then(|| count(captioned)));
        let repeats = content.repeats.count;
        self.maybe("repeats", "Repeated frames", (repeats > 0).then(|| count(repeats)));
    }
}

/// The share of frames that show one moment, where enough can be told.
fn fields(fields: &Fields) -> Option<String> {
    let whole = fields.progressive.saturating_mul(100).checked_div(fields.decided())?;
    Some(format!(
        "{whole} % of the frames progressive, of {} that can be told",
        count(fields.decided())
    ))
}

fn groups(groups: &Groups) -> String {
    let longest = counted(groups.longest, "frame", "frames");
    let open = if groups.open > 0 { "open" } else { "closed" };
    format!("{}, {open}, {longest} at most", count(groups.count))
}
