//! Reading picture, sound and stills with ffprobe.

mod report;
mod track;
pub(crate) mod verdict;

use std::path::Path;

use domain::inspection::{Container, Measurement, Tool};

use crate::{Failure, Limits, Program, Tools, run::run};

use report::Report;

/// Containers and elementary streams that are opened. Playlists and lists of other files are not among them, as they
/// would make ffprobe open what they name.
pub(crate) const FORMATS: &str =
    "mov,mpegts,mpeg,mxf,wav,aiff,ac3,eac3,h264,mpegvideo,png_pipe,jpeg_pipe";

/// The most that one picture may take, so that a header cannot ask for all memory at once: 256 MiB.
pub(crate) const LARGEST_PIECE: &str = "268435456";

/// The tracks of a file with moving pictures or sound.
pub(crate) async fn essence(
    tools: &Tools,
    file: &Path,
    limits: &Limits,
) -> Result<Measurement, Failure> {
    let (report, tool) = ask(tools, file, limits).await?;
    let container = report.container();
    let video: Vec<_> =
        report.streams.iter().filter(|it| it.is_picture()).map(|it| it.video()).collect();
    let audio: Vec<_> =
        report.streams.iter().filter(|it| it.is_sound()).map(|it| it.audio()).collect();
    // Noise now and then looks like the start of a raw stream; what has no size and no rate was none.
    let hollow = video.iter().any(|it| it.width == 0 || it.height == 0)
        || audio.iter().any(|it| it.sample_rate == 0 || it.channels == 0);
    if hollow {
        return Err(Failure::unreadable("its tracks do not say how large or how fast they are."));
    }
    Ok(Measurement {
        container: Some(container),
        video,
        audio,
        tools: vec![tool],
        ..Measurement::default()
    })
}

/// Whether ffprobe finds a picture in a file that begins like one.
pub(crate) async fn image(tools: &Tools, file: &Path, limits: &Limits) -> Result<Tool, Failure> {
    let (report, tool) = ask(tools, file, limits).await?;
    let sized = |it: &report::Stream| it.is_picture() && it.width > Some(0) && it.height > Some(0);
    match report.streams.iter().any(sized) {
        true => Ok(tool),
        false => Err(Failure::unreadable("There is no picture behind its header.")),
    }
}

async fn ask(tools: &Tools, file: &Path, limits: &Limits) -> Result<(Report, Tool), Failure> {
    let Some(Program { path, version }) = &tools.ffprobe else {
        return Err(Failure::Machinery("ffprobe is not installed".to_owned()));
    };
    let mut confined = tools.confine(path, Some(file), None, limits)?;
    confined.command.args(["-v", "error", "-threads", "1", "-max_alloc", LARGEST_PIECE]);
    confined.command.args(["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS]);
    confined.command.args([
        "-print_format",
        "json",
        "-show_format",
        "-show_streams",
        "-i",
        &confined.name,
    ]);
    let ended = run(confined.command, limits.wall_time, limits.output_bytes).await?;
    verdict::of(&ended, &tools.sandbox)?;
    let report = serde_json::from_slice(&ended.output).map_err(|error| {
        Failure::machinery("ffprobe answered with something else than JSON", &error)
    })?;
    Ok((report, Tool { name: "ffprobe".to_owned(), version: version.clone() }))
}

impl Report {
    fn container(&self) -> Container {
        let format = &self.format;
        let short = format.format_name.split(',').next().unwrap_or_default().to_owned();
        Container {
            name: if format.format_long_name.is_empty() {
                short.clone()
            } else {
                format.format_long_name.clone()
            },
            duration: format.duration(),
            bit_rate: format.bit_rate(),
            start_timecode: format
                .start_timecode(self.streams.iter().find_map(|it| it.sample_rate())),
            format: short,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools;

    /// The sniffer stops playlists earlier; this is the second wall, should one get past it.
    #[tokio::test]
    async fn ffprobe_itself_refuses_lists_of_other_files() {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret.wav");
        std::fs::write(&secret, b"RIFF").unwrap();
        for list in [
            format!(
                "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{}\n#EXT-X-ENDLIST\n",
                secret.display()
            ),
            format!("ffconcat version 1.0\nfile '{}'\n", secret.display()),
        ] {
            let file = folder.path().join("list.mov");
            std::fs::write(&file, list).unwrap();
            let refused = essence(&tools().await, &file, &Limits::default()).await.unwrap_err();
            assert_eq!(
                refused,
                Failure::unreadable("its format is not one of those that are accepted.")
            );
        }
    }
}
