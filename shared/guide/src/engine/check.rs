//! What is found about a prescription.

use super::{Guide, patient};
use crate::{Flag, FlagKind, FlagLevel, Line, Patient};
use medicines::{Finding, Kind, Level};

impl Guide {
    /// Checks a prescription.
    pub(super) fn check(&self, of: &Patient, lines: &[Line]) -> Vec<Flag> {
        let lines: Vec<medicines::Line> = lines.iter().map(patient::line).collect();
        let found = self.medicines.check(&patient::patient(of), &lines).into_iter();
        found.map(|finding| self.flag(finding)).collect()
    }

    /// Says a finding with its source.
    pub(super) fn flag(&self, finding: Finding) -> Flag {
        let long = &self.medicines.knowledge().policy.days_long_source;
        Flag {
            level: level(finding.level),
            kind: kind(finding.kind),
            assess: finding.kind == Kind::Duration && finding.source == *long,
            source: self.source_of_medicines(&finding.source),
            lines: finding.lines,
            what: finding.what,
            why: finding.why,
            instead: finding.instead,
        }
    }
}

fn level(of: Level) -> FlagLevel {
    match of {
        Level::Inform => FlagLevel::Inform,
        Level::Warn => FlagLevel::Warn,
        Level::Stop => FlagLevel::Stop,
    }
}

fn kind(of: Kind) -> FlagKind {
    match of {
        Kind::Allergy => FlagKind::Allergy,
        Kind::Contraindication => FlagKind::Contraindication,
        Kind::Interaction => FlagKind::Interaction,
        Kind::Pregnancy => FlagKind::Pregnancy,
        Kind::Lactation => FlagKind::Lactation,
        Kind::Dose => FlagKind::Dose,
        Kind::Duplicate => FlagKind::Duplicate,
        Kind::Renal => FlagKind::Renal,
        Kind::Hepatic => FlagKind::Hepatic,
        Kind::Age => FlagKind::Age,
        Kind::Duration => FlagKind::Duration,
        Kind::Antimicrobial => FlagKind::Antimicrobial,
        Kind::Unknown => FlagKind::Unknown,
    }
}
