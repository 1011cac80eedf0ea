//! The files of the demo: made by ffmpeg and by hand, small and real.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, bail};
use tokio::{fs, process::Command};

/// Where the made files lie.
pub struct Reel {
    folder: PathBuf,
}

/// A picture with a running clock over it, black for two frames at both ends.
const PICTURE: &str = "testsrc2=s=1920x1080:r=24:d=6,format=yuv422p10le,\
    drawbox=x=iw*0.35:y=ih*0.42:w=iw*0.3:h=ih*0.16:color=black:t=fill,\
    drawtext=text='%{pts\\:hms}':x=(w-tw)/2:y=(h-th)/2:fontsize=h/12:fontcolor=white,\
    drawbox=color=black:t=fill:enable='lt(n,2)+gt(n,141)'";
/// Both are needed: what the frames say, and what the container says.
const COLOR: [&str; 8] = [
    "-vf",
    "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv:field_mode=prog",
    "-color_primaries",
    "bt709",
    "-color_trc",
    "bt709",
    "-colorspace",
    "bt709",
];

impl Reel {
    /// Makes all files of the demo in `folder`.
    pub async fn shoot(folder: &Path) -> anyhow::Result<Self> {
        let reel = Self { folder: folder.to_owned() };
        reel.sound("surround_10.wav", 10, 6).await?;
        reel.sound("surround_18.wav", 18, 6).await?;
        reel.sound("stereo_10.wav", 10, 2).await?;
        tokio::try_join!(reel.master("master.mov"), reel.proxy("proxy.mp4"))?;
        reel.still("card.png").await?;
        reel.write("media.ttml", &ttml("fr-FR", "media")).await?;
        reel.write("norwegian.ttml", &ttml("nb", "media")).await?;
        reel.write("portuguese.ttml", &ttml("pt-BR", "media")).await?;
        reel.write("english.ttml", &ttml("en-GB", "media")).await?;
        reel.write("german.srt", SRT).await?;
        reel.write("script.pdf", PDF).await?;
        Ok(reel)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    async fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        fs::write(self.path(name), text)
            .await
            .with_context(|| format!("{name} could not be written"))
    }

    /// A ProRes master with surround sound.
    async fn master(&self, name: &str) -> anyhow::Result<()> {
        let six = tones(6, 6);
        let mut arguments = vec!["-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", &six];
        arguments.extend([
            "-map",
            "0:v",
            "-map",
            "1:a",
            "-c:v",
            "prores_ks",
            "-profile:v",
            "0",
            "-vendor",
            "apl0",
        ]);
        arguments.extend(COLOR);
        arguments.extend(["-c:a", "pcm_s24le", "-timecode", "01:00:00:00"]);
        self.run(&arguments, name).await
    }

    async fn proxy(&self, name: &str) -> anyhow::Result<()> {
        let picture = "testsrc2=s=960x540:r=24:d=6,format=yuv420p";
        let sound = "sine=f=330:r=48000:d=6,volume=-20dB";
        let arguments = [
            "-f",
            "lavfi",
            "-i",
            picture,
            "-f",
            "lavfi",
            "-i",
            sound,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-c:a",
            "aac",
        ];
        self.run(&arguments, name).await
    }

    async fn sound(&self, name: &str, seconds: u32, channels: u32) -> anyhow::Result<()> {
        let source = tones(seconds, channels);
        self.run(&["-f", "lavfi", "-i", &source, "-c:a", "pcm_s24le"], name).await
    }

    async fn still(&self, name: &str) -> anyhow::Result<()> {
        self.run(&["-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=1", "-frames:v", "1"], name).await
    }

    async fn run(&self, arguments: &[&str], name: &str) -> anyhow::Result<()> {
        let done = Command::new("ffmpeg")
            .args(["-hide_banner", "-nostdin", "-y", "-loglevel", "error"])
            .args(arguments)
            .arg(self.path(name))
            .stdin(Stdio::null())
            .output()
            .await
            .context("ffmpeg cannot be started; script/setup installs it")?;
        if !done.status.success() {
            bail!("ffmpeg could not make {name}: {}", String::from_utf8_lossy(&done.stderr));
        }
        Ok(())
    }
}

/// Sound in which no two channels are the same, as loud as a program should be.
fn tones(seconds: u32, channels: u32) -> String {
    let size = if channels == 6 { 0.06 } else { 0.1 };
    let expressions: Vec<_> = (1..=channels)
        .map(|it| format!("{size}*sin({}*2*PI*t)*(0.6+0.4*sin(PI*t))", 110 * it))
        .collect();
    let layout = if channels == 6 { "5.1(side)" } else { "stereo" };
    format!("aevalsrc={}:s=48000:d={seconds}:c={layout}", expressions.join("|"))
}

fn ttml(language: &str, time_base: &str) -> String {
    let lines = ["The tide does not wait.", "It never did.", "Then row.", "I am rowing."];
    let cue = |(at, line): (usize, &&str)| {
        // All inside the six seconds of the master.
        let begin = 250 + at * 1400;
        let time = |millis: usize| format!("00:00:{:02}.{:03}", millis / 1000, millis % 1000);
        let (begin, end) = (time(begin), time(begin + 1200));
        format!("      <p xml:id=\"c{at}\" begin=\"{begin}\" end=\"{end}\">{line}</p>\n")
    };
    let cues: String = lines.iter().enumerate().map(cue).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" \
         xml:lang=\"{language}\" ttp:timeBase=\"{time_base}\" ttp:frameRate=\"24\">\n  <body>\n    <div>\n{cues}    </div>\n  </body>\n</tt>\n"
    )
}

const SRT: &str = "1\n00:00:01,000 --> 00:00:02,500\nDie Flut wartet nicht.\n\n2\n00:00:03,000 --> 00:00:04,500\nSie hat nie gewartet.\n";

/// The smallest document that readers open: one empty page.
const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n";
