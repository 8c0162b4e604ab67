//! What a draft would have done to the year so far, counted person by person so that the page stays free.

use crate::clock;
use crate::features::staff_name;
use crate::language::*;
use crate::reactive::spawn_local;
use crate::replica::{Replica, files::StaffYear, use_replica};
use crate::ui::{Button, Kind, Notice, Progress, Tone};
use crate::words;
use domain::{
    base::{InstitutionId, Period, WorkPoints},
    people::{Institution, Staff},
    work_points::{PointsRules, Post, Shift, Simulation, Simulator, Worker},
};
use leptos::prelude::*;
use std::rc::Rc;

/// How many people are named at either end of the list.
const NAMED: usize = 5;

/// Where a simulation stands.
#[derive(Clone)]
enum State {
    Idle,
    /// So many of so many people.
    Running(usize, usize),
    Done(Rc<Simulation>),
    /// Claims could not be read, or were made under a version this device lacks.
    Failed,
}

/// The button that starts it, its progress, and what came out.
#[component]
pub(super) fn SimulationCard(
    /// The draft as it stands; nothing while a figure cannot be read.
    draft: Signal<Option<PointsRules>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let state = RwSignal::new_local(State::Idle);
    let stopped = RwSignal::new(false);
    let start = move |()| {
        let Some(draft) = draft.get_untracked() else { return };
        stopped.set(false);
        state.set(State::Running(0, 0));
        spawn_local(async move {
            let outcome = simulate(replica, &draft, state, stopped).await;
            state.set(match outcome {
                Some(Some(simulation)) => State::Done(Rc::new(simulation)),
                Some(None) => State::Failed,
                None => State::Idle,
            });
        });
    };
    let shown = move || {
        match state.get() {
        State::Idle => view! {
            <p class="soft">{td_string!(i18n, rules.simulate_hint)}</p>
            <Button kind=Kind::Quiet on_press=start>{td_string!(i18n, rules.simulate)}</Button>
        }
        .into_any(),
        State::Running(done, all) => view! {
            <Progress label=td_string!(i18n, rules.simulating) value=done as u64 max=all as u64 words=format!("{done} / {all}")/>
            <Button kind=Kind::Plain on_press=move |()| stopped.set(true)>{td_string!(i18n, common.cancel)}</Button>
        }
        .into_any(),
        State::Failed => view! {
            <Notice tone=Tone::Care>{td_string!(i18n, rules.simulation_failed)}</Notice>
            <Button kind=Kind::Quiet on_press=start>{td_string!(i18n, common.again)}</Button>
        }
        .into_any(),
        State::Done(simulation) => view! {
            {outcome(i18n, &simulation)}
            <Button kind=Kind::Quiet on_press=start>{td_string!(i18n, rules.simulate_again)}</Button>
        }
        .into_any(),
    }
    };
    view! { <section class="card stack" data-testid="simulation"><h2>{td_string!(i18n, rules.simulation)}</h2>{shown}</section> }
}

/// Counts everybody's year; `None` when it was stopped, `Some(None)` when it cannot be counted.
async fn simulate(
    replica: Replica,
    draft: &PointsRules,
    state: RwSignal<State, LocalStorage>,
    stopped: RwSignal<bool>,
) -> Option<Option<Simulation>> {
    let today = clock::today();
    let staff = replica.claimants();
    let (rules, catalog) = (replica.core().rules(), replica.core().catalog());
    let mut years: Vec<StaffYear> = Vec::with_capacity(staff.len());
    for (done, member) in staff.iter().enumerate() {
        state.set(State::Running(done, 2 * staff.len()));
        match replica.staff_year(member, today.year()).await {
            Ok(year) => years.push(year),
            Err(_) => return Some(None),
        }
    }
    let mut period = Period::year_of(today);
    period.until = today;
    let mut simulator = Simulator::new(draft, &rules.points, period);
    let nowhere = Institution { id: InstitutionId::default(), ..Institution::default() };
    for (done, year) in years.iter().enumerate() {
        // Between two people the page may paint and be pressed.
        gloo_timers::future::TimeoutFuture::new(0).await;
        if stopped.get_untracked() {
            return None;
        }
        state.set(State::Running(staff.len() + done, 2 * staff.len()));
        let member = catalog.staff.get(&year.staff);
        let place =
            member.and_then(|member| catalog.institutions.get(&member.institution)).unwrap_or(&nowhere);
        let group = member.map_or("", |member: &Staff| member.role.as_str());
        let post = Post { institution: &place.id, name: &place.name, group };
        let worker =
            Worker { staff: &year.staff, post, claims: &year.activity.claims, rulings: &year.rulings };
        if simulator.add(worker).is_err() {
            return Some(None);
        }
    }
    Some(Some(simulator.finish()))
}

fn outcome(i18n: Language, simulation: &Simulation) -> impl IntoView + use<> {
    let falling: Vec<String> = simulation
        .people
        .iter()
        .filter(|change| change.falls_under())
        .map(|change| staff_name(&change.staff))
        .collect();
    let mut moved: Vec<(String, Shift)> = simulation
        .people
        .iter()
        .filter(|change| change.points.difference() != WorkPoints::ZERO)
        .map(|change| (staff_name(&change.staff), change.points))
        .collect();
    moved.sort_by(|a, b| b.1.difference().0.cmp(&a.1.difference().0).then_with(|| a.0.cmp(&b.0)));
    let count = moved.len();
    let middle = if count > 2 * NAMED { NAMED..count - NAMED } else { 0..0 };
    moved.drain(middle);
    let falls = falling.len();
    let under = if falls == 0 {
        td_string!(i18n, rules.nobody_falls).to_owned()
    } else {
        td_string!(i18n, rules.falls, count = falls, names = words::list(i18n, falling))
    };
    let people = moved.into_iter().map(|(name, shift)| row(name, shift)).collect_view();
    let rules = use_replica().core().rules();
    let title = |id: &domain::base::ItemId| {
        let known = rules.points.iter().find_map(|(_, rules)| rules.item(id)).map(|item| item.title.clone());
        known.map_or_else(|| id.to_string(), |title| words::of_pack(i18n, &title))
    };
    let items = simulation.items.iter().filter(|(_, (_, shift))| shift.difference() != WorkPoints::ZERO);
    let items = items.map(|(id, (_, shift))| row(title(id), *shift)).collect_view();
    view! {
        <p><b>{td_string!(i18n, rules.total, before = simulation.total.before.to_string(), after = simulation.total.after.to_string(),
            difference = signed(simulation.total))}</b></p>
        <p>{under}</p>
        <table class="figures">
            <thead><tr><th>{td_string!(i18n, rules.who)}</th><th>{td_string!(i18n, rules.before)}</th><th>{td_string!(i18n, rules.after)}</th><th>{td_string!(i18n, rules.change)}</th></tr></thead>
            <tbody>{items}</tbody>
            <tbody>{people}</tbody>
        </table>
    }
}

fn row(name: String, shift: Shift) -> impl IntoView {
    view! {
        <tr><th scope="row">{name}</th><td>{shift.before.to_string()}</td><td>{shift.after.to_string()}</td><td>{signed(shift)}</td></tr>
    }
}

fn signed(shift: Shift) -> String {
    let difference = shift.difference();
    if difference.0 > 0 { format!("+{difference}") } else { difference.to_string() }
}
