//! Small media files, made by ffmpeg when a test first asks for them.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

/// Two seconds of test picture.
pub const PICTURE: &str = "-f lavfi -i testsrc2=s=320x180:r=25:d=2";

/// The file that ffmpeg makes of these words; made once, as another test may want it too.
pub fn made(name: &str, words: &str) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{:016x}", hasher.finish()));
    let file = folder.join(name);
    if file.exists() {
        return file;
    }
    fs::create_dir_all(&folder).unwrap();
    // Renamed when finished, so that nobody sees half a file; another thread may be making the same.
    let thread = format!("{:?}", std::thread::current().id()).replace(['(', ')'], "");
    let unfinished = folder.join(format!("{}-{thread}-{name}", std::process::id()));
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-threads", "1"]);
    let status = ffmpeg
        .args(words.split_whitespace())
        .arg(&unfinished)
        .status()
        .expect("ffmpeg has to be installed");
    assert!(status.success(), "ffmpeg could not make {name}");
    fs::rename(unfinished, &file).unwrap();
    file
}

/// A ProRes master with a 5.1 and a stereo track, from 01:00:00:00 on.
pub fn master() -> PathBuf {
    let words = format!(
        "{PICTURE} -f lavfi -i anoisesrc=d=2:r=48000:a=0.1:seed=1 -f lavfi -i sine=d=2:r=48000 \
         -filter_complex [1:a]pan=5.1(side)|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0[s] -map 0:v -map [s] -map 2:a -ac:a:1 2 \
         -vf format=yuv422p10le,setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv:field_mode=prog \
         -c:v prores_ks -profile:v hq -vendor apl0 -c:a pcm_s24le -color_primaries bt709 -color_trc bt709 -colorspace bt709 \
         -timecode 01:00:00:00 -metadata:s:a language=eng"
    );
    made("master.mov", &words)
}

/// Broadcast WAV in 5.1, 24 bits, from 01:00:00 on.
pub fn surround() -> PathBuf {
    made(
        "surround.wav",
        "-f lavfi -i anoisesrc=d=2:r=48000:a=0.1:seed=1 -af pan=5.1(side)|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0 \
         -c:a pcm_s24le -write_bext 1 -metadata time_reference=172800000",
    )
}
