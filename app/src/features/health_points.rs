//! Health points: the resident's page and what they ask for; the team's page, its answers, and who waits for one.

mod card;
mod dispute;
mod hand;
mod lines;
mod mine;
mod redeem;
mod sums;
mod team;
mod team_forms;
mod team_waiting;
mod view_model;
mod waiting;
mod words;

pub use card::{MyPointsCard, TeamPointsCard};
pub use mine::MyHealthPoints;
pub use redeem::Redeem;
pub use team::TeamHealthPoints;
pub use waiting::{Waiting, WaitingToday};
