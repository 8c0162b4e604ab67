//! Decision support at a visit: asked again whenever the case changes; the last answer stays until the next is here.

use super::{
    asking::{case, is_asked, site},
    draft::Draft,
    page::visitor,
};
use crate::guide::{Guide, State, use_guide};
use crate::reactive::{Loaded, loaded, memo, spawn_local};
use crate::replica::{Replica, files::ResidentFile};
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use guide::{Advice, Case, Reply, Request, Site};
use leptos::prelude::*;
use std::rc::Rc;

/// How long typing may pause, in milliseconds, before what was typed is asked about: half a syllable is no complaint.
const PAUSE: u32 = 150;
/// How long an answer may take, in milliseconds, before the screen says that it is being thought about.
const PATIENCE: u32 = 300;
/// How long signing waits for an answer, in milliseconds. The record does not depend on it.
const AT_SIGNING: u32 = 3000;

/// What decision support says.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nothing was asked.
    Silent,
    /// Its advice, and the case it is about.
    Advice(Rc<(Case, Advice)>),
    /// It is not on this device.
    Unavailable,
}

impl Answer {
    /// Returns the advice.
    #[must_use]
    pub fn advice(&self) -> Option<&Advice> {
        match self {
            Self::Advice(told) => Some(&told.1),
            Self::Silent | Self::Unavailable => None,
        }
    }
}

/// The case and the answer to it.
#[derive(Clone, Copy)]
pub struct Consult {
    /// The case as entered by now.
    pub case: Memo<Case>,
    /// Whether it is worth asking about.
    asked: Memo<bool>,
    answer: Loaded<Answer>,
    guide: Guide,
    /// Whether an answer takes long.
    pub thinking: RwSignal<bool>,
}

impl Consult {
    /// Begins to ask about a draft.
    pub fn new(
        replica: Replica,
        file: StoredValue<Rc<ResidentFile>, LocalStorage>,
        draft: RwSignal<Draft>,
    ) -> Self {
        let tier = {
            let (catalog, rules) = (replica.core().catalog(), replica.core().rules());
            let visitor = visitor(replica, &catalog, &rules);
            let staff = catalog.staff.get(&visitor.staff);
            let place = staff.map_or(&visitor.institution, |staff| &staff.institution);
            catalog.institutions.get(place).map(|place| place.tier.clone())
        };
        let case = memo(move || {
            draft.with(|draft| {
                let site: Site = site(draft.place, tier.as_ref());
                file.with_value(|file| case(draft, file, site))
            })
        });
        let asked = memo(move || draft.with(is_asked));
        let thinking = RwSignal::new(false);
        let round = StoredValue::new(0_u32);
        let texts = StoredValue::new(case.with_untracked(|case| case.texts.clone()));
        let guide = use_guide();
        let ready = memo(move || matches!(guide.state(), State::Ready { .. }));
        let answer = loaded(move || {
            // Knowledge that arrives while somebody complains is asked at once.
            ready.track();
            let (is_asked, now) = (asked.get(), case.get());
            async move {
                if !is_asked {
                    return Answer::Silent;
                }
                round.update_value(|round| *round += 1);
                let this = round.get_value();
                if texts.with_value(|texts| *texts != now.texts) {
                    texts.set_value(now.texts.clone());
                    TimeoutFuture::new(PAUSE).await;
                }
                spawn_local(async move {
                    TimeoutFuture::new(PATIENCE).await;
                    if round.try_get_value() == Some(this) {
                        thinking.set(true);
                    }
                });
                // What was typed during the pause is asked about at once.
                let now = case.try_get_untracked().unwrap_or(now);
                let reply = guide.ask(Request::Advise(now.clone())).await;
                let _ = round.try_update_value(|round| *round += 1);
                let _ = thinking.try_set(false);
                match reply {
                    Ok(Reply::Advice(advice)) => Answer::Advice(Rc::new((now, advice))),
                    _ => Answer::Unavailable,
                }
            }
        });
        Self { case, asked, answer, guide, thinking }
    }

    /// Tells whether somebody waits for knowledge that is still being opened.
    #[must_use]
    pub fn is_preparing(self) -> bool {
        self.asked.get() && self.thinking.get() && self.guide.state() == State::Waiting
    }

    /// Returns the newest answer and tracks it.
    #[must_use]
    pub fn answer(self) -> Answer {
        self.answer.get().filter(|_| self.asked.get()).unwrap_or(Answer::Silent)
    }

    /// Returns the advice on the case as it is now, for the record.
    pub async fn settled(self) -> Option<Advice> {
        if !self.asked.get_untracked() {
            return None;
        }
        let case = self.case.get_untracked();
        if let Answer::Advice(told) = untrack(|| self.answer())
            && told.0 == case
        {
            return Some(told.1.clone());
        }
        let asked = Box::pin(self.guide.ask(Request::Advise(case)));
        match select(asked, TimeoutFuture::new(AT_SIGNING)).await {
            Either::Left((Ok(Reply::Advice(advice)), _)) => Some(advice),
            _ => None,
        }
    }
}
