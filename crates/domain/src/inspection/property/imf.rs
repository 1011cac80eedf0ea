//! What the panel shows of an IMF package or a part of one.

use super::{Rows, rate, sample_rate};
use crate::{
    inspection::{
        Imf, Runtime,
        imf::{Composition, Essence, EssenceKind, SequenceKind, TrackFile},
    },
    quantity::{count, counted},
};

/// So many compositions have rows of their own.
const COMPOSITIONS: usize = 5;

impl Rows {
    /// Lists by what is in them; of the track files of a whole package only how many there are.
    pub(super) fn imf(&mut self, imf: &Imf) {
        let lists: Vec<_> = [
            (imf.asset_maps.len(), "asset map", "asset maps"),
            (imf.packing_lists.len(), "packing list", "packing lists"),
            (imf.compositions.len(), "composition", "compositions"),
            (imf.output_profiles.len(), "output profile", "output profiles"),
            (imf.track_files.len(), "track file", "track files"),
        ]
        .into_iter()
        .filter(|it| it.0 > 0)
        .map(|(number, one, many)| counted(number as u64, one, many))
        .collect();
        self.maybe("imf", "IMF", Some(lists.join(", ")));
        if let [list] = imf.asset_maps.as_slice() {
            self.maybe("asset_map_id", "Asset map ID", list.id.map(|it| it.to_string()));
            self.push("mapped_assets", "Assets in the map", count(list.assets.len() as u64));
        }
        if let [list] = imf.packing_lists.as_slice() {
            self.maybe("packing_list_id", "Packing list ID", list.id.map(|it| it.to_string()));
            self.push(
                "packed_assets",
                "Assets in the packing list",
                count(list.assets.len() as u64),
            );
        }
        let shown = imf.compositions.len().min(COMPOSITIONS);
        for (place, composition) in imf.compositions.iter().take(shown).enumerate() {
            self.track("cpl", "Composition", place, shown);
            self.composition(composition);
        }
        self.end_of_tracks();
        if let [track] = imf.track_files.as_slice() {
            self.track("track_file", "Track file", 0, 1);
            self.track_file(track);
            self.end_of_tracks();
        }
    }

    fn composition(&mut self, it: &Composition) {
        self.maybe("id", "ID", it.id.map(|it| it.to_string()));
        self.maybe("title", "Title", it.title.clone());
        self.maybe("issuer", "Issuer", it.issuer.clone());
        self.maybe("kind", "Kind of content", it.kind.clone());
        self.maybe("application", "Application", it.application.clone());
        self.maybe("edit_rate", "Edit rate", it.edit_rate.map(rate));
        let length = it.length.map(|it| Runtime::from_seconds(it).to_string());
        self.maybe("duration", "Duration", length);
        self.push("segments", "Segments", count(it.segments.into()));
        for kind in SequenceKind::ALL {
            let tracks = it.sequences.iter().filter(|it| it.kind == *kind && it.segment == 1);
            let number = tracks.count() as u64;
            let key = format!("{}_tracks", kind.key());
            let label = format!("Tracks of {}", kind.label());
            self.maybe(&key, &label, (number > 0).then(|| count(number)));
        }
        let mut languages: Vec<_> =
            it.encodings.iter().filter_map(|it| it.essence.language.clone()).collect();
        languages.sort_unstable();
        languages.dedup();
        self.maybe("languages", "Languages", Some(languages.join(", ")));
        let picture = |it: &&Essence| it.kind == Some(EssenceKind::Picture);
        if let Some(picture) = it.encodings.iter().map(|it| &it.essence).find(picture) {
            self.picture(picture);
        }
    }

    fn track_file(&mut self, it: &TrackFile) {
        let essence = &it.essence;
        self.maybe("id", "ID", it.id.map(|it| it.to_string()));
        self.maybe("essence", "Essence", essence.kind.map(|it| it.label().to_owned()));
        self.picture(essence);
        let sound = essence.channels.is_some();
        let hertz = essence.rate.filter(|it| sound && it.denominator() == 1);
        let hertz = hertz.and_then(|it| u32::try_from(it.numerator()).ok());
        match hertz {
            Some(hertz) => self.push("sample_rate", "Sample rate", sample_rate(hertz)),
            None => self.maybe("rate", "Rate", essence.rate.map(rate)),
        }
        self.maybe("length", "Length in units", essence.length.map(count));
        let channels = essence.channels.map(|it| counted(it.into(), "channel", "channels"));
        self.maybe("channels", "Channels", channels);
        self.maybe("bits", "Bit depth", essence.bits.map(|it| format!("{it}-bit")));
        self.maybe("soundfield", "Sound field", essence.soundfield.clone());
        self.maybe("labels", "Channel labels", Some(essence.labels.join(" ")));
        self.maybe("language", "Language", essence.language.clone());
    }

    fn picture(&mut self, essence: &Essence) {
        self.maybe("codec", "Codec", essence.codec.clone());
        let size = essence
            .size
            .map(|(width, height)| format!("{} × {}", count(width.into()), count(height.into())));
        self.maybe("size", "Picture size", size);
        self.maybe("primaries", "Primaries", essence.primaries.clone());
        self.maybe("transfer", "Transfer", essence.transfer.clone());
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        inspection::{
            Imf, Measurement, Property,
            imf::{AssetId, Composition, Essence, EssenceKind, TrackFile},
        },
        people::TimecodeStyle,
        timecode::Fraction,
    };

    fn rows(imf: Imf) -> Vec<Property> {
        Measurement { imf: Some(imf), ..Measurement::default() }.properties(TimecodeStyle::Timecode)
    }

    fn value_of<'a>(rows: &'a [Property], key: &str) -> &'a str {
        &rows.iter().find(|it| it.key == key).unwrap_or_else(|| panic!("no row {key}")).value
    }

    #[test]
    fn a_track_file_says_what_it_is() {
        let essence = Essence {
            kind: Some(EssenceKind::Sound),
            rate: Some(Fraction::whole(48_000)),
            channels: Some(6),
            labels: vec!["chC".into(), "chL".into()],
            language: Some("de-DE".into()),
            ..Essence::default()
        };
        let id = Some(AssetId::from_bytes([7; 16]));
        let track = TrackFile { file: String::new(), id, essence };
        let rows = rows(Imf { track_files: vec![track], ..Imf::default() });
        assert_eq!(value_of(&rows, "imf"), "1 track file");
        assert_eq!(value_of(&rows, "track_file_1_sample_rate"), "48 kHz");
        assert_eq!(value_of(&rows, "track_file_1_channels"), "6 channels");
        assert_eq!(value_of(&rows, "track_file_1_labels"), "chC chL");
    }

    #[test]
    fn compositions_have_rows_of_their_own_as_far_as_there_is_room() {
        let composition = Composition {
            title: Some("The Tide".into()),
            edit_rate: Fraction::new(24_000, 1001),
            length: Some(Fraction::whole(90)),
            segments: 1,
            ..Composition::default()
        };
        let rows = rows(Imf { compositions: vec![composition; 30], ..Imf::default() });
        assert_eq!(value_of(&rows, "imf"), "30 compositions");
        assert_eq!(value_of(&rows, "cpl_2_duration"), "00:01:30.000");
        assert_eq!(value_of(&rows, "cpl_1_edit_rate"), "23.976 fps (24000/1001)");
        let mut keys: Vec<_> = rows.iter().map(|it| &it.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), rows.len());
        assert!(rows.len() < 40 && rows.iter().all(|it| !it.value.is_empty()));
    }
}
