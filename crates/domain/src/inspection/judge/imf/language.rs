//! The language of the package, which has to be that of the request to the letter: `en` is not `en-US`.

use std::collections::BTreeSet;

use super::composition::at;
use crate::inspection::{
    ErrorCode as E, Expectation, Finding, Imf,
    imf::{Composition, SequenceKind},
    language,
};

/// A package of several versions fits when one of them does; where nothing is declared, nothing is wrong.
pub(super) fn judge(imf: &Imf, wanted: &Expectation, findings: &mut Vec<Finding>) {
    let Some(wanted) = wanted.language.as_deref() else { return };
    let declared: Vec<_> = imf
        .compositions
        .iter()
        .map(|it| (it, declared(imf, it)))
        .filter(|(_, tags)| !tags.is_empty())
        .collect();
    let fits = |tags: &BTreeSet<String>| tags.iter().any(|it| it.eq_ignore_ascii_case(wanted));
    let Some((first, tags)) = declared.first() else { return };
    if declared.iter().any(|(_, tags)| fits(tags)) {
        return;
    }
    let tags: Vec<_> = tags.iter().map(String::as_str).collect();
    let tags = tags.join(", ");
    let message = format!("{} is in {tags}; the request asks for {wanted}.", first.label());
    let finding = Finding::new(E::ImfLanguageMismatch, message).against(tags, wanted);
    findings.push(at(first, finding));
}

/// The languages of the sound, by the composition and by the headers, and of the locales: localized pictures come with
/// the sound of the original.
fn declared(imf: &Imf, composition: &Composition) -> BTreeSet<String> {
    let mut tags: BTreeSet<String> = composition.languages.iter().cloned().collect();
    let sounds = composition
        .sequences
        .iter()
        .filter(|it| matches!(it.kind, SequenceKind::Sound | SequenceKind::ImmersiveSound));
    for resource in sounds.flat_map(|it| &it.resources) {
        let described = composition.essence_of(resource).and_then(|it| it.language.clone());
        let in_header = || {
            let file =
                imf.track_files.iter().find(|it| it.id.is_some() && it.id == resource.track_file);
            file.and_then(|it| it.essence.language.clone())
        };
        tags.extend(described.or_else(in_header));
    }
    tags.retain(|it| language::is_declared(it));
    tags
}
