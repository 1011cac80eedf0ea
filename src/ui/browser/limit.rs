//! How much more may be written into a field: into one of several lines always, into one line once little is left.

use domain::quantity::count;
use web_sys::{Element, Event};

use super::{form, leaf::property};

/// Once so few characters are left it is said aloud, each of these numbers once.
const FEW: [i64; 4] = [10, 20, 50, 100];
/// A line of text says how much is left from here on.
const NEAR: i64 = 20;

/// Tells how much may still be written into the field in which an event happened.
pub fn count_down(event: &Event) {
    if let Some(field) = form::found(event, "textarea, input[maxlength]") {
        tell(&field);
    }
}

/// The same of this field.
pub fn tell(field: &Element) {
    let most = field.get_attribute("maxlength").and_then(|it| it.parse::<i64>().ok());
    let (Some(most), Some(place)) = (most, field.parent_element()) else { return };
    // As browsers count, for whom the end of a line is one character.
    let written = property(field, "textLength").as_f64().unwrap_or_default();
    let left = most - written as i64;
    let is_line = field.tag_name() == "INPUT";
    let seen = if is_line && left > NEAR { String::new() } else { told(left) };
    say(&place, ".limit", &seen);
    let heard = if seen.is_empty() { seen } else { warned(left) };
    say(&place, "[role=status]", &heard);
}

/// Writes `words` where they do not stand yet: what is written again is read aloud again.
fn say(place: &Element, selector: &str, words: &str) {
    let found = place.query_selector(selector).ok().flatten();
    if let Some(found) = found.filter(|it| it.text_content().as_deref() != Some(words)) {
        found.set_text_content(Some(words));
    }
}

/// What is seen.
fn told(left: i64) -> String {
    let number = count(left.unsigned_abs());
    match left {
        ..0 => format!("{number} too many"),
        0.. => format!("{number} left"),
    }
}

/// What is said aloud; nothing while there is room enough.
fn warned(left: i64) -> String {
    match FEW.iter().find(|it| left <= **it) {
        _ if left < 0 => "Too long.".to_owned(),
        _ if left == 0 => "No characters left.".to_owned(),
        Some(few) => format!("At most {few} characters left."),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_seen_always_and_heard_when_it_is_little() {
        for (left, seen, heard) in [
            (10_000, "10,000 left", ""),
            (101, "101 left", ""),
            (100, "100 left", "At most 100 characters left."),
            (51, "51 left", "At most 100 characters left."),
            (50, "50 left", "At most 50 characters left."),
            (11, "11 left", "At most 20 characters left."),
            (1, "1 left", "At most 10 characters left."),
            (0, "0 left", "No characters left."),
            (-3, "3 too many", "Too long."),
        ] {
            assert_eq!((&*told(left), &*warned(left)), (seen, heard), "{left}");
        }
    }
}
