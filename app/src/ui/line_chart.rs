//! Two figures over time with a goal, as a picture and as a table.

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

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
/// Room for the figures at the left, the moments below and the last values at the right.
const EDGES: [f64; 4] = [56.0, 16.0, 60.0, 40.0];

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
                <svg class="plot" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=caption>
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

fn plot(points: &[ChartPoint], goal: Option<(f64, f64)>) -> impl IntoView + use<> {
    let [left, top, right, bottom] = EDGES;
    let ends = goal.map(|(low, high)| [low, high]).into_iter().flatten();
    let (low, high, step) = round_range(points.iter().flat_map(|point| [point.one, point.other]).chain(ends));
    let down = Scale::new(low, high, HEIGHT - bottom, top);
    let (first, last) = (points.first().map_or(0.0, |p| p.at), points.last().map_or(0.0, |p| p.at));
    let across = Scale::new(first, last, left + 14.0, WIDTH - right - 14.0);
    let band = goal.map(|(from, to)| {
        view! { <rect class="goal" x=left width=WIDTH - left - right y=down.at(to) height=(down.at(from) - down.at(to)).max(0.0)></rect> }
    });
    let grid = marks(low, high, step).into_iter().map(move |mark| {
        let y = down.at(mark);
        view! {
            <path class="axis" d=format!("M{left} {y:.1}H{}", WIDTH - right)></path>
            <text x=left - 10.0 y=y + 6.0 font-size="17" text-anchor="end">{mark.to_string()}</text>
        }
    });
    let moments = shown_moments(points).into_iter().map(|point| {
        view! { <text x=across.at(point.at) y=HEIGHT - 12.0 font-size="17" text-anchor="middle">{point.when.clone()}</text> }
    });
    let series = [("one", "one-dot", 0), ("other", "other-dot", 1)].map(|(line, dot, which)| {
        let places: Vec<(f64, f64)> =
            points.iter().map(|p| (across.at(p.at), down.at(if which == 0 { p.one } else { p.other }))).collect();
        let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let path = if path.is_empty() { String::new() } else { format!("M{}", path.join("L")) };
        let end = points.last().map(|point| (if which == 0 { point.one } else { point.other }).to_string());
        let end = end.zip(places.last().copied()).map(|(text, (x, y))| {
            view! { <text class="last" x=x + 12.0 y=y + 7.0 font-size="20">{text}</text> }
        });
        view! {
            <path class=line d=path></path>
            {places.into_iter().map(|(x, y)| view! { <circle class=dot cx=x cy=y r="4.5"></circle> }).collect_view()}
            {end}
        }
    });
    view! { {band}{grid.collect_view()}{moments.collect_view()}{series.into_iter().collect_view()} }
}

/// Returns the moments named below the chart: first, middle and last, so that they never touch.
fn shown_moments(points: &[ChartPoint]) -> Vec<&ChartPoint> {
    let places = match points.len() {
        0 => vec![],
        1 => vec![0],
        2..5 => vec![0, points.len() - 1],
        count => vec![0, count / 2, count - 1],
    };
    places.into_iter().filter_map(|place| points.get(place)).collect()
}
