//! Puts the style sheets together into one.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
    targets::{Browsers, Targets},
};

/// The oldest browsers that know nesting, `light-dark()` and `@layer`: what is written passes unexpanded.
const OLDEST: Browsers = Browsers {
    android: None,
    chrome: Some(123 << 16),
    edge: Some(123 << 16),
    firefox: Some(120 << 16),
    ie: None,
    ios_saf: Some(17 << 16 | 5 << 8),
    opera: None,
    safari: Some(17 << 16 | 5 << 8),
    samsung: None,
};

/// The sheet at `main` with everything it imports, minified.
pub fn bundle(main: &Path) -> Result<String> {
    let files = FileProvider::new();
    let targets = Targets::from(OLDEST);
    // Each error borrows from `files`, so it becomes text at once.
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(main)
        .map_err(|error| anyhow!("{error}"))?;
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|error| anyhow!("{error}"))?;
    let print = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
    Ok(sheet.to_css(print).map_err(|error| anyhow!("{error}"))?.code)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn sheets(files: &[(&str, &str)]) -> Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        for (name, content) in files {
            fs::write(folder.path().join(name), content)?;
        }
        Ok(folder)
    }

    #[test]
    fn layers_come_out_in_the_order_that_main_gives() -> Result<()> {
        let folder = sheets(&[
            ("main.css", r#"@layer tokens, kit; @import "badge.css"; @import "tokens.css";"#),
            ("badge.css", "@layer kit { .badge { color: red } }"),
            ("tokens.css", "@layer tokens { :root { --ink: #111111 } }"),
        ])?;

        let sheet = bundle(&folder.path().join("main.css"))?;

        assert!(sheet.find("tokens") < sheet.find("kit"), "{sheet}");
        assert!(sheet.contains(".badge") && sheet.contains("--ink:#111"), "{sheet}");
        Ok(())
    }

    #[test]
    fn what_every_browser_of_ours_knows_is_not_expanded() -> Result<()> {
        let nested = ".badge { & b { color: light-dark(#111111, #eeeeee) } }";
        let folder = sheets(&[("main.css", nested)])?;

        let sheet = bundle(&folder.path().join("main.css"))?;

        assert_eq!(sheet, ".badge{& b{color:light-dark(#111,#eee)}}");
        Ok(())
    }

    #[test]
    fn a_missing_sheet_says_where_it_is_asked_for() -> Result<()> {
        let folder = sheets(&[("main.css", r#"@import "missing.css";"#)])?;

        let error = bundle(&folder.path().join("main.css")).err().map(|it| it.to_string());

        assert!(error.is_some_and(|it| it.contains("main.css:0:1")));
        Ok(())
    }
}
