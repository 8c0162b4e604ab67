//! The flow: one step at a time, what it amounts to beside it, the draft on the disk at every keystroke.

use super::{
    ask::Ask,
    asking::demanded,
    closing::{Closed, Closing},
    consult::Consult,
    draft::{Draft, Event, Missing, Step},
    draft_key,
    measure::Measure,
    outcome::{Outcome, Visitor, outcome},
    plan::{Advise, PlanStep},
    prescribe::{self, Check, Prescribe},
    sign::Sign,
    step_words,
};
use crate::clock;
use crate::features::{files::Files, residents::ResidentBar};
use crate::language::*;
use crate::reactive::{derived, effect, loaded, memo};
use crate::replica::{
    Replica,
    drafts::{DraftWriter, draft},
    files::ResidentFile,
    random_id, use_replica,
};
use crate::ui::{Button, Empty, ErrorSummary, Glyph, Kind, Show, StepBar};
use domain::{
    base::{InstitutionId, StaffId, TeamId, VisitId},
    care::FollowUpError,
    measurements::Vital,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::rc::Rc;

/// The visit as its steps see it: the draft, events into it, and what it amounts to.
#[derive(Clone, Copy)]
pub struct Flow {
    /// The resident, as of when the visit was opened.
    pub file: StoredValue<Rc<ResidentFile>, LocalStorage>,
    /// The draft.
    pub draft: RwSignal<Draft>,
    /// What the draft amounts to.
    pub outcome: Memo<Result<Outcome, Stop>>,
    /// What decision support says of the complaint.
    pub consult: Consult,
    /// What is found about the prescription.
    pub check: Check,
    writer: StoredValue<Rc<DraftWriter>, LocalStorage>,
}

/// Why there is no advice yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Nothing measured.
    NoPressure,
    /// A rule is missing on this device.
    Rule,
}

impl Flow {
    fn new(replica: Replica, file: Rc<ResidentFile>, draft: Draft) -> Self {
        let writer = DraftWriter::new(replica, draft_key(&draft.subject));
        let draft = RwSignal::new(draft);
        let file = StoredValue::new_local(file);
        let outcome = memo(move || {
            replica.track_lists();
            let (catalog, rules) = (replica.core().catalog(), replica.core().rules());
            let visitor = visitor(replica, &catalog, &rules);
            draft.with(|draft| file.with_value(|file| outcome(draft, file, &visitor))).map_err(|error| {
                match error {
                    FollowUpError::NoPressure => Stop::NoPressure,
                    FollowUpError::Rule(_) => Stop::Rule,
                }
            })
        });
        let consult = Consult::new(replica, file, draft);
        let check = Check::new(file, draft);
        Self { file, draft, outcome, consult, check, writer: StoredValue::new_local(Rc::new(writer)) }
    }

    /// Takes an event and keeps the draft.
    pub fn send(self, event: Event) {
        self.draft.update(|draft| draft.update(event));
        self.writer.with_value(|writer| self.draft.with_untracked(|draft| writer.keep(draft)));
    }

    /// Returns what keeps one from leaving `step` forwards: what the draft lacks, or a reason that the advice asks for.
    pub fn missing(self, step: Step) -> Option<Missing> {
        let advice = || {
            let answer = untrack(|| self.consult.answer());
            let less = self.draft.with_untracked(|draft| demanded(&draft.asking, answer.advice()).is_some());
            let unsaid = self.draft.with_untracked(|draft| draft.asking.override_reason.trim().is_empty());
            (less && unsaid).then_some(Missing::OverrideReason)
        };
        let lacks = self.draft.with_untracked(|draft| draft.missing(step));
        lacks.or_else(|| if step == Step::Advice { advice() } else { None })
    }

    /// Goes to a step, or to the first before it that lacks something; returns what that one lacks.
    pub fn go(self, step: Step) -> Option<Missing> {
        let passed = Step::ALL.into_iter().take_while(|passed| *passed < step);
        let lacks = passed.into_iter().find_map(|passed| Some((passed, self.missing(passed)?)));
        let to = lacks.map_or(step, |(stop, _)| stop);
        // A draft that stays where it is is not written anew: it may be about to end.
        if self.draft.with_untracked(|draft| draft.step != to) {
            self.send(Event::Go(to));
        }
        lacks.map(|(_, lacks)| lacks)
    }
}

/// Returns who visits.
pub fn visitor<'a>(
    replica: Replica,
    catalog: &'a documents::Catalog,
    rules: &'a documents::CountyRules,
) -> Visitor<'a> {
    let account = replica.account();
    Visitor {
        staff: StaffId::new(account.account),
        team: TeamId::new(account.team),
        institution: InstitutionId::new(account.institution),
        catalog,
        rules,
    }
}

/// The page of a visit to the resident in the address.
#[component]
pub fn VisitPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let params = use_params_map();
    let subject = memo(move || params.read().get("subject").unwrap_or_default());
    // Not tracked: what comes in from others must not take the form away under the doctor's hands.
    let opened = loaded(move || {
        let subject = subject.get();
        async move {
            let file = replica.resident(&subject).await.ok().flatten()?;
            let kept = draft::<Draft>(replica, &draft_key(&subject)).await.ok().flatten();
            let fresh = || Draft::new(VisitId::new(random_id()), subject.clone(), clock::now());
            let mut draft = kept.unwrap_or_else(fresh);
            draft.concern(&file.person);
            Some((file, draft))
        }
    });
    view! {
        {move || match opened.get() {
            None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
            Some(None) => view! { <Empty icon=Glyph::People title=td_string!(i18n, residents.missing)/> }.into_any(),
            Some(Some((file, draft))) => view! { <Steps file draft/> }.into_any(),
        }}
    }
}

#[component]
fn Steps(file: Rc<ResidentFile>, draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let flow = Flow::new(use_replica(), file.clone(), draft);
    let closed = RwSignal::new_local(None::<Closed>);
    let back = format!("/residents/{}", file.person.subject);
    view! {
        <ResidentBar file back/>
        {move || match closed.get() {
            Some(closed) => view! { <Closing closed/> }.into_any(),
            None => view! { <Form flow closed/> }.into_any(),
        }}
        <span class="only-read" role="status">{move || closed.get().map(|_| td_string!(i18n, visit.closing_title))}</span>
    }
}

#[component]
fn Form(flow: Flow, closed: RwSignal<Option<Closed>, LocalStorage>) -> impl IntoView {
    let i18n = use_i18n();
    let step = memo(move || flow.draft.with(|draft| draft.step));
    let missing = RwSignal::new(None::<Missing>);
    let steps: Vec<String> = Step::ALL.into_iter().map(|step| step_words(i18n, step)).collect();
    let current = derived(move || step.get().place());
    let next = move || {
        let now = step.get_untracked();
        let lacks = flow.missing(now);
        missing.set(lacks);
        if lacks.is_none() {
            flow.send(Event::Go(Step::at(now.place() + 1)));
        }
    };
    let previous = move || {
        missing.set(None);
        flow.send(Event::Go(Step::at(step.get_untracked().place().saturating_sub(1))));
    };
    // Each step begins at its top.
    effect(move || {
        let _ = step.get();
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
    // What was said of the prescription is taken back as soon as it is mended.
    effect(move || {
        let now = flow.draft.with(|draft| draft.missing(Step::Prescribe));
        let said = missing.get_untracked();
        if said != now && matches!(said, Some(Missing::Prescription(_))) {
            missing.set(now);
        }
    });
    let errors = derived(move || missing.get().map(|lacks| vec![error(i18n, lacks)]).unwrap_or_default());
    let kept = flow.writer.with_value(|writer| writer.saved.clone());
    let about = flow.draft.with_untracked(|draft| (draft.subject.clone(), draft.visit.clone()));
    view! {
        <StepBar label=td_string!(i18n, visit.steps) steps current on_choose=move |place| {
            let at = step.get_untracked();
            let lacks = flow.go(Step::at(place));
            // Where one stays, it is said why.
            missing.set(lacks.filter(|_| step.get_untracked() == at));
        }/>
        <ErrorSummary title=td_string!(i18n, visit.problem) items=errors/>
        {move || match step.get() {
            Step::Measure => view! { <Measure flow on_next=move || next()/> }.into_any(),
            Step::Ask => view! { <Ask flow/> }.into_any(),
            Step::Advice => view! { <Advise flow/> }.into_any(),
            Step::Prescribe => view! { <Prescribe flow/> }.into_any(),
            Step::Plan => view! { <PlanStep flow/> }.into_any(),
            Step::Sign => view! { <Sign flow missing closed/> }.into_any(),
        }}
        <Show when=move || { step.get() == Step::Ask || step.get() == Step::Plan }>
            <Files subject=about.0.clone() visit=Some(about.1.clone()) writable=true/>
        </Show>
        <div class="foot">
            <Show when=move || { step.get() != Step::Measure }>
                <Button kind=Kind::Quiet on_press=move |()| previous()>{td_string!(i18n, visit.previous)}</Button>
            </Show>
            <Show when=move || { step.get() != Step::Sign }>
                <Button on_press=move |()| next()>{td_string!(i18n, visit.next)}</Button>
            </Show>
            <span class="soft" data-testid="draft-state">
                {move || if kept.get() { td_string!(i18n, visit.draft_saved) } else { td_string!(i18n, visit.draft_saving) }}
            </span>
        </div>
    }
}

/// Says what is missing, with the id of where it is entered.
pub fn error(i18n: Language, missing: Missing) -> (String, String) {
    let (place, words) = match missing {
        Missing::Pressure => ("pressure", td_string!(i18n, visit.missing_pressure)),
        Missing::Impossible => ("pressure", td_string!(i18n, visit.missing_impossible)),
        Missing::ImpossibleGlucose => ("glucose", td_string!(i18n, visit.missing_impossible_glucose)),
        Missing::ImpossibleVital(vital) => return ("pressure".to_owned(), impossible(i18n, vital)),
        Missing::Fasting => ("glucose", td_string!(i18n, visit.missing_fasting)),
        Missing::DangerSigns => ("danger", td_string!(i18n, visit.missing_danger)),
        Missing::OverrideReason => ("handling", td_string!(i18n, complaint.missing_reason)),
        Missing::Prescription(lack) => return prescribe::lack(i18n, lack),
        Missing::Nothing => ("prescribe", td_string!(i18n, visit.missing_nothing)),
        Missing::Signature => ("signature", td_string!(i18n, visit.missing_signature)),
    };
    (place.to_owned(), words.to_owned())
}

/// Says the range a vital sign must lie in.
fn impossible(i18n: Language, vital: Vital) -> String {
    let (low, high) = vital.possible();
    match vital {
        Vital::Temperature => td_string!(i18n, visit.missing_temperature, low = low / 10, high = high / 10),
        Vital::Pulse => td_string!(i18n, visit.missing_pulse, low = low, high = high),
        Vital::Respiration => td_string!(i18n, visit.missing_respiration, low = low, high = high),
        Vital::Spo2 => td_string!(i18n, visit.missing_spo2, low = low, high = high),
    }
}
