//! Sound alone against its length, and picture with sound against ffmpeg decoding the same file into nothing.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use domain::{
    inspection::{Expectation, Measurement, judge, mixes},
    request::{Family, SourceType},
};
use media::{Limits, Listener, Tracks, Wanted, listen, look, measure, tools};

use crate::{Outcome, RUNS, median, median_ratio, memory, run, timed, told};

/// Seconds of the sound.
const SOUND: u32 = 300;
/// Seconds of the picture.
const PICTURE: u32 = 20;

/// The file of this name, made by ffmpeg of these words unless it is there already.
fn made(folder: &Path, name: &str, words: &[&str]) -> Outcome<PathBuf> {
    let file = folder.join(name);
    if !file.exists() {
        let unfinished = folder.join(format!("unfinished-{name}"));
        let words = [&["-v", "error", "-nostdin", "-y"], words].concat();
        run("ffmpeg", &words, &unfinished, &[])?;
        fs::rename(unfinished, &file)?;
    }
    Ok(file)
}

/// Noise of six kinds, one for each channel.
fn noise(seconds: u32) -> String {
    let channel =
        |seed: u32| format!("anoisesrc=d={seconds}:c=pink:r=48000:a=0.05:seed={seed}[{seed}]");
    let channels: Vec<_> = (1..7).map(channel).collect();
    format!("{};[1][2][3][4][5][6]join=inputs=6:channel_layout=5.1(side)", channels.join(";"))
}

pub async fn sound(folder: &Path) -> Outcome {
    let words = noise(SOUND);
    let file = made(folder, "surround.wav", &["-filter_complex", &words, "-c:a", "pcm_s24le"])?;
    let (tools, limits) = (tools().await, Limits::default());
    let wanted = Expectation::of(SourceType::SecondaryAudio).entered("channel_layout", "5.1");
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let begun = Instant::now();
        let mut measured = measure(&file, &limits, Family::Audio).await?;
        let tracks = Tracks { tracks: &measured.audio, chosen: wanted.channel_layout };
        let heard = listen(&tools, &file, tracks, &limits, None, &mut |_| ()).await?;
        measured.sound = Some(heard.content);
        judge(&measured, &wanted);
        times.push(begun.elapsed());
    }
    told("times_real_time", f64::from(SOUND) / median(times));
    told("megabytes", memory()?);
    Ok(())
}

/// ProRes HQ in HD with grain, at the bit rate of a real one, with a 5.1 mix.
fn master(folder: &Path) -> Outcome<PathBuf> {
    let picture = format!(
        "testsrc2=s=1920x1080:r=25:d={PICTURE},format=yuv422p10le,noise=alls=10:allf=t,\
         drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,488)',\
         setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv:field_mode=prog[v]"
    );
    let graph = format!("{picture};{}[a]", noise(PICTURE));
    let words = "-map [v] -map [a] -c:v prores_ks -profile:v hq -vendor apl0 -c:a pcm_s24le -timecode 01:00:00:00";
    let words: Vec<&str> =
        ["-filter_complex", &graph].into_iter().chain(words.split_whitespace()).collect();
    made(folder, "master.mov", &words)
}

pub async fn picture(folder: &Path) -> Outcome {
    let file = master(folder)?;
    let products = folder.join("products");
    fs::create_dir_all(&products)?;
    let decoded = || {
        let words = ["-v", "error", "-nostdin", "-i"];
        timed(|| run("ffmpeg", &words, &file, &["-f", "null", "-"]))
    };
    decoded()?;
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let plain = decoded()?;
        without.push((inspected(&file, Wanted::default()).await?, plain));
        let wanted = Wanted { products: Some(&products), label: "STUDIO NORD  R-1024" };
        with.push((inspected(&file, wanted).await?, decoded()?));
    }
    told("without_proxy", median_ratio(&without));
    told("with_proxy", median_ratio(&with));
    told("megabytes", memory()?);
    Ok(())
}

/// How long it takes to measure the file, to look at it and listen to it in one decode, and to judge it.
async fn inspected(file: &Path, wanted: Wanted<'_>) -> Outcome<Duration> {
    let limits = Limits::default();
    let begun = Instant::now();
    let mut measured: Measurement = measure(file, &limits, Family::Video).await?;
    let mixes = mixes(&measured.audio, None);
    let mut listeners: Vec<_> = measured
        .audio
        .iter()
        .zip(mixes)
        .map(|(track, mix)| Listener::new(track.sample_rate, track.channels as usize, &[mix]))
        .collect();
    let mut hear = |track: usize, samples: &[f32]| {
        listeners.iter_mut().skip(track).take(1).for_each(|it| it.hear(samples));
    };
    let tools = tools().await;
    let seen = look(&tools, file, &measured, &limits, wanted, &mut |_, _| {}, &mut hear).await?;
    for track in measured.video.iter_mut().take(1) {
        track.content.clone_from(&seen.content);
    }
    measured.sound = listeners.into_iter().next().map(|it| it.told().content);
    judge(&measured, &Expectation::of(SourceType::AvMuxed));
    Ok(begun.elapsed())
}
