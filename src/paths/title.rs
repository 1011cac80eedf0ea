//! The addresses of titles and packages.

use domain::{
    id::{PackageId, TitleId},
    title::Package,
};

use super::{NEW_REQUEST, with_params};

/// The titles, for those who enter them.
pub const TITLES: &str = "/titles";
/// The sheet in which a title is entered.
pub const NEW_TITLE: &str = "/titles/new";

/// The page of a new request in a package.
pub fn new_request_in(package: &Package) -> String {
    format!("{NEW_REQUEST}?package={}", package.label())
}

/// A title with its packages.
pub fn title(id: TitleId) -> String {
    format!("{TITLES}/{id}")
}

/// The sheet in which a title is corrected.
pub fn title_sheet(id: TitleId) -> String {
    format!("{TITLES}/{id}/edit")
}

/// The sheet in which a package is added to a title.
pub fn new_package(id: TitleId) -> String {
    format!("{TITLES}/{id}/package")
}

/// The sheet in which a package is changed.
pub fn package_sheet(id: PackageId) -> String {
    format!("/packages/{id}/edit")
}

/// A title, with what was done to it before the entry of this number.
pub fn title_before(id: TitleId, number: i64) -> String {
    format!("{TITLES}/{id}?before={number}")
}

/// The titles that fit a text, entered before one of them.
pub fn titles(text: &str, before: Option<TitleId>) -> String {
    let text = Some(text).filter(|it| !it.is_empty()).map(|it| ("q", it.to_owned()));
    let before = before.map(|it| ("before", it.to_string()));
    with_params(TITLES.to_owned(), &text.into_iter().chain(before).collect::<Vec<_>>())
}
