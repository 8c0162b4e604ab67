//! The pack, indexed.

use crate::knowledge::{Class, Form, Medicine, Pack, Source};
use crate::{Finding, Line, PackError, Patient, UsualDose, amount, check, faults, lookup, usual};
use std::collections::BTreeMap;

/// The pack that was built in; a caller that only parses does not link it.
const PACK: &str = include_str!(concat!(env!("OUT_DIR"), "/medicines.json"));

/// Medicines, classes, interactions and words, ready to be asked.
#[derive(Debug)]
pub struct Medicines {
    pub(crate) pack: Pack,
    /// Places of medicines by every normalised name and code.
    pub(crate) names: BTreeMap<String, usize>,
    /// Places of medicines by id.
    ids: BTreeMap<String, usize>,
    /// Places of classes by id.
    classes: BTreeMap<String, usize>,
}

impl Medicines {
    /// Reads the pack that was built in.
    ///
    /// # Errors
    /// When the pack is of another version; a test proves that the built-in one is not.
    pub fn load() -> Result<Self, PackError> {
        Self::parse(PACK)
    }

    /// Returns the built-in pack as JSON, for a site to serve it as a file of its own.
    #[must_use]
    pub fn pack() -> &'static str {
        PACK
    }

    /// Reads a pack.
    ///
    /// # Errors
    /// When it is no JSON or of another version.
    pub fn parse(json: &str) -> Result<Self, PackError> {
        let pack: Pack = serde_json::from_str(json)?;
        let places =
            |ids: Vec<&String>| ids.into_iter().cloned().enumerate().map(|(at, id)| (id, at)).collect();
        let ids = places(pack.medicines.iter().map(|medicine| &medicine.id).collect());
        let classes = places(pack.classes.iter().map(|class| &class.id).collect());
        Ok(Self { names: lookup::index(&pack), ids, classes, pack })
    }

    /// Returns the medicines that a text may mean, the best first: the one so named alone, else by the start of a name,
    /// of its pinyin initials or of an ATC code, else by a part of a name.
    #[must_use]
    pub fn lookup(&self, text: &str) -> Vec<&Medicine> {
        lookup::lookup(self, text)
    }

    /// Returns the medicine that is named so, whatever salt, form and strength stand around the name.
    #[must_use]
    pub fn named(&self, text: &str) -> Option<&Medicine> {
        lookup::named(self, text)
    }

    /// Checks a prescription: findings by level, then kind, then line.
    #[must_use]
    pub fn check(&self, patient: &Patient, lines: &[Line]) -> Vec<Finding> {
        check::check(self, patient, lines)
    }

    /// Returns the usual doses of a medicine for this resident; empty for an unknown id.
    #[must_use]
    pub fn usual_dose(&self, id: &str, patient: &Patient) -> Vec<UsualDose> {
        self.medicine(id).map(|medicine| usual::usual(self, medicine, patient)).unwrap_or_default()
    }

    /// Returns every medicine in the order of the pack.
    #[must_use]
    pub fn all(&self) -> &[Medicine] {
        &self.pack.medicines
    }

    /// Returns a medicine by its id.
    #[must_use]
    pub fn medicine(&self, id: &str) -> Option<&Medicine> {
        self.ids.get(id).and_then(|at| self.pack.medicines.get(*at))
    }

    /// Returns a class by its id.
    #[must_use]
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.classes.get(id).and_then(|at| self.pack.classes.get(*at))
    }

    /// Returns a source by its id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.pack.sources.iter().find(|source| source.id == id)
    }

    /// Returns the Chinese word of the piece a form is counted in; `None` where it is not counted.
    #[must_use]
    pub fn piece_of(&self, form: &Form) -> Option<&str> {
        amount::piece_of(&self.pack.words, form)
    }

    /// Returns the pack as it was read.
    #[must_use]
    pub fn knowledge(&self) -> &Pack {
        &self.pack
    }

    /// Returns what is wrong in the pack, one sentence each: unknown sources, classes and units, codes of a wrong form.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        faults::faults(self)
    }

    /// Returns the Chinese name of a medicine or class; the id itself where it is neither.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        let medicine = self.medicine(id).map(|medicine| medicine.name.as_str());
        medicine.or_else(|| self.class(id).map(|class| class.name.as_str())).unwrap_or(id)
    }

    /// Lists names as a sentence does.
    pub(crate) fn list(&self, names: &[&str]) -> String {
        names.join(self.pack.text.get("between").map_or(" ", String::as_str))
    }

    /// Fills the places of a sentence of the pack.
    pub(crate) fn say(&self, key: &str, places: &[(&str, &str)]) -> String {
        let template = self.pack.text.get(key).map_or(key, String::as_str);
        places
            .iter()
            .fold(template.to_owned(), |text, (place, words)| text.replace(&format!("{{{place}}}"), words))
    }
}
