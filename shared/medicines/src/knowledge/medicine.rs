//! Medicines.

use super::{Caution, DoseRow};
use serde::{Deserialize, Serialize};

/// A medicine under its generic name; those without dose rows are known for what they do to others.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Medicine {
    /// Stable id.
    pub id: String,
    /// Chinese generic name, without salt and form.
    pub name: String,
    /// International nonproprietary name; what it is made of for Chinese patent medicines.
    pub english: String,
    /// Brand, lay and further generic words.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// ATC codes; empty for Chinese patent medicines.
    #[serde(default)]
    pub atc: Vec<String>,
    /// On the national essential list of 2018.
    #[serde(default)]
    pub essential: bool,
    /// Classes beyond those of its ATC codes.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Other medicines inside it.
    #[serde(default)]
    pub contains: Vec<Part>,
    /// Forms with strength: `片 5mg`, `混悬液 20mg/ml`, `注射液 2ml:40mg`.
    #[serde(default)]
    pub forms: Vec<Form>,
    /// Units of activity in a milligram, where people write both.
    #[serde(default)]
    pub iu_per_mg: Option<f64>,
    /// Doses.
    #[serde(default)]
    pub doses: Vec<DoseRow>,
    /// Any excess is a stop.
    #[serde(default)]
    pub narrow: bool,
    /// A fluid or the like: twice in one prescription is usual.
    #[serde(default)]
    pub mixable: bool,
    /// Reaches the blood from skin, eye or vagina too.
    #[serde(default)]
    pub absorbed: bool,
    /// Cautions of its own; they replace those of its classes on the same question.
    #[serde(default)]
    pub cautions: Vec<Caution>,
    /// Antimicrobials: who may prescribe it.
    #[serde(default)]
    pub antimicrobial: Option<Antimicrobial>,
    /// Controlled substances.
    #[serde(default)]
    pub control: Option<Control>,
    /// Taken for chronic diseases: long prescriptions are allowed.
    #[serde(default)]
    pub long: bool,
    /// Usual longest course, days, where it is neither seven nor a long prescription.
    #[serde(default)]
    pub course: Option<f64>,
    /// The source of its rows.
    pub source: String,
    /// Pinyin initials of the name; made by the build.
    #[serde(default)]
    pub initials: String,
}

/// A medicine inside another.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Which.
    pub id: String,
    /// How much of it is in one tablet, capsule or sachet, mg; zero where it is not said.
    #[serde(default)]
    pub mg: f64,
}

/// A form with its strength.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Form {
    /// Word and strength as they are written.
    pub text: String,
    /// The Chinese word of the form.
    pub word: String,
    /// Amount and unit in one piece, where pieces are counted.
    pub piece: Option<(f64, String)>,
    /// Amount and unit in one millilitre.
    pub per_ml: Option<(f64, String)>,
}

impl TryFrom<String> for Form {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" is no form with strength");
        let (word, strength) = text.split_once(' ').ok_or_else(wrong)?;
        let (piece, per_ml) = if let Some((amount, volume)) = strength.split_once('/') {
            let (volume, unit) =
                if volume == "ml" { (1.0, "ml".to_owned()) } else { measure(volume).ok_or_else(wrong)? };
            let (amount, of) = measure(amount).ok_or_else(wrong)?;
            if unit != "ml" || volume <= 0.0 {
                return Err(wrong());
            }
            (None, Some((amount / volume, of)))
        } else if let Some((volume, amount)) = strength.split_once(':') {
            let (volume, unit) = measure(volume).ok_or_else(wrong)?;
            let (amount, of) = measure(amount).ok_or_else(wrong)?;
            if unit != "ml" || volume <= 0.0 {
                return Err(wrong());
            }
            (Some((amount, of.clone())), Some((amount / volume, of)))
        } else {
            (Some(measure(strength).ok_or_else(wrong)?), None)
        };
        Ok(Self { word: word.to_owned(), piece, per_ml, text })
    }
}

/// Splits `2.5mg` into the figure and the unit.
fn measure(text: &str) -> Option<(f64, String)> {
    let split = text.find(|character: char| !character.is_ascii_digit() && character != '.')?;
    let (figure, unit) = text.split_at(split);
    Some((figure.parse().ok()?, unit.to_owned()))
}

/// Who may prescribe an antimicrobial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Antimicrobial {
    /// Any doctor with the right to prescribe antimicrobials.
    Free,
    /// Attending doctors and above.
    Restricted,
    /// Senior doctors after consultation; not for outpatients.
    Special,
}

/// How a substance is controlled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// Narcotics and psychotropics of the first class.
    Narcotic,
    /// Psychotropics of the second class.
    Psychotropic,
}
