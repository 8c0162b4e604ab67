//! What all steps of one signing share.

use super::{
    draft::{Draft, Event, Step},
    view_model::{self, Stop, Table},
};
use crate::clock;
use crate::reactive::{on_change, spawn_local};
use crate::replica::{Replica, drafts::DraftWriter, files::ResidentFile, outbox::Deed};
use documents::{Catalog, SignedContract, WriteError};
use domain::{
    base::{StaffId, TeamId},
    contracts::Contract,
};
use leptos::prelude::*;
use std::rc::Rc;

/// Whom and what the flow is about; read once, so that nothing changes under the hands that fill it in.
pub struct Facts {
    /// The resident.
    pub file: Rc<ResidentFile>,
    /// The resident's contracts.
    pub contracts: Vec<Contract>,
    /// The county's catalog.
    pub catalog: Rc<Catalog>,
    /// Who signs for the team.
    pub staff: StaffId,
    /// Their name.
    pub staff_name: String,
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub team_name: String,
}

impl Facts {
    /// Gathers the facts for the person who unlocked the device.
    pub fn new(replica: Replica, file: Rc<ResidentFile>) -> Self {
        let account = replica.account();
        let catalog = replica.core().catalog();
        let staff = StaffId::new(account.account);
        let team = match account.team.is_empty() {
            true => file.person.team.clone().unwrap_or_default(),
            false => TeamId::new(account.team),
        };
        let staff_name =
            catalog.staff.get(&staff).map_or_else(|| staff.to_string(), |staff| staff.name.clone());
        let team_name = catalog.teams.get(&team).map(|team| team.name.clone()).unwrap_or_default();
        Self { contracts: file.record.contracts(), file, catalog, staff, staff_name, team, team_name }
    }

    /// Returns the facts as the view model takes them.
    pub fn table(&self) -> Table<'_> {
        Table {
            resident: &self.file.person,
            contracts: &self.contracts,
            catalog: &self.catalog,
            staff: &self.staff,
            team: &self.team,
        }
    }
}

/// Why saving did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The record is not on this device.
    NotHeld,
    /// The contract is there already.
    Same,
    /// The disk refused.
    Disk,
}

/// The flow's state, handed to every step.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The facts.
    pub facts: StoredValue<Rc<Facts>, LocalStorage>,
    /// The draft.
    pub draft: RwSignal<Draft>,
    /// What stands in the way of going on.
    pub stops: RwSignal<Vec<Stop>>,
    /// Whether it is being saved.
    pub saving: RwSignal<bool>,
    /// Why saving did not work.
    pub failed: RwSignal<Option<Failure>>,
    /// The contract once it is on the disk.
    pub done: RwSignal<Option<SignedContract>>,
    writer: StoredValue<DraftWriter, LocalStorage>,
    replica: Replica,
}

impl Desk {
    /// Sits down with a draft.
    pub fn new(replica: Replica, facts: Facts, draft: Draft, key: String) -> Self {
        Self {
            facts: StoredValue::new_local(Rc::new(facts)),
            draft: RwSignal::new(draft),
            stops: RwSignal::new(Vec::new()),
            saving: RwSignal::new(false),
            failed: RwSignal::new(None),
            done: RwSignal::new(None),
            writer: StoredValue::new_local(DraftWriter::new(replica, key)),
            replica,
        }
    }

    /// Returns the facts.
    pub fn facts(self) -> Rc<Facts> {
        self.facts.get_value()
    }

    /// Returns whether what was last entered is on the disk.
    pub fn kept(self) -> ArcRwSignal<bool> {
        self.writer.with_value(|writer| writer.saved.clone())
    }

    /// Takes an event and keeps the draft. What stood in the way is looked at again when going on.
    pub fn send(self, event: Event) {
        if self.stops.with_untracked(|stops| !stops.is_empty()) {
            self.stops.set(Vec::new());
        }
        self.draft.update(|draft| draft.update(event));
        self.draft.with_untracked(|draft| self.writer.with_value(|writer| writer.keep(draft)));
    }

    /// Goes on, or says what stands in the way; the last step saves.
    pub fn forward(self) {
        let facts = self.facts();
        let draft = self.draft.get_untracked();
        let stops = facts.table().stops(&draft, draft.step, clock::now());
        let free = stops.is_empty();
        self.stops.set(stops);
        match (free, draft.step) {
            (false, _) => {}
            (true, Step::Staff) => self.sign(&facts, &draft),
            (true, step) => self.send(Event::Go(step.next())),
        }
    }

    /// Goes to a step without asking.
    pub fn go(self, step: Step) {
        self.send(Event::Go(step));
    }

    fn sign(self, facts: &Facts, draft: &Draft) {
        let now = clock::now();
        let contract = match facts.table().agree(draft, now) {
            Ok(contract) => contract,
            Err(stops) => return self.stops.set(stops),
        };
        let signatures = view_model::signatures(draft, &facts.file.person, &facts.staff_name);
        let signed = SignedContract { contract: contract.clone(), signatures: signatures.clone() };
        let record = self
            .replica
            .on_record(&draft.subject, Box::new(move |tx| tx.sign_contract(&contract, &signatures)));
        let Some(record) = record else { return self.failed.set(Some(Failure::NotHeld)) };
        let mut edits = vec![record];
        if let Some(claim) =
            view_model::claim(&signed.contract, &facts.catalog, &self.replica.core().rules().points, now)
        {
            edits.extend(self.replica.on_activity(now.date().year(), Box::new(move |tx| tx.claim(&claim))));
        }
        let (subject, key) = (draft.subject.clone(), super::signing_draft_key(&draft.subject));
        self.saving.set(true);
        self.failed.set(None);
        spawn_local(async move {
            let saved = self.replica.save(Deed::Contract, &subject, edits, Some(&key)).await;
            self.saving.set(false);
            match saved {
                Ok(()) => self.done.set(Some(signed)),
                Err(crate::replica::core::SaveError::Document(WriteError::Exists)) => {
                    self.failed.set(Some(Failure::Same));
                }
                Err(_) => self.failed.set(Some(Failure::Disk)),
            }
        });
    }
}

/// Makes a signal for a field that tells every change to `told`, but not its first value.
pub fn field<T>(initial: T, told: impl Fn(T) + 'static) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let value = RwSignal::new(initial);
    on_change(move || value.get(), move |now| told(now.clone()));
    value
}
