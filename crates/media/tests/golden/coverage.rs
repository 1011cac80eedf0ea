//! Which fixture has which fault, and which article explains it: printed from the tables that the tests run over.

use std::{collections::BTreeSet, env, fmt::Write, fs, path::Path};

use domain::{
    inspection::{ErrorCode, article},
    request::SourceType,
};

use crate::{
    audio, captions, clean::clean, compared, damage, document, file, fixture::Fixture, header,
    image, imf, text, video,
};

/// The rows of all tables.
fn fixtures() -> Vec<Fixture> {
    let tables = [
        file::fixtures,
        header::fixtures,
        compared::fixtures,
        video::fixtures,
        damage::fixtures,
        audio::fixtures,
        text::fixtures,
        captions::fixtures,
        image::fixtures,
        document::fixtures,
        imf::fixtures,
    ];
    tables.into_iter().flat_map(|it| it()).collect()
}

fn printed(fixtures: &[Fixture]) -> String {
    let mut out = String::from(
        "# What the corpus of inspection covers\n\n\
         Printed by the test `golden` of `crates/media` from the tables that it runs over; never edited by hand.\n\
         After a fixture or a code has changed: `BLESS=1 cargo test -p media --test golden coverage`.\n\n",
    );
    writeln!(
        out,
        "{} codes, {} fixtures. Each has its code and no other that blocks. *File*: one file by itself. *Files*: two, of \
         which one says what the other has to be. *Package*: the files of a package, judged as a whole. *Data*: told by \
         the portal while the file arrives, so that what it goes by is given. The article stands in the help of the portal, \
         at `/help/inspection/CODE`.\n",
        ErrorCode::ALL.len(),
        fixtures.len()
    )
    .unwrap();
    out.push_str(
        "| Code | Severity | Fixture | Made as | Article |\n| --- | --- | --- | --- | --- |\n",
    );
    for &code in ErrorCode::ALL {
        for Fixture { name, made, .. } in fixtures.iter().filter(|it| it.code == code) {
            let (severity, made) = (code.severity().key(), made.label());
            let title = code.title();
            writeln!(out, "| {code} | {severity} | {name} | {made} | {title} |").unwrap();
        }
    }
    out.push_str(
        "\n## Clean deliveries\n\nNothing is found in them.\n\n| Source type | Fixture |\n| --- | --- |\n",
    );
    for &source_type in SourceType::ALL {
        writeln!(out, "| {} | {} |", source_type.label(), clean(source_type).name).unwrap();
    }
    out
}

#[test]
fn every_code_has_its_fixtures_and_an_article() {
    let fixtures = fixtures();
    for &code in ErrorCode::ALL {
        assert!(fixtures.iter().any(|it| it.code == code), "no fixture has the fault {code}");
        let article = article(code);
        assert_eq!(article.code, code);
        let texts = [article.meaning, article.why, article.measuring];
        assert!(texts.iter().all(|it| !it.is_empty()) && !article.steps.is_empty(), "{code}");
    }
    let mut names = BTreeSet::new();
    for Fixture { name, code, .. } in &fixtures {
        assert!(names.insert(name), "two fixtures are called {name}, one of {code}");
    }
}

#[test]
fn the_printed_coverage_is_that_of_the_tables() {
    let printed = printed(&fixtures());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/inspection-coverage.md");
    if env::var_os("BLESS").is_some() {
        fs::write(&file, &printed).unwrap();
    }
    let stored = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        stored == printed,
        "docs/inspection-coverage.md is stale: run `BLESS=1 cargo test -p media --test golden coverage`"
    );
}
