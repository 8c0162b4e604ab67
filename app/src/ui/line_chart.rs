//! Two figures over time with a goal, as a picture and as a table.

use super::Show;
use super::chart_scale::{Scale, marks, round_range};
use leptos::prelude::*;

/// One moment of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartPoint {
    /// Where it lies in time, in days or any even measure.
    pub at: f64,
    /// The moment in words.
    pub when: String,
    /// The first figure.
    pub one: f64,
    /// The second figure.
    pub other: f64,
    /// What else the table says, for example where it was measured.
    pub note: String,
}

/// The chart, its legend, and the same figures as a table beside it.
#[component]
pub fn LineChart(
    /// What is shown, as the figure's caption and the picture's name.
    #[prop(into)]
    caption: Signal<String>,
    /// The two figures' names.
    #[prop(into)]
    names: Signal<(String, String)>,
    /// The heading of the table's first column, and of the notes.
    #[prop(into)]
    headings: Signal<(String, String)>,
    /// What the band means, for example "goal below 140/90".
    #[prop(into)]
    goal_words: Signal<String>,
    /// The band as lower and upper end, if there is a goal.
    #[prop(optional, into)]
    goal: Signal<Option<(f64, f64)>>,
    /// The moments, oldest first.
    #[prop(into)]
    points: Signal<Vec<ChartPoint>>,
) -> impl IntoView {
    view! {
        <figure class="chart">
            <figcaption>{caption}</figcaption>
            <div class="legend">
                <span><Sample class="one" />{move || names.get().0}</span>
                <span><Sample class="other" />{move || names.get().1}</span>
                <Show when=move || goal.get().is_some()>
                    <span>
                        <svg viewBox="0 0 32 14" aria-hidden="true"><rect class="goal" width="32" height="14" rx="3"></rect></svg>
                        {goal_words}
                    </span>
                </Show>
            </div>
            <div class="beside">
                <svg class="plot" role="img" aria-label=caption>
                    {move || plot(&points.get(), goal.get())}
                </svg>
                <div class="table" tabindex="0" role="region" aria-label=caption>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{move || headings.get().0}</th>
                                <th scope="col" class="figure">{move || names.get().0}</th>
                                <th scope="col" class="figure">{move || names.get().1}</th>
                                <th scope="col">{move || headings.get().1}</th>
                            </tr>
                        </thead>
                        <tbody>{move || points.get().into_iter().rev().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </div>
        </figure>
    }
}

#[component]
fn Sample(class: &'static str) -> impl IntoView {
    view! { <svg viewBox="0 0 32 14" aria-hidden="true"><path class=class d="M1 7h30"></path></svg> }
}

fn row(point: ChartPoint) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{point.when}</th>
            <td class="figure">{point.one.to_string()}</td>
            <td class="figure">{point.other.to_string()}</td>
            <td>{point.note}</td>
        </tr>
    }
}

/// Draws in per cent of the area, so that words and strokes keep their size on every screen.
fn plot(points: &[ChartPoint], goal: Option<(f64, f64)>) -> impl IntoView + use<> {
    let ends = goal.map(|(low, high)| [low, high]).into_iter().flatten();
    let (low, high, step) = round_range(points.iter().flat_map(|point| [point.one, point.other]).chain(ends));
    let down = Scale::new(low, high, 100.0, 0.0);
    let (first, last) = (points.first().map_or(0.0, |p| p.at), points.last().map_or(0.0, |p| p.at));
    let across = Scale::new(first, last, 4.0, 96.0);
    let band = goal.map(|(from, to)| {
        let height = (down.at(from) - down.at(to)).max(0.0);
        view! { <rect class="goal" width="100%" y=percent(down.at(to)) height=percent(height)></rect> }
    });
    let grid = marks(low, high, step).into_iter().map(move |mark| {
        let y = percent(down.at(mark));
        view! {
            <line class="axis" x2="100%" y1=y.clone() y2=y.clone()></line>
            <text dx="-.5em" y=y dy=".35em" text-anchor="end">{mark.to_string()}</text>
        }
    });
    // A middle that lies near an end in time would be written over it.
    let apart = |point: &&ChartPoint| {
        !(4.5..25.0).contains(&across.at(point.at)) && !(75.0..95.5).contains(&across.at(point.at))
    };
    let moments = shown_moments(points).into_iter().filter(apart).map(|point| {
        view! { <text x=percent(across.at(point.at)) y="100%" dy="1.7em" text-anchor="middle">{point.when.clone()}</text> }
    });
    let one = points.iter().map(|point| (across.at(point.at), down.at(point.one), point.one)).collect();
    let other = points.iter().map(|point| (across.at(point.at), down.at(point.other), point.other)).collect();
    view! {
        {band}
        {grid.collect_view()}
        {moments.collect_view()}
        {series(one, "one", "one-dot")}
        {series(other, "other", "other-dot")}
    }
}

/// Draws one figure's line, its dots, and the last value beside it.
fn series(places: Vec<(f64, f64, f64)>, line: &'static str, dot: &'static str) -> impl IntoView + use<> {
    let path: Vec<String> = places.iter().map(|(x, y, _)| format!("{x:.2} {y:.2}")).collect();
    let path = if path.is_empty() { String::new() } else { format!("M{}", path.join("L")) };
    let last = places.last().map(|(x, y, value)| {
        view! { <text class="last" x=percent(*x) y=percent(*y) dx=".6em" dy=".35em">{value.to_string()}</text> }
    });
    let dots = places
        .iter()
        .map(|(x, y, _)| view! { <circle class=dot cx=percent(*x) cy=percent(*y) r="4.5"></circle> });
    view! {
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">
            <path class=line d=path></path>
        </svg>
        {dots.collect_view()}
        {last}
    }
}

fn percent(share: f64) -> String {
    format!("{share:.2}%")
}

/// Returns the moments named below the chart: first, middle and last.
fn shown_moments(points: &[ChartPoint]) -> Vec<&ChartPoint> {
    let places = match points.len() {
        0 => vec![],
        1 => vec![0],
        2..5 => vec![0, points.len() - 1],
        count => vec![0, count / 2, count - 1],
    };
    places.into_iter().filter_map(|place| points.get(place)).collect()
}
