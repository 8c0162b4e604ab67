//! How urgent glucose and danger signs make things.

use serde::{Deserialize, Serialize};

use super::urgency::sign_reason;
use super::{DiabetesRules, GlucoseReading, Pressure, Triage, Urgency};
use crate::base::{Date, SignId};
use crate::rules::{Pack, Reason, ReasonCode, RuleError};

/// What was found in a resident with diabetes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GlucoseFindings {
    /// The glucose, where measured.
    #[serde(default)]
    pub glucose: Option<GlucoseReading>,
    /// The pressure that counts, where measured.
    #[serde(default)]
    pub pressure: Option<Pressure>,
    /// Danger signs present.
    #[serde(default)]
    pub danger_signs: Vec<SignId>,
    /// Pregnant, or breast-feeding.
    #[serde(default)]
    pub pregnant_or_lactating: bool,
}

/// Judges `findings` by the rules in force on `date`. A further sign never makes it less urgent. Of the pressure only
/// a critical one counts; the rest of it is for the hypertension rules.
pub fn triage_glucose(
    findings: &GlucoseFindings,
    pack: &Pack<DiabetesRules>,
    date: Date,
) -> Result<Triage, RuleError> {
    let mut found = Vec::new();
    if let Some(reading) = &findings.glucose {
        if findings.pregnant_or_lactating {
            found.extend(judge_in_pregnancy(reading, pack, date)?);
        }
        found.push(judge_glucose(reading, pack, date)?);
    }
    if let Some(pressure) = findings.pressure {
        found.extend(judge_pressure(pressure, pack, date)?);
    }
    let (signs, ambulance) = (&pack.rules.danger_signs, &pack.rules.ambulance);
    let (signs_in_force, called) = (signs.in_force(date)?, ambulance.in_force(date)?);
    for sign in &findings.danger_signs {
        found.push(if called.value.contains(sign) {
            let rule = ambulance.cite(called, &pack.version);
            (Urgency::Ambulance, Reason { code: ReasonCode::DangerSign { sign: sign.clone() }, rule })
        } else {
            (Urgency::Emergency, sign_reason(sign, signs, signs_in_force, &pack.version))
        });
    }
    Ok(Triage::of(found))
}

fn judge_glucose(
    reading: &GlucoseReading,
    pack: &Pack<DiabetesRules>,
    date: Date,
) -> Result<(Urgency, Reason), RuleError> {
    let glucose = reading.glucose;
    let table = &pack.rules.critical;
    let limits = table.in_force(date)?;
    let (low, high) = (limits.value.low, limits.value.high);
    let critical = if glucose <= low {
        Some(ReasonCode::GlucoseLow { glucose, limit: low })
    } else {
        (glucose >= high).then_some(ReasonCode::GlucoseHigh { glucose, limit: high })
    };
    if let Some(code) = critical {
        return Ok((Urgency::Emergency, Reason { code, rule: table.cite(limits, &pack.version) }));
    }
    let table = &pack.rules.target;
    let dated = table.in_force(date)?;
    let target = dated.value;
    // The goal is one of fasting readings. Another one at or above it tells nothing, so a fasting one is owed.
    let level = if glucose < target { Urgency::SelfCare } else { Urgency::Appointment };
    let code = match (reading.is_fasting(), glucose < target) {
        (true, true) => ReasonCode::GlucoseBelowTarget { glucose, target },
        (true, false) => ReasonCode::GlucoseAboveTarget { glucose, target },
        (false, _) => ReasonCode::GlucoseNotFasting { glucose, target },
    };
    Ok((level, Reason { code, rule: table.cite(dated, &pack.version) }))
}

fn judge_in_pregnancy(
    reading: &GlucoseReading,
    pack: &Pack<DiabetesRules>,
    date: Date,
) -> Result<Option<(Urgency, Reason)>, RuleError> {
    let table = &pack.rules.pregnancy;
    let dated = table.in_force(date)?;
    let (glucose, limit) = (reading.glucose, dated.value.of(reading));
    let code = ReasonCode::GlucoseRaisedInPregnancy { glucose, limit };
    let reason = Reason { code, rule: table.cite(dated, &pack.version) };
    Ok((glucose >= limit).then_some((Urgency::Emergency, reason)))
}

fn judge_pressure(
    pressure: Pressure,
    pack: &Pack<DiabetesRules>,
    date: Date,
) -> Result<Option<(Urgency, Reason)>, RuleError> {
    let table = &pack.rules.critical_pressure;
    let dated = table.in_force(date)?;
    let (limit_sbp, limit_dbp) = (dated.value.sbp, dated.value.dbp);
    let code = ReasonCode::Critical { sbp: pressure.sbp, dbp: pressure.dbp, limit_sbp, limit_dbp };
    let reason = Reason { code, rule: table.cite(dated, &pack.version) };
    Ok(pressure.reaches(limit_sbp, limit_dbp).then_some((Urgency::Emergency, reason)))
}
