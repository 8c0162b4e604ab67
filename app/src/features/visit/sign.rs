//! Check the answers, sign, save.

use super::{
    answers::answers,
    asking::demanded,
    closing::Closed,
    draft::{Draft, Event, Missing, Step},
    draft_key,
    outcome::{self, Outcome},
    page::{Flow, visitor},
    plan::Record,
    prescribe,
};
use crate::clock;
use crate::features::staff_name;
use crate::language::*;
use crate::reactive::{derived, on_change, spawn_local};
use crate::replica::{
    Replica, core::SaveError, files::Verb, outbox::Deed, random_id, store::StoreError, use_replica,
};
use crate::ui::{Answers, Button, Notice, SignaturePad, Tone, stroke_path};
use crate::words;
use documents::PrescriptionCase;
use domain::base::{EntryId, Signature, Signer, StaffId, Timestamp};
use domain::measurements::BodyFact;
use guide::Advice;
use leptos::prelude::*;

/// The last step.
#[component]
pub fn Sign(
    /// The visit.
    flow: Flow,
    /// What is missing.
    missing: RwSignal<Option<Missing>>,
    /// Takes what was saved.
    closed: RwSignal<Option<Closed>, LocalStorage>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let strokes = RwSignal::new(flow.draft.with_untracked(|draft| draft.strokes.clone()));
    let points = move || strokes.with(|drawn| drawn.iter().map(Vec::len).sum::<usize>());
    on_change(points, move |_| flow.send(Event::Strokes(strokes.get_untracked())));
    let name = staff_name(&StaffId::new(replica.account().account));
    let label = format!("{} {name}", td_string!(i18n, visit.signature));
    let name = StoredValue::new(name);
    let signed = move || {
        let drawn = strokes.with(|strokes| !strokes.is_empty());
        (if drawn {
            td_string!(i18n, visit.signature_done)
        } else {
            td_string!(i18n, visit.signature_missing)
        })
        .to_owned()
    };
    let items = derived(move || {
        flow.outcome
            .get()
            .map(|outcome| {
                let answer = flow.consult.answer();
                flow.draft.with(|draft| answers(i18n, draft, &outcome, answer.advice()))
            })
            .unwrap_or_default()
    });
    let change = move |key: String| flow.send(Event::Go(Step::at(key.parse().unwrap_or_default())));
    let save = move || {
        // What an earlier step lacks is entered there.
        let lacks = flow.go(Step::Sign).or_else(|| flow.missing(Step::Sign));
        missing.set(lacks);
        if lacks.is_some() || busy.get_untracked() {
            return;
        }
        let pressed = flow.draft.get_untracked();
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            // What is signed is what was checked, with the medicines of today.
            flow.check.settled().await;
            // The same of the advice: a red flag that is new now is answered before it is recorded.
            let advice = flow.consult.settled().await;
            let found = flow.draft.with_untracked(|draft| {
                let unsaid = draft.asking.override_reason.trim().is_empty();
                (unsaid && demanded(&draft.asking, advice.as_ref()).is_some())
                    .then_some(Missing::OverrideReason)
            });
            if found.is_some() {
                flow.send(Event::Go(Step::Advice));
            }
            let found = found.or_else(|| flow.go(Step::Sign));
            let outcome = flow.outcome.get_untracked().ok();
            // Whoever changes something meanwhile signs what it is then.
            let same = flow.draft.with_untracked(|draft| draft.says_the_same(&pressed));
            let (None, Some(outcome), true) = (found, outcome, same) else {
                missing.set(found);
                busy.set(false);
                return;
            };
            match write(i18n, replica, flow, outcome, advice, name.get_value()).await {
                Ok(done) => closed.set(Some(done)),
                Err(error) => failed.set(Some(match error {
                    SaveError::Store(StoreError::Full) => td_string!(i18n, common.full).to_owned(),
                    _ => td_string!(i18n, common.failed).to_owned(),
                })),
            }
            busy.set(false);
        });
    };
    view! {
        <div class="two">
            <div class="stack">
                <section class="sheet pad stack">
                    <h2>{td_string!(i18n, visit.check)}</h2>
                    <Answers items change=td_string!(i18n, common.change) on_change=change/>
                </section>
            </div>
            <div class="stack">
                <section class="sheet pad stack" id="signature" tabindex="-1">
                    <SignaturePad label strokes clear=td_string!(i18n, visit.signature_clear) words=derived(signed)/>
                </section>
                <Record flow/>
                {move || failed.get().map(|text| view! { <Notice tone=Tone::Care>{text}</Notice> })}
                <Button wide=true disabled=busy on_press=move |()| save()>
                    {move || if busy.get() { td_string!(i18n, visit.saving) } else { td_string!(i18n, visit.save) }}
                </Button>
            </div>
        </div>
    }
}

/// Returns what was typed of the body, as facts of this visit.
fn body_facts(draft: &Draft, by: &StaffId, recorded_at: Timestamp) -> Vec<BodyFact> {
    let facts = draft.prescribing.body.facts(draft.started.date(), Some(&draft.visit), by).into_iter();
    facts.map(|fact| BodyFact { id: EntryId::new(random_id()), recorded_at, ..fact }).collect()
}

/// Writes visit, claim and what a pharmacist has to see together and ends the draft; when this returns, all of it is on the disk.
async fn write(
    i18n: Language,
    replica: Replica,
    flow: Flow,
    outcome: Outcome,
    advice: Option<Advice>,
    name: String,
) -> Result<Closed, SaveError> {
    let draft = flow.draft.get_untracked();
    let file = flow.file.get_value();
    let now = clock::now();
    let path = draft.strokes.iter().map(|stroke| stroke_path(stroke)).collect::<Vec<_>>().join(" ");
    let signature = Signature { signer: Signer::Staff, name, path, at: now };
    let (catalog, rules) = (replica.core().catalog(), replica.core().rules());
    let visitor = visitor(replica, &catalog, &rules);
    let visit = outcome::visit(&draft, &file, &visitor, &outcome, advice.as_ref(), signature, now);
    let (begun, ended) = prescribe::lasting(i18n, &draft, &file.record.medications, &visitor.staff);
    let today = draft.started.date();
    let case = PrescriptionCase::of(&visit, &file.person, &file.record);
    let prescription = visit.prescription.clone();
    let vitals = words::vitals(i18n, &visit);
    let found = body_facts(&draft, &visitor.staff, now);
    let room = !found.is_empty();
    let verb: Verb = Box::new(move |tx| {
        tx.record_visit(&visit)?;
        found.iter().try_for_each(|fact| tx.add_body_fact(fact))?;
        ended.iter().try_for_each(|old| tx.end_medication(old.as_str(), today))?;
        begun.iter().try_for_each(|medication| tx.add_medication(medication))
    });
    let mut edits = Vec::new();
    edits.extend(match room {
        true => replica.on_record_with(&draft.subject, "body", verb),
        false => replica.on_record(&draft.subject, verb),
    });
    if let Some(case) = case {
        let year = case.at.date().year();
        edits.extend(replica.on_prescriptions(year, Box::new(move |tx| tx.submit_prescription(&case))));
    }
    if let Some((claim, _)) = outcome.claim.clone() {
        edits.extend(replica.on_activity(claim.on.year(), Box::new(move |tx| tx.claim(&claim))));
    }
    replica.save(Deed::Visit, &draft.subject, edits, Some(&draft_key(&draft.subject))).await?;
    let pressure = draft.measured().ok().map(|pressure| pressure.to_string());
    let glucose = draft.glucose().ok().flatten().map(|found| found.glucose.to_string());
    Ok(Closed {
        subject: draft.subject,
        name: file.person.name.clone(),
        figures: pressure.into_iter().chain(glucose).chain(vitals).collect(),
        agreed: draft.agreed,
        diagnoses: draft.asking.diagnoses().into_iter().map(|one| one.name).collect(),
        referral: draft.asking.referral().0,
        prescribed: prescription
            .map(|prescription| prescribe::lines(i18n, &prescription))
            .unwrap_or_default(),
        visit: draft.visit,
        outcome,
    })
}
