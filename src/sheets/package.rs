//! Tags and countries of a package.

use domain::{language::Country, quantity, refusal::Refusal};

use super::{Draft, Field, Input, LONGEST, Note, Said, Scene, Trouble};
use crate::{portal::Portal, services::title};

/// So many countries are named; more are counted.
const FEW: usize = 5;
/// Countries are spelled in so many characters, so that some can be added before the field is full.
const ROOMY: usize = LONGEST / 2;

pub(super) fn draft(scene: &Scene, said: &Said) -> Draft {
    let package = &scene.page.package;
    let known = package.tags.clone();
    let tags = Field::new("tags", "Tags", Input::Listed(known), said, &package.tags.join(", "))
        .hinted("Divided by commas, such as Auto Ident, UHD.");
    let countries =
        Field::new("countries", "Countries", Input::Words, said, &spelled(&package.countries))
            .noted(quantity::counted(
                package.countries.len() as u64,
                "country now",
                "countries now",
            ))
            .hinted(
                "One to a line or divided by commas: names or two letters, such as Sweden, DK.",
            );
    let notes = vec![outlook(&package.countries, countries.value())];
    Draft {
        lead: Some("Where the package will be available, and how it is marked."),
        fields: vec![tags, countries],
        notes,
    }
}

/// Countries as they are filled in: by name, one to a line; by their two letters where the names are too many.
pub(super) fn spelled(countries: &[Country]) -> String {
    let names = countries.iter().map(Country::name).collect::<Vec<_>>().join("\n");
    match names.chars().count() {
        ..=ROOMY => names,
        _ => countries.iter().map(|it| it.code()).collect::<Vec<_>>().join(", "),
    }
}

/// What is added and what is taken away.
pub(super) fn outlook(before: &[Country], text: &str) -> Note {
    let after = match countries(text) {
        Ok(after) => after,
        Err(refusal) => return Note::grave(refusal.to_string()),
    };
    let only_in = |these: &[Country], those: &[Country]| {
        these.iter().filter(|it| !those.contains(it)).copied().collect::<Vec<_>>()
    };
    let parts = [("added", only_in(&after, before)), ("taken away", only_in(before, &after))];
    let told: Vec<_> = parts
        .iter()
        .filter(|(_, which)| !which.is_empty())
        .map(|(what, which)| format!("{what}: {}", named(which)))
        .collect();
    let all = "All requests of the package are told.";
    Note::plain(if told.is_empty() {
        format!("The countries stay as they are. {all}")
    } else {
        format!("Countries {}. {all}", told.join("; "))
    })
}

fn named(which: &[Country]) -> String {
    if which.len() > FEW {
        return quantity::counted(which.len() as u64, "country", "countries");
    }
    which.iter().map(Country::name).collect::<Vec<_>>().join(", ")
}

pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '\n']).map(str::trim).filter(|it| !it.is_empty())
}

pub(super) fn countries(text: &str) -> Result<Vec<Country>, Refusal> {
    let country = |it: &str| {
        Country::meant(it).ok_or_else(|| Refusal::UnknownCountry(it.chars().take(60).collect()))
    };
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|it| !it.is_empty()) {
        // A name may have a comma of its own, so a line is first read as one.
        match Country::meant(line) {
            Some(one) => found.push(one),
            None => {
                for part in parts(line) {
                    found.push(country(part)?);
                }
            }
        }
    }
    Ok(found)
}

pub(super) async fn carry_out(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let tags: Vec<_> = parts(said.text("tags")).map(str::to_owned).collect();
    let countries = countries(said.text("countries"))?;
    let of = scene.page.request.id;
    title::edit_package(portal, &scene.actor, of, &tags, &countries).await?;
    Ok(format!("{} changed", scene.page.package.label()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(codes: &[&str]) -> Vec<Country> {
        codes.iter().filter_map(|it| Country::from_code(it)).collect()
    }

    #[test]
    fn countries_are_read_by_name_and_by_code() {
        assert_eq!(countries("NO, sweden,\nDK; , "), Ok(of(&["NO", "SE", "DK"])));
        assert_eq!(countries(""), Ok(vec![]));
        let every: Vec<_> = Country::all().collect();
        let lines = every.iter().map(Country::name).collect::<Vec<_>>().join("\n");
        assert_eq!(countries(&lines), Ok(every), "names with commas too");
        assert_eq!(countries("NO, Atlantis"), Err(Refusal::UnknownCountry("Atlantis".into())));
    }

    #[test]
    fn all_countries_of_the_world_fit_the_field() {
        assert_eq!(spelled(&of(&["NO", "SE"])), "Norway\nSweden");
        let every: Vec<_> = Country::all().collect();
        let text = spelled(&every);
        assert!(text.chars().count() <= LONGEST, "{}", text.chars().count());
        assert_eq!(countries(&text), Ok(every));
    }

    #[test]
    fn what_is_added_and_taken_away_is_said_before_it_is_done() {
        let before = of(&["NO", "SE"]);
        let said = |text| outlook(&before, text).text;
        assert!(said("SE, NO").starts_with("The countries stay as they are."));
        assert!(said("NO, DK").starts_with("Countries added: Denmark; taken away: Sweden."));
        let many = Country::all().map(|it| it.code().to_owned()).collect::<Vec<_>>().join(",");
        assert!(said(&many).starts_with("Countries added: 247 countries."));
        assert!(said("Atlantis").contains("“Atlantis” is not a country."));
    }
}
