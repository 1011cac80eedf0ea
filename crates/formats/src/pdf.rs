//! PDF (ISO 32000-1): the end of the file, its trailer, and the number of pages where it stands in the open.

use domain::inspection::{Defect, DefectKind, Measurement};

use crate::container::{HEAD, Slices, Wanted};

/// Trailers of earlier versions that are followed, and tables of objects in each.
const VERSIONS: usize = 32;

/// Bytes of a dictionary that are read.
const DICTIONARY: usize = 4096;

/// What the document says about itself.
///
/// # Errors
///
/// When a slice is not at hand.
pub(crate) fn read(file: &mut impl Slices) -> Result<Measurement, Wanted> {
    let size = file.size();
    let tail = file.at(size.saturating_sub(HEAD as u64), HEAD)?;
    let Some(place) = last_table(&tail).filter(|it| *it < size) else {
        let what = "The end of the document is not there: it is cut short, or no PDF.";
        let defects = vec![Defect::new(DefectKind::Document, what)];
        return Ok(Measurement { defects, ..Measurement::default() });
    };
    let trailer = Trailer::read(file, place)?;
    let mut defects = Vec::new();
    if trailer.encrypted {
        let what = "The document is encrypted.";
        defects.push(Defect::new(DefectKind::Encrypted, what));
    }
    let pages = trailer.pages(file)?;
    Ok(Measurement { pages, defects, ..Measurement::default() })
}

/// Where the last table of objects begins.
fn last_table(tail: &[u8]) -> Option<u64> {
    let at = tail.windows(9).rposition(|it| it == b"startxref")?;
    let (place, rest) = number(tail.get(at + 9..)?)?;
    // Readers look for the mark of the end behind it.
    rest.windows(5).any(|it| it == b"%%EOF").then_some(place)
}

/// What the last trailer says, and where the objects begin that a table in the open lists.
#[derive(Default)]
struct Trailer {
    encrypted: bool,
    root: Option<u64>,
    /// Where the rows of a table begin, which object is the first, and how many there are.
    tables: Vec<(u64, u64, u64)>,
}

impl Trailer {
    fn read(file: &mut impl Slices, from: u64) -> Result<Self, Wanted> {
        let mut trailer = Self::default();
        let mut next = Some(from);
        for version in 0..VERSIONS {
            let Some(place) = next.take() else { break };
            let dictionary = trailer.table(file, place)?;
            if version == 0 {
                trailer.encrypted = value(&dictionary, b"/Encrypt").is_some();
                trailer.root = reference(&dictionary, b"/Root");
            }
            next = value(&dictionary, b"/Prev").and_then(number).map(|it| it.0);
        }
        Ok(trailer)
    }

    /// Notes the tables that begin here, and returns the dictionary behind them. A table that is a compressed stream
    /// begins with its dictionary.
    fn table(&mut self, file: &mut impl Slices, from: u64) -> Result<Vec<u8>, Wanted> {
        let start = file.at(from, DICTIONARY)?;
        let Some(rest) = trimmed(&start).strip_prefix(b"xref") else {
            return Ok(head_of(&start));
        };
        let skipped = start.len() - rest.len();
        self.rows(file, from.saturating_add(skipped as u64))
    }

    /// The dictionary behind the tables that begin here.
    fn rows(&mut self, file: &mut impl Slices, from: u64) -> Result<Vec<u8>, Wanted> {
        let mut place = from;
        for _ in 0..VERSIONS {
            let bytes = file.at(place, DICTIONARY)?;
            let header = number(&bytes).and_then(|(first, rest)| {
                let (count, rest) = number(rest)?;
                Some((first, count, bytes.len() - trimmed(rest).len()))
            });
            let Some((first, count, skipped)) = header else { return Ok(head_of(&bytes)) };
            place = place.saturating_add(skipped as u64);
            // Rows have 20 bytes each.
            self.tables.push((place, first, count));
            place = place.saturating_add(count.saturating_mul(20));
        }
        Ok(Vec::new())
    }

    /// Pages by the root of their tree; nothing where it is inside a compressed stream.
    fn pages(&self, file: &mut impl Slices) -> Result<Option<u64>, Wanted> {
        let Some(catalog) = self.object(file, self.root, DICTIONARY)? else { return Ok(None) };
        let tree = reference(&catalog, b"/Pages");
        let Some(tree) = self.object(file, tree, HEAD)? else { return Ok(None) };
        Ok(value(&tree, b"/Count").and_then(number).map(|it| it.0))
    }

    /// The beginning of an object that a table in the open lists.
    fn object(
        &self,
        file: &mut impl Slices,
        wanted: Option<u64>,
        most: usize,
    ) -> Result<Option<Vec<u8>>, Wanted> {
        let Some(wanted) = wanted else { return Ok(None) };
        let table = self
            .tables
            .iter()
            .find(|(_, first, count)| wanted >= *first && wanted - first < *count);
        let Some((from, first, _)) = table else { return Ok(None) };
        let row = file.at(from.saturating_add((wanted - first).saturating_mul(20)), 20)?;
        let in_use = row.get(17) == Some(&b'n');
        let Some((place, _)) = number(&row).filter(|_| in_use) else { return Ok(None) };
        let object = file.at(place, most)?;
        // A place that is off by some bytes is repaired by every reader, but not here.
        let named = number(&object).is_some_and(|(it, _)| it == wanted);
        Ok(named.then(|| head_of(&object)))
    }
}

/// Up to the end of the object that begins here.
fn head_of(bytes: &[u8]) -> Vec<u8> {
    let end = [b"endobj".as_slice(), b"stream", b"startxref"]
        .iter()
        .filter_map(|mark| bytes.windows(mark.len()).position(|it| it == *mark))
        .min();
    bytes.get(..end.unwrap_or(bytes.len())).unwrap_or(bytes).to_vec()
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    let space = |it: &u8| matches!(it, b' ' | b'\t' | b'\r' | b'\n' | 0x0c | 0);
    bytes.get(bytes.iter().take_while(|it| space(it)).count()..).unwrap_or_default()
}

/// The number at the beginning, and what follows it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let bytes = trimmed(bytes);
    let digits = bytes.iter().take_while(|it| it.is_ascii_digit()).count();
    let text = std::str::from_utf8(bytes.get(..digits)?).ok()?;
    Some((text.parse().ok()?, bytes.get(digits..)?))
}

/// What follows a key of a dictionary.
fn value<'a>(dictionary: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let mut rest = dictionary;
    loop {
        let at = rest.windows(key.len()).position(|it| it == key)?;
        rest = rest.get(at + key.len()..)?;
        // A longer key that begins the same is another one.
        if !rest.first().is_some_and(u8::is_ascii_alphanumeric) {
            return Some(rest);
        }
    }
}

/// The number of the object that a key refers to: `/Root 1 0 R`.
fn reference(dictionary: &[u8], key: &[u8]) -> Option<u64> {
    let (object, rest) = number(value(dictionary, key)?)?;
    let (_, rest) = number(rest)?;
    trimmed(rest).starts_with(b"R").then_some(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::Whole;

    /// A document of so many pages, with more words in its trailer.
    fn document(pages: u64, more: &str) -> String {
        let mut text = "%PDF-1.4\n".to_owned();
        let mut rows = "0000000000 65535 f \n".to_owned();
        for object in [
            "1 0 obj\n<< /Type /Catalog /PagesX 9 0 R /Pages 2 0 R >>\nendobj\n".to_owned(),
            format!("2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count {pages} >>\nendobj\n"),
        ] {
            rows.push_str(&format!("{:010} 00000 n \n", text.len()));
            text.push_str(&object);
        }
        let place = text.len();
        format!(
            "{text}xref\n0 3\n{rows}trailer\n<< /Size 3 /Root 1 0 R{more} >>\nstartxref\n{place}\n%%EOF\n"
        )
    }

    fn facts(text: &str) -> (Option<u64>, Vec<DefectKind>) {
        let read = read(&mut Whole(text.as_bytes())).unwrap();
        (read.pages, read.defects.iter().map(|it| it.kind).collect())
    }

    #[test]
    fn pages_and_locks_are_read_from_the_end() {
        assert_eq!(facts(&document(12, "")), (Some(12), vec![]));
        assert_eq!(facts(&document(0, "")), (Some(0), vec![]));
        let locked = document(12, " /Encrypt 5 0 R");
        assert_eq!(facts(&locked), (Some(12), vec![DefectKind::Encrypted]));
        assert_eq!(facts(&document(12, " /EncryptMetadata false")), (Some(12), vec![]));
    }

    #[test]
    fn a_later_version_is_added_at_the_end() {
        let first = document(12, "");
        let before = first.rfind("xref\n0").unwrap();
        let object = first.len();
        let table = object + "2 0 obj\n<< /Type /Pages /Count 14 >>\nendobj\n".len();
        let text = format!(
            "{first}2 0 obj\n<< /Type /Pages /Count 14 >>\nendobj\nxref\n2 1\n{object:010} 00000 n \ntrailer\n\
             << /Root 1 0 R /Prev {before} >>\nstartxref\n{table}\n%%EOF"
        );
        assert_eq!(facts(&text), (Some(14), vec![]));
    }

    #[test]
    fn what_stands_in_a_compressed_stream_is_left_open() {
        let text = "%PDF-1.5\n7 0 obj\n<< /Type /XRef /Root 1 0 R /Encrypt 4 0 R >>\nstream\n/Encrypt\nendstream\nendobj\n\
                    startxref\n9\n%%EOF\n";
        assert_eq!(facts(text), (None, vec![DefectKind::Encrypted]));
        let open = text.replacen("/Encrypt 4 0 R", "", 1);
        assert_eq!(facts(&open), (None, vec![]));
    }

    #[test]
    fn without_its_end_there_is_no_document() {
        let whole = document(12, "");
        for cut in [
            &whole[..whole.len() / 2],
            &whole[..whole.len() - 7],
            "%PDF-1.4\nstartxref\n99999\n%%EOF",
        ] {
            assert_eq!(facts(cut), (None, vec![DefectKind::Document]), "{cut}");
        }
    }
}
