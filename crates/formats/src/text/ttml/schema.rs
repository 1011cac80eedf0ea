//! The names in a document: identifiers, and attributes that TTML knows.

use std::collections::HashSet;

use domain::inspection::FaultKind;
use roxmltree::{Attribute, Node};

use super::{
    super::reading::{Reading, quoted},
    XML, line_of,
};

/// Attributes without a prefix, of any element of TTML2.
const PLAIN: &[&str] = &[
    "animate",
    "attributeName",
    "base",
    "begin",
    "calcMode",
    "clipBegin",
    "clipEnd",
    "combine",
    "condition",
    "designator",
    "dur",
    "encoding",
    "end",
    "extends",
    "extensions",
    "family",
    "features",
    "fill",
    "format",
    "keySplines",
    "keyTimes",
    "length",
    "name",
    "range",
    "region",
    "repeatCount",
    "restricts",
    "src",
    "style",
    "timeContainer",
    "type",
    "use",
    "value",
    "version",
    "weight",
];
/// Attributes of styling.
const STYLING: &[&str] = &[
    "backgroundClip",
    "backgroundColor",
    "backgroundExtent",
    "backgroundImage",
    "backgroundOrigin",
    "backgroundPosition",
    "backgroundRepeat",
    "border",
    "bpd",
    "color",
    "direction",
    "disparity",
    "display",
    "displayAlign",
    "dynamicFlow",
    "extent",
    "fontFamily",
    "fontKerning",
    "fontSelectionStrategy",
    "fontShear",
    "fontSize",
    "fontStyle",
    "fontVariant",
    "fontWeight",
    "gain",
    "ipd",
    "letterSpacing",
    "lineHeight",
    "lineShear",
    "luminanceGain",
    "opacity",
    "origin",
    "overflow",
    "padding",
    "pan",
    "pitch",
    "position",
    "ruby",
    "rubyAlign",
    "rubyPosition",
    "rubyReserve",
    "shear",
    "showBackground",
    "speak",
    "textAlign",
    "textCombine",
    "textDecoration",
    "textEmphasis",
    "textOrientation",
    "textOutline",
    "textShadow",
    "unicodeBidi",
    "visibility",
    "wrapOption",
    "writingMode",
    "zIndex",
];
/// Attributes of parameters.
const PARAMETER: &[&str] = &[
    "cellResolution",
    "clockMode",
    "contentProfileCombination",
    "contentProfiles",
    "displayAspectRatio",
    "dropMode",
    "frameRate",
    "frameRateMultiplier",
    "inferProcessorProfileMethod",
    "inferProcessorProfileSource",
    "markerMode",
    "permitFeatureNarrowing",
    "permitFeatureWidening",
    "pixelAspectRatio",
    "processorProfileCombination",
    "processorProfiles",
    "profile",
    "subFrameRate",
    "tickRate",
    "timeBase",
    "validation",
    "validationAction",
    "version",
];
/// Attributes of metadata.
const METADATA: &[&str] = &["agent", "role"];

/// Notes every identifier and every attribute that breaks the rules.
pub(super) fn check(root: Node<'_, '_>, namespace: &str, reading: &mut Reading) {
    let mut seen = HashSet::new();
    for node in root.descendants().filter(Node::is_element) {
        // What stands in foreign elements is theirs; identifiers are of the whole document.
        let is_ours = node
            .tag_name()
            .namespace()
            .is_some_and(|it| it.starts_with(namespace) && !namespace.is_empty());
        for attribute in node.attributes() {
            match attribute.namespace() {
                Some(XML) if attribute.name() == "id" => {
                    identifier(node, attribute.value(), &mut seen, reading);
                }
                None if is_ours && attribute.name() == "id" => {
                    let what =
                        format!("The attribute id={} has to be xml:id.", quoted(attribute.value()));
                    reading.fault_of(FaultKind::IdAttribute, || line_of(node), what);
                }
                space if is_ours && !is_known(space, namespace, attribute) => {
                    let what =
                        format!("TTML has no attribute called {}.", quoted(attribute.name()));
                    reading.fault_of(FaultKind::UnknownAttribute, || line_of(node), what);
                }
                Some(_) | None => {}
            }
        }
    }
}

fn identifier<'a>(
    node: Node<'_, '_>,
    id: &'a str,
    seen: &mut HashSet<&'a str>,
    reading: &mut Reading,
) {
    let mut signs = id.chars();
    let begins = signs.next().is_some_and(|it| it.is_alphabetic() || it == '_');
    if !begins || !signs.all(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | '.')) {
        let what = format!(
            "The xml:id {} is not a name: it begins with a letter or an underscore.",
            quoted(id)
        );
        reading.fault_of(FaultKind::IdSyntax, || line_of(node), what);
    }
    if !seen.insert(id) {
        let what = format!("The xml:id {} stands twice.", quoted(id));
        reading.fault_of(FaultKind::IdDuplicate, || line_of(node), what);
    }
}

/// Attributes of foreign namespaces may stand anywhere; players pass over them.
fn is_known(space: Option<&str>, namespace: &str, attribute: Attribute<'_, '_>) -> bool {
    let known = match space.map(|it| it.strip_prefix(namespace)) {
        None => PLAIN,
        Some(Some("#styling" | "#style")) => STYLING,
        Some(Some("#parameter")) => PARAMETER,
        Some(Some("#metadata")) => METADATA,
        Some(_) => return true,
    };
    known.contains(&attribute.name())
}
