//! The person's own place: text size, lock, what is on this device, and leaving it.

mod choices;
mod device;
mod guide;
mod leave;
mod page;

pub use page::{MoreSettings, Settings, role_words};
