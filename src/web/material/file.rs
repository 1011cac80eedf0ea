//! One file, whole or from where it broke off (RFC 9110, section 14).

use std::ops::Range;

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::people::Actor;

use super::sending::{counted, noting};
use crate::{
    error::AppError,
    portal::Portal,
    services::{
        failure::broken,
        material::{self, Handover},
    },
    web::saved::saved_as,
};

/// What is asked for of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<u64>),
    /// Bytes that it does not have.
    Nothing,
}

/// The file, or the part of it that is asked for.
pub async fn send(
    portal: &Portal,
    actor: &Actor,
    handed: &Handover,
    asked: &HeaderMap,
) -> Result<Response, AppError> {
    let files = handed.parcel.goods.files();
    let (Some(file), Some(key)) = (files.first(), handed.keys.first()) else {
        return Err(broken(&"a material without a file was to be sent"));
    };
    let (size, tag) = (file.size, format!("\"{key}\""));
    let (status, part) = match asked_for(asked, size, &tag) {
        Asked::Whole => (StatusCode::OK, 0..size),
        Asked::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Asked::Nothing => {
            let all = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, all).into_response());
        }
    };
    let content = material::read(portal, key, part.clone()).await?;
    let note = noting(portal, actor, &handed.parcel, part.start);
    let mut answer =
        (status, saved_as(&file.name.portable()), counted(content, note)).into_response();
    let range = format!("bytes {}-{}/{size}", part.start, part.end.saturating_sub(1));
    let is_part = status == StatusCode::PARTIAL_CONTENT;
    let said = [
        (header::CONTENT_LENGTH, Some((part.end - part.start).to_string())),
        (header::ETAG, Some(tag)),
        (header::ACCEPT_RANGES, Some("bytes".to_owned())),
        (header::CONTENT_RANGE, is_part.then_some(range)),
    ];
    for (name, value) in said.into_iter().filter_map(worded) {
        answer.headers_mut().insert(name, value);
    }
    Ok(answer)
}

/// The file of which only the rest is asked for, by its tag; absent where all of it may be sent.
pub fn rest_of(headers: &HeaderMap) -> Option<&str> {
    let tag = headers.get(header::IF_RANGE)?.to_str().ok()?.trim();
    // Whatever its size: the beginning of a file is no rest of it.
    let is_rest = matches!(asked_for(headers, u64::MAX, tag), Asked::Part(part) if part.start > 0);
    tag.strip_prefix('"')?.strip_suffix('"').filter(|_| is_rest)
}

fn worded((name, value): (HeaderName, Option<String>)) -> Option<(HeaderName, HeaderValue)> {
    Some((name, HeaderValue::from_str(&value?).ok()?))
}

/// A part is given for one range alone; whoever asks for several, or in a way of their own, gets the whole.
fn asked_for(headers: &HeaderMap, size: u64, tag: &str) -> Asked {
    let said = |name: HeaderName| headers.get(name).and_then(|it| it.to_str().ok()).map(str::trim);
    let Some(range) = said(header::RANGE) else { return Asked::Whole };
    // The rest of a file is no use to who has the beginning of another.
    if headers.contains_key(header::IF_RANGE) && said(header::IF_RANGE) != Some(tag) {
        return Asked::Whole;
    }
    let Some((from, to)) = range.strip_prefix("bytes=").and_then(|it| it.split_once('-')) else {
        return Asked::Whole;
    };
    let part = match (from.trim(), to.trim()) {
        ("", last) => last.parse::<u64>().ok().map(|last| size.saturating_sub(last)..size),
        (from, "") => from.parse().ok().map(|from| from..size),
        (from, to) => match (from.parse::<u64>(), to.parse::<u64>()) {
            (Ok(from), Ok(to)) if from <= to => Some(from..size.min(to.saturating_add(1))),
            (_, _) => None,
        },
    };
    match part {
        None => Asked::Whole,
        Some(part) if part.is_empty() => Asked::Nothing,
        Some(part) => Asked::Part(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: &str = "\"abc\"";

    fn asked(range: &str, if_range: Option<&str>) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, range.parse().unwrap());
        if let Some(tag) = if_range {
            headers.insert(header::IF_RANGE, tag.parse().unwrap());
        }
        asked_for(&headers, 100, TAG)
    }

    #[test]
    fn one_range_is_a_part_and_anything_else_the_whole() {
        for (range, expected) in [
            ("bytes=0-99", Asked::Part(0..100)),
            ("bytes=38-", Asked::Part(38..100)),
            ("bytes=38-200", Asked::Part(38..100)),
            ("bytes=99-99", Asked::Part(99..100)),
            ("bytes=-1", Asked::Part(99..100)),
            ("bytes=-500", Asked::Part(0..100)),
            ("bytes=100-", Asked::Nothing),
            ("bytes=500-600", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=5-4", Asked::Whole),
            ("bytes=0-4,10-20", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("bytes=", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("lines=0-4", Asked::Whole),
            ("bytes=99999999999999999999-", Asked::Whole),
        ] {
            assert_eq!(asked(range, None), expected, "{range}");
        }
        assert_eq!(asked_for(&HeaderMap::new(), 100, TAG), Asked::Whole);
    }

    #[test]
    fn the_rest_is_what_begins_farther_on_in_a_file_that_is_named() {
        for (range, tag, expected) in [
            ("bytes=38-", Some(TAG), Some("abc")),
            ("bytes=38-50", Some(TAG), Some("abc")),
            ("bytes=38-", None, None),
            ("bytes=38-", Some("abc"), None),
            ("bytes=38-", Some("W/\"abc\""), None),
            ("bytes=0-", Some(TAG), None),
            ("bytes=0-4,10-20", Some(TAG), None),
            ("lines=4-", Some(TAG), None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, range.parse().unwrap());
            tag.map(|it| headers.insert(header::IF_RANGE, it.parse().unwrap()));
            assert_eq!(rest_of(&headers), expected, "{range} {tag:?}");
        }
        assert_eq!(rest_of(&HeaderMap::new()), None);
    }

    #[test]
    fn the_rest_is_given_only_of_the_same_file() {
        for (tag, expected) in [
            (TAG, Asked::Part(38..100)),
            ("\"another\"", Asked::Whole),
            ("W/\"abc\"", Asked::Whole),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Asked::Whole),
        ] {
            assert_eq!(asked("bytes=38-", Some(tag)), expected, "{tag}");
        }
    }
}
