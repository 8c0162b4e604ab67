//! What a visit says of a complaint and a prescription, with the versions they were made with.

use crate::features::pharmacy::{Item, PrescriptionLines, PrescriptionWarnings, items, opinion_words};
use crate::language::*;
use crate::reactive::loaded;
use crate::replica::use_replica;
use crate::ui::{ButtonLink, Glyph, Kind, Tag, Tone, Why};
use crate::words;
use documents::{Assessment, FindingState, Prescription, Visit};
use domain::{base::StaffId, measurements::Urgency};
use guide::Level;
use leptos::prelude::*;

/// Says how urgent it was, and how serious that looks.
fn level(i18n: Language, level: &Urgency) -> (Tone, &'static str) {
    match Level::of(level.as_str()) {
        Some(level) => (words::decision::level_tone(level), words::decision::level(i18n, level)),
        None => (Tone::Care, td_string!(i18n, words.unknown_urgency)),
    }
}

/// Says what was known and what was shown, for "why?".
fn reasons(i18n: Language, assessment: &Assessment) -> Vec<String> {
    let findings = assessment.findings.iter().map(|finding| match finding.state {
        FindingState::Absent => td_string!(i18n, complaint.absent, name = finding.name.clone()),
        FindingState::Present | FindingState::Unknown(_) => finding.name.clone(),
    });
    let causes = assessment.causes.iter().map(|cause| match cause.permille {
        Some(permille) => {
            let percent = (u32::from(permille) + 5) / 10;
            td_string!(i18n, residents.cause_likely, name = cause.name.clone(), percent = percent)
        }
        None => cause.name.clone(),
    });
    let (findings, causes) = (words::list(i18n, findings), words::list(i18n, causes));
    let findings = (!findings.is_empty()).then(|| td_string!(i18n, residents.found, names = findings));
    let causes = (!causes.is_empty()).then(|| td_string!(i18n, residents.causes, names = causes));
    findings.into_iter().chain(causes).collect()
}

/// Says a version that something was made with, shortened; empty where there was none.
fn version(i18n: Language, hash: &str) -> String {
    match hash.get(..8) {
        Some(short) => td_string!(i18n, complaint.knowledge, version = short.to_owned()),
        None => String::new(),
    }
}

/// What somebody complained of, and what was made of it.
#[component]
pub fn Assessed(
    /// The assessment.
    assessment: Assessment,
) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, urgency) = level(i18n, &assessment.level);
    let judged = assessment.level != Urgency::default();
    let (why, source) = (reasons(i18n, &assessment), version(i18n, &assessment.knowledge));
    let flags = words::list(i18n, assessment.red_flags.iter().map(|flag| flag.name.as_str()));
    let decided = words::list(i18n, assessment.diagnoses.iter().map(|found| found.name.as_str()));
    let Assessment { complaint, override_reason, .. } = assessment;
    let line = |text: String| view! { <div>{text}</div> };
    view! {
        {(!complaint.is_empty()).then(|| line(td_string!(i18n, residents.complaint, text = complaint)))}
        {(!decided.is_empty()).then(|| line(td_string!(i18n, residents.diagnosed, names = decided)))}
        <div class="tags">
            {judged.then(|| view! { <Tag tone text=urgency/> })}
            {(!flags.is_empty()).then(|| {
                view! { <Tag tone=Tone::Life text=td_string!(i18n, complaint.because_flag, name = flags)/> }
            })}
        </div>
        {(!override_reason.is_empty()).then(|| line(td_string!(i18n, residents.overridden, reason = override_reason)))}
        {(!why.is_empty()).then(|| view! { <Why ask=td_string!(i18n, common.why) reasons=why source/> })}
    }
}

/// What was prescribed, in spite of what, and what a pharmacist said to it.
#[component]
pub fn PrescribedThen(
    /// The visit.
    visit: Visit,
    /// Its prescription.
    prescription: Prescription,
) -> impl IntoView {
    let i18n = use_i18n();
    let overridden = prescription.is_overridden();
    let warnings = overridden.then(|| prescription.clone());
    let paper = format!("/residents/{}/prescriptions/{}", visit.resident, visit.id);
    let paper = visit.voided.is_none().then_some(paper);
    let checked = match prescription.medicines.get(..8) {
        Some(short) => td_string!(i18n, pharmacy.version, version = short.to_owned()),
        None => td_string!(i18n, prescribe.unchecked_short).to_owned(),
    };
    view! {
        <div class="stack close" data-testid="prescribed">
            <b>{td_string!(i18n, pharmacy.lines)}</b>
            <PrescriptionLines prescription/>
            <p class="soft">{checked}</p>
            {paper.map(|href| view! { <div><ButtonLink href kind=Kind::Plain icon=Glyph::Print>{td_string!(i18n, prescribe.print)}</ButtonLink></div> })}
            {warnings.map(|prescription| view! {
                <Why ask=td_string!(i18n, pharmacy.warnings) reasons=Vec::new()>
                    <PrescriptionWarnings prescription answered_only=true/>
                </Why>
                <Verdict visit/>
            })}
        </div>
    }
}

/// The pharmacist's word, for the prescriber: nobody else has it.
#[component]
fn Verdict(visit: Visit) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let me = StaffId::new(replica.account().account);
    let (own, id, year) = (visit.staff == me, visit.id.clone(), visit.recorded_at.date().year());
    let item = loaded(move || {
        replica.track(me.as_str());
        let (me, id) = (me.clone(), id.clone());
        async move {
            let year = if own { replica.prescription_year(&me, year).await.ok()? } else { return None };
            items(&year).into_iter().find(|item| item.case.id == id)
        }
    });
    let said = move |item: Item| match item.said().cloned() {
        Some(review) => {
            let text = td_string!(i18n, residents.pharmacist, opinion = opinion_words(i18n, &review));
            view! { <div><b>{text}</b></div><div>{review.reason}</div> }.into_any()
        }
        None => view! { <div class="soft">{td_string!(i18n, residents.pharmacist_waits)}</div> }.into_any(),
    };
    move || item.get().flatten().map(said)
}
