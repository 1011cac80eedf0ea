//! What all tables of the corpus have in common: a row is a delivery with exactly one fault.

use domain::inspection::{ErrorCode, Finding};

/// A row of a table: the fault, what the fixture is called, and what it is made of.
pub struct Fault<T> {
    pub code: ErrorCode,
    /// In words that stand in the coverage table.
    pub name: &'static str,
    pub made_of: T,
}

/// What makes the bytes of a file, when a test asks for them.
pub type Bytes = fn() -> Vec<u8>;

pub const fn fault<T>(code: ErrorCode, name: &'static str, made_of: T) -> Fault<T> {
    Fault { code, name, made_of }
}

/// How much of a delivery is needed to have a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Made {
    /// One file, measured and judged.
    File,
    /// Two files, of which one says what the other has to be.
    Files,
    /// The files of a package, judged as a whole.
    Package,
    /// No file has it by itself: what was measured is written down.
    Data,
}

impl Made {
    pub const fn label(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Files => "files",
            Self::Package => "package",
            Self::Data => "data",
        }
    }
}

/// A row of any table, as the coverage table lists it.
pub struct Fixture {
    pub code: ErrorCode,
    pub name: &'static str,
    pub made: Made,
}

/// The rows of a table that a test runs over.
pub fn listed<T>(made: Made, faults: &[Fault<T>]) -> Vec<Fixture> {
    faults.iter().map(|it| Fixture { code: it.code, name: it.name, made }).collect()
}

/// Fails unless the fault was found and nothing else that blocks.
pub fn only<T>(fault: &Fault<T>, findings: &[Finding]) {
    let Fault { code, name, .. } = fault;
    assert!(findings.iter().any(|it| it.code == *code), "{name}: no {code} in {findings:#?}");
    let others = findings.iter().filter(|it| it.blocks() && it.code != *code).count();
    assert_eq!(others, 0, "{name}: not {code} alone: {findings:#?}");
}

/// Fails unless the fault is all that was found.
pub fn alone<T>(fault: &Fault<T>, findings: &[Finding]) {
    let codes: Vec<_> = findings.iter().map(|it| it.code).collect();
    assert_eq!(codes, [fault.code], "{}: {findings:#?}", fault.name);
}
