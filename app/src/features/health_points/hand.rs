//! What can be done with health points, and what came of it.

use crate::clock;
use crate::reactive::spawn_local;
use crate::replica::{Replica, core::Edit, outbox::Deed, random_id};
use documents::{Attendance, Tx};
use domain::base::{EntryId, ItemId, StaffId};
use domain::health_points::{Answer, EntryDispute, Outcome, Redemption, RedemptionRequest, TakenBack};
use domain::rules::VersionHash;
use leptos::prelude::*;

/// Why something is taken back that nobody has looked at: it was a slip.
const SLIP: &str = "taken_back";

/// What was done last.
#[derive(Clone)]
enum Last {
    /// On the resident's side.
    Wish(EntryId),
    /// On the team's side.
    Entry(EntryId),
}

/// The hand of whoever is at the page.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    replica: Replica,
    subject: StoredValue<String>,
    last: StoredValue<Option<Last>>,
    /// What was done last, in words, for the way back.
    pub(super) done: RwSignal<Option<String>>,
    /// Whether the last deed could not be saved.
    pub(super) failed: RwSignal<bool>,
}

impl Hand {
    pub(super) fn new(replica: Replica) -> Self {
        let (subject, last) = (StoredValue::new(String::new()), StoredValue::new(None));
        Self { replica, subject, last, done: RwSignal::new(None), failed: RwSignal::new(false) }
    }

    /// Takes whose points they are.
    pub(super) fn about(self, subject: &str) {
        self.subject.set_value(subject.to_owned());
    }

    fn account(self) -> String {
        self.replica.account().account
    }

    /// Asks for a reward, as the resident.
    pub(super) fn request(self, reward: ItemId, rules: VersionHash, said: String) {
        let (id, by, at) = (EntryId::new(random_id()), self.account(), clock::now());
        let request = RedemptionRequest { id: id.clone(), reward, rules, by, at, withdrawn: None };
        self.wish(Some((Last::Wish(id), said)), move |tx| tx.request_reward(&request));
    }

    /// Disputes an entry, or says that one is missing, as the resident or for them.
    pub(super) fn dispute(self, entry: Option<EntryId>, reason: String, said: String) {
        let (id, by, at) = (EntryId::new(random_id()), self.account(), clock::now());
        let dispute = EntryDispute { id: id.clone(), entry, reason, by, at, withdrawn: None };
        self.wish(Some((Last::Wish(id), said)), move |tx| tx.dispute_entry(&dispute));
    }

    /// Takes a request or dispute back.
    pub(super) fn withdraw(self, id: EntryId) {
        let back = TakenBack { reason: SLIP.to_owned(), at: clock::now() };
        self.wish(None, move |tx| tx.withdraw_entry(id.as_str(), &back));
    }

    /// Records that a reward was handed out.
    pub(super) fn hand_out(self, request: Option<EntryId>, reward: ItemId, rules: VersionHash, said: String) {
        let (id, at) = (EntryId::new(random_id()), clock::now());
        let (on, by) = (at.date(), StaffId::new(self.account()));
        let given = Redemption { id: id.clone(), request, reward, rules, on, by, at, taken_back: None };
        self.enter(Some((Last::Entry(id), said)), move |tx| tx.hand_out(&given));
    }

    /// Records that the resident took part in something.
    pub(super) fn attend(self, attendance: Attendance, said: String) {
        let (id, at) = (EntryId::new(random_id()), clock::now());
        let entry = Attendance { id: id.clone(), by: StaffId::new(self.account()), at, ..attendance };
        self.enter(Some((Last::Entry(id), said)), move |tx| tx.attend(&entry));
    }

    /// Takes back what was handed out or seen.
    pub(super) fn take_back(self, id: String, reason: String) {
        let back = TakenBack { reason, at: clock::now() };
        self.enter(None, move |tx| tx.take_back(&id, &back));
    }

    /// Answers a dispute or a request.
    pub(super) fn answer(self, to: EntryId, outcome: Outcome, reason: String) {
        let (id, by, at) = (EntryId::new(random_id()), StaffId::new(self.account()), clock::now());
        let answer = Answer { id, to, outcome, reason, by, at };
        self.enter(None, move |tx| tx.answer(&answer));
    }

    /// Takes the last deed back.
    pub(super) fn undo(self) {
        match self.last.get_value() {
            Some(Last::Wish(id)) => self.withdraw(id),
            Some(Last::Entry(id)) => self.take_back(id.to_string(), SLIP.to_owned()),
            None => {}
        }
    }

    fn wish(
        self,
        last: Option<(Last, String)>,
        verb: impl FnOnce(&mut Tx<'_, '_>) -> Result<(), documents::WriteError> + 'static,
    ) {
        let edit = self.subject.with_value(|subject| self.replica.on_wishes(subject, verb));
        self.save(edit, last);
    }

    fn enter(
        self,
        last: Option<(Last, String)>,
        verb: impl FnOnce(&mut Tx<'_, '_>) -> Result<(), documents::WriteError> + 'static,
    ) {
        let edit = self.subject.with_value(|subject| self.replica.on_rewards(subject, verb));
        self.save(edit, last);
    }

    fn save(self, edit: Option<Edit>, last: Option<(Last, String)>) {
        let subject = self.subject.get_value();
        spawn_local(async move {
            let saved = match edit {
                Some(edit) => self.replica.save(Deed::HealthPoints, &subject, vec![edit], None).await.is_ok(),
                None => false,
            };
            // The page may be gone by now.
            let _ = self.failed.try_set(!saved);
            if let Some((last, said)) = last.filter(|_| saved) {
                let _ = self.last.try_set_value(Some(last));
                let _ = self.done.try_set(Some(said));
            }
        });
    }
}
