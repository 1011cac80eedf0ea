//! Two panes with a splitter between them, after the window splitter pattern: arrows draw, Home and End go
//! to the bounds, Enter hides and shows, a double click brings the usual width back.
//!
//! On narrow windows the first pane is a drawer, and a glance at it stands in the flow of the page.

use leptos::{ev, html, prelude::*};

use super::{action_button::Look, icon::Icon};
use crate::preference::{NARROWEST_PANE, Overview, WIDEST_PANE};
use crate::ui::{
    browser::{focus, pointer, root},
    preference::{Chosen, use_preference},
};

/// How far an arrow key draws the splitter, in pixels.
const STEP: i32 = 16;

/// Where both panes stand beside each other; the style sheet says the same.
const WIDE: &str = "(width >= 1200px)";

/// What a pane's own buttons work on.
#[derive(Clone, Copy)]
struct Pane {
    id: &'static str,
    choice: Chosen,
    drawer: RwSignal<bool>,
}

impl Pane {
    fn hide(self) {
        if root::matches(WIDE) {
            self.choice.set_overview(Overview::Hidden);
        }
        self.drawer.set(false);
        focus::first(".split-pane .peek");
    }

    fn show(self) {
        if root::matches(WIDE) {
            self.choice.set_overview(Overview::Shown);
        } else {
            self.drawer.set(true);
        }
        focus::first(".split-pane .hide");
    }

    fn is_hidden(self) -> bool {
        self.choice.overview() == Overview::Hidden
    }
}

/// `pane` is the first pane, `glance` the little of it that narrow windows show; the children are the second.
/// Put [`HidePane`] into the head of the pane and [`ShowPane`] into the second.
#[component]
pub fn SplitPane(
    id: &'static str,
    label: &'static str,
    #[prop(into)] pane: ViewFnOnce,
    #[prop(into)] glance: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let state = Pane { id, choice: use_preference(), drawer: RwSignal::new(false) };
    provide_context(state);
    let drawer = state.drawer;
    let aside = NodeRef::<html::Aside>::new();

    let left = move |event: ev::FocusEvent| {
        let stays =
            aside.get_untracked().is_some_and(|it| focus::lies_in(&it, event.related_target()));
        if drawer.get_untracked() && event.related_target().is_some() && !stays {
            drawer.set(false);
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        // Escape closes a list that is open in the drawer before the drawer itself.
        if event.key() == "Escape" && drawer.get_untracked() && !root::has(":popover-open") {
            state.hide();
        }
    };
    view! {
        <div class="split-pane" data-drawer=move || drawer.get().then_some("open") on:keydown=key>
            <section class="glance" aria-label=format!("{label} in brief")>{glance.run()}</section>
            <div class="scrim" on:click=move |_| drawer.set(false)></div>
            <aside class="overview" id=id aria-label=label node_ref=aside on:focusout=left>
                <div class="scroll">{pane.run()}</div>
            </aside>
            <Splitter label state/>
            <div class="work">{children()}</div>
        </div>
    }
}

#[component]
fn Splitter(label: &'static str, state: Pane) -> impl IntoView {
    let choice = state.choice;
    let line = NodeRef::<html::Div>::new();
    let dragging = RwSignal::new(false);

    let down = move |event: ev::PointerEvent| {
        if let (Some(it), 0) = (line.get_untracked(), event.button()) {
            pointer::capture(&it, &event);
            dragging.set(true);
        }
    };
    let moved = move |event: ev::PointerEvent| {
        let (Some(it), true) = (line.get_untracked(), dragging.get_untracked()) else { return };
        if let Some(distance) = pointer::distance_into_parent(&it, &event) {
            draw_to(choice, distance);
        }
    };
    let let_go = move |_| {
        dragging.set(false);
        choice.keep();
    };
    let key = move |event: ev::KeyboardEvent| {
        if press(state, &event.key()) {
            event.prevent_default();
        }
    };
    // The line is as long as the page; what takes the focus is a short piece of it that is always in sight, so that
    // nothing scrolls when it is reached.
    view! {
        <div class="splitter" node_ref=line data-dragging=move || dragging.get().then_some("")
            on:pointerdown=down on:pointermove=moved on:lostpointercapture=let_go
            on:dblclick=move |_| choice.set_pane(None)
        >
        <div role="separator" tabindex="0" on:keydown=key
            aria-orientation="vertical" aria-label=label aria-controls=state.id
            aria-valuemin=NARROWEST_PANE.to_string() aria-valuemax=WIDEST_PANE.to_string()
            aria-valuenow=move || if state.is_hidden() { NARROWEST_PANE } else { choice.pane() }.to_string()
            aria-valuetext=move || if state.is_hidden() { "hidden".to_owned() } else { format!("{} pixels", choice.pane()) }
        ></div>
        </div>
    }
}

/// Hides the pane when it is drawn to less than half of its narrowest.
fn draw_to(choice: Chosen, distance: f64) {
    let overview =
        if distance < f64::from(NARROWEST_PANE) / 2.0 { Overview::Hidden } else { Overview::Shown };
    if choice.overview() != overview {
        choice.set_overview(overview);
    }
    if overview == Overview::Hidden {
        return;
    }
    choice.draw_pane(Some(distance.clamp(0.0, f64::from(u16::MAX)) as u16));
}

/// Does what the key stands for; `false` if it stands for nothing.
fn press(state: Pane, key: &str) -> bool {
    let choice = state.choice;
    let pane = i32::from(choice.pane());
    let draw = |width: i32| {
        choice.set_overview(Overview::Shown);
        choice.set_pane(Some(u16::try_from(width).unwrap_or(0)));
    };
    match key {
        "ArrowLeft" => draw(pane - STEP),
        "ArrowRight" => draw(pane + STEP),
        "Home" => draw(i32::from(NARROWEST_PANE)),
        "End" => draw(i32::from(WIDEST_PANE)),
        "Enter" => {
            choice.set_overview(if state.is_hidden() { Overview::Shown } else { Overview::Hidden })
        }
        _ => return false,
    }
    true
}

/// The button that hides the pane it stands in.
#[component]
pub fn HidePane(label: &'static str) -> impl IntoView {
    let pane = use_context::<Pane>();
    view! {
        <button type="button" class=format!("{} icon hide", Look::SmallGhost.class()) aria-label=label title=label
            on:click=move |_| if let Some(pane) = pane { pane.hide() }
        >
            <Icon name="panel-left-close"/>
        </button>
    }
}

/// The button that shows the hidden pane; seen only while it is hidden or a drawer.
#[component]
pub fn ShowPane(label: &'static str) -> impl IntoView {
    let pane = use_context::<Pane>();
    view! {
        <button type="button" class=format!("{} peek", Look::SmallGhost.class())
            aria-controls=pane.map(|it| it.id)
            aria-expanded=move || pane.map(|it| it.drawer.get().to_string())
            on:click=move |_| if let Some(pane) = pane { pane.show() }
        >
            <Icon name="panel-left-open"/>{label}
        </button>
    }
}
