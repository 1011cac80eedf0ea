//! Groups of pictures, out of the list of packets: what `framecrc` writes while the file is read.

use domain::inspection::Groups;

/// Codecs in which frames depend on each other.
const DEPENDING: [&str; 3] = ["mpeg2video", "h264", "hevc"];

/// Whether the frames of this codec depend on each other.
pub(super) fn depend(codec: &str) -> bool {
    DEPENDING.contains(&codec)
}

/// Takes packets in, in the order of decoding.
#[derive(Debug, Default)]
pub(super) struct Packets {
    groups: Groups,
    packets: u64,
    group: Option<Group>,
}

#[derive(Debug)]
struct Group {
    first: u64,
    frames: u64,
    shown: Option<i64>,
    open: bool,
}

impl Packets {
    /// `stream, dts, pts, duration, size, digest`, then `F=0x0` where the packet is no key frame.
    pub fn line(&mut self, line: &str) {
        if line.starts_with('#') {
            return;
        }
        let mut fields = line.split(',').map(str::trim);
        let shown: Option<i64> = fields.nth(2).and_then(|it| it.parse().ok());
        let flags = fields.skip(3).find_map(|it| it.strip_prefix("F=0x"));
        let flags = flags.map_or(Some(1), |it| u32::from_str_radix(it, 16).ok()).unwrap_or(1);
        let place = self.packets;
        self.packets = self.packets.saturating_add(1);
        if flags & 1 == 1 {
            self.close_group();
            self.group = Some(Group { first: place, frames: 1, shown, open: false });
            return;
        }
        let Some(group) = &mut self.group else {
            self.groups.headless = self.groups.headless.saturating_add(1);
            return;
        };
        group.frames = group.frames.saturating_add(1);
        group.open |= shown.zip(group.shown).is_some_and(|(this, key)| this < key);
    }

    fn close_group(&mut self) {
        let Some(group) = self.group.take() else { return };
        let groups = &mut self.groups;
        groups.count = groups.count.saturating_add(1);
        if group.frames > groups.longest {
            (groups.longest, groups.longest_at) = (group.frames, group.first);
        }
        if group.open {
            if groups.open == 0 {
                groups.open_at = group.first;
            }
            groups.open = groups.open.saturating_add(1);
        }
    }

    /// Nothing where there was not a single packet.
    pub fn finish(mut self) -> Option<Groups> {
        self.close_group();
        (self.packets > 0).then_some(self.groups)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(packets: &[(i64, &str)]) -> Option<Groups> {
        let mut list = Packets::default();
        list.line("#tb 0: 1/25");
        for (shown, flags) in packets {
            list.line(&format!("0, 7, {shown}, 1, 1271, 0x1cbce0b2{flags}"));
        }
        list.finish()
    }

    const KEY: &str = ", S=1, 1, 40";
    const NONE: &str = ", F=0x0, S=1, 1";

    #[test]
    fn groups_are_told_by_their_key_frames() {
        let closed = told(&[(0, KEY), (2, NONE), (1, NONE), (3, KEY), (4, NONE)]);
        let expected = Groups { count: 2, longest: 3, ..Groups::default() };
        assert_eq!(closed, Some(expected));
        let open = told(&[(0, KEY), (1, NONE), (4, KEY), (2, NONE), (3, NONE), (5, "")]);
        let expected =
            Groups { count: 3, longest: 3, longest_at: 2, open: 1, open_at: 2, headless: 0 };
        assert_eq!(open, Some(expected));
        let headless = told(&[(0, NONE), (1, NONE), (2, KEY)]);
        let expected =
            Groups { count: 1, longest: 1, longest_at: 2, headless: 2, ..Groups::default() };
        assert_eq!(headless, Some(expected));
        assert_eq!(told(&[]), None);
    }

    #[test]
    fn any_line_will_do() {
        let mut list = Packets::default();
        for line in ["", ",", ",,,,,,F=0x", "0,NOPTS,NOPTS,0,0,0x0, F=0xzz", "F=0x0"] {
            list.line(line);
        }
        assert_eq!(list.finish().map(|it| it.count), Some(5));
    }
}
