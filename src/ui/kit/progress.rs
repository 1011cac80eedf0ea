//! How far something is, and how far something is over a limit.

use leptos::prelude::*;

use super::badge::Tone;

/// How much of the whole is done.
#[component]
pub fn Progress(
    #[prop(into)] done: Signal<u64>,
    #[prop(into)] all: Signal<u64>,
    #[prop(into)] label: Oco<'static, str>,
    #[prop(default = Tone::Live)] tone: Tone,
) -> impl IntoView {
    view! {
        <progress class="progress" data-tone=tone.word() aria-label=label
            max=move || all.get().max(1).to_string()
            value=move || done.get().min(all.get()).to_string()
        ></progress>
    }
}

/// A measured value against its limit: neutral up to the limit, red beyond, a tick at the limit.
#[component]
pub fn Gauge(measured: f64, limit: f64, #[prop(into)] label: Oco<'static, str>) -> impl IntoView {
    let (reached, allowed) = shares(measured, limit);
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    view! {
        <svg class="gauge" role="img" aria-label=label>
            <rect class="way" width="100%"></rect>
            <rect class="within" width=percent(reached.min(allowed))></rect>
            <rect class="beyond" x=percent(allowed.min(reached)) width=percent((reached - allowed).abs())></rect>
            <rect class="tick" x=percent(allowed)></rect>
        </svg>
    }
}

/// Where both stand on a line that ends a quarter beyond the larger one and begins at nought, or, where
/// one of them is negative (levels in decibels), as far below the smaller one as to leave it in sight.
fn shares(measured: f64, limit: f64) -> (f64, f64) {
    if !measured.is_finite() || !limit.is_finite() {
        return (0.0, 0.0);
    }
    let (low, high) = (measured.min(limit), measured.max(limit));
    let spread = (high - low).max(f64::EPSILON);
    let start = if low < 0.0 { low - 3.0 * spread } else { 0.0 };
    let end = high + (high - start) / 4.0;
    let share = |value: f64| {
        if end > start { ((value - start) / (end - start)).clamp(0.0, 1.0) } else { 0.0 }
    };
    (share(measured), share(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_the_limit_stands_to_its_right() {
        for (measured, limit) in [(1.2, -2.0), (3.0, 1.0), (-20.0, -27.0), (0.5, 0.0)] {
            let (reached, allowed) = shares(measured, limit);
            assert!(allowed < reached && (0.0..=1.0).contains(&allowed) && reached <= 1.0);
        }
    }

    #[test]
    fn values_that_are_no_numbers_draw_nothing() {
        assert_eq!(shares(f64::NAN, 1.0), (0.0, 0.0));
        assert_eq!(shares(f64::INFINITY, 1.0), (0.0, 0.0));
        assert_eq!(shares(0.0, 0.0), (0.0, 0.0));
    }
}
