//! What all lists have in common: elements by name, ids, numbers, and the places where they break their rules.

use domain::{
    inspection::{Fault, FaultKind, imf::AssetId},
    timecode::Fraction,
};
use roxmltree::Node;

use crate::xml::{line_of, quoted};

/// So many faults of a list are kept word for word.
const FAULTS: usize = 20;

/// Characters of a path, a title or a name that are kept.
const WORDS: usize = 300;

/// What is wrong with a list.
#[derive(Default)]
pub(super) struct Notes {
    pub faults: Vec<Fault>,
    pub fault_count: u64,
}

impl Notes {
    /// Something that is missing or cannot be read in `node`.
    pub fn fault(&mut self, node: Node<'_, '_>, what: impl Into<String>) {
        self.fault_of(FaultKind::Syntax, || line_of(node), what);
    }

    /// The same, of another kind, at a line that is asked for only if it is kept.
    pub fn fault_of(
        &mut self,
        kind: FaultKind,
        line: impl FnOnce() -> Option<u32>,
        what: impl Into<String>,
    ) {
        self.fault_count += 1;
        if self.faults.len() < FAULTS {
            self.faults.push(Fault { kind, line: line(), what: what.into() });
        }
    }

    /// Whether the outermost element is that of a list; DCPs have lists of the same names.
    pub fn namespace(&mut self, root: Node<'_, '_>, part: &str, label: &str) {
        let namespace = root.tag_name().namespace().unwrap_or_default();
        if namespace.contains("smpte-ra.org/") && format!("{namespace}/").contains(part) {
            return;
        }
        let what = format!("The namespace {} is not that of {label}.", quoted(namespace));
        self.fault_of(FaultKind::Namespace, || line_of(root), what);
    }

    /// The id in the child `name`, which every list and asset has.
    pub fn id(&mut self, node: Node<'_, '_>, name: &str) -> Option<AssetId> {
        let Some(child) = child(node, name) else {
            self.fault(node, format!("{} has no {name}.", label(node)));
            return None;
        };
        let id = id_of(child);
        if id.is_none() {
            let what = format!("The {name} {} is no urn:uuid.", quoted(&words(child)));
            self.fault(child, what);
        }
        id
    }

    /// The number in the child `name`, where there is one.
    pub fn number(&mut self, node: Node<'_, '_>, name: &str) -> Option<u64> {
        let child = child(node, name)?;
        let written = words(child);
        let number = written.parse().ok().filter(|_| !written.starts_with('+'));
        if number.is_none() {
            self.fault(child, format!("The {name} {} is no number.", quoted(&written)));
        }
        number
    }

    /// The rate in the child `name`, written as `24000 1001`; one that is not positive counts as not given.
    pub fn rate(&mut self, node: Node<'_, '_>, name: &str) -> Option<Fraction> {
        let child = child(node, name)?;
        let written = words(child);
        let rate = rational(&written);
        if rate.is_none() {
            self.fault(child, format!("The {name} {} is no rate.", quoted(&written)));
        }
        rate
    }
}

/// The first child element of this name, in whatever namespace: extensions use several.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// Child elements of this name.
pub(super) fn children<'a, 'i: 'a>(
    node: Node<'a, 'i>,
    name: &str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    elements(node).filter(move |it| it.tag_name().name() == name)
}

/// Child elements.
pub(super) fn elements<'a, 'i: 'a>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

/// The words of an element without its children's, comments left out, short enough to be kept.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let texts = node.children().filter(Node::is_text).filter_map(|it| it.text());
    let mut kept: String =
        texts.flat_map(str::chars).skip_while(|it| it.is_whitespace()).take(WORDS).collect();
    kept.truncate(kept.trim_end().len());
    kept
}

/// The words of the child `name`, where there are any.
pub(super) fn words_of(node: Node<'_, '_>, name: &str) -> Option<String> {
    child(node, name).map(words).filter(|it| !it.is_empty())
}

/// The id that an element is.
pub(super) fn id_of(node: Node<'_, '_>) -> Option<AssetId> {
    AssetId::parse(&words(node))
}

/// `24000 1001` in lists, `24000/1001` in descriptors, and `25`.
pub(super) fn rational(text: &str) -> Option<Fraction> {
    let (above, below) = text.split_once([' ', '/']).unwrap_or((text, "1"));
    let (above, below): (i64, i64) = (above.trim().parse().ok()?, below.trim().parse().ok()?);
    (above > 0 && below > 0).then(|| Fraction::new(above, below)).flatten()
}

fn label(node: Node<'_, '_>) -> String {
    node.tag_name().name().chars().filter(|it| !it.is_control()).take(40).collect()
}
