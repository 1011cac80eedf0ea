//! The other way of looking at a file: slice by slice, as a browser does before it is sent. What it says must be what
//! the server says, code by code.

use domain::{
    delivery::FileName,
    inspection::{ErrorCode, Expectation, Finding, Measurement, Sight, Teller, foreseen},
    people::TimecodeStyle,
    request::Family,
};
use formats::{Bounds, container::Parts, preview};

/// Codes about which a header may say less than a decoder: it then says nothing.
const MAY_BE_SILENT: [ErrorCode; 4] = [
    ErrorCode::FileUnreadable,
    ErrorCode::ImageUnreadable,
    ErrorCode::ChromaOrDepth,
    ErrorCode::VideoBitRate,
];

/// What preflight sees of a file.
pub fn sight(bytes: &[u8], hint: Family) -> Sight {
    let (mut parts, mut fetched) = (Parts::of(bytes.len() as u64), 0);
    loop {
        match preview(&mut parts, &Bounds::default(), hint) {
            Ok(sight) => return sight,
            Err(wanted) => {
                let from = usize::try_from(wanted.from).unwrap();
                parts.add(wanted.from, bytes[from..from + wanted.len].to_vec());
                fetched += 1;
                assert!(fetched <= 64, "{fetched} slices were fetched");
            }
        }
    }
}

/// Holds preflight of these files against what the server has `found` in them: all that it says the server says, and it
/// says all that it may.
pub fn agrees(files: &[(&str, &[u8])], wanted: &Expectation, found: &[Finding]) {
    let Some(ours) = says_no_more(files, wanted, found) else { return };
    let open = |it: &Finding| it.code == ErrorCode::TimeBaseConflict && wanted.time_base.is_none();
    let may = |it: &&Finding| it.code.teller() == Teller::Preflight && !open(it);
    for finding in found.iter().filter(may).filter(|it| !MAY_BE_SILENT.contains(&it.code)) {
        assert!(ours.contains(finding), "preflight does not say {finding:#?}\n{ours:#?}");
    }
}

/// All that preflight says the server has `found` as well. Nothing where a file cannot be read.
pub fn says_no_more(
    files: &[(&str, &[u8])],
    wanted: &Expectation,
    found: &[Finding],
) -> Option<Vec<Finding>> {
    let files: Vec<_> = files
        .iter()
        .map(|(name, bytes)| {
            let name = FileName::new(*name).unwrap();
            (name, bytes.len() as u64, sight(bytes, wanted.family))
        })
        .collect();
    let ours = foreseen(&files, wanted);
    for finding in &ours {
        assert!(found.contains(finding), "only preflight says {finding:#?}\n{found:#?}");
    }
    if files.iter().any(|it| matches!(it.2, Sight::Dim(_))) {
        assert_eq!(ours, [], "a file that cannot be read is not judged");
        return None;
    }
    Some(ours)
}

/// Holds what preflight read out of a file against what was measured in it, of which it may say less: a codec without
/// its profile.
pub fn reads_the_same(bytes: &[u8], measured: &Measurement, hint: Family) {
    let Sight::Clear(ours) = sight(bytes, hint) else { return };
    let theirs = measured.technical(TimecodeStyle::Timecode);
    for row in ours.technical(TimecodeStyle::Timecode).iter().filter(|it| it.key != "measured_with")
    {
        let same = theirs.iter().any(|it| it.key == row.key && it.value.contains(&row.value));
        assert!(same, "{row:?} {theirs:#?}");
    }
}
