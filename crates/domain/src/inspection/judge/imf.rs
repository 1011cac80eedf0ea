//! An IMF package against the standards it follows and the request: its lists, the files they name, what they play.
//!
//! Of one file by itself only that is said which no other file could change.

mod composition;
mod essence;
mod files;
mod language;
mod lists;
mod paths;
mod time;

use crate::inspection::{
    Expectation, Finding, Imf,
    imf::{Extent, PackageFile},
};

/// So many other places of a finding are listed.
const PLACES: usize = 20;

/// Everything that is wrong with a package or with one file of it.
pub(super) fn judge(imf: &Imf, wanted: &Expectation, findings: &mut Vec<Finding>) {
    lists::judge(imf, findings);
    paths::judge(imf, findings);
    files::judge_digests(imf, findings);
    if imf.extent == Extent::Package {
        let delivered = Delivered { imf };
        lists::judge_presence(&delivered, wanted, findings);
        files::judge(&delivered, wanted, findings);
        composition::judge_references(imf, wanted, findings);
        essence::judge_headers(imf, findings);
    }
    for composition in imf.compositions.iter().filter(|it| it.segments > 0) {
        composition::judge(composition, findings);
        time::judge(composition, findings);
        essence::judge(composition, findings);
    }
    language::judge(imf, wanted, findings);
}

/// The files of a package, found by the paths of its asset map.
struct Delivered<'a> {
    imf: &'a Imf,
}

impl<'a> Delivered<'a> {
    /// The file at this place: of that very path, or the only one of that name, as folders are not always sent.
    fn at(&self, place: &crate::inspection::imf::Location) -> Option<&'a PackageFile> {
        let files = &self.imf.files;
        let exactly = files.iter().find(|it| it.name == place.as_str());
        exactly.or_else(|| {
            let named =
                |it: &&PackageFile| it.name.rsplit(['/', '\\']).next() == Some(place.name());
            let mut alike = files.iter().filter(named);
            alike.next().filter(|_| alike.next().is_none())
        })
    }

    /// Whether the content of every file is known.
    fn all_read(&self) -> bool {
        self.imf.files.iter().all(|it| it.read)
    }
}

/// The same problem in several places: one finding, worded for the first of them.
#[derive(Default)]
struct Gathered {
    first: Option<Finding>,
    elsewhere: Vec<String>,
}

impl Gathered {
    fn add(&mut self, place: String, finding: impl FnOnce() -> Finding) {
        if self.first.is_none() {
            self.first = Some(finding().at(place));
        } else if self.elsewhere.len() < PLACES {
            self.elsewhere.push(place);
        }
    }

    fn into(self, findings: &mut Vec<Finding>) {
        findings.extend(self.first.map(|it| it.also_at(self.elsewhere)));
    }
}

/// A place inside a list: the name of its file, where it has one, and what in it.
fn place(file: &str, inside: &str) -> String {
    match (file, inside) {
        ("", inside) => inside.to_owned(),
        (file, "") => file.to_owned(),
        (file, inside) => format!("{file}, {inside}"),
    }
}

#[cfg(test)]
mod tests;
