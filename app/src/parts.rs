//! The app in parts: what a person does not need is not downloaded for them before they start.
//!
//! The release site is cut here (docs/adr/0007): the door comes first, what is behind it while they type, and of the pages
//! those of their role. Every other build is one piece, and a part of it is there at once.
//!
//! A part comes after those it names: what it shares with them is theirs, instead of a file for each company of parts.

use crate::features::door::Door;
use crate::language::*;
use crate::reactive::spawn_local;
use crate::replica::{profile::Profile, vault::Vault};
use crate::ui::{Button, Notice};
use crate::{features, shell};
use leptos::prelude::*;
use std::pin::Pin;

/// A page as a pointer: router and parts are compiled once for all pages and not for each.
pub type Page = fn() -> AnyView;

/// What is behind the door.
pub type Behind = fn(RwSignal<Door>, Profile, Vault) -> AnyView;

/// The pages of those who work here.
#[derive(Clone, Copy)]
pub struct Staff {
    /// Who is due today.
    pub today: Page,
    /// Search and list of residents.
    pub residents: Page,
    /// One resident.
    pub resident: Page,
    /// What is known of a resident besides visits.
    pub facts: Page,
    /// A contract that was signed, to print again.
    pub contract: Page,
    /// A visit.
    pub visit: Page,
    /// A prescription as paper.
    pub prescription: Page,
    /// Signing a contract.
    pub signing: Page,
    /// The statement of points.
    pub points: Page,
    /// A claim of work that the app could not see.
    pub claim: Page,
    /// What pharmacists said to the own prescriptions.
    pub my_prescriptions: Page,
    /// The codes for a resident's telephone.
    pub give: Page,
    /// What they may read for a while, and emergencies.
    pub held: Page,
    /// What was handed in and waits.
    pub quarantine: Page,
    /// A resident's health points, from the team's side.
    pub health_points: Page,
    /// Whose health points wait for an answer.
    pub waiting: Page,
}

/// The pages of a resident.
#[derive(Clone, Copy)]
pub struct Resident {
    /// Doctor, package, next date.
    pub home: Page,
    /// Recording a pressure.
    pub reading: Page,
    /// The pressures so far.
    pub health: Page,
    /// How soon somebody must see what hurts.
    pub check: Page,
    /// Whom the account acts for.
    pub acting: Page,
    /// Who may read the record.
    pub mine: Page,
    /// The own health points.
    pub health_points: Page,
    /// What can be had for them.
    pub redeem: Page,
}

/// The pages of managers, pharmacists, administrators and auditors.
#[derive(Clone, Copy)]
pub struct Office {
    /// The claims to rule on.
    pub review: Page,
    /// The closed months of an institution.
    pub close: Page,
    /// What is paid for a closed month.
    pub pay: Page,
    /// The points rules and their draft.
    pub rules: Page,
    /// The prescriptions to review.
    pub prescriptions: Page,
    /// Every account.
    pub accounts: Page,
    /// What was done.
    pub audit: Page,
}

/// A part did not arrive: no network, and not kept on this device yet.
#[derive(Clone, Copy, Debug)]
pub struct Missing;

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Declares what a part holds and after which it comes; in a build of one piece the same function, without a cut.
macro_rules! part {
    ($name:ident after [$($before:expr),*] -> $holds:ty { $value:expr }) => {
        #[cfg(split)]
        #[leptos::wasm_split::wasm_split($name, wasm_split_path = leptos::wasm_split, fallible)]
        fn $name() -> Result<$holds, Missing> {
            // Naming them is what makes it theirs.
            $(std::hint::black_box($before);)*
            Ok($value)
        }

        #[cfg(not(split))]
        async fn $name() -> Result<$holds, Missing> {
            Ok($value)
        }
    };
}

// The cut calls across modules; the macro that makes it is Leptos's own.
#[cfg_attr(split, allow(unsafe_code))]
mod cuts {
    use super::*;

    const BEHIND: Behind = |door, profile, vault| view! { <shell::Opened door profile vault/> }.into_any();

    const STAFF: fn() -> Staff = || Staff {
        today: || features::today::Today().into_any(),
        residents: || features::residents::Residents().into_any(),
        resident: || features::residents::ResidentPage().into_any(),
        facts: || features::residents::FactsPage().into_any(),
        contract: || features::signing::ContractCopy().into_any(),
        visit: || features::visit::VisitPage().into_any(),
        prescription: || features::visit::PrescriptionPage().into_any(),
        signing: || features::signing::Signing().into_any(),
        points: || features::points::Points().into_any(),
        claim: || features::points::ClaimPage().into_any(),
        my_prescriptions: || features::pharmacy::MyPrescriptions().into_any(),
        give: || features::people::GivePage().into_any(),
        held: || features::access::HeldPage().into_any(),
        quarantine: || features::access::QuarantinePage().into_any(),
        health_points: || features::health_points::TeamHealthPoints().into_any(),
        waiting: || features::health_points::Waiting().into_any(),
    };

    part!(behind after [] -> Behind { BEHIND });

    part!(staff after [BEHIND] -> Staff { STAFF() });

    part!(resident after [BEHIND] -> Resident {
        Resident {
            home: || features::home::Home().into_any(),
            reading: || features::home::NewReading().into_any(),
            health: || features::home::Health().into_any(),
            check: || features::home::CheckPage().into_any(),
            acting: || features::people::ActingPage().into_any(),
            mine: || features::access::MinePage().into_any(),
            health_points: || features::health_points::MyHealthPoints().into_any(),
            redeem: || features::health_points::Redeem().into_any(),
        }
    });

    part!(office after [BEHIND, STAFF] -> Office {
        Office {
            review: || features::review::Review().into_any(),
            close: || features::close::ClosePage().into_any(),
            pay: || features::close::PayPage().into_any(),
            rules: || features::rules::Rules().into_any(),
            prescriptions: || features::pharmacy::Prescriptions().into_any(),
            accounts: || features::office::AccountsPage().into_any(),
            audit: || features::office::AuditPage().into_any(),
        }
    });

    pub fn all() -> Parts {
        Parts {
            behind: Part::new("behind", || Box::pin(behind())),
            staff: Part::new("staff", || Box::pin(staff())),
            resident: Part::new("resident", || Box::pin(resident())),
            office: Part::new("office", || Box::pin(office())),
        }
    }
}

type Load<T> = fn() -> Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

/// A part that arrives when it is first wanted.
pub struct Part<T: 'static> {
    name: &'static str,
    load: Load<T>,
    wanted: StoredValue<bool>,
    here: RwSignal<Option<Result<T, Missing>>>,
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Part<T> {}

impl<T: Copy + Send + Sync> Part<T> {
    fn new(name: &'static str, load: Load<T>) -> Self {
        Self { name, load, wanted: StoredValue::new(false), here: RwSignal::new(None) }
    }

    /// Starts fetching the part, unless that was done before.
    pub fn want(self) {
        if self.wanted.get_value() {
            return;
        }
        self.wanted.set_value(true);
        spawn_local(async move {
            let arrived = (self.load)().await;
            self.wanted.set_value(arrived.is_ok());
            let here = arrived.is_ok();
            self.here.set(Some(arrived));
            if here {
                shell::keep_part(self.name).await;
            }
        });
    }

    /// Shows something of the part as soon as it is here.
    pub fn show(self, shown: impl Fn(T) -> AnyView + Send + 'static) -> AnyView {
        self.want();
        let i18n = use_i18n();
        let again = move |()| {
            self.here.set(None);
            self.want();
        };
        (move || match self.here.get() {
            Some(Ok(part)) => shown(part),
            None => {
                view! { <p class="soft pad" role="status" data-part="waiting">{td_string!(i18n, common.loading)}</p> }.into_any()
            }
            Some(Err(Missing)) => view! {
                <div class="pad stack">
                    <Notice>{td_string!(i18n, common.part_missing)}</Notice>
                    <Button on_press=again>{td_string!(i18n, common.again)}</Button>
                </div>
            }
            .into_any(),
        })
        .into_any()
    }
}

/// Every part.
#[derive(Clone, Copy)]
pub struct Parts {
    /// What is behind the door.
    pub behind: Part<Behind>,
    /// The pages of those who work here.
    pub staff: Part<Staff>,
    /// The pages of a resident.
    pub resident: Part<Resident>,
    /// The pages of managers, pharmacists, administrators and auditors.
    pub office: Part<Office>,
}

/// Lets everything below ask for parts.
pub fn provide_parts() -> Parts {
    let parts = cuts::all();
    provide_context(parts);
    parts
}
