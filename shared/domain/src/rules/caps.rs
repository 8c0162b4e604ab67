//! Caps on what an item brings in a day, a month, a year: one mechanism for points of every kind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::{Date, Period};

/// Over what a cap counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// One entry.
    Entry,
    /// A day.
    Day,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// The caps of an item in hundredths of a point, as far as it has them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Caps {
    /// Of one entry.
    pub entry: Option<i64>,
    /// Of a day.
    pub day: Option<i64>,
    /// Of a calendar month.
    pub month: Option<i64>,
    /// Of a calendar year.
    pub year: Option<i64>,
}

/// What each item has used of its days, months and years.
#[derive(Debug, Default)]
pub struct Used<'a>(BTreeMap<(&'a str, Span, i32), i64>);

impl<'a> Used<'a> {
    /// Uses up what the caps of `item` leave of `points` on a day. Returns that, and of the caps that cut it the widest.
    pub fn take(&mut self, item: &'a str, on: Date, points: i64, caps: Caps) -> (i64, Option<(Span, i64)>) {
        let mut left = points;
        let mut cut_by = None;
        let mut cut = |room: i64, span: Span, cap: i64| {
            if left > room.max(0) {
                left = room.max(0);
                cut_by = Some((span, cap));
            }
        };
        if let Some(cap) = caps.entry {
            cut(cap, Span::Entry, cap);
        }
        let spans = [
            (Span::Day, caps.day, on),
            (Span::Month, caps.month, Period::month_of(on).from),
            (Span::Year, caps.year, Period::year_of(on).from),
        ];
        let key = |span, from: Date| (item, span, i32::try_from(from.days_from_epoch()).unwrap_or(i32::MAX));
        for (span, cap, from) in spans {
            if let Some(cap) = cap {
                let used = self.0.get(&key(span, from)).copied().unwrap_or_default();
                cut(cap - used, span, cap);
            }
        }
        for (span, _, from) in spans.into_iter().filter(|(_, cap, _)| cap.is_some()) {
            *self.0.entry(key(span, from)).or_default() += left;
        }
        (left, cut_by)
    }
}
