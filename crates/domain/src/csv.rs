//! Tables as text that spreadsheets read, and run nothing of.

/// What makes a spreadsheet take the rest of a cell for a formula, or for the next cell.
const ARMED: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// Said first, so that every spreadsheet reads the letters as they were meant (UTF-8).
pub const MARK: &str = "\u{feff}";

/// One line of a table (RFC 4180). Every cell is quoted, as some spreadsheets part cells at semicolons too.
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<_> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let guard = if text.starts_with(ARMED) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_is_disarmed_with_an_apostrophe() {
        for armed in
            ["=1+1", "+49 30 1", "-2", "@SUM(A1)", "\tx", "\r=1", "\n=1", "=cmd|'/C calc'!A0"]
        {
            assert_eq!(line([armed]), format!("\"'{armed}\"\r\n"), "{armed:?}");
        }
        for tame in ["", "a=b", "1+1", "Nora", "'=1", " =1", "é@x"] {
            assert_eq!(line([tame]), format!("\"{tame}\"\r\n"), "{tame:?}");
        }
    }

    #[test]
    fn a_cell_never_ends_before_its_end() {
        assert_eq!(line(["a", "b,c", "d;=e", "f\r\n=g"]), "\"a\",\"b,c\",\"d;=e\",\"f\r\n=g\"\r\n");
        assert_eq!(line(["say \"=1\"", "\",=1,\""]), "\"say \"\"=1\"\"\",\"\"\",=1,\"\"\"\r\n");
    }
}
