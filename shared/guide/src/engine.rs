//! What answers: knowledge and medicines behind one door.

mod advise;
mod case;
mod check;
mod chips;
mod condition;
mod doses;
mod error;
mod findings;
mod medicines;
mod patient;
mod record;
mod sources;
mod translate;
mod vocabulary;

pub use error::GuideError;

use crate::{Reply, Request, Versions};
use ::medicines::Medicines;
use decision::advise::Advisor;
use decision::knowledge;
use vocabulary::Vocabulary;

/// Decision support and medicines; answers the same to the same question, everywhere and always.
#[derive(Debug)]
pub struct Guide {
    advisor: Advisor,
    vocabulary: Vocabulary,
    medicines: Medicines,
    versions: Versions,
}

impl Guide {
    /// Makes a guide of packed knowledge and the JSON of the medicines.
    ///
    /// # Errors
    /// [`GuideError`] where one of them is damaged, of another version, or does not hold together.
    pub fn new(knowledge: &[u8], medicines: &str) -> Result<Self, GuideError> {
        let versions = Versions {
            knowledge: knowledge::version(knowledge),
            medicines: knowledge::version(medicines.as_bytes()),
        };
        let advisor = Advisor::new(knowledge::unpack(knowledge)?)?;
        let vocabulary = Vocabulary::new(advisor.knowledge());
        Ok(Self { vocabulary, medicines: Medicines::parse(medicines)?, advisor, versions })
    }

    /// Answers.
    #[must_use]
    pub fn answer(&self, request: &Request) -> Reply {
        match request {
            Request::Advise(case) => Reply::Advice(self.advise(case)),
            Request::Condition { id, case } => Reply::Condition(self.condition(id, case)),
            Request::Findings { text, case } => Reply::Findings(self.findings(text, case)),
            Request::Medicines { text } => Reply::Medicines(self.medicines(text)),
            Request::Doses { id, patient } => Reply::Doses(self.doses(id, patient)),
            Request::Check { patient, lines } => {
                Reply::Flags { medicines: self.versions.medicines.clone(), flags: self.check(patient, lines) }
            }
        }
    }

    /// Returns what it answers with.
    #[must_use]
    pub fn versions(&self) -> &Versions {
        &self.versions
    }
}
