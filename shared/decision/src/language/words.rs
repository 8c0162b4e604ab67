//! The words that work, as data.

use crate::knowledge::{Ages, Measure};
use serde::{Deserialize, Serialize};

/// Characters written otherwise: each of `from` is read as the one at the same place of `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variants {
    pub from: String,
    pub to: String,
    /// A complaint of one character that needs no part.
    pub alone: String,
}

/// What negates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Negation {
    /// Before, reaching over lists.
    pub far: Vec<String>,
    /// Before, only what follows at once.
    pub near: Vec<String>,
    /// After, at the end of a clause.
    pub after: Vec<String>,
    /// Words that look like it, or like a part or complaint, and are not.
    pub neutral: Vec<String>,
    /// What ends its reach.
    pub enders: Vec<String>,
    /// What continues a list.
    pub lists: Vec<String>,
}

/// What doubts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// There, but not sure.
    pub likely: Vec<String>,
    /// Not known.
    pub unknown: Vec<String>,
}

/// What tells the time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// Before this illness.
    pub past: Vec<String>,
    /// Now.
    pub now: Vec<String>,
    /// Since then.
    pub ongoing: Vec<String>,
    /// Since yesterday or today.
    pub today: Vec<String>,
    /// How long that is, in hours.
    pub today_hours: f64,
}

/// Who else is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Relatives.
    pub kin: Vec<String>,
    /// What makes a relative the one who tells.
    pub telling: Vec<String>,
    /// What makes a relative the one who has it; without one the illness must follow at once.
    pub having: Vec<String>,
}

/// A plain list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    pub words: Vec<String>,
}

/// How bad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Degrees {
    pub severe: Vec<String>,
    pub mild: Vec<String>,
}

/// Which side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sides {
    pub one: Vec<String>,
    pub both: Vec<String>,
}

/// Words with an id: a body part or a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub id: String,
    pub words: Vec<String>,
}

/// What a complaint of a part means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compose {
    /// Parts by id; "*" is any.
    pub part: Vec<String>,
    /// Complaints by id.
    pub complaint: Vec<String>,
    /// Only where one side is named.
    #[serde(default)]
    pub side: bool,
    /// Also where no part is named.
    #[serde(default)]
    pub alone: bool,
    /// The findings.
    pub finding: Vec<String>,
}

/// Words that make findings together, wherever they stand in a clause or sentence: one of each list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// The lists.
    pub words: Vec<Vec<String>>,
    /// Also across the commas of a sentence.
    #[serde(default)]
    pub across: bool,
    /// The findings.
    pub finding: Vec<String>,
}

/// What is said to be well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Well {
    /// The words.
    pub words: Vec<String>,
    /// The findings that are then absent.
    pub absent: Vec<String>,
}

/// A finding that lasted so long, is so severe or comes with another is a further finding too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derive {
    /// The finding, or one that implies it.
    pub from: String,
    /// It lasted at least so many hours.
    #[serde(default)]
    pub hours_from: Option<f64>,
    /// It lasted at most so many hours.
    #[serde(default)]
    pub hours_to: Option<f64>,
    /// Not "so long ago".
    #[serde(default)]
    pub lasting: bool,
    /// It is severe.
    #[serde(default)]
    pub severe: bool,
    /// This comes with it.
    #[serde(default)]
    pub with: Option<String>,
    /// What it is then.
    pub finding: String,
}

/// A finding means another too in some people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfPerson {
    /// The finding; "*" is none in particular.
    pub from: String,
    /// In the pregnant.
    #[serde(default)]
    pub pregnant: bool,
    /// From this week of pregnancy on, where it is known.
    #[serde(default)]
    pub from_week: Option<u32>,
    /// Up to this week.
    #[serde(default)]
    pub to_week: Option<u32>,
    /// At these ages.
    #[serde(default)]
    pub ages: Option<Ages>,
    /// What it is then.
    pub finding: String,
}

/// Numerals, units of time and what stands around figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counting {
    /// The digits from 0 to 9.
    pub digits: String,
    /// Two, as it is counted with.
    pub two: char,
    /// Ten.
    pub ten: char,
    /// A hundred.
    pub hundred: char,
    /// A half.
    pub half: char,
    /// Some.
    pub some: String,
    /// How many some are.
    pub some_is: f64,
    /// "And a half", before the unit.
    pub piece_and_half: String,
    /// What stands between the ends of a range.
    pub ranges: String,
    /// About.
    pub about: Vec<String>,
    /// Ago.
    pub ago: Vec<String>,
    /// Years of age.
    pub years_of_age: Vec<String>,
    /// What makes a length of time an age.
    pub of_age: Vec<String>,
    /// How often.
    pub times: char,
    /// Degrees.
    pub degree: char,
    /// The sign of degrees, which are of temperature where a C follows.
    pub degree_sign: char,
    /// What a test says when it finds something.
    pub positive: String,
    /// What a half belongs to if it follows.
    pub not_half: String,
    /// Units of time in hours.
    pub hours: std::collections::BTreeMap<String, f64>,
}

/// Words before a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureWords {
    /// What is measured.
    pub of: Measure,
    /// The words.
    pub words: Vec<String>,
    /// Figures below are something else.
    pub lowest: f64,
    /// Figures above are something else.
    pub highest: f64,
}

/// All words that work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Characters written otherwise.
    pub normal: Variants,
    /// What negates.
    pub negation: Negation,
    /// What doubts.
    pub doubt: Doubt,
    /// What tells the time.
    pub time: Time,
    /// Who else is meant.
    pub family: Family,
    /// What may stand inside a term.
    pub fill: List,
    /// How bad.
    pub degree: Degrees,
    /// Which side.
    pub side: Sides,
    /// Body parts.
    #[serde(rename = "part")]
    pub parts: Vec<Named>,
    /// Complaints.
    #[serde(rename = "complaint")]
    pub complaints: Vec<Named>,
    /// What they mean together.
    #[serde(rename = "compose")]
    pub composes: Vec<Compose>,
    /// What makes a finding together.
    #[serde(default)]
    pub together: Vec<Together>,
    /// What is well.
    #[serde(rename = "well")]
    pub wells: Vec<Well>,
    /// What follows from length, degree and company.
    #[serde(rename = "derive")]
    pub derives: Vec<Derive>,
    /// What follows from the person.
    #[serde(rename = "person")]
    pub of_person: Vec<OfPerson>,
    /// Numerals and units.
    pub figures: Counting,
    /// Before a number of weeks of pregnancy.
    pub pregnancy: List,
    /// Before figures.
    #[serde(rename = "measure")]
    pub measures: Vec<MeasureWords>,
}
