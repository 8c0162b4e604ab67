//! Work points: published rules, claims, rulings, and statements that explain themselves.

pub mod claim;
pub mod rules;
pub mod score;
pub mod statement;
pub mod templates;

pub use claim::{Claim, Ruling, Verdict, Withdrawal, claim_id};
pub use rules::{Circumstance, Coefficient, Combine, Item, PointsRules, Rounding, Threshold};
pub use score::{AppliedCoefficient, Score, score};
pub use statement::{Cap, Gauge, Line, LineState, Post, Statement, in_force, statement};
pub use templates::points_templates;
