//! Documents as the app writes, merges and reads them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod cases;
mod health_points;
mod merging;
mod newer;
mod reading;
mod sample;
mod view;
mod writing;
