//! Showing one thing or another.

use crate::reactive::memo;
use leptos::{either::Either, prelude::*};

/// Shows its children while `when` holds, else the fallback.
///
/// Does what the `Show` of leptos does, but is compiled once and not for every use.
#[component(transparent)]
pub fn Show<W>(
    /// What is shown while it holds.
    children: ChildrenFn,
    /// Asked again when something it read has changed.
    when: W,
    /// What is shown otherwise; nothing if absent.
    #[prop(optional, into)]
    fallback: ViewFn,
) -> AnyView
where
    W: Fn() -> bool + Send + Sync + 'static,
{
    one_of(memo(when), children, fallback)
}

fn one_of(when: Memo<bool>, children: ChildrenFn, fallback: ViewFn) -> AnyView {
    (move || match when.get() {
        true => Either::Left(children()),
        false => Either::Right(fallback.run()),
    })
    .into_any()
}
