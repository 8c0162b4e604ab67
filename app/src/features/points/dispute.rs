//! Not agreeing with a ruling, and taking a claim or a dispute back.

use crate::clock;
use crate::language::*;
use crate::reactive::{derived, spawn_local};
use crate::replica::{Replica, outbox::Deed, random_id};
use crate::ui::{Button, Kind, TextField};
use documents::Tx;
use domain::{
    base::{EntryId, RulingId},
    work_points::{Claim, Dispute, Withdrawal},
};
use leptos::prelude::*;

/// Why something is taken back that nobody has looked at: it was a slip.
pub(super) const TAKEN_BACK: &str = "taken_back";

/// What can be done with one's own lines, and what came of it.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    replica: Replica,
    /// What was done last, for the way back.
    pub(super) done: RwSignal<Option<String>>,
    /// Whether the last deed could not be saved.
    pub(super) failed: RwSignal<bool>,
    last: StoredValue<Option<(i32, EntryId)>>,
}

impl Hand {
    pub(super) fn new(replica: Replica) -> Self {
        let (done, failed, last) = (RwSignal::new(None), RwSignal::new(false), StoredValue::new(None));
        Self { replica, done, failed, last }
    }

    /// Disputes the ruling that counts on a claim.
    fn dispute(self, claim: Claim, ruling: RulingId, reason: String, said: String) {
        let id = EntryId::new(random_id());
        let year = claim.on.year();
        let dispute =
            Dispute { id: id.clone(), claim: claim.id, ruling, reason, at: clock::now(), withdrawn: None };
        spawn_local(async move {
            let edit = self.replica.on_disputes(year, move |tx: &mut Tx<'_, '_>| tx.dispute(&dispute));
            if self.save(Deed::Dispute, edit).await {
                self.last.set_value(Some((year, id)));
                self.done.set(Some(said));
            }
        });
    }

    /// Takes the last dispute back.
    pub(super) fn undo(self) {
        let Some((year, id)) = self.last.get_value() else { return };
        let withdrawal = Withdrawal { reason: TAKEN_BACK.to_owned(), at: clock::now() };
        spawn_local(async move {
            let verb = move |tx: &mut Tx<'_, '_>| tx.withdraw_dispute(id.as_str(), &withdrawal);
            let edit = self.replica.on_disputes(year, verb);
            self.save(Deed::Dispute, edit).await;
        });
    }

    /// Takes a claim back that was made by hand.
    pub(super) fn take_back(self, claim: Claim) {
        let withdrawal = Withdrawal { reason: TAKEN_BACK.to_owned(), at: clock::now() };
        spawn_local(async move {
            let year = claim.on.year();
            let verb = move |tx: &mut Tx<'_, '_>| tx.withdraw_claim(claim.id.as_str(), &withdrawal);
            let edit = self.replica.on_activity(year, Box::new(verb));
            self.save(Deed::Claim, edit).await;
        });
    }

    async fn save(self, deed: Deed, edit: Option<crate::replica::core::Edit>) -> bool {
        let account = self.replica.account().account;
        let saved = match edit {
            Some(edit) => self.replica.save(deed, &account, vec![edit], None).await.is_ok(),
            None => false,
        };
        self.failed.set(!saved);
        saved
    }
}

/// The form below a line; it closes when it is saved or given up.
#[component]
pub(super) fn DisputeForm(
    /// The claim.
    claim: Claim,
    /// The ruling that counts on it.
    ruling: RulingId,
    /// Whether the form is open.
    open: RwSignal<bool>,
    /// Where the dispute goes.
    hand: Hand,
) -> impl IntoView {
    let i18n = use_i18n();
    let reason = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let error = derived(move || {
        if missing.get() { td_string!(i18n, review.reason_missing).to_owned() } else { String::new() }
    });
    let id = format!("dispute-{}", claim.id);
    let save = move || {
        let text = reason.get_untracked().trim().to_owned();
        if text.is_empty() {
            missing.set(true);
            return;
        }
        open.set(false);
        hand.dispute(claim.clone(), ruling.clone(), text, td_string!(i18n, points.disputed_now).to_owned());
    };
    view! {
        <form class="across stack" novalidate data-testid="dispute" on:submit=move |event| { event.prevent_default(); save(); }>
            <TextField id label=td_string!(i18n, points.dispute_reason) hint=td_string!(i18n, points.dispute_hint) value=reason error/>
            <div class="acts">
                <Button submit=true>{td_string!(i18n, points.dispute_save)}</Button>
                <Button kind=Kind::Plain on_press=move |()| open.set(false)>{td_string!(i18n, common.cancel)}</Button>
            </div>
        </form>
    }
}
