//! The closing card: what was recorded, what it used up, what it earned, what comes next.

use super::{
    outcome::{Judged, Outcome},
    plan::Sum,
};
use crate::language::*;
use crate::ui::{ButtonLink, Glyph, Icon, Kind};
use crate::words;
use domain::base::{Date, VisitId};
use leptos::prelude::*;

/// A visit that is on the disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// Whom it concerned.
    pub subject: String,
    /// Their name.
    pub name: String,
    /// What was measured.
    pub figures: Vec<String>,
    /// A date agreed earlier than the norm's.
    pub agreed: Option<Date>,
    /// What it was taken for, by name.
    pub diagnoses: Vec<String>,
    /// Where they were referred; empty where they were not.
    pub referral: String,
    /// What was prescribed: each medicine, and how it is used.
    pub prescribed: Vec<(String, String)>,
    /// The visit, for the way to its prescription.
    pub visit: VisitId,
    /// What it amounted to.
    pub outcome: Outcome,
}

/// The card.
#[component]
pub fn Closing(
    /// What was saved.
    closed: Closed,
) -> impl IntoView {
    let i18n = use_i18n();
    let Closed { subject, name, figures, agreed, diagnoses, referral, prescribed, visit, outcome } = closed;
    let action = outcome.judged.follow_ups().weightiest().map(|found| words::action(i18n, found.action));
    let none = || td_string!(i18n, visit.no_follow_up).to_owned();
    // Somebody who only came with a complaint was no follow-up, which nobody expected.
    let action = action.or_else(|| diagnoses.is_empty().then(none));
    let about =
        [name].into_iter().chain(figures).chain(diagnoses).chain(action).collect::<Vec<_>>().join(" · ");
    let next = outcome.judged.next(agreed);
    let points = match (&outcome.claim, outcome.judged == Judged::default()) {
        (Some(_), _) => td_string!(i18n, visit.points_pending),
        (None, true) => td_string!(i18n, complaint.no_points),
        (None, false) => td_string!(i18n, visit.no_points),
    };
    view! {
        <article class="closing" data-testid="closing">
            <header><Icon name=Glyph::Check/><h2>{td_string!(i18n, visit.closing_title)}</h2><p class="soft">{about}</p></header>
            <Sum outcome next=None/>
            <p class="soft">{points}</p>
            {(!prescribed.is_empty()).then(|| view! {
                <section class="stack close" data-testid="prescribed">
                    <h3>{td_string!(i18n, prescribe.title)}</h3>
                    <ol class="prescribed">
                        {prescribed.into_iter().map(|(name, usage)| view! { <li><b>{name}</b><div>{usage}</div></li> }).collect_view()}
                    </ol>
                    <div><ButtonLink href=format!("/residents/{subject}/prescriptions/{visit}") kind=Kind::Quiet icon=Glyph::Print>
                        {td_string!(i18n, prescribe.print)}
                    </ButtonLink></div>
                </section>
            })}
            {(!referral.is_empty()).then(|| view! {
                <div class="next"><span>{td_string!(i18n, complaint.handle_refer)}</span><b>{referral}</b></div>
            })}
            {next.map(|next| view! {
                <div class="next"><span>{td_string!(i18n, visit.closing_next)}</span><b>{words::date(i18n, next)}</b></div>
            })}
            <div class="acts">
                <ButtonLink href="/today">{td_string!(i18n, visit.to_today)}</ButtonLink>
                <ButtonLink href=format!("/residents/{subject}") kind=Kind::Quiet>{td_string!(i18n, visit.to_resident)}</ButtonLink>
            </div>
        </article>
    }
}
