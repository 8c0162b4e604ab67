//! What conditions and symptoms are called in cases kept elsewhere.

use anyhow::Result;
use domain::base::SignId;
use domain::care::Disease;
use serde::Deserialize;

/// The list of words, `xtask/data/guidelines.toml`.
#[derive(Deserialize)]
pub struct Words {
    not: Not,
    condition: Vec<Entry>,
    sign: Vec<Entry>,
}

#[derive(Deserialize)]
struct Not {
    begins: Vec<String>,
    has: Vec<String>,
    condition: Vec<String>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    /// Of a danger sign: the diseases in which it is one.
    #[serde(default)]
    of: Vec<String>,
    words: Vec<String>,
    #[serde(default)]
    exactly: Vec<String>,
}

impl Entry {
    fn is_in(&self, text: &str) -> bool {
        text == self.id.replace('_', " ")
            || self.exactly.iter().any(|word| text == word)
            || self.words.iter().any(|word| text.contains(word.as_str()))
    }
}

impl Words {
    /// Returns the list.
    pub fn shipped() -> Result<Self> {
        Ok(toml::from_str(include_str!("../../../data/guidelines.toml"))?)
    }

    /// Returns the diseases to follow up; the pressure where none is named, as in the app.
    pub fn diseases(&self, conditions: &[String]) -> Vec<Disease> {
        let named = |disease: &Disease| conditions.iter().any(|text| self.condition(text, disease.as_str()));
        let known: Vec<Disease> = Disease::KNOWN.iter().filter(|disease| named(disease)).cloned().collect();
        if known.is_empty() { vec![Disease::Hypertension] } else { known }
    }

    /// Tells whether one of the texts says that she is pregnant or breast-feeding.
    pub fn pregnant_or_lactating(&self, texts: &[String]) -> bool {
        texts.iter().any(|text| self.condition(text, "pregnant_or_lactating"))
    }

    /// Returns the danger signs of a disease among the symptoms.
    pub fn danger_signs(&self, symptoms: &[String], disease: &Disease) -> Vec<SignId> {
        let mut signs: Vec<SignId> = Vec::new();
        for text in symptoms.iter().map(|text| plain(text)) {
            let taken_back = self.not.begins.iter().any(|word| text.starts_with(word.as_str()))
                || self.not.has.iter().any(|word| text.contains(word.as_str()));
            for entry in self.sign.iter().filter(|entry| entry.of.iter().any(|of| of == disease.as_str())) {
                let id = SignId::new(entry.id.clone());
                if !taken_back && entry.is_in(&text) && !signs.contains(&id) {
                    signs.push(id);
                }
            }
        }
        signs
    }

    fn condition(&self, text: &str, id: &str) -> bool {
        let text = plain(text);
        let other = self.not.begins.iter().any(|word| text.starts_with(word.as_str()))
            || self.not.condition.iter().any(|word| text.contains(word.as_str()));
        !other && self.condition.iter().any(|entry| entry.id == id && entry.is_in(&text))
    }
}

/// Writes a text in small letters with blanks.
fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::care::CareRules;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn conditions_are_known_in_both_languages() {
        let words = Words::shipped().unwrap();
        for text in ["高血压", "原发性高血压2级", "Hypertension", "essential_hypertension", "HTN"] {
            assert_eq!(words.diseases(&texts(&[text])), [Disease::Hypertension], "{text}");
        }
        for text in ["2型糖尿病", "糖尿病", "type2_diabetes", "Type 2 diabetes mellitus", "T2DM"] {
            assert_eq!(words.diseases(&texts(&[text])), [Disease::Diabetes], "{text}");
        }
        assert_eq!(words.diseases(&texts(&["高血压", "2型糖尿病"])).len(), 2);
        assert_eq!(words.diseases(&texts(&["糖尿病前期", "hypertension"])), [Disease::Hypertension]);
    }

    #[test]
    fn danger_signs_are_known_unless_taken_back_or_mild() {
        let words = Words::shipped().unwrap();
        let found = |text: &str| !words.danger_signs(&texts(&[text]), &Disease::Hypertension).is_empty();
        for text in ["剧烈头痛", "severe_headache", "Chest pain for an hour", "意识模糊", "喘憋不能平卧"]
        {
            assert!(found(text), "{text}");
        }
        for text in ["无胸痛", "no chest pain", "轻微胸闷", "头晕", "none", "乏力", "出汗"] {
            assert!(!found(text), "{text}");
        }
        assert!(!words.danger_signs(&texts(&["出汗"]), &Disease::Diabetes).is_empty());
    }

    #[test]
    fn every_danger_sign_of_the_rules_has_words() {
        let words = Words::shipped().unwrap();
        let rules = CareRules::shipped().unwrap();
        let date = "2026-11-22".parse().unwrap();
        for disease in Disease::KNOWN {
            for sign in rules.danger_signs(std::slice::from_ref(disease), date).unwrap() {
                let label = texts(&[sign.label.as_str()]);
                assert!(words.danger_signs(&label, disease).contains(&sign.id), "{}", sign.label);
            }
        }
    }
}
