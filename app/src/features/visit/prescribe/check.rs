//! The check of a prescription: asked again whenever something it goes by has changed; the newest answer counts.

use super::patient::{lines, patient};
use crate::features::visit::{
    draft::{Draft, Event},
    prescribing::{Checked, Named, PrescribingEvent},
};
use crate::guide::{Guide, State, use_guide};
use crate::language::use_i18n;
use crate::reactive::{effect, loaded, memo};
use crate::replica::files::ResidentFile;
use crate::words::prescription::often_known;
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use guide::{Line, Patient, Reply, Request};
use leptos::prelude::*;
use std::rc::Rc;

/// Milliseconds until a check without an answer is none.
const PATIENCE: u32 = 8_000;

/// What is checked.
#[derive(Clone, Debug, PartialEq)]
struct Case {
    patient: Option<Patient>,
    lines: Vec<Line>,
    named: Vec<Named>,
    /// The lines of the prescription, by their keys.
    of: Vec<String>,
}

/// The prescription under check.
#[derive(Clone, Copy)]
pub struct Check {
    case: Memo<Case>,
    draft: RwSignal<Draft>,
    guide: Guide,
}

impl Check {
    /// Begins to check a draft.
    pub fn new(file: StoredValue<Rc<ResidentFile>, LocalStorage>, draft: RwSignal<Draft>) -> Self {
        let (often, guide) = (often_known(use_i18n()), use_guide());
        let case = memo(move || {
            draft.with(|draft| {
                file.with_value(|file| {
                    let (lines, named) = lines(file, draft, &often);
                    Case { patient: patient(file, draft), lines, named, of: draft.prescribing.keys() }
                })
            })
        });
        // Medicines that arrive while somebody prescribes are asked at once.
        let ready = memo(move || matches!(guide.state(), State::Ready { .. }));
        let check = Self { case, draft, guide };
        let found = loaded(move || {
            ready.track();
            let case = case.get();
            async move {
                let checked = check.ask(&case).await;
                (case, checked)
            }
        });
        effect(move || {
            let case = case.get();
            match found.get() {
                Some((of, checked)) if of == case => check.tell(case, checked),
                _ => check.update(PrescribingEvent::Outdated),
            }
        });
        check
    }

    /// Asks once more, and returns when the draft knows the answer: what is signed is what was checked.
    pub async fn settled(self) {
        let case = self.case.get_untracked();
        let checked = self.ask(&case).await;
        // What was found before still stands where nothing answers now.
        let stands = self.draft.with_untracked(|draft| draft.prescribing.is_checked());
        if stands && checked == Checked::NoKnowledge {
            return;
        }
        if self.case.try_get_untracked().as_ref() == Some(&case) {
            self.tell(case, checked);
        }
    }

    async fn ask(self, case: &Case) -> Checked {
        if case.of.is_empty() {
            return Checked::NotAsked;
        }
        let Some(patient) = case.patient.clone() else { return Checked::NoBirthDate };
        let asked = Box::pin(self.guide.ask(Request::Check { patient, lines: case.lines.clone() }));
        // On a line that stalls nobody waits for knowledge; when it arrives it is asked again.
        match select(asked, TimeoutFuture::new(PATIENCE)).await {
            Either::Left((Ok(Reply::Flags { medicines, flags }), _)) => {
                Checked::Done { medicines, flags, named: case.named.clone() }
            }
            _ => Checked::NoKnowledge,
        }
    }

    fn tell(self, case: Case, checked: Checked) {
        self.update(PrescribingEvent::Checked { of: case.of, checked });
    }

    /// Not kept on the disk: what was found can be found again.
    fn update(self, event: PrescribingEvent) {
        let Some(mut now) = self.draft.try_get_untracked() else { return };
        let before = now.prescribing.clone();
        now.prescribing.update(event.clone());
        if now.prescribing != before {
            self.draft.update(|draft| draft.update(Event::Prescribing(Box::new(event))));
        }
    }

    /// Returns the resident as the check knows them, tracked; nothing without a date of birth.
    pub fn patient(self) -> Option<Patient> {
        self.case.with(|case| case.patient.clone())
    }

    /// Returns the same without tracking it.
    pub fn patient_now(self) -> Option<Patient> {
        self.case.with_untracked(|case| case.patient.clone())
    }

    /// Asks the medicines by a text.
    pub async fn medicines(self, text: String) -> Option<Vec<guide::Medicine>> {
        match self.guide.ask(Request::Medicines { text }).await {
            Ok(Reply::Medicines(found)) => Some(found),
            _ => None,
        }
    }

    /// Asks the usual doses of a medicine for the resident.
    pub async fn doses(self, id: String, patient: Patient) -> Vec<guide::Dose> {
        match self.guide.ask(Request::Doses { id, patient }).await {
            Ok(Reply::Doses(doses)) => doses,
            _ => Vec::new(),
        }
    }
}
