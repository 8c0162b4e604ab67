//! How urgent pressure and danger signs make things.

use crate::base::Order;
use serde::{Deserialize, Serialize};

use super::{DangerSign, HypertensionRules, Pressure};
use crate::base::{Date, SignId};
use crate::rules::{Dated, Pack, Reason, ReasonCode, RuleError, Table, VersionHash};

crate::open_enum! {
    /// How soon somebody must act, least urgent first; an unknown level sorts as most urgent.
    pub enum Urgency {
        /// Care at home until the next planned visit.
        SelfCare = "self_care",
        /// An appointment, within two weeks where a rule says so.
        Appointment = "appointment",
        /// Within 24 hours.
        Day = "day",
        /// Emergency: refer at once.
        Emergency = "emergency",
        /// Call an ambulance now.
        Ambulance = "ambulance",
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// Age in years, where known.
    #[serde(default)]
    pub age: Option<u16>,
    /// The pressure that counts: the mean of repeated ones, where measured.
    #[serde(default)]
    pub pressure: Option<Pressure>,
    /// Danger signs present.
    #[serde(default)]
    pub danger_signs: Vec<SignId>,
    /// Pregnant, or breast-feeding.
    #[serde(default)]
    pub pregnant_or_lactating: bool,
}

/// How urgent it is, and why: every reason that applies, the weightiest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triage {
    /// The most urgent of all reasons' levels.
    pub urgency: Urgency,
    /// The reasons.
    pub reasons: Vec<Reason>,
}

/// Judges `findings` by the rules in force on `date`. A further sign never makes it less urgent.
pub fn triage(findings: &Findings, pack: &Pack<HypertensionRules>, date: Date) -> Result<Triage, RuleError> {
    let mut found: Vec<(Urgency, Reason)> = Vec::new();
    let mut critical = false;
    let mut raised = false;
    if let Some(pressure) = findings.pressure {
        let (level, reason) = judge_pressure(pressure, findings.age, pack, date)?;
        critical = matches!(reason.code, ReasonCode::Critical { .. });
        raised = critical || matches!(reason.code, ReasonCode::AboveTarget { .. });
        found.push((level, reason));
    }
    let signs = &pack.rules.danger_signs;
    let signs_in_force = signs.in_force(date)?;
    let ambulance = pack.rules.ambulance.in_force(date)?;
    for sign in &findings.danger_signs {
        let with_pressure = (critical && ambulance.value.with_critical_pressure.contains(sign))
            || (raised && ambulance.value.with_raised_pressure.contains(sign));
        let (level, reason) = if with_pressure {
            let code = ReasonCode::DangerSignWithCriticalPressure { sign: sign.clone() };
            let rule = pack.rules.ambulance.cite(ambulance, &pack.version);
            (Urgency::Ambulance, Reason { code, rule })
        } else if ambulance.value.always.contains(sign) {
            let code = ReasonCode::DangerSign { sign: sign.clone() };
            let rule = pack.rules.ambulance.cite(ambulance, &pack.version);
            (Urgency::Ambulance, Reason { code, rule })
        } else {
            (Urgency::Emergency, sign_reason(sign, signs, signs_in_force, &pack.version))
        };
        found.push((level, reason));
    }
    // The norm names pregnancy or lactation "with pressure above normal": 140/90 at any age.
    let raised_in_pregnancy = findings.pregnant_or_lactating
        && match findings.pressure {
            Some(pressure) => pack.grade(pressure, date)?.is_some(),
            None => false,
        };
    if raised_in_pregnancy {
        let rule = signs.cite(signs_in_force, &pack.version);
        found.push((Urgency::Emergency, Reason { code: ReasonCode::PregnantOrLactating, rule }));
    }
    Ok(Triage::of(found))
}

impl Triage {
    /// Returns the most urgent level of all that was found, with the reasons in that order.
    pub(super) fn of(mut found: Vec<(Urgency, Reason)>) -> Self {
        found.order_by(|a, b| b.0.cmp(&a.0));
        let urgency = found.first().map_or(Urgency::SelfCare, |(level, _)| level.clone());
        Self { urgency, reasons: found.into_iter().map(|(_, reason)| reason).collect() }
    }
}

/// Returns the reason of a danger sign out of `table`, by the sign's own source where it has one. A sign this version
/// does not know came from a newer one: it is never taken lightly.
pub(super) fn sign_reason(
    sign: &SignId,
    table: &Table<Vec<DangerSign>>,
    in_force: &Dated<Vec<DangerSign>>,
    version: &VersionHash,
) -> Reason {
    let mut rule = table.cite(in_force, version);
    let own = in_force.value.iter().find(|known| known.id == *sign);
    if let Some(source) = own.and_then(|known| known.source.clone()) {
        rule.source = source;
    }
    Reason { code: ReasonCode::DangerSign { sign: sign.clone() }, rule }
}

fn judge_pressure(
    pressure: Pressure,
    age: Option<u16>,
    pack: &Pack<HypertensionRules>,
    date: Date,
) -> Result<(Urgency, Reason), RuleError> {
    let Pressure { sbp, dbp } = pressure;
    let table = &pack.rules.critical;
    let dated = table.in_force(date)?;
    if pressure.reaches(dated.value.sbp, dated.value.dbp) {
        let code = ReasonCode::Critical { sbp, dbp, limit_sbp: dated.value.sbp, limit_dbp: dated.value.dbp };
        return Ok((Urgency::Emergency, Reason { code, rule: table.cite(dated, &pack.version) }));
    }
    let (target, rule) = pack.target(age, date)?;
    let (target_sbp, target_dbp) = (target.sbp, target.dbp);
    if pressure.reaches(target_sbp, target_dbp) {
        let code = ReasonCode::AboveTarget { sbp, dbp, target_sbp, target_dbp };
        return Ok((Urgency::Appointment, Reason { code, rule }));
    }
    let table = &pack.rules.low;
    let dated = table.in_force(date)?;
    if sbp < dated.value.sbp || dbp < dated.value.dbp {
        let code = ReasonCode::VeryLow { sbp, dbp, limit_sbp: dated.value.sbp, limit_dbp: dated.value.dbp };
        return Ok((Urgency::Day, Reason { code, rule: table.cite(dated, &pack.version) }));
    }
    Ok((
        Urgency::SelfCare,
        Reason { code: ReasonCode::BelowTarget { sbp, dbp, target_sbp, target_dbp }, rule },
    ))
}
