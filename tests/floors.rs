//! The house keeps its shape: imports point down, and what belongs in one place stands in one place.

#![expect(clippy::unwrap_used, reason = "this file is tests from top to bottom")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each floor of `src/`, and the floors it may stand on. The roof, `commands`, may stand on all of them.
const FLOORS: [(&str, &[&str]); 18] = [
    ("json", &[]),
    ("error", &["json"]),
    ("markup", &[]),
    ("paths", &[]),
    ("preference", &[]),
    ("said", &[]),
    ("wall", &[]),
    ("settings", &["error"]),
    ("portal", &["error", "settings"]),
    ("services", &["error", "paths", "portal", "preference", "wall"]),
    ("visitor", &["error", "paths", "portal", "preference", "services"]),
    ("server_fns", &["error", "json", "preference", "services", "visitor"]),
    ("api", &["error", "paths", "portal", "services", "visitor"]),
    ("web", &["error", "paths", "portal", "services", "visitor"]),
    ("workers", &["error", "portal", "services"]),
    ("leaves", &["error", "markup", "paths", "portal", "said", "services", "sheets", "ui", "wall"]),
    ("sheets", &["error", "markup", "paths", "portal", "said", "services", "ui", "wall"]),
    ("ui", &["error", "paths", "preference", "server_fns"]),
];

/// Assembles everything; imported by nobody.
const ROOF: &str = "commands";

/// Our crates, and who may name them. The ground, `domain`, is for everybody.
const CRATES: [(&str, &[&str]); 4] = [
    ("storage", &["portal", "services", ROOF]),
    ("media", &["workers", ROOF]),
    ("handbook", &["leaves"]),
    ("report", &["api", "web", ROOF]),
];

/// A file longer than this, its tests left out, is about more than one thing.
const LONGEST: usize = 400;

/// Names that say nothing about what is in a file.
const EMPTY_NAMES: [&str; 9] =
    ["utils", "helpers", "common", "misc", "types", "models", "manager", "handler", "info"];

#[test]
fn imports_point_down() {
    for (floor, below) in FLOORS {
        for file in files_of(floor) {
            for named in floors_named_in(&code_of(&file)) {
                assert!(
                    named == floor || below.contains(&named.as_str()),
                    "{} is on floor `{floor}` and must not use `crate::{named}`",
                    file.display(),
                );
            }
        }
    }
}

#[test]
fn every_floor_is_known_to_this_test() {
    for file in rust_files("src") {
        let floor = floor_of(&file);
        let known = FLOORS.iter().any(|(it, _)| *it == floor);
        let above = [ROOF, "lib", "main"].contains(&floor.as_str());
        assert!(known || above, "`{floor}` is on no floor: give it a line in FLOORS");
    }
}

#[test]
fn nobody_leaves_a_floor_by_the_window() {
    for file in rust_files("src") {
        let code = code_of(&file);
        assert!(!code.contains("super::super"), "{}: spell it `crate::…`", file.display());
        for (floor, _) in FLOORS {
            let out = format!("super::{floor}::");
            assert!(!code.contains(&out), "{}: spell `{out}` with `crate::`", file.display());
        }
    }
}

#[test]
fn tools_are_used_by_those_who_may() {
    for file in rust_files("src") {
        let floor = floor_of(&file);
        for (tool, users) in CRATES {
            assert!(
                users.contains(&floor.as_str()) || !names_crate(&code_of(&file), tool),
                "{} is on floor `{floor}` and must not use the crate `{tool}`",
                file.display(),
            );
        }
    }
}

#[test]
fn crates_stand_on_the_ground_only() {
    for manifest in files_ending("crates", "Cargo.toml") {
        let owner = manifest.parent().and_then(Path::file_name).unwrap().to_string_lossy();
        let ours = ["domain", "storage", "media", "handbook", "report", "reelgate"];
        for line in read(&manifest).lines() {
            let named = line.split(['.', ' ', '=']).next().unwrap_or_default();
            let allowed = named == "domain" && owner != "domain";
            assert!(!ours.contains(&named) || allowed, "crates/{owner} must not use `{named}`");
        }
    }
}

#[test]
fn only_lib_asks_whether_this_is_the_browser() {
    for file in rust_files("src") {
        let asks = ["cfg(feature", "cfg!(feature", "cfg(not(feature", "target_arch"]
            .iter()
            .any(|it| code_of(&file).contains(it));
        assert!(!asks || file == Path::new("src/lib.rs"), "{} asks for a feature", file.display());
    }
}

#[test]
fn the_application_never_sees_the_database_library() {
    for file in rust_files("src") {
        assert!(!read(&file).contains("sqlx"), "{} names sqlx", file.display());
    }
}

#[test]
fn markup_outside_of_a_page_is_made_in_one_place() {
    for file in rust_files("src") {
        assert!(
            !code_of(&file).contains("Owner::new") || file == Path::new("src/markup.rs"),
            "{}: make it by markup::alone, or it may find the page of somebody else",
            file.display()
        );
    }
}

#[test]
fn a_field_of_several_lines_is_made_by_the_kit() {
    let (own, others): (Vec<_>, Vec<_>) =
        rust_files("src").into_iter().partition(|it| it.ends_with("ui/kit/text_area.rs"));
    assert_eq!(own.len(), 1);
    for file in others {
        assert!(
            !code_of(&file).contains("<textarea"),
            "{}: write <TextArea …/>, which says how much may be written and keeps words from ending the field",
            file.display()
        );
    }
    assert!(code_of(&own[0]).contains("inner_html=filled_with("));
}

#[test]
fn every_sheet_is_served() {
    let main = read(Path::new("style/main.css"));
    for file in files_ending("style", ".css") {
        let name = file.strip_prefix("style").unwrap().to_string_lossy().into_owned();
        let imported = main.contains(&format!("\"{name}\"")) || main.contains(&format!("'{name}'"));
        assert!(imported || name == "main.css", "style/main.css does not import {name}");
    }
}

#[test]
fn no_file_is_too_long_to_be_about_one_thing() {
    for file in our_rust_files() {
        let text = read(&file);
        let length = text.lines().take_while(|it| it.trim() != "#[cfg(test)]").count();
        assert!(length <= LONGEST, "{} has {length} lines", file.display());
    }
}

#[test]
fn files_are_named_after_what_they_are_about() {
    for file in our_rust_files() {
        let name = file.file_stem().unwrap().to_string_lossy();
        assert_ne!(name, "mod", "{}: write `room.rs` beside `room/`", file.display());
        assert!(!EMPTY_NAMES.contains(&&*name), "{} says nothing", file.display());
    }
}

#[test]
fn the_reader_of_imports_sees_every_way_of_writing_them() {
    let code = without_comments(
        "use crate::error::AppError;\n\
         use crate::{paths, services::{delivery, people}};\n\
         //! crate::api is only talked about\n\
         let it = crate::visitor::identify().await?;",
    );
    let named = floors_named_in(&code);
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["error", "paths", "services", "visitor"]);

    assert!(names_crate("use storage::Db;", "storage"));
    assert!(names_crate("-> storage::Result<()>", "storage"));
    assert!(!names_crate("crate::storage::Db; local_storage::get", "storage"));
}

/// The first name after each `crate::`, groups in braces included.
fn floors_named_in(code: &str) -> BTreeSet<String> {
    code.split("crate::").skip(1).flat_map(first_names).collect()
}

fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return vec![identifier(path)];
    };
    let mut depth = 0_i32;
    let mut names = vec![String::new()];
    for letter in group.chars() {
        match letter {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            _ if depth == 0 => names.last_mut().unwrap().push(letter),
            _ => {}
        }
    }
    names.iter().map(|it| identifier(it.trim_start())).filter(|it| !it.is_empty()).collect()
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect()
}

/// Whether a path in `code` begins with the crate `name`.
fn names_crate(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        !(before.is_alphanumeric() || before == '_' || before == ':')
    })
}

fn files_of(floor: &str) -> Vec<PathBuf> {
    rust_files("src").into_iter().filter(|it| floor_of(it) == floor).collect()
}

/// `src/ui/kit/badge.rs` and `src/ui.rs` are both on floor `ui`.
fn floor_of(file: &Path) -> String {
    let first = file.components().nth(1).unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

fn our_rust_files() -> Vec<PathBuf> {
    ["src", "crates", "xtask", "tests"].into_iter().flat_map(rust_files).collect()
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    files_ending(folder, ".rs")
}

/// Paths from the root of the checkout, which is where cargo runs this test.
fn files_ending(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|it| panic!("{}: {it}", folder.display()))
        {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "nothing ending in {ending} under {folder}");
    found
}

fn code_of(file: &Path) -> String {
    without_comments(&read(file))
}

fn without_comments(text: &str) -> String {
    text.lines().filter(|it| !it.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|it| panic!("{}: {it}", file.display()))
}
