//! Enumerations with a stable key for machines and a label for people.

use serde::{Deserialize, Deserializer, de::Error};

/// A closed list of values, each with a key that never changes and a label that people read.
pub trait Keyed: Copy + PartialEq + Sized + 'static {
    /// Every value, in the order in which people see them.
    const ALL: &'static [Self];

    /// The stable name: stored, sent, put into addresses.
    fn key(self) -> &'static str;

    /// The name that people read.
    fn label(self) -> &'static str;

    /// The value with this key, if there is one.
    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.key() == key)
    }
}

/// Reads a value by its key. One function for all enumerations: what serde derives for each is a kilobyte in the browser.
///
/// # Errors
/// It is no text, or no value has this key.
pub(crate) fn read<'de, K: Keyed, D: Deserializer<'de>>(deserializer: D) -> Result<K, D::Error> {
    let key = String::deserialize(deserializer)?;
    K::from_key(&key).ok_or_else(|| unknown(&key))
}

#[cold]
fn unknown<E: Error>(key: &str) -> E {
    E::custom(format_args!("unknown key {key:?}"))
}

/// Declares an enumeration once: variant, key, label.
macro_rules! keyed {
    ($(#[$of:meta])* pub enum $name:ident { $($(#[$about:meta])* $variant:ident = $key:literal, $label:literal;)+ }) => {
        $(#[$of])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$about])* $variant,)+
        }

        impl $name {
            /// Every value, in the order in which people see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable name: stored, sent, put into addresses.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The name that people read.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.key())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::key::read(deserializer)
            }
        }

        impl $crate::Keyed for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn key(self) -> &'static str {
                self.key()
            }

            fn label(self) -> &'static str {
                self.label()
            }
        }
    };
}

pub(crate) use keyed;
