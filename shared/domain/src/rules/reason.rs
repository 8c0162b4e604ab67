//! Reasons a result gives, for a screen to say in its language.

use serde::{Deserialize, Serialize};

use super::RuleRef;
use crate::base::{Date, Glucose, SignId};

/// Why a result is what it is: what was found, and the rule that makes it count.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Reason {
    /// What was found, with its figures.
    #[serde(flatten)]
    pub code: ReasonCode,
    /// The rule it was judged by.
    pub rule: RuleRef,
}

/// What was found. Stored with results, so codes are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ReasonCode {
    /// The pressure is below the target.
    BelowTarget {
        /// Systolic, mmHg.
        sbp: u16,
        /// Diastolic, mmHg.
        dbp: u16,
        /// The pressure must be below this systolic figure.
        target_sbp: u16,
        /// The pressure must be below this diastolic figure.
        target_dbp: u16,
    },
    /// The pressure is at or above the target, for the first time.
    AboveTarget {
        /// Systolic, mmHg.
        sbp: u16,
        /// Diastolic, mmHg.
        dbp: u16,
        /// The pressure must be below this systolic figure.
        target_sbp: u16,
        /// The pressure must be below this diastolic figure.
        target_dbp: u16,
    },
    /// The pressure or glucose was at or above the target at the follow-up before as well.
    AboveTargetAgain {
        /// The date of the follow-up before.
        previous: Date,
    },
    /// The pressure is critically high.
    Critical {
        /// Systolic, mmHg.
        sbp: u16,
        /// Diastolic, mmHg.
        dbp: u16,
        /// Critical from this systolic figure.
        limit_sbp: u16,
        /// Critical from this diastolic figure.
        limit_dbp: u16,
    },
    /// The pressure is very low.
    VeryLow {
        /// Systolic, mmHg.
        sbp: u16,
        /// Diastolic, mmHg.
        dbp: u16,
        /// Low below this systolic figure.
        limit_sbp: u16,
        /// Low below this diastolic figure.
        limit_dbp: u16,
    },
    /// A danger sign is present.
    DangerSign {
        /// The sign, whose words are in the rule pack.
        sign: SignId,
    },
    /// A danger sign that calls for an ambulance together with a critical pressure.
    DangerSignWithCriticalPressure {
        /// The sign.
        sign: SignId,
    },
    /// Raised pressure in pregnancy or lactation.
    PregnantOrLactating,
    /// The fasting glucose is below the target.
    GlucoseBelowTarget {
        /// As measured.
        glucose: Glucose,
        /// The fasting glucose must be below.
        target: Glucose,
    },
    /// The fasting glucose is at or above the target, for the first time.
    GlucoseAboveTarget {
        /// As measured.
        glucose: Glucose,
        /// The fasting glucose must be below.
        target: Glucose,
    },
    /// The glucose is critically high.
    GlucoseHigh {
        /// As measured.
        glucose: Glucose,
        /// Critical from this figure.
        limit: Glucose,
    },
    /// The glucose is critically low.
    GlucoseLow {
        /// As measured.
        glucose: Glucose,
        /// Critical down from this figure.
        limit: Glucose,
    },
    /// The glucose is not known to be a fasting one, so it does not tell whether the target is met.
    GlucoseNotFasting {
        /// As measured.
        glucose: Glucose,
        /// A fasting glucose must be below.
        target: Glucose,
    },
    /// Raised glucose in pregnancy or lactation.
    GlucoseRaisedInPregnancy {
        /// As measured.
        glucose: Glucose,
        /// Raised from this figure.
        limit: Glucose,
    },
    /// An adverse drug reaction, for the first time.
    AdverseReaction,
    /// An adverse drug reaction that is hard to control.
    AdverseReactionHardToControl,
    /// A new complication, or an old one that became worse.
    Complication,
    /// A face-to-face follow-up is owed this many times a year.
    RoutineFollowUp {
        /// Times a year.
        times_a_year: u16,
        /// Days from one to the next.
        days: u16,
    },
    /// The person is to be seen again within so many days after treatment was adjusted.
    RecheckAfterAdjustment {
        /// Days.
        days: u16,
    },
    /// Whether the person went where they were referred is to be checked within so many days.
    CheckReferral {
        /// Days.
        days: u16,
    },
    /// The doctor agreed another date with the resident.
    AgreedDate,
    /// The resident is under care but has no follow-up on record.
    NeverSeen,
    /// A package item falls due at the end of its window.
    PackageItemDue {
        /// The first day of the window.
        from: Date,
        /// The last day of the window.
        until: Date,
    },
    /// A code of a newer version, or one that lacks its figures.
    Unknown,
}

/// A reason as it is written: one list of fields for all codes, which is far less code than one for each.
#[derive(Deserialize)]
struct Written {
    code: String,
    rule: RuleRef,
    sbp: Option<u16>,
    dbp: Option<u16>,
    target_sbp: Option<u16>,
    target_dbp: Option<u16>,
    limit_sbp: Option<u16>,
    limit_dbp: Option<u16>,
    glucose: Option<Glucose>,
    target: Option<Glucose>,
    limit: Option<Glucose>,
    previous: Option<Date>,
    sign: Option<SignId>,
    times_a_year: Option<u16>,
    days: Option<u16>,
    from: Option<Date>,
    until: Option<Date>,
}

impl From<Written> for Reason {
    fn from(mut written: Written) -> Self {
        let code = written.code().unwrap_or(ReasonCode::Unknown);
        Self { code, rule: written.rule }
    }
}

impl Written {
    fn code(&mut self) -> Option<ReasonCode> {
        let (sbp, dbp) = (self.sbp, self.dbp);
        let (target_sbp, target_dbp) = (self.target_sbp, self.target_dbp);
        let (limit_sbp, limit_dbp) = (self.limit_sbp, self.limit_dbp);
        let (glucose, target, limit) = (self.glucose, self.target, self.limit);
        Some(match self.code.as_str() {
            "below_target" => ReasonCode::BelowTarget {
                sbp: sbp?,
                dbp: dbp?,
                target_sbp: target_sbp?,
                target_dbp: target_dbp?,
            },
            "above_target" => ReasonCode::AboveTarget {
                sbp: sbp?,
                dbp: dbp?,
                target_sbp: target_sbp?,
                target_dbp: target_dbp?,
            },
            "above_target_again" => ReasonCode::AboveTargetAgain { previous: self.previous? },
            "critical" => {
                ReasonCode::Critical { sbp: sbp?, dbp: dbp?, limit_sbp: limit_sbp?, limit_dbp: limit_dbp? }
            }
            "very_low" => {
                ReasonCode::VeryLow { sbp: sbp?, dbp: dbp?, limit_sbp: limit_sbp?, limit_dbp: limit_dbp? }
            }
            "danger_sign" => ReasonCode::DangerSign { sign: self.sign.take()? },
            "danger_sign_with_critical_pressure" => {
                ReasonCode::DangerSignWithCriticalPressure { sign: self.sign.take()? }
            }
            "pregnant_or_lactating" => ReasonCode::PregnantOrLactating,
            "glucose_below_target" => ReasonCode::GlucoseBelowTarget { glucose: glucose?, target: target? },
            "glucose_above_target" => ReasonCode::GlucoseAboveTarget { glucose: glucose?, target: target? },
            "glucose_high" => ReasonCode::GlucoseHigh { glucose: glucose?, limit: limit? },
            "glucose_low" => ReasonCode::GlucoseLow { glucose: glucose?, limit: limit? },
            "glucose_not_fasting" => ReasonCode::GlucoseNotFasting { glucose: glucose?, target: target? },
            "glucose_raised_in_pregnancy" => {
                ReasonCode::GlucoseRaisedInPregnancy { glucose: glucose?, limit: limit? }
            }
            "adverse_reaction" => ReasonCode::AdverseReaction,
            "adverse_reaction_hard_to_control" => ReasonCode::AdverseReactionHardToControl,
            "complication" => ReasonCode::Complication,
            "routine_follow_up" => {
                ReasonCode::RoutineFollowUp { times_a_year: self.times_a_year?, days: self.days? }
            }
            "recheck_after_adjustment" => ReasonCode::RecheckAfterAdjustment { days: self.days? },
            "check_referral" => ReasonCode::CheckReferral { days: self.days? },
            "agreed_date" => ReasonCode::AgreedDate,
            "never_seen" => ReasonCode::NeverSeen,
            "package_item_due" => ReasonCode::PackageItemDue { from: self.from?, until: self.until? },
            _ => return None,
        })
    }
}
