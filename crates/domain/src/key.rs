//! Enumerations with a stable key for machines and a label for people.

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

/// Declares an enumeration once: variant, key, label.
macro_rules! keyed {
    ($(#[$of:meta])* pub enum $name:ident { $($(#[$about:meta])* $variant:ident = $key:literal, $label:literal;)+ }) => {
        $(#[$of])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$about])* #[serde(rename = $key)] $variant,)+
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
