//! What is on this device: whose it is, what was not sent, and how it leaves: sent, exported, or deleted.

mod export;
mod files;
mod import;
mod page;
mod room;
mod view_model;
mod wipe;

pub use files::save as save_file;
pub use page::DevicePage;
pub use room::{Room, room};
pub use view_model::size;
