//! The one place that reads the clock and the calendar.

use domain::base::{Date, Timestamp};

/// Returns the time now.
#[must_use]
pub fn now() -> Timestamp {
    // Date.now() is whole milliseconds.
    Timestamp(js_sys::Date::now() as i64)
}

/// Returns today's civil date in Asia/Shanghai, wherever the device says it is.
#[must_use]
pub fn today() -> Date {
    now().date()
}
