//! What holds for an element: its own style attributes, those of the styles it refers to, and those of what stands
//! around it.

use std::collections::HashMap;

use roxmltree::Node;

use super::XML;

/// Styles that refer to styles are followed no deeper.
const DEPTH: u8 = 8;
/// So many elements are asked for one value at most: styles that all refer to each other have millions of ways.
const MOST: u8 = 64;
/// So many children of a region are looked at, spaces between them counted.
const CHILDREN: usize = 64;

/// The styles of a document, by their names.
pub(super) struct Styles<'a> {
    spaces: [String; 2],
    named: HashMap<&'a str, Node<'a, 'a>>,
}

impl<'a> Styles<'a> {
    pub fn of(root: Node<'a, 'a>, namespace: &str) -> Self {
        let styles = root.descendants().filter(|it| it.tag_name().name() == "style");
        let named = styles.filter_map(|it| Some((it.attribute((XML, "id"))?, it))).collect();
        // The drafts called it otherwise.
        Self { spaces: ["styling", "style"].map(|it| format!("{namespace}#{it}")), named }
    }

    /// The value of `name` at this element alone.
    pub fn at(&self, node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
        self.found(node, name, DEPTH, &mut { MOST })
    }

    fn found(&self, node: Node<'a, 'a>, name: &str, depth: u8, left: &mut u8) -> Option<&'a str> {
        *left = left.checked_sub(1)?;
        let own = self.spaces.iter().find_map(|it| node.attribute((it.as_str(), name)));
        if own.is_some() || depth == 0 {
            return own.map(str::trim);
        }
        // Of several styles, the last has the last word; a region, and nothing else, holds styles of its own. A `div`
        // holds all cues, and is asked by each of them.
        let referred = node.attribute("style").unwrap_or_default().split_whitespace().rev();
        let region = Some(node).filter(|it| it.tag_name().name() == "region");
        let inside = region.into_iter().flat_map(|it| it.children()).take(CHILDREN);
        let inside = inside.filter(|it| it.tag_name().name() == "style");
        referred
            .take(usize::from(DEPTH))
            .filter_map(|it| self.named.get(it).copied())
            .chain(inside)
            .find_map(|it| self.found(it, name, depth - 1, left))
    }
}
