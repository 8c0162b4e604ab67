//! Small values every feature shares: ids, money, points, glucose, civil dates, open enums, identity numbers.

pub mod date;
pub mod fen;
pub mod fields;
pub mod glucose;
pub mod health_points;
pub mod id;
pub mod id_number;
pub mod json;
pub mod mask;
pub mod open_enum;
pub mod order;
pub mod signature;
pub mod timestamp;
pub mod work_points;

pub use date::{Date, DateError, Period, Weekday};
pub use fen::{Fen, largest_remainder};
pub use glucose::Glucose;
pub use health_points::HealthPoints;
pub use id::*;
pub use id_number::{IdNumber, IdNumberError, Sex};
pub use mask::{mask_id_number, mask_phone};
pub use order::Order;
pub use signature::{Signature, Signer};
pub use timestamp::Timestamp;
pub use work_points::WorkPoints;
