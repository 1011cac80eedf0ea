//! The kit: what pages are put together from. It knows nothing of requests.

pub mod action_button;
pub mod avatar;
pub mod badge;
pub mod copy_button;
pub mod dialog;
pub mod field;
pub mod icon;
pub mod menu;
pub mod progress;
pub mod properties;
pub mod searchable_list;
pub mod side_panel;
pub mod split_pane;
pub mod states;
pub mod table;
pub mod tabs;
pub mod toast;
pub mod when;

pub use action_button::{ActionButton, ActionLink, IconButton, Look, Purpose, Tip};
pub use avatar::Avatar;
pub use badge::{Badge, Count, Meaning, Status, Tone};
pub use copy_button::CopyButton;
pub use dialog::Dialog;
pub use field::{Choice, Field, Select, described_by, filled_with};
pub use icon::{Icon, Mark};
pub use menu::{MenuButton, MenuItem, MenuRule};
pub use progress::{Gauge, Progress};
pub use properties::{CopyProperty, Properties, Property};
pub use searchable_list::SearchableList;
pub use side_panel::SidePanel;
pub use split_pane::{HidePane, ShowPane, SplitPane};
pub use states::{Empty, Failed, Notice, Waiting};
pub use table::{Pages, SortHeading, Sorted};
pub use tabs::{Tab, TabPanel, Tabs};
pub use toast::{Toast, Toasts, provide_toasts, use_toasts};
pub use when::{Ago, Moment, Shape, ZoneLine};
