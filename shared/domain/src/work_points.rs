//! Work points: published rules, claims, rulings, and statements that explain themselves.

pub mod claim;
pub mod close;
pub mod dispute;
pub mod indicator;
pub mod pay;
pub mod plausibility;
pub mod rules;
pub mod score;
pub mod simulate;
pub mod statement;
pub mod templates;
pub mod weigh;

pub use claim::{Claim, Ruling, Verdict, Withdrawal, claim_id};
pub use close::{Close, Correction, Frozen, FrozenLine, close, corrections, outstanding};
pub use dispute::{Dispute, can_be_disputed, disputed};
pub use indicator::{Band, Indicator, IndicatorLine, Measure, Measured};
pub use pay::{Share, pay};
pub use plausibility::{Flag, FlagKind, Limits, end_digit, flags};
pub use rules::{
    Circumstance, Coefficient, Combine, Consequence, Item, PointsRules, Rounding, Stake, Threshold,
};
pub use score::{AppliedCoefficient, Score, score};
pub use simulate::{Change, ClaimChange, Shift, Simulation, Simulator, Worker};
pub use statement::{Cap, Gauge, Line, LineState, Post, Statement, in_force, statement};
pub use templates::points_templates;
pub use weigh::{Rulings, Weighed, weigh};
