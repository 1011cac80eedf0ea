//! How large and how deep a document may be.

/// What one document may make a reader do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of a text document.
    pub text_bytes: u64,
    /// Elements of an XML document.
    pub xml_elements: u32,
    /// How deep elements may stand inside one another.
    pub xml_depth: u32,
}

impl Default for Bounds {
    /// Far above what any real document needs: a feature film's subtitles are 300 kB.
    fn default() -> Self {
        Self { text_bytes: 16 << 20, xml_elements: 250_000, xml_depth: 128 }
    }
}
