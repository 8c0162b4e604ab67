//! Words of rule packs in another language. A pack is frozen by its hash and speaks Chinese; what has no translation here,
//! as what a county published itself, stays as it was published.

use crate::language::*;
use serde_json::Value;
use std::sync::OnceLock;

/// Translations of the shipped packs' words, by the words.
const ENGLISH: &str = include_str!("../../data/packs.en.json");

/// Says what a pack calls something: a sign, a symptom, a package, an item, a kind of work.
#[must_use]
pub fn of_pack(i18n: Language, text: &str) -> String {
    static TABLE: OnceLock<Value> = OnceLock::new();
    if i18n != Locale::en {
        return text.to_owned();
    }
    let table = TABLE.get_or_init(|| serde_json::from_str(ENGLISH).unwrap_or_default());
    table.get(text).and_then(Value::as_str).unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        base::Date,
        care::{CareRules, Disease},
        contracts::package_templates,
        health_points::health_templates,
        work_points::points_templates,
    };

    #[test]
    fn every_word_of_a_shipped_pack_has_its_english() {
        let date: Date = "2026-11-22".parse().unwrap();
        let care = CareRules::shipped().unwrap();
        let signs = care.danger_signs(Disease::KNOWN, date).unwrap();
        let mut words: Vec<String> = signs.iter().map(|sign| sign.label.clone()).collect();
        words.extend(care.symptoms(Disease::KNOWN, date).unwrap().iter().map(|sign| sign.label.clone()));
        for package in &package_templates().unwrap().rules.packages {
            words.push(package.title.clone());
            words.extend(package.items.iter().map(|item| item.title.clone()));
        }
        for rules in &points_templates().unwrap().rules.rules {
            words.push(rules.title.clone());
            words.extend(rules.items.iter().flat_map(|item| [item.title.clone(), item.unit.clone()]));
            words.extend(rules.coefficients.iter().map(|coefficient| coefficient.title.clone()));
        }
        for rules in &health_templates().unwrap().rules.rules {
            words.push(rules.title.clone());
            words.extend(rules.items.iter().map(|item| item.title.clone()));
            words.extend(rules.rewards.iter().map(|reward| reward.title.clone()));
        }
        assert!(words.len() > 60);
        for text in words {
            assert_ne!(of_pack(Locale::en, &text), text);
            assert_eq!(of_pack(Locale::zh_CN, &text), text);
        }
    }

    #[test]
    fn what_a_county_published_itself_stays_as_it_was_published() {
        assert_eq!(of_pack(Locale::en, "慢阻肺服务包"), "慢阻肺服务包");
    }
}
