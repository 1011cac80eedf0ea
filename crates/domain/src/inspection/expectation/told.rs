//! An expectation in words: what a request expects of the file, before anybody delivers.
//!
//! Every specification is taken apart field by field, so that a new field does not compile until it is told.

use super::{
    Captions, ColorSpec, Embedded, Expectation, ImageSize, ImageSpec, PictureLimits, PictureSpec,
    Previous, Program, SoundSpec, TextSpec,
};
use crate::{
    inspection::{
        Audience, LoudnessSpec, MixRole, MixSpec, PREFERRED_LEVELS, Property, TextStyle,
        judge::asked,
    },
    quantity::{count, counted},
    timecode::Fraction,
};

impl Expectation {
    /// What is expected, as names and values in the order in which people ask. What is not looked at has no row.
    pub fn told(&self) -> Vec<Property> {
        let Self {
            family,
            picture,
            sound,
            text,
            language,
            time_base,
            frame_rate,
            counting,
            program,
            channel_layout,
            previous,
            image,
            canvas,
            // What a file is called is the partner's own, and only its ending promises something.
            name: _,
            earlier,
            known_assets,
        } = self;
        let mut rows = Rows::default();
        rows.push("kind", "Kind of file", first_upper(asked(*family)));
        rows.maybe("language", "Language", language.clone());
        picture.iter().for_each(|it| rows.picture(it));
        sound.iter().for_each(|it| rows.sound(it));
        rows.maybe(
            "channel_layout",
            "Channel layout",
            channel_layout.map(|it| it.label().to_owned()),
        );
        text.iter().for_each(|it| rows.text(it, language.as_deref()));
        rows.maybe("time_base", "Timing reference", time_base.map(|it| it.label().to_owned()));
        rows.maybe("frame_rate", "Frame rate", frame_rate.map(|it| it.label().to_owned()));
        rows.maybe("counting", "Counting", counting.map(|it| it.label().to_owned()));
        image.iter().for_each(|it| rows.image(it, *canvas));
        rows.maybe("program", "The program it goes with", program.map(programme));
        rows.maybe("previous", "Length", previous.map(replaced));
        let before = counted(earlier.len() as u64, "earlier delivery", "earlier deliveries");
        rows.maybe(
            "earlier",
            "Content",
            (!earlier.is_empty()).then(|| format!("unlike that of {before}")),
        );
        let known = counted(known_assets.len() as u64, "asset", "assets");
        rows.maybe(
            "known_assets",
            "May build on",
            (!known_assets.is_empty()).then(|| format!("{known} of packages delivered before")),
        );
        rows.0
    }
}

#[derive(Default)]
struct Rows(Vec<Property>);

impl Rows {
    fn push(&mut self, key: &str, label: &str, value: impl Into<String>) {
        self.0.push(Property { key: key.to_owned(), label: label.to_owned(), value: value.into() });
    }

    fn maybe(&mut self, key: &str, label: &str, value: Option<String>) {
        if let Some(value) = value {
            self.push(key, label, value);
        }
    }

    fn picture(&mut self, spec: &PictureSpec) {
        let PictureSpec { codecs, smallest, largest, rates, sound, limits } = spec;
        self.push("picture_codecs", "Picture codec", names(codecs));
        let least = smallest.map(|(width, height)| {
            format!("at least {} wide or {} high, ", count(width.into()), count(height.into()))
        });
        let least = least.unwrap_or_default();
        self.push("picture_size", "Picture size", format!("{least}at most {}", size(*largest)));
        let keys: Vec<_> = rates.iter().map(|it| it.key()).collect();
        self.push("picture_rates", "Frame rate", format!("{} fps, progressive", keys.join(", ")));
        self.push(
            "picture_sound",
            "Sound in the same file",
            match sound {
                Embedded::Required => "required",
                Embedded::Optional => "optional",
            },
        );
        self.limits(limits);
    }

    fn limits(&mut self, limits: &PictureLimits) {
        let PictureLimits {
            ends,
            inner_black,
            freeze,
            repeats,
            group,
            chroma,
            bit_depth,
            colors,
            bits_per_pixel,
            pixel_aspect,
            active,
            levels,
            captions,
            start_timecode,
        } = limits;
        let sampling: Vec<_> = chroma.iter().map(|it| it.label()).collect();
        self.maybe("chroma", "Color sampling", listed(&sampling));
        let depths: Vec<_> = bit_depth
            .iter()
            .map(|(codec, bits)| {
                format!("{} for {}", counted((*bits).into(), "bit", "bits"), shown(codec))
            })
            .collect();
        self.maybe("bit_depth", "Depth at least", listed(&depths));
        let spaces: Vec<_> = colors.iter().map(color).collect();
        self.maybe("colors", "Color", listed(&spaces));
        self.maybe(
            "bits_per_pixel",
            "Bit rate",
            bits_per_pixel.map(|it| {
                let bits = thousandths(it).decimal();
                format!("at least {bits} bits per pixel, where it is chosen when exporting")
            }),
        );
        self.maybe(
            "pixel_aspect",
            "Pixels",
            pixel_aspect.map(|it| format!("{}:{}", it.numerator(), it.denominator())),
        );
        self.maybe(
            "start_timecode",
            "Timecode of the first frame",
            (*start_timecode == Embedded::Required).then(|| "required".to_owned()),
        );
        self.maybe(
            "ends",
            "Black at both ends",
            ends.map(|it| format!("at least 1 frame, at most {}", it.in_seconds())),
        );
        self.maybe("inner_black", "Black inside", inner_black.map(|it| at_most(it.in_seconds())));
        self.maybe("freeze", "Pictures without motion", freeze.map(|it| at_most(it.in_seconds())));
        self.maybe("repeats", "Frames shown twice", repeats.map(number));
        self.maybe(
            "group",
            "Key frames",
            group.map(|it| format!("{} apart at most, every group closed", it.in_seconds())),
        );
        self.maybe(
            "active",
            "Picture inside black bars",
            active.map(|it| {
                format!(
                    "at least {} % of rows and columns",
                    thousandths(u64::from(it) * 100).decimal()
                )
            }),
        );
        let (low, high) = PREFERRED_LEVELS;
        self.maybe(
            "levels",
            "Frames with levels outside of the legal range",
            levels.map(|it| format!("{} (from {low} to {high} in 8 bits)", number(it))),
        );
        self.maybe(
            "captions",
            "Captions inside the picture",
            (*captions == Captions::Unwanted).then(|| "none".to_owned()),
        );
    }

    fn sound(&mut self, spec: &SoundSpec) {
        let SoundSpec { codecs, sample_rate, bit_depth, mix } = spec;
        self.push("sound_codecs", "Sound codec", names(codecs));
        let kilo = thousandths((*sample_rate).into()).decimal();
        self.push("sample_rate", "Sample rate", format!("{kilo} kHz"));
        let bits = counted((*bit_depth).into(), "bit", "bits");
        self.push(
            "sound_depth",
            "Depth of sound",
            format!("{bits} at least, where it is not compressed"),
        );
        self.mix(mix);
    }

    fn mix(&mut self, mix: &MixSpec) {
        let MixSpec { role, true_peak, loudness, range, silence, offset, sync, length } = mix;
        self.push(
            "role",
            "Level and silence",
            match role {
                MixRole::Final => "stop a mix that misses them",
                MixRole::WithPicture | MixRole::Part => "warn only",
            },
        );
        self.maybe("true_peak", "True peak", true_peak.map(|it| at_most(it.counted_in("dBTP"))));
        self.maybe("loudness", "Loudness", loudness.map(|it| loud(&it)));
        self.maybe(
            "range",
            "Loudness range",
            range.map(|(low, high)| format!("{low} to {}", high.counted_in("LU"))),
        );
        self.maybe(
            "silence",
            "Silence of all channels",
            silence.map(|it| at_most(it.in_seconds())),
        );
        self.push("offset", "Constant offset", at_most(offset.counted_in("dBFS")));
        self.maybe(
            "sync",
            "Away from the primary",
            sync.map(|it| at_most(format!("{} ms", it.millis()))),
        );
        self.maybe(
            "sound_length",
            "Longer or shorter than the primary",
            length.map(|it| at_most(it.in_seconds())),
        );
    }

    fn text(&mut self, spec: &TextSpec, language: Option<&str>) {
        let TextSpec { formats, kind, limits } = spec;
        let labels: Vec<_> = formats.iter().map(|it| it.label()).collect();
        self.push("text_formats", "Format", labels.join(", "));
        self.push("text_kind", "Style of", kind.label());
        let TextStyle { lines, line_width, reading_speed, shortest, longest, gap, dashes, italics } =
            TextStyle::of(language, *kind, Audience::Adults).within(*limits);
        self.push("lines", "Lines of a cue", at_most(count(lines)));
        self.push("line_width", "Characters in a line", at_most(count(line_width)));
        let speed = format!("{} characters per second", count(reading_speed));
        self.push("reading_speed", "Reading speed", at_most(speed));
        let (shortest, longest) = (shortest.in_seconds(), longest.in_seconds());
        self.push("cue_length", "Length of a cue", format!("{shortest} to {longest}"));
        self.push(
            "gap",
            "Between two cues",
            format!("{} at least", counted(gap, "frame", "frames")),
        );
        self.push("dashes", "Two who speak", dashes.label());
        self.maybe("italics", "Italics", (!italics).then(|| "none".to_owned()));
    }

    fn image(&mut self, spec: &ImageSpec, canvas: Option<(u32, u32)>) {
        let ImageSpec { formats, models, size: wanted } = spec;
        let formats: Vec<_> = formats.iter().map(|it| it.label()).collect();
        self.push(
            "image_formats",
            "Format",
            format!("{}, or several of one kind in a ZIP archive", formats.join(", ")),
        );
        let models: Vec<_> = models.iter().map(|it| it.label()).collect();
        self.push("image_models", "Colors", models.join(", "));
        let program = canvas.map_or_else(|| "that of the program".to_owned(), size);
        let wanted = match wanted {
            ImageSize::LikeProgram => format!("{program}, the same for all"),
            ImageSize::Any if canvas.is_some() => format!("any; the program has {program}"),
            ImageSize::Any => "any".to_owned(),
        };
        self.push("image_size", "Picture size", wanted);
    }
}

fn first_upper(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn names(codecs: &[(&str, &str)]) -> String {
    codecs.iter().map(|it| it.1).collect::<Vec<_>>().join(", ")
}

/// Nothing where any will do.
fn listed(values: &[impl AsRef<str>]) -> Option<String> {
    let values: Vec<_> = values.iter().map(AsRef::as_ref).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// The name that people know of a codec of masters.
fn shown(codec: &str) -> &str {
    super::MASTER_CODECS.iter().find(|it| it.0 == codec).map_or(codec, |it| it.1)
}

fn color(spec: &ColorSpec) -> String {
    let ColorSpec { name, primaries, transfer, matrices } = spec;
    match name.to_ascii_lowercase().replace(['.', ' '], "") == *primaries {
        true => (*name).to_owned(),
        false => format!("{name} ({primaries}, {transfer}, {})", matrices.join(" or ")),
    }
}

fn size((width, height): (u32, u32)) -> String {
    format!("{} × {} pixels", count(width.into()), count(height.into()))
}

fn at_most(what: String) -> String {
    format!("at most {what}")
}

fn number(most: u64) -> String {
    if most == 0 { "none".to_owned() } else { at_most(count(most)) }
}

fn thousandths(number: u64) -> Fraction {
    Fraction::new(i64::try_from(number).unwrap_or(i64::MAX), 1000).unwrap_or(Fraction::ZERO)
}

fn loud(spec: &LoudnessSpec) -> String {
    let LoudnessSpec { speech: (speech, around), program: (program, far), least } = spec;
    format!(
        "speech at {speech} ± {around} LKFS, else the program at {program} ± {far} LKFS; a warning below {}",
        least.in_seconds()
    )
}

fn programme(program: Program) -> String {
    let Program { start, length } = program;
    format!("{length} long, from {start} on")
}

fn replaced(previous: Previous) -> String {
    let Previous { duration, tolerance } = previous;
    format!("{duration} ± {}, as the source before", tolerance.in_seconds())
}

#[cfg(test)]
mod tests;
