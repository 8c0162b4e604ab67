//! Moments, in milliseconds UTC.

use serde::{Deserialize, Serialize};

use super::Date;

/// A moment: milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// China keeps UTC+8 all year; its summer time ended in 1991, before any record kept here.
const SHANGHAI: i64 = 8 * 3_600_000;
const DAY: i64 = 86_400_000;

impl Timestamp {
    /// Returns the civil date in Asia/Shanghai.
    #[must_use]
    pub fn date(self) -> Date {
        Date::from_days_from_epoch((self.0.saturating_add(SHANGHAI)).div_euclid(DAY))
    }

    /// Returns hour and minute in Asia/Shanghai.
    #[must_use]
    pub fn hour_minute(self) -> (u8, u8) {
        let minutes = self.0.saturating_add(SHANGHAI).rem_euclid(DAY) / 60_000;
        (u8::try_from(minutes / 60).unwrap_or(0), u8::try_from(minutes % 60).unwrap_or(0))
    }

    /// Returns the moment of `hour`:`minute` on `date` in Asia/Shanghai.
    #[must_use]
    pub fn of(date: Date, hour: u8, minute: u8) -> Self {
        let clock = i64::from(hour) * 3_600_000 + i64::from(minute) * 60_000;
        Self(date.days_from_epoch() * DAY + clock - SHANGHAI)
    }
}
