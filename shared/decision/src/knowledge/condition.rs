//! What a person may have.

use super::{Ages, SexOnly, Whom};
use serde::{Deserialize, Serialize};

/// Five levels of urgency, the most urgent last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Can be cared for at home, with a safety net.
    SelfCare,
    /// By appointment, within days.
    Appointment,
    /// Within 24 hours.
    Day,
    /// To a hospital at once.
    Emergency,
    /// An ambulance now.
    Ambulance,
}

/// The field a condition belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Category {
    Respiratory,
    Digestive,
    Cardiovascular,
    Endocrine,
    Neurological,
    Urinary,
    Skin,
    Musculoskeletal,
    Ent,
    Eye,
    Gynaecological,
    Obstetric,
    Paediatric,
    Infectious,
    Mental,
    Injury,
    Poisoning,
    Blood,
}

/// How it begins, and so how long people have had it when they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Onset {
    /// Within minutes: people come within hours.
    Sudden,
    /// Within days.
    Acute,
    /// Within weeks.
    Subacute,
    /// Months or years, or again and again.
    Chronic,
}

/// How often a condition is met in a village clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum PriorClass {
    VeryCommon,
    Common,
    Uncommon,
    Rare,
    VeryRare,
    /// Cannot be: a disease of children in the old.
    Never,
}

/// How often a finding comes with a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum FrequencyClass {
    Always,
    VeryOften,
    Often,
    Sometimes,
    Rarely,
    Never,
}

/// A season of the northern hemisphere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// How often it comes, for some; the row without a band is for every other age.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorRow {
    /// Only these ages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<Ages>,
    /// Only this sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<SexOnly>,
    /// Only the pregnant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pregnant: Option<bool>,
    /// Only in this season.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Season>,
    /// How often.
    pub class: PriorClass,
}

impl PriorRow {
    /// Returns whom it concerns, whatever the season.
    #[must_use]
    pub fn whom(&self) -> Whom {
        Whom { ages: self.ages, sex: self.sex, pregnant: self.pregnant }
    }

    /// Tells whether it is a row for all ages and seasons of those it can concern.
    #[must_use]
    pub fn is_general(&self) -> bool {
        self.ages.is_none() && self.season.is_none()
    }
}

/// How often a finding comes with the condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedFinding {
    /// The finding.
    pub id: String,
    /// How often among people with the condition who come.
    pub frequency: FrequencyClass,
    /// What says so.
    pub source: String,
}

/// What to examine, by what the place owns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Examinations {
    /// In the village.
    pub village: Vec<String>,
    /// In the township health centre.
    pub township: Vec<String>,
    /// In the county hospital.
    pub county: Vec<String>,
}

/// What speaks against a management in a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contraindication {
    /// The finding or condition of the record.
    pub when: String,
    /// What to do or to leave.
    pub text: String,
}

/// What then.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Advice {
    /// First-line management without doses.
    pub management: Vec<String>,
    /// What speaks against it.
    pub contraindications: Vec<Contraindication>,
    /// When to refer, and where.
    pub referral: String,
    /// When to see the person again.
    pub follow_up: String,
    /// What the person is told to come back for.
    pub safety_net: String,
    /// What it rests on.
    pub sources: Vec<String>,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The stable id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// ICD-10 codes, three or more characters.
    pub icd10: Vec<String>,
    /// The field.
    pub category: Category,
    /// How it begins.
    pub onset: Onset,
    /// The level when it is likely and no red flag says more.
    pub triage: Level,
    /// Whether it must not be missed.
    #[serde(default)]
    pub must_not_miss: bool,
    /// What the whole rests on.
    pub sources: Vec<String>,
    /// How often it comes.
    #[serde(rename = "prior")]
    pub priors: Vec<PriorRow>,
    /// What comes with it.
    #[serde(rename = "finding")]
    pub findings: Vec<ListedFinding>,
    /// What to examine.
    #[serde(default)]
    pub examinations: Examinations,
    /// What then.
    #[serde(default)]
    pub advice: Advice,
}
