//! How far towards a goal.

use leptos::prelude::*;

/// A filled bar. The figures stand beside it in words; readers get them as `words`.
#[component]
pub fn Gauge(
    /// What is measured, for readers.
    #[prop(into)]
    label: Signal<String>,
    /// The figure reached.
    #[prop(into)]
    value: Signal<u64>,
    /// A further part that is not certain yet, shown paler.
    #[prop(optional, into)]
    waiting: Signal<u64>,
    /// The goal.
    #[prop(into)]
    max: Signal<u64>,
    /// The figures in words.
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    let width = move |value: u64| format!("{:.1}%", percent(value, max.get()));
    view! {
        <div
            class="gauge"
            role="meter"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax=move || max.get().max(1)
            aria-valuenow=move || value.get().min(max.get())
            aria-valuetext=words
        >
            <svg aria-hidden="true">
                <rect class="wait" height="100%" width=move || width(value.get().saturating_add(waiting.get()))></rect>
                <rect height="100%" rx="7" width=move || width(value.get())></rect>
            </svg>
        </div>
    }
}

/// Returns the share of `max` in per cent, at most 100; all of it when there is no goal.
fn percent(value: u64, max: u64) -> f64 {
    if max == 0 { 100.0 } else { (value as f64 / max as f64 * 100.0).min(100.0) }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn the_bar_never_overflows() {
        assert!((percent(4780, 6000) - 79.666).abs() < 0.01);
        assert!((percent(7000, 6000) - 100.0).abs() < f64::EPSILON);
        assert!((percent(1, 0) - 100.0).abs() < f64::EPSILON);
    }
}
