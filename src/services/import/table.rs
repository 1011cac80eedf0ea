//! A table as text: its encoding, its separator, its columns, its lines.

use csv::{ReaderBuilder, StringRecord};
use domain::{
    Keyed,
    request::import::{Column, ImportFault, Line, MOST_LINES},
};

/// How spreadsheets mark a file as UTF-8.
const MARK: char = '\u{feff}';
/// What divides cells; the first of those that the head has most of.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// The bytes as text; or where they are none.
pub fn text(bytes: &[u8]) -> Result<&str, ImportFault> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let (before, after) = bytes.split_at(error.valid_up_to());
        let line = 1 + before.iter().filter(|it| **it == b'\n').count() as u64;
        ImportFault::NotUtf8 { line, byte: after.first().copied().unwrap_or_default() }
    })?;
    Ok(text.strip_prefix(MARK).unwrap_or(text))
}

/// The lines of a table below its head.
pub fn lines(text: &str) -> Result<Vec<Line>, ImportFault> {
    if text.trim().is_empty() {
        return Err(ImportFault::NoTable);
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut head: Option<Vec<Column>> = None;
    let mut lines = Vec::new();
    let mut record = StringRecord::new();
    // Text that is UTF-8 has nothing in it that could not be read.
    while reader.read_record(&mut record).unwrap_or_default() {
        let Some(columns) = &head else {
            head = Some(columns_of(&record)?);
            continue;
        };
        if lines.len() == MOST_LINES {
            return Err(ImportFault::TooManyLines);
        }
        lines.extend(line(text, columns, &record)?);
    }
    if lines.is_empty() { Err(ImportFault::NoLines) } else { Ok(lines) }
}

/// One line; none where all its cells are empty, as spreadsheets leave them behind.
fn line(
    text: &str,
    columns: &[Column],
    record: &StringRecord,
) -> Result<Option<Line>, ImportFault> {
    if record.iter().all(|it| it.trim().is_empty()) {
        return Ok(None);
    }
    let number = number_of(text, record);
    if record.len() != columns.len() {
        let (found, expected) = (record.len() as u64, columns.len() as u64);
        return Err(ImportFault::Uneven { line: number, found, expected });
    }
    let cells = columns.iter().copied().zip(record.iter().map(str::to_owned));
    Ok(Some(Line::new(number, cells.collect())))
}

/// The number of the line with which a record begins. The reader tells where it went on after the record before:
/// empty lines may lie between.
fn number_of(text: &str, record: &StringRecord) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let between = rest.iter().take_while(|it| matches!(it, b'\r' | b'\n'));
    position.line() + between.filter(|it| **it == b'\n').count() as u64
}

fn columns_of(head: &StringRecord) -> Result<Vec<Column>, ImportFault> {
    let mut columns = Vec::new();
    for name in head.iter().map(str::trim) {
        let column = Column::from_key(&name.to_lowercase())
            .ok_or_else(|| ImportFault::UnknownColumn(name.chars().take(60).collect()))?;
        if columns.contains(&column) {
            return Err(ImportFault::ColumnTwice(column));
        }
        columns.push(column);
    }
    let missing = Column::ALL.iter().find(|it| it.is_required() && !columns.contains(it));
    match missing {
        Some(column) => Err(ImportFault::ColumnMissing(*column)),
        None => Ok(columns),
    }
}

fn separator(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |it: &char| head.matches(*it).count();
    let most = SEPARATORS.iter().map(count).max().unwrap_or_default();
    let separator = SEPARATORS.iter().find(|it| count(it) == most).unwrap_or(&',');
    // All of them are one byte.
    *separator as u8
}

#[cfg(test)]
mod tests {
    use domain::request::import::EXAMPLE;

    use super::*;

    const HEAD: &str = "movie_id,source_type,due_date,content_partner";

    fn of(lines: &[&str]) -> String {
        [&[HEAD], lines].concat().join("\n")
    }

    #[test]
    fn the_example_is_read_whatever_divides_its_cells() {
        let read = lines(EXAMPLE).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].number, read[0].text(Column::Language)), (2, "eu"));
        assert_eq!(read[1].text(Column::Partner), "");
        for other in [EXAMPLE.replace(',', ";"), EXAMPLE.replace(',', "\t")] {
            assert_eq!(lines(&other), Ok(read.clone()));
        }
        let marked = format!("{MARK}{EXAMPLE}");
        assert_eq!(lines(text(marked.as_bytes()).unwrap()), Ok(read));
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let table = of(&["1,Subtitle,\"2027-01-15\n\",A", "", ",,,", "2,\"Sub,title\",x,B"]);
        let read = lines(&table).unwrap();
        assert_eq!(read.iter().map(|it| it.number).collect::<Vec<_>>(), [2, 6]);
        assert_eq!(read[1].text(Column::SourceType), "Sub,title");
        let apart = of(&["1,a,b,c", "", "", "2,a,b,c"]);
        for table in [apart.replace('\n', "\r\n"), apart] {
            let numbers: Vec<_> = lines(&table).unwrap().iter().map(|it| it.number).collect();
            assert_eq!(numbers, [2, 5], "{table:?}");
        }
    }

    #[test]
    fn a_byte_that_is_no_text_is_told_with_its_line() {
        let mut latin = of(&["1,Subtitle,2027-01-15,Fjord", "2,Subtitle,2027-01-15,"]).into_bytes();
        latin.push(0xC9);
        assert_eq!(text(&latin), Err(ImportFault::NotUtf8 { line: 3, byte: 0xC9 }));
        let wide: Vec<u8> = "a,b".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(text(&wide).is_ok_and(|it| lines(it).is_err()));
        assert_eq!(text(&[0xFF, 0xFE]), Err(ImportFault::NotUtf8 { line: 1, byte: 0xFF }));
    }

    #[test]
    fn a_table_that_is_not_whole_says_what_is_missing() {
        for (table, fault) in [
            (String::new(), ImportFault::NoTable),
            (" \n\n".to_owned(), ImportFault::NoTable),
            (HEAD.to_owned(), ImportFault::NoLines),
            (of(&[",,,"]), ImportFault::NoLines),
            (
                "movie_id,source_type,content_partner\n1,a,b".to_owned(),
                ImportFault::ColumnMissing(Column::DueDate),
            ),
            (format!("{HEAD},colour\n"), ImportFault::UnknownColumn("colour".into())),
            (format!("{HEAD},Movie_ID\n"), ImportFault::ColumnTwice(Column::MovieId)),
            (of(&["1,a,b,c", "1,a,b"]), ImportFault::Uneven { line: 3, found: 3, expected: 4 }),
            (of(&["1,a,b,c,d"]), ImportFault::Uneven { line: 2, found: 5, expected: 4 }),
        ] {
            assert_eq!(lines(&table), Err(fault), "{table:?}");
        }
    }

    #[test]
    fn a_table_has_an_end() {
        let line = "1,Subtitle,2027-01-15,Fjord";
        assert_eq!(lines(&of(&vec![line; MOST_LINES])).unwrap().len(), MOST_LINES);
        assert_eq!(lines(&of(&vec![line; MOST_LINES + 1])), Err(ImportFault::TooManyLines));
    }
}
