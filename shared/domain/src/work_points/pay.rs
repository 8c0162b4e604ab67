//! Pay from a pool, to the fen.

use serde::{Deserialize, Serialize};

use crate::base::{Fen, Order, StaffId, WorkPoints, largest_remainder};

/// What a member of staff is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Who.
    pub staff: StaffId,
    /// The points it rests on.
    pub points: WorkPoints,
    /// The amount.
    pub amount: Fen,
}

/// Shares `pool` by points. The amounts sum to the pool to the fen; what does not divide goes to the largest remainders,
/// of equal ones to the first by name. The order of `earned` does not matter.
///
/// Returns nothing when nobody has points: a pool is never paid by other means.
#[must_use]
pub fn pay(pool: Fen, earned: &[(StaffId, WorkPoints)]) -> Vec<Share> {
    let mut earned: Vec<(StaffId, WorkPoints)> =
        earned.iter().filter(|(_, points)| points.0 > 0).cloned().collect();
    earned.order_by(|a, b| a.0.cmp(&b.0));
    let weights: Vec<u64> = earned.iter().map(|(_, points)| points.0.unsigned_abs()).collect();
    let amounts = largest_remainder(pool.0, &weights);
    let share = |((staff, points), amount)| Share { staff, points, amount: Fen(amount) };
    earned.into_iter().zip(amounts).map(share).collect()
}
