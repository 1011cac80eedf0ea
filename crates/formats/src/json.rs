//! JSON (RFC 8259), read only to see whether it can be read.

/// How deep values may stand inside one another.
const DEPTH: usize = 128;

/// Where the grammar is broken: line and reason.
pub(crate) type Broken = (u32, &'static str);

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    /// A value, or the end of the list that has just begun.
    FirstValue,
    Key,
    FirstKey,
    /// A comma, or the end of what is open.
    Separator,
}

/// Fails at the first place where the text is no JSON.
pub(crate) fn check(text: &str) -> Result<(), Broken> {
    let mut reader = Reader { rest: text, line: 1 };
    // For every open value, whether it is an object.
    let mut open: Vec<bool> = Vec::new();
    let mut next = Next::Value;
    loop {
        reader.skip_space();
        let Some(sign) = reader.rest.chars().next() else {
            let whole = open.is_empty() && next == Next::Separator;
            return if whole { Ok(()) } else { reader.broken("It stops in the middle") };
        };
        if next == Next::Separator && open.is_empty() {
            return reader.broken("Something follows the end");
        }
        match (next, sign) {
            (Next::Separator, ',') => {
                reader.step(1);
                next = if open.last() == Some(&true) { Next::Key } else { Next::Value };
            }
            (Next::Separator | Next::FirstKey, '}') if open.last() == Some(&true) => {
                reader.step(1);
                open.pop();
                next = Next::Separator;
            }
            (Next::Separator | Next::FirstValue, ']') if open.last() == Some(&false) => {
                reader.step(1);
                open.pop();
                next = Next::Separator;
            }
            (Next::Separator, _) => return reader.broken("A comma or an end is missing"),
            (Next::Key | Next::FirstKey, '"') => {
                reader.string()?;
                reader.skip_space();
                if !reader.rest.starts_with(':') {
                    return reader.broken("A colon is missing");
                }
                reader.step(1);
                next = Next::Value;
            }
            (Next::Key | Next::FirstKey, _) => {
                return reader.broken("A name in quotation marks is missing");
            }
            (Next::Value | Next::FirstValue, '{' | '[') => {
                if open.len() >= DEPTH {
                    return reader.broken("Values stand too deep inside one another");
                }
                reader.step(1);
                open.push(sign == '{');
                next = if sign == '{' { Next::FirstKey } else { Next::FirstValue };
            }
            (Next::Value | Next::FirstValue, _) => {
                reader.plain(sign)?;
                next = Next::Separator;
            }
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    line: u32,
}

impl Reader<'_> {
    fn broken<T>(&self, why: &'static str) -> Result<T, Broken> {
        Err((self.line, why))
    }

    /// Past so many bytes, which end a sign.
    fn step(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn skip_space(&mut self) {
        let space = |it: &u8| matches!(it, b' ' | b'\t' | b'\r' | b'\n');
        let length = self.rest.bytes().take_while(|it| space(it)).count();
        let lines = self.rest.bytes().take(length).filter(|it| *it == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.step(length);
    }

    /// A string, a number, or one of the three words.
    fn plain(&mut self, sign: char) -> Result<(), Broken> {
        if sign == '"' {
            return self.string();
        }
        if let Some(word) = ["true", "false", "null"].iter().find(|it| self.rest.starts_with(**it))
        {
            self.step(word.len());
            return Ok(());
        }
        let number =
            |it: &u8| it.is_ascii_digit() || matches!(it, b'+' | b'-' | b'.' | b'e' | b'E');
        let length = self.rest.bytes().take_while(number).count();
        if !is_number(self.rest.get(..length).unwrap_or_default()) {
            return self.broken("This is no value");
        }
        self.step(length);
        Ok(())
    }

    fn string(&mut self) -> Result<(), Broken> {
        self.step(1);
        let mut signs = self.rest.bytes().enumerate();
        while let Some((place, byte)) = signs.next() {
            match byte {
                b'"' => {
                    self.step(place + 1);
                    return Ok(());
                }
                b'\\' => match signs.next().map(|it| it.1) {
                    Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
                    Some(b'u') => {
                        let digits = signs.by_ref().take(4).filter(|it| it.1.is_ascii_hexdigit());
                        if digits.count() < 4 {
                            return self.broken("A sign is written in a way that does not exist");
                        }
                    }
                    _ => return self.broken("A sign is written in a way that does not exist"),
                },
                0..0x20 => return self.broken("A quotation mark is missing"),
                _ => {}
            }
        }
        self.broken("A quotation mark is missing")
    }
}

/// `-0.5e+10`: no leading zeros, digits on both sides of the point.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, part) = match mantissa.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (mantissa, None),
    };
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let exponent = exponent.map(|it| it.strip_prefix(['+', '-']).unwrap_or(it));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && part.is_none_or(digits)
        && exponent.is_none_or(digits)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn json_is_read_by_its_grammar() {
        for text in [
            "{}",
            " [ ] ",
            "{\"a\": [1, -0.5e+10, \"\\u00e9\\n\", true, null, {}], \"b\": {\"c\": \"\"}}\n",
            "\"one\"",
            "0",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for (text, line) in [
            ("", 1),
            ("{\n\"a\": 1,\n}", 3),
            ("[1 2]", 1),
            ("[\n1,\n\n]", 4),
            ("{\"a\" 1}", 1),
            ("{a: 1}", 1),
            ("{\"a\": “b”}", 1),
            ("[01]", 1),
            ("[1.]", 1),
            ("[1}", 1),
            ("{\"a\": \"b\n\"}", 1),
            ("\"\\x\"", 1),
            ("\"\\u12g4\"", 1),
            ("{} {}", 1),
            ("[tru]", 1),
            ("[\"a", 1),
            ("\n\n[", 3),
        ] {
            assert_eq!(check(text).map_err(|it| it.0), Err(line), "{text}");
        }
        assert!(check(&"[".repeat(100_000)).is_err());
    }
}
